/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Reading what a caller shows. Nothing is looked up here. */
#include "api/caller.h"

#include <sodium.h>
#include <string.h>

#include "http/cookie.h"

enum { TOKEN_TEXT = 43 };   /* 32 bytes in base64url */

static bool decode(struct text t, uint8_t ret[SECRET_BYTES])
{
    size_t n = 0;
    return t.n == TOKEN_TEXT &&
           sodium_base642bin(ret, SECRET_BYTES, t.p, t.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           n == SECRET_BYTES;
}

void caller_read(struct text cookie_header, struct text invite_header, bool secure, struct caller *ret)
{
    *ret = (struct caller){ .has_token = false };
    ret->has_token = decode(http_cookie(cookie_header, secure ? TEXT("__Host-beside") : TEXT("beside")), ret->token);
    ret->has_invite = decode(invite_header, ret->invite);
}

static bool begins_with(struct text t, struct text with)
{
    return t.n >= with.n && strncasecmp(t.p, with.p, with.n) == 0;
}

/* scheme://HOST, where a secure house does not count http:// as its own. */
static bool origin_is_host(struct text origin, struct text host, bool secure)
{
    struct text scheme = begins_with(origin, TEXT("https://")) ? TEXT("https://") : TEXT("http://");
    if (!begins_with(origin, scheme) || (secure && scheme.n == 7) || host.n == 0) return false;
    struct text rest = { origin.p + scheme.n, origin.n - scheme.n };
    return rest.n == host.n && strncasecmp(rest.p, host.p, host.n) == 0;
}

bool caller_origin_is_own(struct text origin, struct text sec_fetch_site, struct text host, bool secure, const char *own)
{
    if (sec_fetch_site.n > 0 && !text_equal(sec_fetch_site, TEXT("same-origin"))) return false;
    if (origin.n == 0) return true;
    return own ? text_equal(origin, text_of(own)) : origin_is_host(origin, host, secure);
}
