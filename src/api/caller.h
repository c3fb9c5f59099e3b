/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who calls, and from where: the session cookie, the invite header, the origin of a write. */
#ifndef BESIDE_API_CALLER_H
#define BESIDE_API_CALLER_H

#include "http/call.h"

/* What a caller shows, decoded; a thing that is malformed counts as not shown. */
struct caller {
    bool has_token, has_invite;
    uint8_t token[SECRET_BYTES], invite[SECRET_BYTES];
};
void caller_read(struct text cookie_header, struct text invite_header, bool secure, struct caller *ret);

/* A write must come from the house's own pages. Browsers send Origin with every one; a program that sends neither it
 * nor Sec-Fetch-Site carries nobody's cookie by accident. OWN is the configured origin; NULL: whatever
 * host the request was sent to. */
bool caller_origin_is_own(struct text origin, struct text sec_fetch_site, struct text host, bool secure, const char *own);

#endif
