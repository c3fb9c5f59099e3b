/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A guest for load programs: an account with a self room, made over plain HTTP on loopback as any client would.
 *
 * What the server checks is real (ids, signatures, layouts); what it cannot check (sealed bytes) is random. Not a
 * client: docs/CRYPTO.md describes one. Every function ends the program with a sentence when something does not work. */
#ifndef BESIDE_BENCH_GUEST_H
#define BESIDE_BENCH_GUEST_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

enum { GUEST_COOKIE_MAX = 128, GUEST_ENTRY_MAX = 4096 };

struct guest_house {
    struct sockaddr_in address;
    char host[64];              /* for the Host and Origin headers */
    uint8_t id[16];
};

struct guest {
    uint8_t person[16], room[16];
    char cookie[GUEST_COOKIE_MAX];
};

void die(const char *what) __attribute__((noreturn));

/* URL is http://127.0.0.1:PORT; nothing but loopback is accepted. */
void guest_house_find(const char *url, struct guest_house *ret);
/* INVITE is a link of kind house with enough uses left. */
void guest_arrive(const struct guest_house *h, const char *invite, struct guest *ret);
/* A blocking connection. */
int guest_connect(const struct guest_house *h);
/* A whole PUT request of an entry with SIZE bytes of sealed body under a fresh id; returns its length. */
size_t guest_entry(const struct guest_house *h, const struct guest *g, size_t size, char *ret, size_t max);

#endif
