/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Build time only: writes the C file through which the program carries what is not C.
 *
 *   embed migrations OUT.c FILE.sql …     defines store_migrations of store/store_driver.h
 *   embed client OUT.c OUT.d FOLDER       defines the table that http/file.h declares, from FOLDER/manifest.json
 *
 * Bytes come in through the assembler's .incbin, so that the compiler never sees them. The manifest is
 *   { "client": "64 hex digits", "files": [ { "path": "/app-3F2A.js", "file": "app-3F2A.js", "brotli": "app-3F2A.js.br",
 *     "type": "text/javascript; charset=utf-8", "immutable": true }, … ] }
 * where brotli and immutable may be left out. Without a manifest the table is empty (a server without a client). */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

enum { FILES_MAX = 4096, PATH_BYTES = 4096 };

__attribute__((noreturn, format(printf, 1, 2))) static void stop(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("embed: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static FILE *open_out(const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) stop("%s cannot be written: %s", path, strerror(errno));
    return f;
}

static void close_out(FILE *f, const char *path)
{
    if (ferror(f) || fclose(f) != 0) stop("%s cannot be written: %s", path, strerror(errno));
}

/* A text that is put between quotes in C or assembler must not end them. */
static const char *quotable(const char *s)
{
    for (const char *p = s; *p; p++)
        if (*p == '"' || *p == '\\' || (unsigned char)*p < ' ') stop("this name cannot be quoted: %s", s);
    return s;
}

/* LABEL … LABEL_end lie around the file's bytes; a zero byte follows them, so that text can be read as a C string. */
static void put_blob(FILE *out, const char *label, size_t i, const char *path)
{
    fprintf(out,
            "__asm__(\".pushsection .rodata\\n.balign 16\\n\"\n"
            "        \".global %s_%zu\\n.hidden %s_%zu\\n%s_%zu:\\n\"\n"
            "        \".incbin \\\"%s\\\"\\n\"\n"
            "        \".global %s_%zu_end\\n.hidden %s_%zu_end\\n%s_%zu_end:\\n.byte 0\\n.popsection\\n\");\n"
            "extern const unsigned char %s_%zu[], %s_%zu_end[];\n",
            label, i, label, i, label, i, quotable(path), label, i, label, i, label, i, label, i, label, i);
}

/* FOLDER/0001_the_house.sql is the migration 0001_the_house. */
static void put_migration_row(FILE *out, const char *path, size_t i)
{
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    fprintf(out, "    { \"%.*s\", (const char *)carried_migration_%zu },\n", (int)strcspn(name, "."), name, i);
}

static void embed_migrations(const char *out_path, char **files, size_t n)
{
    FILE *out = open_out(out_path);
    fputs("/* Made by tools/embed.c. */\n#include \"store/store_driver.h\"\n", out);
    for (size_t i = 0; i < n; i++) put_blob(out, "carried_migration", i, files[i]);
    fputs("const struct store_migration store_migrations[] = {\n", out);
    for (size_t i = 0; i < n; i++) put_migration_row(out, files[i], i);
    fprintf(out, "};\nconst size_t store_n_migrations = %zu;\n", n);
    close_out(out, out_path);
}

static const char *text_member(json_t *object, const char *name)
{
    const char *s = json_string_value(json_object_get(object, name));
    if (!s) stop("a file of the manifest has no \"%s\"", name);
    return quotable(s);
}

static void join(char ret[PATH_BYTES], const char *folder, const char *file)
{
    int n = snprintf(ret, PATH_BYTES, "%s/%s", folder, file);
    if (n < 0 || n >= PATH_BYTES) stop("this path is too long: %s/%s", folder, file);
}

static void put_file_blobs(FILE *out, FILE *dep, const char *folder, json_t *file, size_t i)
{
    char path[PATH_BYTES];
    join(path, folder, text_member(file, "file"));
    fprintf(dep, " \\\n  %s", path);
    put_blob(out, "carried_plain", i, path);
    if (!json_object_get(file, "brotli")) return;
    join(path, folder, text_member(file, "brotli"));
    fprintf(dep, " \\\n  %s", path);
    put_blob(out, "carried_brotli", i, path);
}

static void put_file_row(FILE *out, json_t *file, size_t i)
{
    const char *path = text_member(file, "path");
    if (path[0] != '/') stop("a path of the manifest does not begin with a slash: %s", path);
    fprintf(out, "    { \"%s\", \"%s\", %s, carried_plain_%zu, carried_plain_%zu_end, ", path, text_member(file, "type"),
            json_is_true(json_object_get(file, "immutable")) ? "true" : "false", i, i);
    if (json_object_get(file, "brotli")) fprintf(out, "carried_brotli_%zu, carried_brotli_%zu_end },\n", i, i);
    else fputs("0, 0 },\n", out);
}

static const char *client_hash(json_t *manifest)
{
    const char *hash = manifest ? json_string_value(json_object_get(manifest, "client")) : "";
    if (!hash) stop("the manifest has no \"client\" (the hash of the whole)");
    if (manifest && strspn(hash, "0123456789abcdef") != 64) stop("\"client\" of the manifest is not 64 hex digits");
    if (strlen(hash) > 64) stop("\"client\" of the manifest is not 64 hex digits");
    return hash;
}

static void embed_client(const char *out_path, const char *dep_path, const char *folder)
{
    char path[PATH_BYTES];
    json_error_t why;
    join(path, folder, "manifest.json");
    json_t *manifest = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    if (!manifest && json_error_code(&why) != json_error_cannot_open_file) stop("%s: %s (line %d)", path, why.text, why.line);
    json_t *files = json_object_get(manifest, "files");
    size_t n = json_array_size(files);
    if (manifest && (n == 0 || n > FILES_MAX)) stop("%s names %zu files; 1 to %d can be carried", path, n, FILES_MAX);

    FILE *out = open_out(out_path);
    FILE *dep = open_out(dep_path);
    fprintf(dep, "%s: %s", out_path, path);
    fputs("/* Made by tools/embed.c. */\n#include \"http/file.h\"\n", out);
    for (size_t i = 0; i < n; i++) put_file_blobs(out, dep, folder, json_array_get(files, i), i);
    fputs("static const struct http_file files[] = {\n", out);
    for (size_t i = 0; i < n; i++) put_file_row(out, json_array_get(files, i), i);
    if (n == 0) fputs("    { 0, 0, false, 0, 0, 0, 0 },\n", out);
    fprintf(out, "};\nconst struct http_client http_client_carried = { files, %zu, \"%s\" };\n", n, client_hash(manifest));
    fputc('\n', dep);
    close_out(out, out_path);
    close_out(dep, dep_path);
    json_decref(manifest);
}

int main(int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "migrations") == 0) embed_migrations(argv[2], argv + 3, (size_t)argc - 3);
    else if (argc == 5 && strcmp(argv[1], "client") == 0) embed_client(argv[2], argv[3], argv[4]);
    else stop("say: embed migrations OUT.c FILE.sql … · embed client OUT.c OUT.d FOLDER");
    return 0;
}
