/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Patience with connections. libmicrohttpd's own timeout starts anew with each byte, so that a client which sends one
 * now and then could stay for ever; here a connection has a time by which its next whole request must be there.
 *
 * The complication is the file descriptor: it may be used anew by another connection as soon as it is closed. So the
 * sweep shuts it down while it holds the lock, which closing needs too (libmicrohttpd tells before it closes).
 *
 * And a kindness: closing a socket that still holds unread bytes resets it, and the reply that was just sent (431,
 * mostly) is lost. So such a socket is kept a moment longer under a second descriptor, read and thrown away. */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/http_inside.h"

/* A client that takes nothing for so long is gone; this ends streams to phones that left without a word. */
static const unsigned UNACKNOWLEDGED_MS = 60000;

void http_visit_begin(struct http_visits *v, struct MHD_Connection *connection, void **ret, int64_t until_ms)
{
    struct http_visit *visit = calloc(1, sizeof *visit);
    *ret = visit;
    if (!visit) return;   /* the first request will find nothing here and end the connection */
    visit->fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    atomic_store(&visit->until_ms, until_ms);
    (void)setsockopt(visit->fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &UNACKNOWLEDGED_MS, sizeof UNACKNOWLEDGED_MS);   /* a nicety */
    pthread_mutex_lock(&v->lock);
    visit->next = v->first;
    visit->at = &v->first;
    if (v->first) v->first->at = &visit->next;
    v->first = visit;
    v->n++;
    pthread_mutex_unlock(&v->lock);
}

/* Wants the lock. When all places are taken, or no descriptor is left, the client gets the reset. */
static void let_leave(struct http_visits *v, int fd, int64_t now_ms)
{
    int unread = 0;
    if (ioctl(fd, FIONREAD, &unread) != 0 || unread == 0) return;
    for (size_t i = 0; i < HTTP_LEAVING_MAX; i++) {
        if (v->leaving[i].fd > 0) continue;
        v->leaving[i] = (struct http_leaving){ fcntl(fd, F_DUPFD_CLOEXEC, 3), now_ms + HTTP_LEAVING_MS };
        (void)shutdown(fd, SHUT_WR);   /* the client sees the end of the reply */
        return;
    }
}

/* False when the client has gone too, or has had its time. */
static bool still_leaving(const struct http_leaving *l, int64_t now_ms)
{
    char waste[16384];
    ssize_t n = 1;
    for (int i = 0; i < 64 && n > 0; i++) n = recv(l->fd, waste, sizeof waste, MSG_DONTWAIT);
    return n != 0 && now_ms < l->until_ms;
}

void http_visit_end(struct http_visits *v, void **visit, int64_t now_ms)
{
    struct http_visit *gone = *visit;
    if (!gone) return;
    pthread_mutex_lock(&v->lock);
    let_leave(v, gone->fd, now_ms);
    *gone->at = gone->next;
    if (gone->next) gone->next->at = gone->at;
    v->n--;
    pthread_mutex_unlock(&v->lock);
    free(gone);
    *visit = NULL;
}

void http_visits_sweep(struct http_visits *v, int64_t now_ms)
{
    pthread_mutex_lock(&v->lock);
    for (struct http_visit *visit = v->first; visit; visit = visit->next)
        if (atomic_load(&visit->until_ms) < now_ms) (void)shutdown(visit->fd, SHUT_RDWR);   /* it may be gone already */
    for (size_t i = 0; i < HTTP_LEAVING_MAX; i++) {
        struct http_leaving *l = &v->leaving[i];
        if (l->fd <= 0 || still_leaving(l, now_ms)) continue;
        (void)close(l->fd);   /* nothing was written through it */
        l->fd = 0;
    }
    pthread_mutex_unlock(&v->lock);
}

size_t http_visits_count(struct http_visits *v)
{
    pthread_mutex_lock(&v->lock);
    size_t n = v->n;
    pthread_mutex_unlock(&v->lock);
    return n;
}
