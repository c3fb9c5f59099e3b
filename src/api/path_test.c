/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Finding routes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "api/path.h"
#include "api/routes.h"

#define ID_A "AAECAwQFBgcICQoLDA0ODw"
#define ID_B "________________AAAAAA"

static enum err find(const char *method, const char *path, struct path_match *ret)
{
    return path_find(routes_all, routes_n, text_of(method), text_of(path), ret);
}

static void a_path_with_ids_gives_them_in_order(void **state)
{
    (void)state;
    struct path_match m;
    struct id a, b;
    assert_int_equal(id_parse(TEXT(ID_A), &a), ERR_OK);
    assert_int_equal(id_parse(TEXT(ID_B), &b), ERR_OK);
    assert_int_equal(find("PUT", "/api/rooms/" ID_A "/entries/" ID_B, &m), ERR_OK);
    assert_string_equal(m.route->path, "/api/rooms/{room}/entries/{entry}");
    assert_true(id_equal(&m.params[0], &a) && id_equal(&m.params[1], &b));
}

static void what_is_not_quite_a_path_is_none(void **state)
{
    (void)state;
    struct path_match m;
    const char *none[] = { "", "/", "/api", "/api/", "/api/house/", "//api/house", "/api//house", "/api/House", "/api/housex", "/api/hous",
                           "/api/rooms/" ID_A "/entries/", "/api/rooms/" ID_A "/entries/" ID_B "/", "/api/rooms//entries" };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) assert_int_equal(find("GET", none[i], &m), ERR_NOT_FOUND);
}

static void another_method_is_told_which_there_are(void **state)
{
    (void)state;
    struct path_match m;
    assert_int_equal(find("PATCH", "/api/vault/" ID_A, &m), ERR_BAD_METHOD);
    assert_string_equal(m.allow, "PUT, DELETE");
    assert_int_equal(find("get", "/api/house", &m), ERR_BAD_METHOD);
    assert_string_equal(m.allow, "GET");
}

static void an_id_that_is_none_is_bad_input(void **state)
{
    (void)state;
    struct path_match m;
    const char *bad[] = { "x", "AAECAwQFBgcICQoLDA0OD", ID_A "A", "AAECAwQFBgcICQoLDA0OD=", "AAAAAAAAAAAAAAAAAAAAAB", "../../../../../../etc" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char path[64] = "/api/vault/";
        strncat(path, bad[i], 40);
        enum err e = find("PUT", path, &m);
        assert_int_equal(e, strchr(bad[i], '/') ? ERR_NOT_FOUND : ERR_BAD_INPUT);
    }
}

static void every_route_of_the_house_finds_itself_and_is_sound(void **state)
{
    (void)state;
    for (size_t t = 0; t < routes_n; t++) {
        for (size_t i = 0; i < routes_all[t]->n; i++) {
            const struct route *r = &routes_all[t]->rows[i];
            char path[160] = "";
            for (const char *p = r->path; *p; p++) {
                if (*p != '{') strncat(path, p, 1);
                else strncat(path, ID_A, sizeof path - strlen(path) - 1), p = strchr(p, '}');
            }
            struct path_match m;
            assert_int_equal(find(r->method, path, &m), ERR_OK);
            assert_ptr_equal(m.route, r);
            assert_true((r->run != NULL) == (r->mode != MODE_STREAM));
            assert_true((r->body != BODY_NONE) == (r->body_max > 0));
            assert_true((strcmp(r->method, "GET") == 0) == (r->mode != MODE_WRITES));
            assert_true(r->body_max < CALL_ARENA_MAX / 4);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_with_ids_gives_them_in_order),
        cmocka_unit_test(what_is_not_quite_a_path_is_none),
        cmocka_unit_test(another_method_is_told_which_there_are),
        cmocka_unit_test(an_id_that_is_none_is_bad_input),
        cmocka_unit_test(every_route_of_the_house_finds_itself_and_is_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
