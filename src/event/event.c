/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The hub of live streams: a table of subscribers by person, a ring of the latest events, one lock over both.
 *
 * It knows no HTTP: text goes in, text comes out, and somebody is woken. The one complication is who owns a message:
 * it is counted, and lies at once in the ring and in any number of queues; whoever lets go last frees it. A message
 * that has begun to be read may be half gone to the network, so a reader keeps its place (`at`) in the first one. */
#include "event/event.h"

#include <assert.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/crypt.h"

enum { TABLE_SIZE = 1024, PEOPLE_MAX = 64, ID_LINE_MAX = 64, KEY_BYTES = 16, NODE_TEXT = 16, MARK_TEXT = 20 };

struct message {
    size_t refs, n_people, n;
    uint64_t mark;                 /* 0: a message that is not in the ring (hello, heartbeat) */
    struct id *people;             /* whom it is for; lies behind the text */
    char text[];
};

struct waiting {                   /* one message in one queue */
    struct waiting *next;
    struct message *message;
};

struct event_sub {
    struct event_hub *hub;
    struct event_sub *next;        /* of the same slot of the table */
    struct id person, session;
    struct waiting *first, **last;
    size_t bytes;                  /* waiting, all of the first one counted */
    size_t at;                     /* how much of the first one was read */
    bool asleep;                   /* the reader was told 0 and wants to be woken */
    bool over;
    void (*wake)(void *arg);
    void *arg;
};

struct event_hub {
    pthread_mutex_t lock;
    uint8_t key[KEY_BYTES];
    uint64_t node, counter;
    uint64_t mark_now;             /* of the newest event, or of the start */
    struct event_sub *table[TABLE_SIZE];
    size_t n_subs;
    bool closed;                   /* everybody was ended; nobody comes any more */
    struct message *heartbeat;
    struct message *ring[EVENT_RING];   /* number N lies at N % EVENT_RING */
    uint64_t ring_from;            /* the number of the oldest that is kept */
    uint64_t mark_before;          /* the mark of the one before the oldest */
    size_t ring_bytes;
};

static const char *const type_names[EVENT_TYPES] = {
    [EVENT_ENTRY] = "entry", [EVENT_ROOM] = "room", [EVENT_BOND] = "bond",
    [EVENT_INVITE] = "invite", [EVENT_VAULT] = "vault", [EVENT_SESSION] = "session",
    [EVENT_CIRCLE] = "circle", [EVENT_GATHERING] = "gathering", [EVENT_SIGNAL] = "signal",
};

const char *event_type_name(enum event_type t)
{
    assert(t < EVENT_TYPES);
    return type_names[t];
}

enum err event_type_parse(struct text name, enum event_type *ret)
{
    for (unsigned t = 0; t < EVENT_TYPES; t++) {
        if (!text_equal(name, text_of(type_names[t]))) continue;
        *ret = (enum event_type)t;
        return ERR_OK;
    }
    return ERR_BAD_INPUT;
}

/* Messages. */

static struct message *message_new(const char *head, struct text data, const struct id *people, size_t n_people)
{
    size_t head_n = strlen(head), n = head_n + data.n + 2;
    struct message *m = malloc(sizeof *m + n + n_people * sizeof *people);
    if (!m) return NULL;
    *m = (struct message){ .refs = 1, .n_people = n_people, .n = n };
    memcpy(m->text, head, head_n);
    if (data.n) memcpy(m->text + head_n, data.p, data.n);
    memcpy(m->text + head_n + data.n, "\n\n", 2);
    m->people = (struct id *)(void *)(m->text + n);   /* an id is bytes: it needs no alignment */
    if (n_people) memcpy(m->people, people, n_people * sizeof *people);
    return m;
}

static void message_drop(struct message *m)
{
    if (m && --m->refs == 0) free(m);
}

static bool message_is_for(const struct message *m, const struct id *person)
{
    for (size_t i = 0; i < m->n_people; i++)
        if (id_equal(&m->people[i], person)) return true;
    return false;
}

/* `id: NODE-MARK`, `event: TYPE`, `data: …` */
static struct message *message_event(struct event_hub *h, uint64_t mark, const char *type, struct text data,
                                     const struct id *people, size_t n_people)
{
    char head[ID_LINE_MAX + 64];
    int n = snprintf(head, sizeof head, "id: %016" PRIx64 "-%020" PRIu64 "\nevent: %s\ndata: ", h->node, mark, type);
    assert(n > 0 && (size_t)n < sizeof head);
    return message_new(head, data, people, n_people);
}

/* Without an id, for nobody who comes later. */
static struct message *message_passing(enum event_type type, struct text data)
{
    char head[64];
    int n = snprintf(head, sizeof head, "event: %s\ndata: ", event_type_name(type));
    assert(n > 0 && (size_t)n < sizeof head);
    return message_new(head, data, NULL, 0);
}

static uint64_t mark_of(const struct event_hub *h, uint64_t number)
{
    uint64_t mark = crypt_short_hash(h->key, bytes_of(&number, sizeof number));
    return mark ? mark : 1;
}

/* Queues. All of these want the lock. */

static void queue_clear(struct event_sub *s)
{
    while (s->first) {
        struct waiting *w = s->first;
        s->first = w->next;
        message_drop(w->message);
        free(w);
    }
    s->last = &s->first;
    s->bytes = s->at = 0;
}

static void wake_up(struct event_sub *s)
{
    if (!s->asleep) return;
    s->asleep = false;
    s->wake(s->arg);
}

static void sub_end(struct event_sub *s)
{
    s->over = true;
    queue_clear(s);
    wake_up(s);
}

/* A subscriber that is too slow, or for whom there is no memory, is ended: it comes back and pulls. */
static void queue_put(struct event_sub *s, struct message *m)
{
    if (s->over) return;
    struct waiting *w = m && s->bytes + m->n <= EVENT_QUEUE_BYTES ? malloc(sizeof *w) : NULL;
    if (!w) {
        sub_end(s);
        return;
    }
    *w = (struct waiting){ .message = m };
    m->refs++;
    *s->last = w;
    s->last = &w->next;
    s->bytes += m->n;
    wake_up(s);
}

/* Subscribers. */

static struct event_sub **slot_of(struct event_hub *h, const struct id *person)
{
    return &h->table[crypt_short_hash(h->key, bytes_of_id(person)) % TABLE_SIZE];
}

static size_t count_of(struct event_hub *h, const struct id *person)
{
    size_t n = 0;
    for (struct event_sub *s = *slot_of(h, person); s; s = s->next)
        n += id_equal(&s->person, person);
    return n;
}

static void each_sub(struct event_hub *h, void (*each)(struct event_sub *s, void *arg), void *arg)
{
    for (size_t i = 0; i < TABLE_SIZE; i++)
        for (struct event_sub *s = h->table[i]; s; s = s->next)
            each(s, arg);
}

static void put_each(struct event_sub *s, void *message) { queue_put(s, message); }

static void end_each(struct event_sub *s, void *none)
{
    (void)none;   /* the same for everybody */
    sub_end(s);
}

/* The ring. */

static void ring_forget_oldest(struct event_hub *h)
{
    struct message **oldest = &h->ring[h->ring_from % EVENT_RING];
    h->mark_before = (*oldest)->mark;
    h->ring_bytes -= (*oldest)->n;
    message_drop(*oldest);
    *oldest = NULL;
    h->ring_from++;
}

static void ring_clear(struct event_hub *h)
{
    while (h->ring_from <= h->counter)
        ring_forget_oldest(h);
}

/* H->counter is already the message's number. */
static void ring_put(struct event_hub *h, struct message *m)
{
    if (h->ring[h->counter % EVENT_RING]) ring_forget_oldest(h);
    m->refs++;
    h->ring[h->counter % EVENT_RING] = m;
    h->ring_bytes += m->n;
    while (h->ring_bytes > EVENT_RING_BYTES)
        ring_forget_oldest(h);
}

/* The whole of P as a number in BASE, digits only, small letters. */
static bool number_parse(const char *p, size_t n, uint64_t base, uint64_t *ret)
{
    uint64_t v = 0;
    for (size_t i = 0; i < n; i++) {
        const char *digits = "0123456789abcdef", *d = memchr(digits, p[i], base);
        if (!d) return false;
        v = v * base + (uint64_t)(d - digits);   /* what wraps around names no event */
    }
    *ret = v;
    return true;
}

static uint64_t mark_at(const struct event_hub *h, uint64_t number)
{
    return number < h->ring_from ? h->mark_before : h->ring[number % EVENT_RING]->mark;
}

/* The number of the event that LAST_ID names, when all after it is still here. */
static bool ring_find(const struct event_hub *h, struct text last_id, uint64_t *ret)
{
    uint64_t node, mark;
    if (last_id.n != NODE_TEXT + 1 + MARK_TEXT || last_id.p[NODE_TEXT] != '-') return false;
    if (!number_parse(last_id.p, NODE_TEXT, 16, &node) || node != h->node) return false;
    if (!number_parse(last_id.p + NODE_TEXT + 1, MARK_TEXT, 10, &mark)) return false;
    for (uint64_t i = h->counter + 1; i-- >= h->ring_from;) {
        if (mark_at(h, i) != mark) continue;
        *ret = i;
        return true;
    }
    return false;
}

/* What a new stream gets first. A resumed one hears of its own old place, so that if it is cut again before the replay
 * has reached it, it asks for the same once more. */
static void greet(struct event_hub *h, struct event_sub *s, struct text last_id)
{
    uint64_t from = 0;
    bool resumed = ring_find(h, last_id, &from);
    struct text data = resumed ? TEXT("{\"resumed\":true}") : TEXT("{\"resumed\":false}");
    struct message *hello = message_event(h, resumed ? mark_at(h, from) : h->mark_now, "hello", data, NULL, 0);
    queue_put(s, hello);
    message_drop(hello);
    for (uint64_t i = from + 1; resumed && i <= h->counter; i++)
        if (message_is_for(h->ring[i % EVENT_RING], &s->person)) queue_put(s, h->ring[i % EVENT_RING]);
}

/* The face. */

struct event_hub *event_hub_new(void)
{
    struct event_hub *h = calloc(1, sizeof *h);
    if (!h) return NULL;
    crypt_random(h->key, sizeof h->key);
    crypt_random(&h->node, sizeof h->node);
    h->ring_from = 1;
    h->mark_now = h->mark_before = mark_of(h, 0);
    h->heartbeat = message_new(":", (struct text){ "", 0 }, NULL, 0);
    if (!h->heartbeat || pthread_mutex_init(&h->lock, NULL) != 0) {
        free(h->heartbeat);
        free(h);
        return NULL;
    }
    return h;
}

void event_hub_free(struct event_hub **h)
{
    if (!*h) return;
    assert((*h)->n_subs == 0);
    ring_clear(*h);
    message_drop((*h)->heartbeat);
    (void)pthread_mutex_destroy(&(*h)->lock);   /* nobody is left to hold it */
    crypt_wipe((*h)->key, sizeof (*h)->key);
    free(*h);
    *h = NULL;
}

static void resync_locked(struct event_hub *h)
{
    ring_clear(h);
    h->counter++;   /* a place of its own, so that an id from before does not look whole */
    h->ring_from = h->counter + 1;
    h->mark_now = h->mark_before = mark_of(h, h->counter);
    struct message *hello = message_event(h, h->mark_now, "hello", TEXT("{\"resumed\":false}"), NULL, 0);
    each_sub(h, put_each, hello);   /* without memory all are ended, and come back */
    message_drop(hello);
}

static void put_to(struct event_hub *h, const struct id *people, size_t n_people, struct message *m)
{
    for (size_t i = 0; i < n_people; i++)
        for (struct event_sub *s = *slot_of(h, &people[i]); s; s = s->next)
            if (id_equal(&s->person, &people[i])) queue_put(s, m);
}

static void publish_kept(struct event_hub *h, const struct id *people, size_t n_people, enum event_type type, struct text data)
{
    uint64_t mark = mark_of(h, h->counter + 1);
    struct message *m = message_event(h, mark, event_type_name(type), data, people, n_people);
    if (!m) {
        resync_locked(h);
        return;
    }
    h->counter++;
    m->mark = h->mark_now = mark;
    put_to(h, people, n_people, m);
    ring_put(h, m);
    message_drop(m);
}

static void publish_passing(struct event_hub *h, const struct id *people, size_t n_people, enum event_type type, struct text data)
{
    struct message *m = message_passing(type, data);
    if (!m) return;   /* to resync would bring nobody what is nowhere kept */
    put_to(h, people, n_people, m);
    message_drop(m);
}

void event_publish(struct event_hub *h, const struct id *people, size_t n_people, enum event_type type, struct text data)
{
    assert(n_people <= PEOPLE_MAX && !memchr(data.p, '\n', data.n));
    pthread_mutex_lock(&h->lock);
    if (type == EVENT_SIGNAL) publish_passing(h, people, n_people, type, data);
    else publish_kept(h, people, n_people, type, data);
    pthread_mutex_unlock(&h->lock);
}

void event_publish_resync(struct event_hub *h)
{
    pthread_mutex_lock(&h->lock);
    resync_locked(h);
    pthread_mutex_unlock(&h->lock);
}

enum err event_subscribe(struct event_hub *h, const struct id *person, const struct id *session, struct text last_id,
                         void (*wake)(void *arg), void *arg, struct event_sub **ret)
{
    struct event_sub *s = calloc(1, sizeof *s);
    if (!s) return ERR_MEMORY;
    *s = (struct event_sub){ .hub = h, .person = *person, .session = *session, .wake = wake, .arg = arg };
    s->last = &s->first;

    pthread_mutex_lock(&h->lock);
    enum err e = h->closed ? ERR_BUSY : count_of(h, person) >= EVENT_SUBS_A_PERSON ? ERR_TOO_MANY : ERR_OK;
    if (e != ERR_OK) {
        pthread_mutex_unlock(&h->lock);
        free(s);
        return e;
    }
    s->next = *slot_of(h, person);
    *slot_of(h, person) = s;
    h->n_subs++;
    greet(h, s, last_id);
    pthread_mutex_unlock(&h->lock);
    *ret = s;
    return ERR_OK;
}

ptrdiff_t event_read(struct event_sub *s, char *ret, size_t max)
{
    size_t n = 0;
    pthread_mutex_lock(&s->hub->lock);
    while (n < max && s->first) {
        struct message *m = s->first->message;
        size_t piece = m->n - s->at < max - n ? m->n - s->at : max - n;
        memcpy(ret + n, m->text + s->at, piece);
        n += piece;
        s->at += piece;
        if (s->at < m->n) break;
        struct waiting *w = s->first;
        s->first = w->next;
        if (!s->first) s->last = &s->first;
        s->bytes -= m->n;
        s->at = 0;
        message_drop(m);
        free(w);
    }
    bool over = s->over;
    s->asleep = n == 0 && !over;
    pthread_mutex_unlock(&s->hub->lock);
    return n ? (ptrdiff_t)n : over ? -1 : 0;
}

void event_unsubscribe(struct event_sub **s)
{
    if (!*s) return;
    struct event_hub *h = (*s)->hub;
    pthread_mutex_lock(&h->lock);
    struct event_sub **at = slot_of(h, &(*s)->person);
    while (*at != *s)
        at = &(*at)->next;
    *at = (*s)->next;
    h->n_subs--;
    queue_clear(*s);
    pthread_mutex_unlock(&h->lock);
    free(*s);
    *s = NULL;
}

void event_end(struct event_hub *h, const struct id *person, const struct id *session)
{
    pthread_mutex_lock(&h->lock);
    if (!person) {
        h->closed = true;
        each_sub(h, end_each, NULL);
    }
    for (struct event_sub *s = person ? *slot_of(h, person) : NULL; s; s = s->next)
        if (id_equal(&s->person, person) && (!session || id_equal(&s->session, session))) sub_end(s);
    pthread_mutex_unlock(&h->lock);
}

void event_heartbeat(struct event_hub *h)
{
    pthread_mutex_lock(&h->lock);
    each_sub(h, put_each, h->heartbeat);
    pthread_mutex_unlock(&h->lock);
}

size_t event_subscribers(struct event_hub *h)
{
    pthread_mutex_lock(&h->lock);
    size_t n = h->n_subs;
    pthread_mutex_unlock(&h->lock);
    return n;
}
