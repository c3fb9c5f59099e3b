/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* beside restore FILE: puts a backup in place of a house that is not there (any more).
 *
 * It never writes over a house. The copy is made and checked in a folder beside the place, and moved there last, so that
 * a restore that was cut off leaves nothing that looks like a house. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "store/store.h"

enum { PATH_BYTES = CONFIG_TEXT_MAX + 64, COPY_BYTES = 1 << 16 };

static bool copy_bytes(int from, int to)
{
    static char buf[COPY_BYTES];
    ssize_t n;
    while ((n = read(from, buf, sizeof buf)) > 0)
        for (ssize_t at = 0, w; at < n; at += w)
            if ((w = write(to, buf + at, (size_t)(n - at))) <= 0) return false;
    return n == 0 && fsync(to) == 0;
}

static bool copy_file(const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in >= 0 ? open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    bool ok = out >= 0 && copy_bytes(in, out);
    if (in >= 0) (void)close(in);   /* it was only read */
    if (out >= 0 && close(out) != 0) ok = false;
    return ok;
}

/* Opens the copy as a house: right engine, schema not newer than this program, sound. */
static bool is_house(const char *folder)
{
    struct store *s = NULL;
    struct store_conn *db = NULL;
    char says[256] = "";
    bool ok = store_open(folder, &s) == ERR_OK && store_migrate(s) == ERR_OK && store_connect(s, STORE_READS, &db) == ERR_OK &&
              store_self_check(db, says, sizeof says) == ERR_OK && strcmp(says, "ok") == 0;
    if (db) store_disconnect(&db);
    if (s) store_free(&s);
    return ok;
}

static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    (void)fsync(fd);   /* the move is done; a crash right now may take it back, which harms nothing */
    (void)close(fd);
}

struct paths { char database[PATH_BYTES], folder[PATH_BYTES], copy[PATH_BYTES]; };

static void sweep(const struct paths *p)
{
    char beside_it[PATH_BYTES + 8];
    static const char *const endings[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        (void)snprintf(beside_it, sizeof beside_it, "%s%s", p->copy, endings[i]);   /* room was made for both */
        (void)unlink(beside_it);                                                    /* mostly it is not there */
    }
    (void)rmdir(p->folder);   /* a left-over folder is refused next time, with a sentence */
}

static int restore(const struct config *c, const struct paths *p)
{
    if (mkdir(p->folder, 0700) != 0)
        return cmd_say(CMD_FAILED, "%s cannot be made: %s. If an earlier restore left it, delete it.", p->folder, strerror(errno));
    int code = CMD_DONE;
    if (!copy_file(c->words[0], p->copy)) code = cmd_say(CMD_FAILED, "%s cannot be copied: %s.", c->words[0], strerror(errno));
    else if (!is_house(p->folder)) code = cmd_say(CMD_FAILED, "%s is no sound backup of a house.", c->words[0]);
    else if (rename(p->copy, p->database) != 0) code = cmd_say(CMD_FAILED, "The house cannot be moved into place: %s.", strerror(errno));
    sweep(p);
    sync_folder(c->data);
    return code;
}

int cmd_restore(const struct config *c)
{
    struct paths p;
    if (c->n_words != 1) return cmd_say(CMD_MISUSED, "Say: beside restore FILE [--data FOLDER]");
    if (c->store[0]) return cmd_say(CMD_FAILED, "A house on PostgreSQL is restored with PostgreSQL's own tools: pg_restore or psql.");
    (void)snprintf(p.database, sizeof p.database, "%s/beside.db", c->data);          /* room was made for all three */
    (void)snprintf(p.folder, sizeof p.folder, "%s/restoring", c->data);
    (void)snprintf(p.copy, sizeof p.copy, "%s/restoring/beside.db", c->data);
    if (access(p.database, F_OK) == 0)
        return cmd_say(CMD_FAILED, "There is a house in %s. Close it and move its files away first; a restore never writes over one.", c->data);
    if (mkdir(c->data, 0700) != 0 && errno != EEXIST) return cmd_say(CMD_FAILED, "The folder %s cannot be made: %s.", c->data, strerror(errno));
    return restore(c, &p);
}
