/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Patience with connections. libmicrohttpd's own timeout starts anew with each byte, so that a client which sends one
 * now and then could stay for ever; here a connection has a time by which its next whole request must be there.
 *
 * The complication is the file descriptor: it may be used anew by another connection as soon as it is closed. So the
 * sweep shuts it down while it holds the lock, which closing needs too (libmicrohttpd tells before it closes). */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>

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

void http_visit_end(struct http_visits *v, void **visit)
{
    struct http_visit *gone = *visit;
    if (!gone) return;
    pthread_mutex_lock(&v->lock);
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
    pthread_mutex_unlock(&v->lock);
}

size_t http_visits_count(struct http_visits *v)
{
    pthread_mutex_lock(&v->lock);
    size_t n = v->n;
    pthread_mutex_unlock(&v->lock);
    return n;
}
