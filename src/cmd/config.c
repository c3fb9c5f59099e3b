/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The table of settings, and the two ways in which they come. */
#include "cmd/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/address.h"

enum kind { TEXT_VALUE, NUMBER, SWITCH };

struct setting {
    const char *name, *usual, *wants;    /* WANTS: what to write, for people */
    enum kind kind;
    size_t at;
    int64_t min, max;                    /* of a number */
    bool flag_only;
    bool (*fits)(struct text value);     /* of a text */
};

/* What fits. */

static bool fits_listen(struct text t)
{
    struct sockaddr_storage address;
    socklen_t n;
    return address_parse_listen(t.p, &address, &n) == ERR_OK;
}

static bool begins(struct text t, const char *with) { return t.n > strlen(with) && memcmp(t.p, with, strlen(with)) == 0; }

static bool fits_url(struct text t)
{
    if (!begins(t, "http://") && !begins(t, "https://")) return false;
    const char *host = memmem(t.p, t.n, "://", 3);
    for (const char *p = host + 3; p < t.p + t.n; p++)
        if (*p == '/' || *p == '?' || *p == '#' || *p == '@' || *p <= ' ') return false;
    return true;
}

static bool fits_store(struct text t) { return begins(t, "postgres://") || begins(t, "postgresql://"); }
static bool fits_path(struct text t) { return t.n > 0; }
static bool fits_log(struct text t) { return text_equal(t, TEXT("quiet")) || text_equal(t, TEXT("error")) || text_equal(t, TEXT("info")) || text_equal(t, TEXT("debug")); }

/* How many bytes the character at P has in valid UTF-8 (RFC 3629); 0 when it is none. */
static size_t utf8_length(const uint8_t *p, size_t n)
{
    size_t len = p[0] < 0x80 ? 1 : p[0] >= 0xc2 && p[0] < 0xe0 ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] < 0xf5 ? 4 : 0;
    if (len == 0 || len > n) return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool outside = (p[0] == 0xed && p[1] >= 0xa0) || (p[0] == 0xf4 && p[1] >= 0x90);
    return overlong || outside ? 0 : len;
}

enum { NAME_MAX_BYTES = 80 };   /* HOUSE_NAME_MAX, checked where the two meet (serve.c) */

static bool fits_name(struct text t)
{
    if (t.n == 0 || t.n > NAME_MAX_BYTES) return false;
    for (size_t i = 0, len; i < t.n; i += len) {
        len = utf8_length((const uint8_t *)t.p + i, t.n - i);
        if (len == 0 || (uint8_t)t.p[i] < ' ' || t.p[i] == 0x7f) return false;
    }
    return true;
}

#define AT(FIELD) offsetof(struct config, FIELD)
static const struct setting settings[] = {
    { "listen", "127.0.0.1:7380", "address and port to listen on, like 127.0.0.1:7380 or [::1]:7380", TEXT_VALUE, AT(listen), 0, 0, false, fits_listen },
    { "data", "/var/lib/beside", "folder in which an SQLite house lives", TEXT_VALUE, AT(data), 0, 0, false, fits_path },
    { "store", "", "a postgres:// URL, for a house on PostgreSQL instead", TEXT_VALUE, AT(store), 0, 0, false, fits_store },
    { "name", "beside", "name of the house, shown to anyone; at most 80 bytes", TEXT_VALUE, AT(name), 0, 0, false, fits_name },
    { "url", "", "the house as browsers reach it, like https://house.example, without a slash at the end", TEXT_VALUE, AT(url), 0, 0, false, fits_url },
    { "tls-cert", "", "PEM file with the certificate chain, to speak TLS without a proxy", TEXT_VALUE, AT(tls_cert), 0, 0, false, fits_path },
    { "tls-key", "", "PEM file with the certificate's key", TEXT_VALUE, AT(tls_key), 0, 0, false, fits_path },
    { "connections", "8192", "most connections at once, 16 to 1000000", NUMBER, AT(connections), 16, 1000000, false, NULL },
    { "threads", "0", "HTTP threads, 1 to 64; 0 takes one for each core", NUMBER, AT(threads), 0, 64, false, NULL },
    { "patience", "60", "seconds that a client has to bring its next whole request, 1 to 3600", NUMBER, AT(patience), 1, 3600, false, NULL },
    { "rate-factor", "1", "multiplies the limits of rate, 1 to 1000; 0 switches them off", NUMBER, AT(rate_factor), 0, 1000, false, NULL },
    { "voice-quota-mb", "200", "megabytes of voice notes that one person may keep, 1 to 10000; 0 for a house without voice notes", NUMBER, AT(voice_quota_mb), 0, 10000, false, NULL },
    { "circle-size", "8", "most people that a circle can be for, 3 to 24", NUMBER, AT(circle_size), 3, 24, false, NULL },
    { "log", "info", "how much to log: quiet, error, info or debug; never who or what", TEXT_VALUE, AT(log), 0, 0, false, fits_log },
    { "uses", "1", "how many people an invite lets in, 1 to 1000", NUMBER, AT(uses), 1, 1000, true, NULL },
    { "days", "14", "how many days an invite works, 1 to 90", NUMBER, AT(days), 1, 90, true, NULL },
    { "json", "", "as JSON", SWITCH, AT(json), 0, 1, true, NULL },
};
enum { N_SETTINGS = sizeof settings / sizeof settings[0] };

__attribute__((format(printf, 2, 3))) static enum err refuse(char ret_why[CONFIG_WHY_MAX], const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(ret_why, CONFIG_WHY_MAX, format, args);   /* cut if it is too long */
    va_end(args);
    return ERR_BAD_INPUT;
}

static const struct setting *find(struct text name)
{
    for (size_t i = 0; i < N_SETTINGS; i++)
        if (text_equal(text_of(settings[i].name), name)) return &settings[i];
    return NULL;
}

/* VALUE is NUL-terminated. */
static bool set(struct config *c, const struct setting *s, struct text value)
{
    char *at = (char *)c + s->at;
    if (s->kind == TEXT_VALUE) {
        if (value.n >= CONFIG_TEXT_MAX || memchr(value.p, '\0', value.n) || !s->fits(value)) return false;
        memcpy(at, value.p, value.n);
        at[value.n] = '\0';
        return true;
    }
    int64_t n = 1;
    if (s->kind == NUMBER && (text_to_int(value, s->max, &n) != ERR_OK || n < s->min)) return false;
    memcpy(at, &n, sizeof n);
    return true;
}

void config_defaults(struct config *ret)
{
    memset(ret, 0, sizeof *ret);
    for (size_t i = 0; i < N_SETTINGS; i++)
        if (settings[i].usual[0]) (void)set(ret, &settings[i], text_of(settings[i].usual));   /* a test sets each */
}

/* Files. */

static struct text trimmed(struct text t)
{
    while (t.n > 0 && strchr(" \t\r", t.p[0]) && t.p[0]) t = (struct text){ t.p + 1, t.n - 1 };
    while (t.n > 0 && strchr(" \t\r", t.p[t.n - 1]) && t.p[t.n - 1]) t.n--;
    return t;
}

static struct text next_line(struct text *rest)
{
    const char *end = memchr(rest->p, '\n', rest->n);
    struct text line = { rest->p, end ? (size_t)(end - rest->p) : rest->n };
    *rest = end ? (struct text){ end + 1, rest->n - line.n - 1 } : (struct text){ rest->p, 0 };
    return line;
}

static enum err read_line(struct config *c, struct text line, int number, char *ret_why)
{
    const char *equals = memchr(line.p, '=', line.n);
    if (!equals) return refuse(ret_why, "Line %d of the settings has no \"=\". Write it like: listen = 127.0.0.1:7380", number);
    struct text name = trimmed((struct text){ line.p, (size_t)(equals - line.p) });
    struct text value = trimmed((struct text){ equals + 1, line.n - (size_t)(equals + 1 - line.p) });
    const struct setting *s = find(name);
    if (!s || s->flag_only)
        return refuse(ret_why, "Line %d of the settings: there is no setting \"%.*s\". beside --help lists them all.", number,
                      (int)(name.n < 60 ? name.n : 60), name.p);
    char text[CONFIG_TEXT_MAX];
    bool fits = value.n < sizeof text;
    if (fits) {
        memcpy(text, value.p, value.n);
        text[value.n] = '\0';
    }
    if (fits && set(c, s, (struct text){ text, value.n })) return ERR_OK;
    return refuse(ret_why, "Line %d of the settings: \"%s\" does not fit. Write: %s.", number, s->name, s->wants);
}

enum err config_read_text(struct config *c, struct text file, char ret_why[CONFIG_WHY_MAX])
{
    for (int number = 1; file.n > 0; number++) {
        struct text line = trimmed(next_line(&file));
        if (line.n == 0 || line.p[0] == '#') continue;
        TRY(read_line(c, line, number, ret_why));
    }
    return ERR_OK;
}

static enum err read_file(struct config *c, const char *path, char *ret_why)
{
    char *text = malloc(CONFIG_FILE_MAX);
    int fd = text ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t n = fd >= 0 ? read(fd, text, CONFIG_FILE_MAX) : -1;
    enum err e = ERR_OK;
    if (n < 0) e = refuse(ret_why, "The settings file %s cannot be read: %s.", path, strerror(errno));
    else if (n == CONFIG_FILE_MAX) e = refuse(ret_why, "The settings file %s is too long; %d bytes are read.", path, CONFIG_FILE_MAX);
    else e = config_read_text(c, (struct text){ text, (size_t)n }, ret_why);
    if (fd >= 0) (void)close(fd);   /* it was only read */
    free(text);
    return e;
}

/* Words. */

struct flag { struct text name; const char *value; int used; };   /* VALUE NULL: there is none; USED: words taken */

static bool is_flag(const char *word) { return word[0] == '-' && word[1] == '-' && word[2]; }

static struct flag read_flag(int argc, char **argv, int at)
{
    const char *name = argv[at] + 2, *equals = strchr(name, '=');
    if (equals) return (struct flag){ { name, (size_t)(equals - name) }, equals + 1, 1 };
    return (struct flag){ text_of(name), at + 1 < argc ? argv[at + 1] : NULL, 2 };
}

static enum err set_flag(struct config *c, const struct flag *f, int *ret_used, char *ret_why)
{
    const struct setting *s = find(f->name);
    *ret_used = s && s->kind == SWITCH ? 1 : f->used;
    if (text_equal(f->name, TEXT("config"))) return ERR_OK;   /* was read before */
    if (!s) return refuse(ret_why, "There is no --%.*s. beside --help lists what there is.", (int)f->name.n, f->name.p);
    if (s->kind != SWITCH && !f->value) return refuse(ret_why, "--%s needs a value: %s.", s->name, s->wants);
    if (set(c, s, s->kind == SWITCH ? TEXT("") : text_of(f->value))) return ERR_OK;
    return refuse(ret_why, "--%s \"%.200s\" does not fit. Write: %s.", s->name, f->value, s->wants);
}

static enum err read_config_flag(struct config *c, int argc, char **argv, char *ret_why)
{
    for (int i = 0; i < argc; i++) {
        if (!is_flag(argv[i])) continue;
        struct flag f = read_flag(argc, argv, i);
        if (!text_equal(f.name, TEXT("config"))) continue;
        if (!f.value) return refuse(ret_why, "--config needs the name of a settings file.");
        TRY(read_file(c, f.value, ret_why));
    }
    return ERR_OK;
}

enum err config_read_words(struct config *c, int argc, char **argv, char ret_why[CONFIG_WHY_MAX])
{
    TRY(read_config_flag(c, argc, argv, ret_why));
    for (int i = 0, used; i < argc; i += used) {
        used = 1;
        if (is_flag(argv[i])) {
            struct flag f = read_flag(argc, argv, i);
            TRY(set_flag(c, &f, &used, ret_why));
        } else if (c->n_words == CONFIG_WORDS_MAX) {
            return refuse(ret_why, "These are too many words. beside --help says what can be said.");
        } else {
            c->words[c->n_words++] = argv[i];
        }
    }
    return ERR_OK;
}

enum err config_judge(const struct config *c, char ret_why[CONFIG_WHY_MAX])
{
    if ((c->tls_cert[0] == '\0') != (c->tls_key[0] == '\0'))
        return refuse(ret_why, "TLS needs both: write tls-cert and tls-key, or neither.");
    return ERR_OK;
}

const char *config_where(const struct config *c) { return c->store[0] ? c->store : c->data; }

void config_each(void (*each)(void *arg, const char *name, const char *value, const char *about), void *arg)
{
    for (size_t i = 0; i < N_SETTINGS; i++) each(arg, settings[i].name, settings[i].usual, settings[i].wants);
}
