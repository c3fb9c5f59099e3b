/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of gatherings around the rounds: who may schedule, move and cancel, what an act does to the store, what is said
 * in turn, what fades. (Whose turn it is: rounds.c. When a series is: series.c.)
 *
 * Every act is the same three steps: the row is held and made true for now, a rule of rounds.h is asked, and what came of it
 * is written and told if others can see a difference. */
#include "gathering/gathering.h"

#include "voice/voice.h"

enum { EVENT_MAX = 256 };

int64_t gathering_fades_ms(const struct gathering *g)
{
    return g->r.stage == ROUNDS_OVER && g->fade_days > 0 ? g->r.ended_ms + g->fade_days * CLOCK_DAY_MS : 0;
}

static bool has_faded(const struct gathering *g, int64_t now_ms)
{
    int64_t fades_ms = gathering_fades_ms(g);
    return g->faded || (fades_ms > 0 && fades_ms <= now_ms);
}

/* ---- as it stands now ---- */

/* Host, guardian and holder are people of the circle, or nobody. */
static void drop_strangers(struct gathering *g, const struct room_members *members)
{
    const struct id parts[] = { g->r.host, g->r.guardian, g->r.holder };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (!id_is_zero(&parts[i]) && !room_member_in(members, &parts[i])) rounds_drop(&g->r, &parts[i]);
}

enum err gathering_get(struct call *c, const struct id *id, struct gathering *ret)
{
    struct room_members members;
    TRY(gathering_store_get(c->db, id, ret));
    TRY(room_members(c->db, &ret->room, &members));
    if (!room_member_in(&members, &c->me)) return ERR_NOT_FOUND;
    drop_strangers(ret, &members);
    rounds_lapse(&ret->r, c->now_ms);
    return has_faded(ret, c->now_ms) ? ERR_NOT_FOUND : ERR_OK;
}

struct listing { int64_t now_ms; struct room_members members; enum err (*each)(void *arg, const struct gathering *g); void *arg; };

static enum err list_one(void *arg, struct gathering *g)
{
    const struct listing *l = arg;
    drop_strangers(g, &l->members);
    rounds_lapse(&g->r, l->now_ms);
    return has_faded(g, l->now_ms) ? ERR_OK : l->each(l->arg, g);
}

enum err gathering_each_in(struct call *c, const struct id *room, enum err (*each)(void *arg, const struct gathering *g), void *arg)
{
    struct circle circle;
    struct listing l = { .now_ms = c->now_ms, .each = each, .arg = arg };
    TRY(circle_of(c, room, &circle));
    TRY(room_members(c->db, room, &l.members));
    return gathering_store_each_in(c->db, room, list_one, &l);
}

/* ---- acts ---- */

/* A gathering that is held, and what others were last told of it. */
struct held { struct gathering g; struct rounds told; bool gone; };

static enum err hold(struct call *c, const struct id *id, struct held *ret)
{
    struct room_members members;
    TRY(gathering_store_hold(c->db, id, &ret->g, &ret->gone));
    TRY(room_members(c->db, &ret->g.room, &members));
    if (!room_member_in(&members, &c->me)) return ERR_NOT_FOUND;
    ret->told = ret->g.r;
    drop_strangers(&ret->g, &members);
    rounds_lapse(&ret->g.r, c->now_ms);
    if (has_faded(&ret->g, c->now_ms)) return ERR_NOT_FOUND;
    rounds_see(&ret->g.r, &c->me, c->now_ms);
    return ERR_OK;
}

static enum err tell(struct call *c, const struct gathering *g)
{
    struct bytes data;
    struct circle_people *to = arena_take(c->arena, sizeof *to);
    if (!to) return ERR_MEMORY;
    TRY(circle_people(c->db, &g->room, to));
    struct build b = build_start(c->arena, EVENT_MAX);
    json_open(&b, NULL, '{');
    json_id(&b, "gathering", &g->id);
    json_id(&b, "room", &g->room);
    json_int(&b, "version", g->version);
    json_close(&b, '}');
    TRY(build_done(&b, &data));
    return call_event(c, EVENT_GATHERING, to->all, to->n, (struct text){ (const char *)data.p, data.n });
}

/* Writes it down, and tells if there is something to tell; NEWS: there is, beside what the rounds show. */
static enum err keep(struct call *c, struct held *h, bool news)
{
    rounds_settle(&h->g.r, c->now_ms);
    news = news || h->gone || rounds_differ(&h->told, &h->g.r);
    h->g.version += news;
    TRY(gathering_store_save(c->db, &h->g));
    return news ? tell(c, &h->g) : ERR_OK;
}

static enum err refuse(struct call *c, enum err e, const struct rounds_no *no)
{
    if (e == ERR_TOO_EARLY) call_extra(c, "from_ms", no->from_ms);
    if (e == ERR_PAUSED) {
        call_extra(c, "until_ms", no->until_ms);
        c->retry_after_s = (int)((no->until_ms - c->now_ms + 999) / 1000);
    }
    if (no->why) c->detail = no->why;
    return e;
}

static enum err finish(struct call *c, struct held *h, enum err e, const struct rounds_no *no, struct gathering *ret)
{
    if (e != ERR_OK) return refuse(c, e, no);
    TRY(keep(c, h, false));
    *ret = h->g;
    return ERR_OK;
}

enum err gathering_do(struct call *c, const struct id *id, gathering_act *act, struct gathering *ret)
{
    struct held h;
    struct rounds_no no = { .why = NULL };
    TRY(hold(c, id, &h));
    return finish(c, &h, act(&h.g.r, &c->me, c->now_ms, &no), &no, ret);
}

enum err gathering_on(struct call *c, const struct id *id, int64_t turn, struct gathering *ret)
{
    struct held h;
    struct rounds_no no = { .why = NULL };
    TRY(hold(c, id, &h));
    bool settled = h.g.r.turn != turn;
    return finish(c, &h, settled ? ERR_OK : rounds_on(&h.g.r, &c->me, c->now_ms, &no), &no, ret);
}

enum err gathering_hand_on(struct call *c, const struct id *id, int64_t turn, const struct id *over, struct gathering *ret)
{
    struct held h;
    struct rounds_no no = { .why = NULL };
    TRY(hold(c, id, &h));
    return finish(c, &h, rounds_hand_on(&h.g.r, &c->me, turn, over, c->now_ms, &no), &no, ret);
}

enum err gathering_open_replies(struct call *c, const struct id *id, bool open, struct gathering *ret)
{
    struct held h;
    struct rounds_no no = { .why = NULL };
    TRY(hold(c, id, &h));
    return finish(c, &h, rounds_open_replies(&h.g.r, &c->me, open, &no), &no, ret);
}

/* ---- saying ---- */

/* What is erased with the gathering must be one's own. */
static enum err check_voice(struct call *c, const struct id *room, const struct id *voice)
{
    struct voice v;
    enum err e = voice_get(c, room, voice, &v);
    if (e == ERR_OK && id_equal(&v.author, &c->me)) return ERR_OK;
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return call_problem(c, ERR_BAD_INPUT, "\"voice\" is no voice note of yours in this circle");
}

static enum err check_limits(struct call *c, const struct gathering *g, int64_t *ret_n)
{
    int64_t theirs = 0;
    TRY(gathering_store_count_marks(c->db, g, &c->me, ret_n, &theirs));
    int64_t limit = theirs >= GATHERING_SAID_MAX ? GATHERING_SAID_MAX : GATHERING_TURNS_MAX;
    if (theirs < GATHERING_SAID_MAX && *ret_n < GATHERING_TURNS_MAX) return ERR_OK;
    call_extra(c, "limit", limit);
    return ERR_TOO_MANY;
}

static enum err mark(struct call *c, const struct gathering *g, const struct gathering_mark *m)
{
    TRY(circle_set_apart(c->db, &g->room, &m->entry));
    if (!id_is_zero(&m->voice)) TRY(circle_set_apart(c->db, &g->room, &m->voice));
    return gathering_store_add_mark(c->db, g, m);
}

/* A repeat wins over everything, so that it is answered also when the turn has gone on. A line that came into the log by
 * another way was not said here, whoever holds the piece now. */
enum err gathering_say(struct call *c, const struct id *id, const struct id *entry, const struct id *voice, struct bytes body,
                       struct room_line *ret, bool *ret_new)
{
    struct held h;
    struct rounds_no no = { .why = NULL };
    struct gathering_mark m = { .entry = *entry, .author = c->me };
    bool repeat = false;
    TRY(hold(c, id, &h));
    TRY(gathering_store_is_mark_of(c->db, id, entry, &c->me, &repeat));
    if (repeat) return room_write(c, &h.g.room, entry, body, ret, ret_new);
    enum err e = rounds_may_say(&h.g.r, &c->me, c->now_ms, &m.reply, &no);
    if (e != ERR_OK) return refuse(c, e, &no);
    TRY(check_limits(c, &h.g, &m.n));
    if (voice) TRY(check_voice(c, &h.g.room, voice));
    TRY(room_write(c, &h.g.room, entry, body, ret, ret_new));
    if (!*ret_new) {
        call_extra(c, "seq", ret->seq);
        call_extra(c, "time_ms", ret->time_ms);
        return ERR_ENTRY_EXISTS;
    }
    if (voice) m.voice = *voice;
    m.stage = h.g.r.stage;
    m.turn = h.g.r.turn;
    TRY(mark(c, &h.g, &m));
    return keep(c, &h, true);
}

/* ---- scheduling ---- */

static enum err find_times(struct call *c, const struct gathering_new *new, int64_t ret_ms[SERIES_MAX], size_t *ret_n)
{
    const char *why = NULL;
    if (series_expand(new->start, new->zone, new->repeat, (size_t)new->count, ret_ms, ret_n, &why) != ERR_OK)
        return call_problem(c, ERR_BAD_INPUT, why);
    return ret_ms[0] > c->now_ms ? ERR_OK : call_problem(c, ERR_BAD_INPUT, "\"start\" is in the past");
}

static enum err add_all(struct call *c, const struct gathering_new *new, const int64_t *at_ms, struct gathering_ids *ret)
{
    struct gathering g = { .room = new->room, .series = new->series, .author = c->me, .changed_ms = c->now_ms, .version = 1,
                           .r = { .minutes = new->minutes, .turn_s = new->turn_s } };
    for (size_t i = 0; i < ret->n; i++) {
        g.id = ret->all[i] = crypt_random_id();
        g.place = (int64_t)i;
        g.r.start_ms = at_ms[i];
        g.r.host = i == 0 ? c->me : (struct id){ { 0 } };
        TRY(gathering_store_add(c->db, &g));
    }
    g.id = ret->all[0];
    return tell(c, &g);
}

/* The circle is held, so that its limit holds when two schedule at once. */
enum err gathering_schedule(struct call *c, const struct gathering_new *new, struct gathering_ids *ret, bool *ret_new)
{
    struct circle circle;
    struct id author, room;
    int64_t at_ms[SERIES_MAX], ahead = 0;
    TRY(circle_of(c, &new->room, &circle));
    TRY(circle_hold(c->db, &new->room));
    TRY(gathering_store_series(c->db, &new->series, ret, &author, &room));
    *ret_new = ret->n == 0;
    if (!*ret_new) return id_equal(&author, &c->me) && id_equal(&room, &new->room) ? ERR_OK : ERR_EXISTS;
    TRY(find_times(c, new, at_ms, &ret->n));
    TRY(gathering_store_count_ahead(c->db, &new->room, &ahead));
    if (ahead + (int64_t)ret->n > GATHERING_AHEAD_MAX) {
        call_extra(c, "limit", GATHERING_AHEAD_MAX);
        return ERR_TOO_MANY;
    }
    return add_all(c, new, at_ms, ret);
}

/* The host and keepers have the say, as long as it has not begun. */
static enum err may_arrange(struct call *c, const struct gathering *g)
{
    bool keeps = false;
    TRY(circle_is_keeper(c->db, &g->room, &c->me, &keeps));
    if (!keeps && !id_equal(&g->r.host, &c->me)) return call_problem(c, ERR_FORBIDDEN, "Only the host and the circle's keepers can do this.");
    if (g->r.stage == ROUNDS_AHEAD || g->r.stage == ROUNDS_CANCELLED) return ERR_OK;
    return call_problem(c, ERR_FORBIDDEN, "This gathering has begun; host or guardian can end it.");
}

static enum err empty(struct call *c, struct held *h)
{
    h->g.r.n = 0;
    return gathering_store_drop_seats(c->db, &h->g.id);
}

enum err gathering_move(struct call *c, const struct id *id, int64_t start_ms, int64_t minutes)
{
    struct held h;
    TRY(hold(c, id, &h));
    TRY(may_arrange(c, &h.g));
    if (h.g.r.stage == ROUNDS_CANCELLED) return call_problem(c, ERR_FORBIDDEN, "This gathering was cancelled.");
    if (h.g.r.start_ms == start_ms && h.g.r.minutes == minutes) return ERR_OK;
    if (start_ms <= c->now_ms) return call_problem(c, ERR_BAD_INPUT, "\"start_ms\" is in the past");
    if (h.g.r.start_ms != start_ms) TRY(empty(c, &h));
    h.g.r.start_ms = start_ms;
    h.g.r.minutes = minutes;
    h.g.changed_ms = c->now_ms;
    return keep(c, &h, false);
}

enum err gathering_cancel(struct call *c, const struct id *id, bool rest)
{
    struct held h;
    bool any = false;
    TRY(hold(c, id, &h));
    TRY(may_arrange(c, &h.g));
    if (rest) TRY(gathering_store_cancel_rest(c->db, &h.g, c->now_ms, &any));
    if (h.g.r.stage == ROUNDS_CANCELLED) return any ? tell(c, &h.g) : ERR_OK;
    TRY(empty(c, &h));
    h.g.r.stage = ROUNDS_CANCELLED;
    h.g.changed_ms = c->now_ms;
    return keep(c, &h, false);
}

/* ---- the sweep ---- */

static enum err end_forgotten(struct store_conn *db, struct gathering_due *due, int64_t now_ms)
{
    TRY(gathering_store_due_over(db, now_ms, due));
    for (size_t i = 0; i < due->n; i++) {
        struct gathering g;
        bool gone = false;
        enum err e = gathering_store_hold(db, &due->all[i], &g, &gone);
        if (e == ERR_NOT_FOUND) continue;
        if (e != ERR_OK) return e;
        rounds_lapse(&g.r, now_ms);
        if (g.r.stage != ROUNDS_OVER) continue;
        g.version++;
        TRY(gathering_store_save(db, &g));
    }
    return ERR_OK;
}

struct marks { size_t n; struct gathering_mark all[GATHERING_SWEEP_LINES]; };

static enum err add_mark(void *arg, const struct gathering_mark *m)
{
    struct marks *marks = arg;
    marks->all[marks->n++] = *m;
    return ERR_OK;
}

static enum err fade_mark(struct store_conn *db, const struct id *room, const struct gathering_mark *m)
{
    TRY(room_fade(db, room, &m->entry));
    if (id_is_zero(&m->voice)) return ERR_OK;
    enum err e = person_hold(db, &m->author);   /* whatever changes notes holds their author */
    if (e != ERR_OK && e != ERR_NOT_FOUND) return e;
    return voice_fade(db, room, &m->voice);
}

/* The seats go with the last of the lines. */
static enum err fade(struct store_conn *db, struct marks *marks, const struct id *id)
{
    struct gathering g;
    bool gone = false;
    enum err e = gathering_store_hold(db, id, &g, &gone);
    if (e != ERR_OK || g.faded) return e == ERR_NOT_FOUND ? ERR_OK : e;
    marks->n = 0;
    TRY(gathering_each_mark(db, id, GATHERING_SWEEP_LINES, add_mark, marks));
    for (size_t i = 0; i < marks->n; i++)
        TRY(fade_mark(db, &g.room, &marks->all[i]));
    if (marks->n > 0) TRY(gathering_store_drop_marks(db, id, marks->all[marks->n - 1].n));
    if (marks->n == GATHERING_SWEEP_LINES) return ERR_OK;
    TRY(gathering_store_drop_seats(db, id));
    return gathering_store_set_faded(db, id);
}

enum err gathering_sweep(struct store_conn *db, struct arena *a, int64_t now_ms)
{
    struct gathering_due *due = arena_take(a, sizeof *due);
    struct marks *marks = arena_take(a, sizeof *marks);
    if (!due || !marks) return ERR_MEMORY;
    TRY(end_forgotten(db, due, now_ms));
    TRY(gathering_store_due_fade(db, now_ms, due));
    for (size_t i = 0; i < due->n; i++)
        TRY(fade(db, marks, &due->all[i]));
    return gathering_store_forget(db, now_ms);
}
