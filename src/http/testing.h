/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* For unit tests: HTTP by hand, over real sockets on this machine. Not part of the program. */
#ifndef BESIDE_HTTP_TESTING_H
#define BESIDE_HTTP_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* The rest of a head whose connection ends with the reply. */
#define TESTING_END "Host: house.example\r\nConnection: close\r\n"
#define TESTING_HAS(REPLY, TEXT) assert_non_null(strstr(REPLY, TEXT))
#define TESTING_HAS_NOT(REPLY, TEXT) assert_null(strstr(REPLY, TEXT))

static inline int testing_dial(int port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static inline void testing_say(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent <= 0) return;   /* the server has had enough */
        text += sent;
        n -= (size_t)sent;
    }
}

/* Reads until the other side closes, MARK was seen, or five seconds of silence. One buffer a thread. */
static inline char *testing_hear(int fd, const char *mark)
{
    enum { MAX = 1 << 20 };
    static _Thread_local char buf[MAX];
    size_t n = 0;
    buf[0] = '\0';
    while (n < MAX - 1) {
        struct pollfd p = { .fd = fd, .events = POLLIN };
        if (poll(&p, 1, 5000) <= 0) break;
        ssize_t got = recv(fd, buf + n, MAX - 1 - n, 0);
        if (got <= 0) break;
        n += (size_t)got;
        buf[n] = '\0';
        if (mark && strstr(buf, mark)) break;
    }
    return buf;
}

/* One request that asks for the end of the connection; all that comes back. */
static inline char *testing_ask(int port, const char *request)
{
    int fd = testing_dial(port);
    testing_say(fd, request, strlen(request));
    char *reply = testing_hear(fd, NULL);
    close(fd);
    return reply;
}

static inline void testing_is_status(const char *reply, int status)
{
    char line[32];
    (void)snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
    if (strncmp(reply, line, strlen(line)) != 0) fprintf(stderr, "wanted %d, got: %.300s\n", status, reply);
    assert_int_equal(strncmp(reply, line, strlen(line)), 0);
}

#endif
