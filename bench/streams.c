/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What an idle stream costs the server in memory.
 *
 *     bench/streams URL INVITE SERVER_PID [STREAMS 2000] [PEOPLE 250]
 *
 * Opens the streams, waits for each one's first event, lets them lie still for two seconds, and prints the server's resident
 * memory before and after and the difference a stream. */
#include "guest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { STREAMS_MAX = 20000, PEOPLE_MAX = 2000 };

static long resident_kb(long pid)
{
    char path[64], line[256];
    long kb = -1;
    (void)snprintf(path, sizeof path, "/proc/%ld/status", pid);
    FILE *f = fopen(path, "r");
    if (!f) die("no such server process");
    while (fgets(line, sizeof line, f))
        if (strncmp(line, "VmRSS:", 6) == 0) kb = strtol(line + 6, NULL, 10);
    (void)fclose(f);
    return kb;
}

static int open_stream(const struct guest_house *h, const struct guest *g)
{
    char request[512], reply[2048];
    size_t got = 0;
    int fd = guest_connect(h);
    int n = snprintf(request, sizeof request, "GET /api/stream HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept: text/event-stream\r\n\r\n",
                     h->host, g->cookie);
    if (n < 0 || write(fd, request, (size_t)n) != n) die("a stream could not be asked for");
    while (got < sizeof reply - 1) {
        ssize_t r = read(fd, reply + got, sizeof reply - 1 - got);
        if (r <= 0) die("a stream was closed at once");
        got += (size_t)r;
        reply[got] = '\0';
        if (strstr(reply, "event: hello")) return fd;
    }
    die("a stream did not say hello");
}

int main(int argc, char **argv)
{
    if (argc < 4) die("usage: streams URL INVITE SERVER_PID [STREAMS] [PEOPLE]");
    long pid = strtol(argv[3], NULL, 10), streams = argc > 4 ? strtol(argv[4], NULL, 10) : 2000;
    long people = argc > 5 ? strtol(argv[5], NULL, 10) : 250;
    if (streams < 1 || streams > STREAMS_MAX || people < 1 || people > PEOPLE_MAX) die("an argument is out of range");
    struct rlimit files = { (rlim_t)streams + 64, (rlim_t)streams + 64 };
    (void)setrlimit(RLIMIT_NOFILE, &files);   /* guest_connect says so if it was not enough */
    struct guest_house house;
    guest_house_find(argv[1], &house);
    struct guest *guests = calloc((size_t)people, sizeof *guests);
    if (!guests) die("no memory");
    for (long i = 0; i < people; i++)
        guest_arrive(&house, argv[2], &guests[i]);
    (void)sleep(2);
    long before = resident_kb(pid);
    for (long i = 0; i < streams; i++)
        (void)open_stream(&house, &guests[i % people]);
    (void)sleep(2);
    long after = resident_kb(pid);
    (void)printf("streams %ld before_kb %ld after_kb %ld bytes_per_stream %ld\n", streams, before, after,
                 (after - before) * 1024 / streams);
    return 0;
}
