/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside serve: opens the house and keeps it open until it is asked to close (TERM or INT). */
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "api/api.h"
#include "cmd/cmd.h"
#include "lib/clock.h"
#include "lib/log.h"

enum { SPARE_DESCRIPTORS = 256, SWEEP_MS = 1000, THREADS_MAX = 64 };

struct serving {
    struct house house;
    struct api *api;
    struct http_server *http;
    struct http_config http_config;
};

/* A connection is a descriptor. Where the machine does not give so many, say how many there can be. */
static int64_t raise_descriptors(int64_t connections)
{
    struct rlimit r;
    if (getrlimit(RLIMIT_NOFILE, &r) != 0) return connections;
    rlim_t want = (rlim_t)connections + SPARE_DESCRIPTORS;
    if (r.rlim_cur >= want) return connections;
    r.rlim_cur = r.rlim_max == RLIM_INFINITY || r.rlim_max >= want ? want : r.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur >= want) return connections;
    int64_t possible = (int64_t)r.rlim_cur - SPARE_DESCRIPTORS;
    log_info("connections", "the system gives fewer descriptors than asked for", possible);
    return possible > 16 ? possible : 16;
}

static unsigned thread_count(int64_t asked)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (asked > 0) return (unsigned)asked;
    return cores < 1 ? 1 : cores > THREADS_MAX ? THREADS_MAX : (unsigned)cores;
}

/* What the operator set. */
static enum err furnish_house(const struct config *c, struct store *s, struct house *ret)
{
    TRY(house_load(s, ret));
    static_assert(sizeof ret->name <= CONFIG_TEXT_MAX && HOUSE_NAME_MAX == 80, "what config.c lets through fits");
    (void)snprintf(ret->name, sizeof ret->name, "%.*s", HOUSE_NAME_MAX, c->name);
    (void)snprintf(ret->client, sizeof ret->client, "%.64s", http_client_carried.hash);
    ret->voice_quota_bytes = c->voice_quota_mb << 20;
    ret->circle_size_max = c->circle_size;
    return ERR_OK;
}

static int open_doors(struct serving *v, const struct config *c, struct store *s)
{
    char why[HTTP_WHY_MAX];
    unsigned threads = thread_count(c->threads);
    struct api_config api = { s, &v->house, c->url[0] ? c->url : NULL, threads, (unsigned)c->rate_factor };
    if (furnish_house(c, s, &v->house) != ERR_OK || api_new(&api, &v->api) != ERR_OK) {
        store_free(&s);
        return cmd_say(CMD_FAILED, "The house could not be opened. The lines above say why.");
    }
    v->http_config = (struct http_config){
        .listen = c->listen, .tls_cert = c->tls_cert[0] ? c->tls_cert : NULL, .tls_key = c->tls_key[0] ? c->tls_key : NULL,
        .threads = threads, .connections = (unsigned)raise_descriptors(c->connections), .patience_s = (unsigned)c->patience,
        .client = &http_client_carried, .head = api_head, .run = api_run, .arg = v->api,
    };
    if (http_start(&v->http_config, &v->http, why) == ERR_OK) return CMD_DONE;
    api_finish(v->api);
    api_free(&v->api);
    return cmd_say(CMD_FAILED, "%s", why);
}

/* Until a signal comes: sweep each second, let every stream's heart beat. */
static void keep_open(struct serving *v, const sigset_t *endings)
{
    const struct timespec wait = { SWEEP_MS / 1000, 0 };
    int64_t beat = clock_mono_ms();
    api_heartbeat(v->api);
    while (sigtimedwait(endings, NULL, &wait) < 0) {
        http_sweep(v->http);
        if (clock_mono_ms() - beat < API_HEARTBEAT_MS) continue;
        beat = clock_mono_ms();
        api_heartbeat(v->api);
    }
}

static void close_doors(struct serving *v)
{
    log_info("closing", "streams", 0);
    http_close_door(v->http);
    api_finish(v->api);
    http_stop(&v->http);
    api_free(&v->api);
    crypt_wipe(&v->house.secret, sizeof v->house.secret);
    log_info("closed", "", 0);
}

static void set_log(const char *level)
{
    static const char *const names[] = { "quiet", "error", "info", "debug" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(level, names[i]) == 0) log_set_level((enum log_level)i);
}

int cmd_serve(const struct config *c)
{
    sigset_t endings;
    (void)sigemptyset(&endings);
    (void)sigaddset(&endings, SIGTERM);
    (void)sigaddset(&endings, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, &endings, NULL);   /* before the first thread; fails only for a bad argument */
    (void)signal(SIGPIPE, SIG_IGN);                     /* a client that has gone is not our end */
    set_log(c->log);
    struct store *s = cmd_open_store(c);
    if (!s) return CMD_FAILED;
    struct serving v = { .api = NULL };
    int failed = open_doors(&v, c, s);
    if (failed) return failed;
    log_info("open", "port", http_port(v.http));
    keep_open(&v, &endings);
    close_doors(&v);
    return CMD_DONE;
}
