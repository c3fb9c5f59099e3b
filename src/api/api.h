/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The API: what stands between an HTTP request and the noun that answers it.
 *
 * A call is found in the route table, judged (origin, media type, rate, who calls), and run where its row says: `reads`
 * at once, with a read connection of their own; `writes` in the store's writer, the connection held until the commit;
 * `stream` until somebody ends it. Whatever depends on the store is judged again inside the transaction, the session
 * too. Events leave after the commit, here and by notice to the house's other nodes. */
#ifndef BESIDE_API_API_H
#define BESIDE_API_API_H

#include "house/house.h"
#include "http/http.h"

enum { API_RATE_FACTOR_MAX = 1000 };

struct api;

struct api_config {
    struct store *store;
    const struct house *house;
    const char *origin;        /* the house's own, as browsers name it; NULL: whatever Host the request names */
    unsigned readers;          /* how many threads may read at once */
    unsigned rate_factor;      /* multiplies all limits of rate; 0 switches them off */
};

/* Starts the writer and hears the other nodes. From here the store belongs to the API, which api_free() closes with it:
 * the thread that hears must end before what it speaks to. On failure it stays the caller's. */
enum err api_new(const struct api_config *config, struct api **ret) MUST_USE;
/* For struct http_config. */
enum err api_head(void *api, struct call *c);
void api_run(void *api, struct call *c);
void api_heartbeat(struct api *a);   /* call it at the start and every API_HEARTBEAT_MS; it also sweeps (sweep.h) */
enum { API_HEARTBEAT_MS = 25000 };
/* The end, in this order: close the door, api_finish(), stop HTTP, api_free(). What was accepted is written and answered. */
void api_finish(struct api *a);
void api_free(struct api **a);

/* Each row of the whole table. */
void api_each_route(void (*each)(void *arg, const struct route *r), void *arg);

#endif
