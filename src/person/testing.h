/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* For unit tests: persons with real keys. Not part of the program. */
#ifndef BESIDE_PERSON_TESTING_H
#define BESIDE_PERSON_TESTING_H

#include "house/testing.h"
#include "person/person.h"

enum { TESTING_SECRET_KEY = 64 };
struct testing_person {
    struct testing_caller caller;        /* .id is the person's */
    uint8_t sign_key[TESTING_SECRET_KEY];
    struct person_new account;           /* what their device would send */
};

/* Keys and secrets, nothing in the store. */
struct testing_person testing_stranger(struct testing *t);
/* An account in the store. No session. */
struct testing_person testing_person(struct testing *t);

/* An Ed25519 signature over label ‖ 0x00 ‖ message. */
struct bytes testing_sign(struct testing *t, const struct testing_person *p, const char *label, struct bytes message);
/* Over "house ‖ person ‖ counter ‖ tail", as account changes are signed. */
struct bytes testing_sign_change(struct testing *t, const struct testing_person *p, const char *label, int64_t counter, struct bytes tail);

/* Body members as the contract names them. */
void testing_put_card(struct build *b, const struct person_card *card);

#endif
