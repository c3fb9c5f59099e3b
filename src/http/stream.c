/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A live stream over HTTP: text from the hub to the socket, asleep (suspended) while there is none.
 *
 * The complication is that a wake may come between reading nothing and falling asleep. Three states settle it: the
 * reader suspends first and then says ASLEEP; a waker says WOKEN and resumes only who was ASLEEP; a reader that finds
 * WOKEN instead of AWAKE resumes itself. A resume too many only makes one empty round. */
#include "http/http_inside.h"

enum nap { AWAKE, ASLEEP, WOKEN };

static void wake(void *request)
{
    struct http_request *r = request;
    if (atomic_exchange(&r->nap, WOKEN) == ASLEEP) MHD_resume_connection(r->connection);
}

static void sleep_until_woken(struct http_request *r)
{
    int awake = AWAKE;
    MHD_suspend_connection(r->connection);
    if (!atomic_compare_exchange_strong(&r->nap, &awake, ASLEEP)) MHD_resume_connection(r->connection);
}

ptrdiff_t http_stream_read(void *request, uint64_t at, char *buf, size_t max)
{
    struct http_request *r = request;
    (void)at;   /* the hub keeps the place */
    if (r->response) http_forget_stream_head(r);   /* its text would be a good part of what an idle stream costs */
    atomic_store(&r->nap, AWAKE);
    ptrdiff_t n = event_read(r->sub, buf, max);
    if (n < 0) return MHD_CONTENT_READER_END_OF_STREAM;
    if (n == 0) sleep_until_woken(r);
    return n;
}

enum err http_stream(struct call *c, struct event_hub *hub, struct text last_id)
{
    struct http_request *r = c->http;
    return event_subscribe(hub, &c->me, &c->session, last_id, wake, r, &r->sub);
}
