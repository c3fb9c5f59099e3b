/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is parsed of request headers: cookies, codings, etags, forwarded addresses. */
#include <assert.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "http/address.h"
#include "http/cookie.h"
#include "http/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const struct sockaddr_in peer = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    uint8_t address[ADDRESS_BYTES];
    struct text header = { (const char *)data, n };
    struct text value = http_cookie(header, TEXT("beside"));
    assert(value.n == 0 || (value.p >= header.p && value.p + value.n <= header.p + header.n));
    (void)http_accepts_brotli(header);
    (void)http_etag_matches(header, TEXT("\"abc\""));
    address_of_caller((const struct sockaddr *)&peer, header, address);
    return 0;
}
