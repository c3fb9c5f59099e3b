/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Addresses as text and as bytes. */
#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { HOST_MAX = 64, PREFIX_BYTES = 8 };

static bool copy_text(struct text t, char *ret, size_t size)
{
    if (t.n >= size) return false;
    if (t.n > 0) memcpy(ret, t.p, t.n);
    ret[t.n] = '\0';
    return true;
}

static void map_v4(const struct in_addr *v4, uint8_t ret[ADDRESS_BYTES])
{
    memset(ret, 0, 10);
    memset(ret + 10, 0xff, 2);
    memcpy(ret + 12, v4, 4);
}

static bool is_mapped_v4(const uint8_t a[ADDRESS_BYTES])
{
    static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };
    return memcmp(a, prefix, sizeof prefix) == 0;
}

static void set_v6(const struct in6_addr *v6, uint8_t ret[ADDRESS_BYTES])
{
    memcpy(ret, v6, ADDRESS_BYTES);
    if (!is_mapped_v4(ret)) memset(ret + PREFIX_BYTES, 0, ADDRESS_BYTES - PREFIX_BYTES);
}

enum err address_parse_listen(const char *text, struct sockaddr_storage *ret, socklen_t *ret_n)
{
    const char *colon = strrchr(text, ':');
    char host[HOST_MAX];
    int64_t port;
    if (!colon || text_to_int(text_of(colon + 1), 65535, &port) != ERR_OK) return ERR_BAD_INPUT;
    struct text t = { text, (size_t)(colon - text) };
    bool v6 = t.n > 2 && t.p[0] == '[' && t.p[t.n - 1] == ']';
    if (v6) t = (struct text){ t.p + 1, t.n - 2 };
    if (!copy_text(t, host, sizeof host)) return ERR_BAD_INPUT;

    struct sockaddr_in in4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
    if (inet_pton(v6 ? AF_INET6 : AF_INET, host, v6 ? (void *)&in6.sin6_addr : (void *)&in4.sin_addr) != 1) return ERR_BAD_INPUT;
    memset(ret, 0, sizeof *ret);
    *ret_n = v6 ? sizeof in6 : sizeof in4;
    memcpy(ret, v6 ? (const void *)&in6 : (const void *)&in4, *ret_n);
    return ERR_OK;
}

int address_port(const struct sockaddr_storage *a)
{
    if (a->ss_family == AF_INET6) return ntohs(((const struct sockaddr_in6 *)a)->sin6_port);
    return ntohs(((const struct sockaddr_in *)a)->sin_port);
}

static void of_sockaddr(const struct sockaddr *a, uint8_t ret[ADDRESS_BYTES])
{
    memset(ret, 0, ADDRESS_BYTES);
    if (!a) return;
    if (a->sa_family == AF_INET) map_v4(&((const struct sockaddr_in *)(const void *)a)->sin_addr, ret);
    else if (a->sa_family == AF_INET6) set_v6(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, ret);
}

bool address_is_loopback(const struct sockaddr *a)
{
    if (a && a->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr;
        return IN6_IS_ADDR_LOOPBACK(v6) || (IN6_IS_ADDR_V4MAPPED(v6) && v6->s6_addr[12] == 127);
    }
    return a && a->sa_family == AF_INET && ntohl(((const struct sockaddr_in *)(const void *)a)->sin_addr.s_addr) >> 24 == 127;
}

/* The last element of the list, which the nearest proxy added; what stands before it anybody could have written. */
static struct text last_element(struct text t)
{
    const char *comma = t.n > 0 ? memrchr(t.p, ',', t.n) : NULL;
    if (comma) t = (struct text){ comma + 1, t.n - (size_t)(comma + 1 - t.p) };
    while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t')) t = (struct text){ t.p + 1, t.n - 1 };
    while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t')) t.n--;
    return t;
}

void address_of_caller(const struct sockaddr *peer, struct text forwarded, uint8_t ret[ADDRESS_BYTES])
{
    char host[HOST_MAX];
    struct in_addr v4;
    struct in6_addr v6;
    of_sockaddr(peer, ret);
    if (forwarded.n == 0 || !address_is_loopback(peer) || !copy_text(last_element(forwarded), host, sizeof host)) return;
    if (inet_pton(AF_INET, host, &v4) == 1) map_v4(&v4, ret);
    else if (inet_pton(AF_INET6, host, &v6) == 1) set_v6(&v6, ret);
}
