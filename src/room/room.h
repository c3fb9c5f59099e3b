/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A room: a sealed log of lines in one order, and the signed chain that says who is in it.
 *
 * A journal is a room with one person in it (kind self), a bond a room with two. The house gives each line its place
 * (seq, from 1, without a gap) and its time, keeps the room's keys sealed to each member (envelopes), and reads nothing.
 * A room's key lives for one epoch. A new epoch begins with a room change: a signed link of the roster, and one
 * envelope for each member in it. Of a change the house checks all that can be checked without a key: layout, chain,
 * members, signature, and that nobody's envelope is missing. docs/CRYPTO.md has the bytes.
 *
 * Writing an entry is the path that everything else waits for: one UPDATE takes the next seq if room, epoch and
 * membership fit, one INSERT puts the line, one SELECT gives who is to hear. Only when one of them finds nothing is
 * it asked why. An id that is there already makes the INSERT change nothing; then the seq is given back, under the
 * lock of the room's row, so no gap can come of a repeat.
 *
 * A line reaches a member who blocks its author as a withheld line: its place, without its words. So nobody's seq has
 * a gap, and the author cannot tell. The same way lines of epochs before theirs reach those who came later.
 *
 * Who may come into a room and who leaves it is judged by the noun whose room it is (circle/circle.h). When somebody
 * leaves by themselves, the room owes a new key (must_roll): nothing is written under one that they know.
 *
 * Live notice. A committed line is published to its members as a frame (EVENT_ENTRY, base64url). The other nodes of
 * the house are told by one line of notice, put by this noun, `e ROOM SEQ` (the room's id as text, the seq in decimal);
 * who hears it calls room_publish_entry(), which reads the line and publishes it there. All other events are told to
 * other nodes by the API, for each person that one is for: `p TYPE PERSON DATA`.
 *
 * Signals (signal.c) are the one thing that is said in a room and is no line: told to the open streams, and kept nowhere. */
#ifndef BESIDE_ROOM_ROOM_H
#define BESIDE_ROOM_ROOM_H

#include "house/house.h"
#include "person/person.h"

enum {
    ROOM_MEMBERS_MAX = 24,
    ROOM_LINK_HEAD = 1 + ID_BYTES + 1 + 4 + HASH_BYTES + 8 + ID_BYTES + 1,
    ROOM_LINK_MAX = ROOM_LINK_HEAD + ROOM_MEMBERS_MAX * ID_BYTES + SIGNATURE_BYTES,
    ROOM_ENVELOPE_BYTES = 1257,                 /* 1 + X-Wing 1120 + nonce 24 + sealed key 48 + signature 64 */
    ROOM_CHANGE_MAX = 1 + 2 + ROOM_LINK_MAX + 1 + ROOM_MEMBERS_MAX * (ID_BYTES + 2 + ROOM_ENVELOPE_BYTES),
    ROOM_EPOCH_MAX = 1 << 20,
    ROOM_ENTRY_MIN = 1 + 4 + 32 + 24 + 16,      /* version, epoch, commitment, nonce, tag */
    ROOM_FRAME_HEAD = 4 + ID_BYTES + 8 + 8 + ID_BYTES + ID_BYTES + 1,
    ROOM_SIGNAL_MIN = 1 + 4 + 24 + 16,          /* version, epoch, nonce, tag */
    ROOM_SIGNAL_MAX = 1 << 10,
    ROOM_PAGE_DEFAULT = 100,
    ROOM_LIST_MAX = 1000,                       /* rooms of one person; the nouns that make rooms keep far below it */
};

enum room_kind { ROOM_SELF = 1, ROOM_BOND, ROOM_CIRCLE, ROOM_TALK };

/* What stands in a line's flags, here and on the wire. A reader gets ROOM_WITHHELD by the block that stands for them. */
enum room_flag { ROOM_PLAIN = 0, ROOM_ERASED = 1, ROOM_TAKES_BACK = 2, ROOM_WITHHELD = 4 };

/* ---- changes: founding a room, beginning an epoch ---- */

/* A link of the roster, and a whole change, as parsed; views into the bytes that were given. */
struct room_link {
    struct bytes bytes, signed_part;
    struct id room, author;
    enum room_kind kind;
    int64_t epoch, time_ms;
    struct bytes prev;                          /* hash of the link before */
    size_t n;
    struct id members[ROOM_MEMBERS_MAX];        /* strictly ascending, the author among them */
    const uint8_t *signature;
};
struct room_change { struct room_link link; struct bytes envelopes[ROOM_MEMBERS_MAX]; };

/* Layout only, no store: ERR_BAD_INPUT for whatever is not exactly so. */
enum err room_link_parse(struct bytes b, struct room_link *ret) MUST_USE;
enum err room_change_parse(struct bytes b, struct room_change *ret) MUST_USE;
struct hash room_link_hash(struct bytes link);
bool room_link_has(const struct room_link *link, const struct id *person);

/* Makes the room of a change of epoch 1 signed by c->me. Who may be in it is the caller's to judge. ERR_BAD_INPUT,
 * ERR_BAD_SIGNATURE, ERR_EXISTS when the id is taken. */
enum err room_found(struct call *c, const struct room_change *change) MUST_USE;
/* The self room of c->me: one a person. *RET_NEW is false when this very founding stands already. */
enum err room_found_self(struct call *c, const struct room_change *change, bool *ret_new) MUST_USE;
/* Begins the next epoch with the same members. The same change again succeeds again. ERR_NOT_FOUND, ERR_STALE_EPOCH,
 * ERR_ROLL_DUE, ERR_ROOM_ENDED, ERR_BAD_INPUT, ERR_BAD_SIGNATURE. */
enum err room_roll(struct call *c, const struct room_change *change) MUST_USE;
/* The same with whatever members the change names, which are the caller's to judge; *RET_NEW is false for a repeat.
 * Whoever is in no longer loses their place and their envelopes; the key that was owed is there. */
enum err room_change_members(struct call *c, const struct room_change *change, bool *ret_new) MUST_USE;
/* Is this link the one that began its epoch? */
enum err room_stands(struct call *c, const struct room_link *link, bool *ret) MUST_USE;
/* The room takes no more entries or epochs; it can still be read, and words be taken back. */
enum err room_end(struct store_conn *db, const struct id *room, int64_t now_ms) MUST_USE;

/* ---- lines ---- */

struct room_line { struct id room, author, id; int64_t seq, epoch, time_ms; int flags; struct bytes body; };

/* Layout only: version, epoch, length. ERR_BAD_INPUT, ERR_TOO_BIG. */
enum err room_entry_parse(struct bytes body, int64_t *ret_epoch) MUST_USE;

/* Adds an entry by c->me. *RET_NEW is false when this very entry was there already. ERR_NOT_FOUND, ERR_ENTRY_EXISTS
 * (with seq and time_ms), ERR_STALE_EPOCH (with epoch), ERR_ROLL_DUE, ERR_ROOM_ENDED. */
enum err room_write(struct call *c, const struct id *room, const struct id *entry, struct bytes body,
                    struct room_line *ret, bool *ret_new) MUST_USE;
/* Takes back an entry of c->me: its body is erased, a line that says so is added. A repeat gives the same line. Possible
 * in an ended room too, and in one that one has left: one's words stay one's own. ERR_NOT_FOUND, ERR_FORBIDDEN for
 * somebody else's. */
enum err room_take_back(struct call *c, const struct id *room, const struct id *entry, struct room_line *ret) MUST_USE;

/* Erases the words of an entry whose time is over. Its place stays, nobody is told: whoever holds a copy knows the rule. */
enum err room_fade(struct store_conn *db, const struct id *room, const struct id *entry) MUST_USE;

/* Frames with AFTER < seq < BEFORE, ascending: the first LIMIT, or with LAST the last; fewer if a reply would grow too
 * big, at least one if there is one. ERR_NOT_FOUND for who is not a member. */
struct room_page { int64_t after, before, limit; bool last; };
enum err room_read(struct call *c, const struct id *room, struct room_page page, struct build *b) MUST_USE;

/* Publishes a committed line to its members' streams on this node. Nothing happens when there is no such line. */
enum err room_publish_entry(struct store_conn *db, struct arena *a, struct event_hub *hub, const struct id *room,
                            int64_t seq) MUST_USE;

/* ---- signals ---- */

/* Tells the open streams of all members, here and on the other nodes, but not of those who block c->me. Stores nothing.
 * ERR_NOT_FOUND, ERR_FORBIDDEN in a self room, ERR_ROOM_ENDED, ERR_STALE_EPOCH (with epoch), ERR_ROLL_DUE,
 * ERR_BAD_INPUT, ERR_TOO_BIG. */
enum err room_signal(struct call *c, const struct id *room, struct bytes body) MUST_USE;
/* Publishes on this node what AUTHOR signalled on another; DATA as the event carries it. */
enum err room_publish_signal(struct store_conn *db, struct event_hub *hub, const struct id *room, const struct id *author, struct text data) MUST_USE;

/* ---- who is in it ---- */

struct room_head { struct id id; struct text kind; int64_t epoch, seq; bool ended, must_roll; };
/* Each room of PERSON, the oldest first; the head holds for the call only. */
enum err room_each(struct store_conn *db, const struct id *person,
                   enum err (*each)(void *arg, const struct room_head *h), void *arg) MUST_USE;
/* The head of a room of PERSON. ERR_NOT_FOUND for who is not a member. */
enum err room_get(struct store_conn *db, struct arena *a, const struct id *room, const struct id *person, struct room_head *ret) MUST_USE;
/* Who is in a room, whoever has been there longest first. */
struct room_member { struct id person; int64_t from_epoch; };
struct room_members { size_t n; struct room_member all[ROOM_MEMBERS_MAX]; };
enum err room_members(struct store_conn *db, const struct id *room, struct room_members *ret) MUST_USE;
const struct room_member *room_member_in(const struct room_members *members, const struct id *person);   /* NULL: not in it */
/* Somebody goes by themselves: they lose their place and their envelopes, and the room owes a new key. Gives the last
 * epoch that they had. */
enum err room_let_go(struct store_conn *db, const struct id *room, const struct id *person, int64_t *ret_epoch) MUST_USE;
/* Do the two share a room? */
enum err room_is_shared(struct store_conn *db, const struct id *a, const struct id *b, bool *ret) MUST_USE;

/* Erases a person's words everywhere, and the rooms that nobody else is in. */
enum err room_erase_person(struct store_conn *db, struct arena *a, const struct id *person) MUST_USE;
/* Erases a room with all that is in it. */
enum err room_erase(struct store_conn *db, const struct id *room) MUST_USE;
enum err room_count(struct store_conn *db, int64_t *ret_rooms, int64_t *ret_lines) MUST_USE;
/* Also walks every roster: the chain holds, and so does each signature whose author is still here. */
enum err room_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

extern const struct route_table room_routes;

/* ---- the store's side ---- */

struct room_audience { size_t n_hear, n_withhold; struct id hear[ROOM_MEMBERS_MAX], withhold[ROOM_MEMBERS_MAX]; };

enum err room_store_add(struct store_conn *db, const struct room_link *link, struct text kind, int64_t now_ms, bool *ret_new) MUST_USE;
enum err room_store_add_change(struct store_conn *db, const struct room_change *change) MUST_USE;
enum err room_store_link(struct store_conn *db, struct arena *a, const struct id *room, int64_t epoch, struct bytes *ret) MUST_USE;
enum err room_store_has_self(struct store_conn *db, const struct id *person, bool *ret) MUST_USE;
enum err room_store_add_member(struct store_conn *db, const struct id *room, const struct id *person, int64_t from_epoch) MUST_USE;
enum err room_store_drop_member(struct store_conn *db, const struct id *room, const struct id *person) MUST_USE;
/* DUE: also when the room owes a new key. */
enum err room_store_next_epoch(struct store_conn *db, const struct id *room, int64_t epoch, const struct id *author, bool due, bool *ret_done) MUST_USE;

enum err room_store_next_seq(struct store_conn *db, const struct id *room, int64_t epoch, const struct id *author, int64_t *ret_seq) MUST_USE;
enum err room_store_next_seq_any(struct store_conn *db, const struct id *room, int64_t *ret_seq, int64_t *ret_epoch) MUST_USE;
enum err room_store_give_back_seq(struct store_conn *db, const struct id *room) MUST_USE;
enum err room_store_put_line(struct store_conn *db, const struct room_line *line, bool *ret_new) MUST_USE;
enum err room_store_line(struct store_conn *db, struct arena *a, const struct id *room, const struct id *entry, struct room_line *ret) MUST_USE;
enum err room_store_line_at(struct store_conn *db, struct arena *a, const struct id *room, int64_t seq, struct room_line *ret) MUST_USE;
/* Who hears a line of AUTHOR of this epoch. */
enum err room_store_audience(struct store_conn *db, const struct id *room, const struct id *author, int64_t epoch, struct room_audience *ret) MUST_USE;
/* The first seq from which on the last LIMIT lines before BEFORE fit into MAX bytes of frames. */
enum err room_store_page_start(struct store_conn *db, const struct id *room, int64_t before, int64_t limit, size_t max, int64_t *ret) MUST_USE;
/* Lines as READER may see them, ascending; until EACH sets *RET_MORE to false or fails. */
enum err room_store_each_line(struct store_conn *db, const struct id *room, const struct id *reader, int64_t after, int64_t before,
                              int64_t limit, enum err (*each)(void *arg, const struct room_line *line, bool *ret_more), void *arg) MUST_USE;
enum err room_store_each_link(struct store_conn *db, const struct id *room, int64_t after,
                              enum err (*each)(void *arg, struct bytes link, bool *ret_more), void *arg) MUST_USE;
enum err room_store_each_envelope(struct store_conn *db, const struct id *room, const struct id *member, int64_t after,
                                  enum err (*each)(void *arg, int64_t epoch, const struct id *author, struct bytes envelope, bool *ret_more),
                                  void *arg) MUST_USE;
/* A stored link; IDENTITY is empty when the author's account is gone. */
struct room_stored_link { struct id room; int64_t epoch; struct bytes link, identity; };
enum err room_store_each_roster(struct store_conn *db, enum err (*each)(void *arg, const struct room_stored_link *l), void *arg) MUST_USE;
enum err room_store_check(struct store_conn *db, int64_t *ret_broken) MUST_USE;

#endif
