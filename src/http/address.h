/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Addresses: where to listen, and who calls. An address is only ever used to key a rate limit; it is not kept. */
#ifndef BESIDE_HTTP_ADDRESS_H
#define BESIDE_HTTP_ADDRESS_H

#include <sys/socket.h>

#include "lib/bytes.h"

enum { ADDRESS_BYTES = 16 };

/* "127.0.0.1:7380", "[::1]:7380". ERR_BAD_INPUT: no such thing. */
enum err address_parse_listen(const char *text, struct sockaddr_storage *ret, socklen_t *ret_n) MUST_USE;
int address_port(const struct sockaddr_storage *a);
bool address_is_loopback(const struct sockaddr *a);

/* What stands for the caller: IPv4 mapped into IPv6, IPv6 cut to its /64. FORWARDED is X-Forwarded-For or empty; its last
 * element counts, and only when the peer is on this machine. */
void address_of_caller(const struct sockaddr *peer, struct text forwarded, uint8_t ret[ADDRESS_BYTES]);

#endif
