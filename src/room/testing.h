/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* For unit tests: changes of rooms that are rightly signed, and entries. Envelopes are random bytes of the right
 * length: the house cannot tell. Not part of the program. */
#ifndef BESIDE_ROOM_TESTING_H
#define BESIDE_ROOM_TESTING_H

#include "person/testing.h"
#include "room/room.h"

/* What a change is to say; a test spoils a member before building, or bytes after it. */
struct testing_link {
    struct id room;
    int kind;
    uint32_t epoch;
    struct bytes prev;                   /* empty: zeros */
    const struct testing_person *author;
    size_t n;
    struct id members[ROOM_MEMBERS_MAX]; /* sorted by testing_link() */
};
struct testing_link testing_first_link(const struct testing_person *author, int kind, const struct testing_person *other);
struct bytes testing_link(struct testing *t, struct testing_link l);
struct bytes testing_change(struct testing *t, struct testing_link l);
/* The link inside a change. */
struct bytes testing_link_of(struct bytes change);
/* A change of the next epoch that follows CHANGE. */
struct bytes testing_next_change(struct testing *t, struct testing_link l, struct bytes before);

/* A bond's room of the two, in the store; also a self room with OTHER NULL. Gives its id. */
struct id testing_room(struct testing *t, const struct testing_person *author, const struct testing_person *other, struct testing_link *ret_link,
                       struct bytes *ret_change);
struct bytes testing_entry(struct testing *t, uint32_t epoch, size_t n);

#endif
