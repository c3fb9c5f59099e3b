/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The hub: live notice to people's open streams.
 *
 * A published event is formatted once as SSE text (WHATWG HTML, server-sent events) and shared by all queues it lies
 * in. Each subscriber has a bounded queue: a slow one is dropped, and resyncs when it comes back. A ring of the latest
 * events lets a stream that was cut resume without a pull. Events are hints: nothing is kept here alone.
 *
 * Event ids are NODE-MARK: NODE a random 64-bit number in hex that is new at each start; MARK a keyed hash of the
 * event's number, so that an id tells a person nothing of how much is said in the house.
 *
 * One type is not kept: a signal goes to the streams that are open now and to no other. It has no id, so that whoever
 * heard it last resumes from the event before it. */
#ifndef BESIDE_EVENT_EVENT_H
#define BESIDE_EVENT_EVENT_H

#include "lib/bytes.h"

enum event_type {
    EVENT_ENTRY, EVENT_ROOM, EVENT_BOND, EVENT_INVITE, EVENT_VAULT, EVENT_SESSION, EVENT_CIRCLE, EVENT_GATHERING, EVENT_SIGNAL,
    EVENT_TYPES
};
const char *event_type_name(enum event_type t);   /* "entry", "room" … as the API names them */
enum err event_type_parse(struct text name, enum event_type *ret) MUST_USE;   /* ERR_BAD_INPUT: no such type */

struct event_hub;
struct event_sub;

enum {
    EVENT_RING = 4096,                 /* events kept for resuming … */
    EVENT_RING_BYTES = 4 << 20,        /* … and their total size */
    EVENT_QUEUE_BYTES = 256 << 10,     /* waiting for one subscriber, before it is dropped */
    EVENT_SUBS_A_PERSON = 16,
};

struct event_hub *event_hub_new(void);       /* NULL when the heap is exhausted */
void event_hub_free(struct event_hub **h);   /* all subscribers must be gone */

/* To every open stream of these people. DATA is text without a line break (JSON or base64url). When the heap is
 * exhausted the streams are told to resync instead: an event may be late, never silently lost. A signal may be lost. */
void event_publish(struct event_hub *h, const struct id *people, size_t n_people, enum event_type type, struct text data);

/* Everybody's stream is told that it may have missed something (another node was out of reach): a second `hello` with
 * {"resumed":false}. What the ring holds is no longer whole, so it is emptied. */
void event_publish_resync(struct event_hub *h);

/* WAKE is called, from any thread, when there is something to read after event_read() gave 0. It must not call back
 * into the hub. LAST_ID is the value of Last-Event-ID or empty. The first thing to read is always `hello`, with
 * {"resumed":true|false}. */
enum err event_subscribe(struct event_hub *h, const struct id *person, const struct id *session, struct text last_id,
                         void (*wake)(void *arg), void *arg, struct event_sub **ret) MUST_USE;   /* ERR_TOO_MANY, ERR_MEMORY, ERR_BUSY */
/* Copies at most MAX bytes of waiting text. 0: nothing now. -1: dropped or session ended, close the stream. */
ptrdiff_t event_read(struct event_sub *s, char *ret, size_t max);
void event_unsubscribe(struct event_sub **s);   /* after it returns WAKE is not running and will not be called */

/* Ends the streams of a session (signed out), of all a person's sessions (SESSION NULL), or, when the program ends, of
 * everybody for good (both NULL). */
void event_end(struct event_hub *h, const struct id *person, const struct id *session);

/* A comment line to every stream, so that proxies and clients see it is alive. */
void event_heartbeat(struct event_hub *h);
size_t event_subscribers(struct event_hub *h);

#endif
