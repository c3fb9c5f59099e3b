/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Durable entries through HTTP: C connections on loopback, each with one PUT under way, for S seconds.
 *
 *     bench/entries URL INVITE [CONNECTIONS 256] [SECONDS 10] [BYTES 500] [PEOPLE 64]
 *
 * Prints one line: entries a second, and how long a PUT took (median, 99th, 99.9th percentile, in ms). The first fifth
 * of the time is not counted. Each reply must be 201; anything else ends the run. */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 4096, PEOPLE_MAX = 1024, SECONDS_MAX = 600, TIMES_MAX = 20000000 };

struct line {
    int fd;
    const struct guest *guest;
    char request[GUEST_ENTRY_MAX];
    size_t request_n, sent, got;
    char reply[2048];
    int64_t began_us;
};

static int64_t now_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void send_more(struct line *l)
{
    while (l->sent < l->request_n) {
        ssize_t w = write(l->fd, l->request + l->sent, l->request_n - l->sent);
        if (w < 0 && errno == EAGAIN) return;
        if (w <= 0) die("the house closed a connection while it was written to");
        l->sent += (size_t)w;
    }
}

static void begin(const struct guest_house *h, struct line *l, size_t size)
{
    l->request_n = guest_entry(h, l->guest, size, l->request, sizeof l->request);
    l->sent = l->got = 0;
    l->began_us = now_us();
    send_more(l);
}

/* Reads what is there; true when a whole reply has come. */
static bool reply_is_whole(struct line *l)
{
    ssize_t r = read(l->fd, l->reply + l->got, sizeof l->reply - 1 - l->got);
    if (r < 0 && errno == EAGAIN) return false;
    if (r <= 0) die("the house closed a connection");
    l->got += (size_t)r;
    l->reply[l->got] = '\0';
    const char *body = strstr(l->reply, "\r\n\r\n"), *length = strcasestr(l->reply, "content-length: ");
    if (!body || !length) return false;
    if ((size_t)(body + 4 - l->reply) + strtoul(length + 16, NULL, 10) > l->got) return false;
    if (strncmp(l->reply, "HTTP/1.1 201", 12) != 0) {
        (void)fprintf(stderr, "%s\n", l->reply);
        die("an entry was not taken");
    }
    return true;
}

static long argument(int argc, char **argv, int i, long absent, long max)
{
    long v = argc > i ? strtol(argv[i], NULL, 10) : absent;
    if (v < 1 || v > max) die("an argument is out of range");
    return v;
}

int main(int argc, char **argv)
{
    if (argc < 3) die("usage: entries URL INVITE [CONNECTIONS] [SECONDS] [BYTES] [PEOPLE]");
    long connections = argument(argc, argv, 3, 256, CONNECTIONS_MAX), seconds = argument(argc, argv, 4, 10, SECONDS_MAX);
    size_t size = (size_t)argument(argc, argv, 5, 500, GUEST_ENTRY_MAX / 2);
    long people = argument(argc, argv, 6, 64, PEOPLE_MAX);
    struct guest_house house;
    guest_house_find(argv[1], &house);
    struct guest *guests = calloc((size_t)people, sizeof *guests);
    struct line *lines = calloc((size_t)connections, sizeof *lines);
    uint32_t *times = calloc(TIMES_MAX, sizeof *times);
    int poll = epoll_create1(0);
    if (!guests || !lines || !times || poll < 0) die("no memory");
    for (long i = 0; i < people; i++)
        guest_arrive(&house, argv[2], &guests[i]);

    int64_t start = now_us(), counted_from = start + seconds * 200000, end = start + seconds * 1000000;
    for (long i = 0; i < connections; i++) {
        struct epoll_event e = { .events = EPOLLIN, .data.ptr = &lines[i] };
        lines[i].guest = &guests[i % people];
        lines[i].fd = guest_connect(&house);
        if (fcntl(lines[i].fd, F_SETFL, O_NONBLOCK) != 0 || epoll_ctl(poll, EPOLL_CTL_ADD, lines[i].fd, &e) != 0)
            die("epoll");
        begin(&house, &lines[i], size);
    }
    size_t n = 0;
    while (now_us() < end) {
        struct epoll_event ready[256];
        int k = epoll_wait(poll, ready, 256, 100);
        for (int i = 0; i < k; i++) {
            struct line *l = ready[i].data.ptr;
            if (l->sent < l->request_n) send_more(l);
            if (!reply_is_whole(l)) continue;
            int64_t now = now_us();
            if (now > counted_from && n < TIMES_MAX) times[n++] = (uint32_t)(now - l->began_us);
            begin(&house, l, size);
        }
    }
    if (n == 0) die("no entry was acknowledged in the time that counts");
    qsort(times, n, sizeof *times, by_value);
    (void)printf("entries_per_s %.0f p50_ms %.2f p99_ms %.2f p999_ms %.2f\n", (double)n / ((double)seconds * 0.8),
                 times[n / 2] / 1000.0, times[n * 99 / 100] / 1000.0, times[n * 999 / 1000] / 1000.0);
    return 0;
}
