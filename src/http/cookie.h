/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The Cookie header (RFC 6265 section 4.2.1). */
#ifndef BESIDE_HTTP_COOKIE_H
#define BESIDE_HTTP_COOKIE_H

#include "lib/bytes.h"

/* The value of the first cookie of that name, or an empty view. */
struct text http_cookie(struct text header, struct text name);

#endif
