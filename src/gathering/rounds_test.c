/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rules of rounds, without a store. */
#include "gathering/rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MINUTE = 60000 };
static const int64_t START = INT64_C(1800000000000);

/* Three people and a fourth who comes late; the first is host, the second guardian. */
static const struct id A = { { 1 } }, B = { { 2 } }, C = { { 3 } }, D = { { 4 } };

struct trial { struct rounds r; int64_t now; struct rounds_no no; };

static struct trial new_trial(void)
{
    return (struct trial){ .now = START, .r = { .start_ms = START, .minutes = 60, .door_minutes = 5, .turn_s = 180, .host = A, .guardian = B } };
}

/* As gathering.c calls the rules. */
typedef enum err (*act)(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *ret_no);

static enum err do_it(struct trial *t, act fn, struct id who)
{
    struct rounds before = t->r;
    t->no = (struct rounds_no){ .why = NULL };
    rounds_lapse(&t->r, t->now);
    rounds_see(&t->r, &who, t->now);
    enum err e = fn(&t->r, &who, t->now, &t->no);
    if (e == ERR_OK) rounds_settle(&t->r, t->now);
    else t->r = before;
    return e;
}

static struct id handed_over;
static int64_t handed_turn;
static enum err hand(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *no) { return rounds_hand_on(r, me, handed_turn, NULL, now_ms, no); }
static enum err over(struct rounds *r, const struct id *me, int64_t now_ms, struct rounds_no *no) { return rounds_hand_on(r, me, handed_turn, &handed_over, now_ms, no); }

static enum err hand_on(struct trial *t, struct id who)
{
    handed_turn = t->r.turn;
    return do_it(t, hand, who);
}

static enum err pass_over(struct trial *t, struct id who)
{
    handed_turn = t->r.turn;
    handed_over = t->r.holder;
    return do_it(t, over, who);
}

static void assert_stands(const struct trial *t, enum rounds_stage stage, struct id holder)
{
    if (t->r.stage != stage) print_error("the stage is %s\n", rounds_stage_name(t->r.stage));
    assert_int_equal(t->r.stage, stage);
    assert_memory_equal(&t->r.holder, &holder, sizeof holder);
}

static void all_are_here(struct trial *t)
{
    const struct id all[] = { A, B, C };
    for (size_t i = 0; i < 3; i++) assert_int_equal(do_it(t, rounds_present, all[i]), ERR_OK);
}

/* A minute passes in which these are seen, and nobody else. */
static void minutes_pass(struct trial *t, int minutes, const struct id *seen, size_t n)
{
    for (int half = 0; half < 2 * minutes; half++) {
        t->now += MINUTE / 2;
        for (size_t i = 0; i < n; i++) assert_int_equal(do_it(t, rounds_present, seen[i]), ERR_OK);
    }
}
#define SEEN(...) (const struct id[]){ __VA_ARGS__ }, sizeof((const struct id[]){ __VA_ARGS__ }) / sizeof(struct id)

static struct trial begun(void)
{
    struct trial t = new_trial();
    assert_int_equal(do_it(&t, rounds_come, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_come, B), ERR_OK);
    assert_int_equal(do_it(&t, rounds_come, C), ERR_OK);
    assert_int_equal(do_it(&t, rounds_begin, A), ERR_OK);
    assert_stands(&t, ROUNDS_OPENING, A);
    return t;
}

static struct trial in_check_in(void)
{
    struct trial t = begun();
    assert_int_equal(do_it(&t, rounds_on, A), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, A);
    return t;
}

static const struct id nobody;

static void a_gathering_goes_through_its_rounds_and_everybody_has_each_turn_once(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    for (enum rounds_stage s = ROUNDS_CHECK_IN; s <= ROUNDS_CLOSING; s++) {
        const struct id all[] = { A, B, C };
        for (size_t i = 0; i < 3; i++) {
            assert_stands(&t, s, all[i]);
            t.now += 20000;
            all_are_here(&t);
            assert_int_equal(hand_on(&t, all[i]), ERR_OK);
        }
    }
    assert_stands(&t, ROUNDS_OVER, nobody);
    assert_int_equal(t.r.ended_ms, t.now);
}

static void one_may_come_from_ten_minutes_before_until_the_door_closes_and_come_back_later(void **state)
{
    (void)state;
    struct trial t = new_trial();
    t.now = START - 10 * MINUTE - 1;
    assert_int_equal(do_it(&t, rounds_come, A), ERR_TOO_EARLY);
    assert_int_equal(t.no.from_ms, START - 10 * MINUTE);
    t.now++;
    assert_int_equal(do_it(&t, rounds_come, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_come, A), ERR_OK);
    assert_int_equal(t.r.n, 1);
    t.now = START + 5 * MINUTE;
    assert_int_equal(do_it(&t, rounds_come, B), ERR_OK);
    t.now++;
    assert_int_equal(do_it(&t, rounds_come, C), ERR_DOOR_CLOSED);
    assert_int_equal(do_it(&t, rounds_go, B), ERR_OK);
    t.now += 9 * MINUTE;
    assert_int_equal(do_it(&t, rounds_come, B), ERR_OK);
    assert_int_equal(do_it(&t, rounds_present, C), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_go, C), ERR_OK);
}

static void who_comes_into_a_round_has_a_turn_in_it(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    assert_int_equal(do_it(&t, rounds_come, D), ERR_OK);
    assert_true(t.r.seats[3].waits);
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_int_equal(hand_on(&t, B), ERR_OK);
    assert_int_equal(hand_on(&t, C), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, D);
}

static void the_host_begins_and_after_three_minutes_anyone_who_is_there(void **state)
{
    (void)state;
    struct trial t = new_trial();
    assert_int_equal(do_it(&t, rounds_begin, A), ERR_FORBIDDEN);   /* not there */
    assert_int_equal(do_it(&t, rounds_come, B), ERR_OK);
    assert_int_equal(do_it(&t, rounds_begin, B), ERR_TOO_EARLY);
    assert_int_equal(t.no.from_ms, START + 3 * MINUTE);
    t.now += 3 * MINUTE;
    assert_int_equal(do_it(&t, rounds_begin, C), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_come, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_begin, B), ERR_FORBIDDEN);   /* the host is here */
    assert_int_equal(do_it(&t, rounds_go, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_begin, B), ERR_OK);
    assert_stands(&t, ROUNDS_OPENING, B);
    assert_memory_equal(&t.r.host, &B, sizeof B);
    assert_memory_equal(&t.r.guardian, &nobody, sizeof B);         /* one is not both */
    int64_t turn = t.r.turn;
    assert_int_equal(do_it(&t, rounds_begin, B), ERR_OK);
    assert_int_equal(t.r.turn, turn);
}

static void the_same_hand_over_twice_hands_over_once(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, B);
    struct rounds before = t.r;
    assert_int_equal(do_it(&t, hand, A), ERR_OK);   /* the old turn's number */
    assert_false(rounds_differ(&before, &t.r));
    assert_int_equal(hand_on(&t, A), ERR_NOT_YOUR_TURN);
    assert_int_equal(hand_on(&t, C), ERR_NOT_YOUR_TURN);
}

static void the_holder_of_the_opening_hands_on_into_the_first_round(void **state)
{
    (void)state;
    struct trial t = begun();
    assert_int_equal(hand_on(&t, B), ERR_NOT_YOUR_TURN);
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, A);
}

static void only_host_and_guardian_move_a_gathering_on_or_end_it(void **state)
{
    (void)state;
    struct trial t = begun();
    assert_int_equal(do_it(&t, rounds_on, C), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_end, C), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_on, B), ERR_OK);
    assert_int_equal(do_it(&t, rounds_on, B), ERR_OK);
    assert_stands(&t, ROUNDS_MAIN, A);
    assert_int_equal(do_it(&t, rounds_end, A), ERR_OK);
    assert_stands(&t, ROUNDS_OVER, nobody);
    assert_int_equal(do_it(&t, rounds_end, C), ERR_OK);   /* it has happened */
    assert_int_equal(do_it(&t, rounds_on, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_bell, C), ERR_OK);
    assert_int_equal(do_it(&t, rounds_come, D), ERR_DOOR_CLOSED);
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_begin, A), ERR_OK);
    assert_stands(&t, ROUNDS_OVER, nobody);
}

static void what_has_not_begun_cannot_be_moved_on(void **state)
{
    (void)state;
    struct trial t = new_trial();
    assert_int_equal(do_it(&t, rounds_come, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_on, A), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_end, A), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_bell, A), ERR_FORBIDDEN);
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_int_equal(t.r.stage, ROUNDS_AHEAD);
}

static void a_second_bell_within_the_pause_does_not_lengthen_it(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    bool reply = true;
    assert_int_equal(do_it(&t, rounds_bell, D), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_bell, C), ERR_OK);
    int64_t until = t.r.paused_until_ms;
    assert_int_equal(until, t.now + 30000);
    t.now += 29999;
    assert_int_equal(do_it(&t, rounds_bell, B), ERR_OK);
    assert_int_equal(t.r.paused_until_ms, until);
    assert_int_equal(rounds_may_say(&t.r, &A, t.now, &reply, &t.no), ERR_PAUSED);
    assert_int_equal(t.no.until_ms, until);
    assert_int_equal(rounds_may_say(&t.r, &B, t.now, &reply, &t.no), ERR_NOT_YOUR_TURN);
    t.now++;
    assert_int_equal(rounds_may_say(&t.r, &A, t.now, &reply, &t.no), ERR_OK);
    assert_false(reply);
    assert_int_equal(do_it(&t, rounds_bell, B), ERR_OK);
    assert_int_equal(t.r.paused_until_ms, t.now + 30000);
}

static void only_the_holder_speaks_and_others_when_the_holder_says_yes(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    bool reply = false;
    assert_int_equal(rounds_may_say(&t.r, &B, t.now, &reply, &t.no), ERR_NOT_YOUR_TURN);
    assert_int_equal(rounds_open_replies(&t.r, &B, true, &t.no), ERR_NOT_YOUR_TURN);
    assert_int_equal(rounds_open_replies(&t.r, &A, true, &t.no), ERR_OK);
    assert_int_equal(rounds_may_say(&t.r, &B, t.now, &reply, &t.no), ERR_OK);
    assert_true(reply);
    assert_int_equal(rounds_may_say(&t.r, &D, t.now, &reply, &t.no), ERR_NOT_YOUR_TURN);   /* has no seat */
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_false(t.r.replies);                                                             /* a yes is for one turn */
    assert_int_equal(rounds_may_say(&t.r, &C, t.now, &reply, &t.no), ERR_NOT_YOUR_TURN);
    struct trial ahead = new_trial();
    assert_int_equal(rounds_may_say(&ahead.r, &A, t.now, &reply, &t.no), ERR_NOT_YOUR_TURN);
    assert_int_equal(rounds_may_say(&ahead.r, &nobody, t.now, &reply, &t.no), ERR_NOT_YOUR_TURN);
}

static void who_is_away_is_passed_over_and_has_the_turn_at_the_end_of_the_round(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    assert_int_equal(pass_over(&t, C), ERR_FORBIDDEN);   /* A is here */
    minutes_pass(&t, 2, SEEN(B, C));
    assert_false(t.r.seats[0].here);
    assert_int_equal(pass_over(&t, D), ERR_FORBIDDEN);   /* is not in it */
    assert_int_equal(pass_over(&t, C), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, B);
    assert_int_equal(do_it(&t, over, B), ERR_OK);        /* a second time: settled */
    assert_stands(&t, ROUNDS_CHECK_IN, B);
    assert_int_equal(hand_on(&t, B), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, C);
    assert_int_equal(do_it(&t, rounds_present, A), ERR_OK);
    assert_int_equal(hand_on(&t, C), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, A);
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_stands(&t, ROUNDS_MAIN, A);                   /* and the order is as it was */
}

static void a_round_does_not_wait_for_who_stays_away(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    minutes_pass(&t, 2, SEEN(B, C));
    assert_int_equal(pass_over(&t, B), ERR_OK);
    assert_int_equal(hand_on(&t, B), ERR_OK);
    assert_int_equal(hand_on(&t, C), ERR_OK);
    assert_stands(&t, ROUNDS_MAIN, B);
}

static void host_and_guardian_may_pass_over_a_turn_that_has_lasted_thrice_its_time(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_int_equal(hand_on(&t, B), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, C);
    minutes_pass(&t, 9, SEEN(A, B, C));
    assert_int_equal(pass_over(&t, A), ERR_FORBIDDEN);
    t.now++;
    assert_int_equal(pass_over(&t, A), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, C);               /* the only one who waits: a new turn */
    minutes_pass(&t, 10, SEEN(A, B, C));
    assert_int_equal(do_it(&t, rounds_on, B), ERR_OK);
    assert_stands(&t, ROUNDS_MAIN, A);
    minutes_pass(&t, 10, SEEN(A, B, C));
    assert_int_equal(pass_over(&t, C), ERR_FORBIDDEN);
    assert_int_equal(pass_over(&t, B), ERR_OK);
    assert_stands(&t, ROUNDS_MAIN, B);
}

static void who_leaves_with_the_piece_leaves_it_to_the_next_and_may_come_back(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    assert_int_equal(do_it(&t, rounds_go, A), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, B);
    t.now += 20 * 1000;
    assert_int_equal(do_it(&t, rounds_come, A), ERR_OK);
    assert_int_equal(hand_on(&t, B), ERR_OK);
    assert_int_equal(hand_on(&t, C), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, A);
}

static void when_all_have_left_the_piece_rests_until_somebody_is_back(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    const struct id all[] = { A, B, C };
    for (size_t i = 0; i < 3; i++) assert_int_equal(do_it(&t, rounds_go, all[i]), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, nobody);
    t.now += 10 * MINUTE;
    assert_int_equal(do_it(&t, rounds_present, C), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, C);
    struct trial o = begun();
    assert_int_equal(do_it(&o, rounds_go, A), ERR_OK);
    assert_stands(&o, ROUNDS_OPENING, nobody);
    assert_int_equal(do_it(&o, rounds_come, A), ERR_OK);
    assert_stands(&o, ROUNDS_OPENING, A);
}

static void a_pause_of_the_house_costs_nobody_their_turn(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    t.now += 20 * MINUTE;                                /* the house was away */
    assert_int_equal(hand_on(&t, A), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, B);               /* who was not seen for twenty minutes, like everybody */
    minutes_pass(&t, 2, SEEN(A, C));
    assert_int_equal(pass_over(&t, C), ERR_OK);          /* but now they are away */
    assert_stands(&t, ROUNDS_CHECK_IN, C);
}

static void a_gathering_that_nobody_is_in_or_that_lasts_too_long_is_over(void **state)
{
    (void)state;
    struct trial t = new_trial();
    t.now = START + 30 * MINUTE;
    rounds_lapse(&t.r, t.now - 1);
    assert_int_equal(t.r.stage, ROUNDS_AHEAD);
    rounds_lapse(&t.r, t.now + MINUTE);
    assert_int_equal(t.r.stage, ROUNDS_OVER);
    assert_int_equal(t.r.ended_ms, t.now);               /* when it was so, not when it was looked at */
    struct trial left = in_check_in();
    left.now += 30 * MINUTE;
    assert_int_equal(do_it(&left, rounds_present, A), ERR_OK);
    assert_stands(&left, ROUNDS_OVER, nobody);
    struct trial lasting = in_check_in();
    minutes_pass(&lasting, 179, SEEN(A, B, C));
    assert_int_equal(lasting.r.stage, ROUNDS_CHECK_IN);
    minutes_pass(&lasting, 1, SEEN(A, B, C));
    assert_int_equal(lasting.r.stage, ROUNDS_OVER);
    assert_int_equal(lasting.r.ended_ms, START + 180 * MINUTE);
}

static void host_and_guardian_are_taken_when_vacant_and_given_up(void **state)
{
    (void)state;
    struct trial t = new_trial();
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_TAKEN);
    assert_int_equal(do_it(&t, rounds_give_host, C), ERR_OK);
    assert_memory_equal(&t.r.host, &A, sizeof A);
    assert_int_equal(do_it(&t, rounds_give_host, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_OK);
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_OK);
    assert_int_equal(do_it(&t, rounds_take_guardian, C), ERR_TAKEN);
    assert_int_equal(do_it(&t, rounds_give_guardian, B), ERR_OK);
    assert_int_equal(do_it(&t, rounds_take_guardian, C), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_take_guardian, A), ERR_OK);
    assert_memory_equal(&t.r.guardian, &A, sizeof A);
}

static void who_takes_the_place_of_a_missing_host_takes_the_piece_of_the_opening(void **state)
{
    (void)state;
    struct trial t = begun();
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_TAKEN);
    minutes_pass(&t, 3, SEEN(B, C));
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_TAKEN);
    t.now++;
    assert_int_equal(do_it(&t, rounds_take_host, D), ERR_FORBIDDEN);
    assert_int_equal(do_it(&t, rounds_take_host, C), ERR_OK);
    assert_stands(&t, ROUNDS_OPENING, C);
    assert_int_equal(do_it(&t, rounds_give_host, C), ERR_OK);
    assert_stands(&t, ROUNDS_OPENING, nobody);
    assert_int_equal(do_it(&t, rounds_take_host, B), ERR_OK);
    assert_stands(&t, ROUNDS_OPENING, B);
}

static void who_is_no_longer_of_the_circle_loses_the_seat_and_the_piece_goes_on(void **state)
{
    (void)state;
    struct trial t = in_check_in();
    rounds_drop(&t.r, &A);
    assert_int_equal(t.r.n, 2);
    assert_int_equal(do_it(&t, rounds_present, C), ERR_OK);
    assert_stands(&t, ROUNDS_CHECK_IN, B);
    assert_memory_equal(&t.r.host, &nobody, sizeof A);
    rounds_drop(&t.r, &D);
    assert_int_equal(t.r.n, 2);
}

static void a_circle_of_twenty_four_has_its_turns_one_by_one(void **state)
{
    (void)state;
    struct trial t = new_trial();
    struct id p[ROUNDS_SEATS_MAX + 1];
    for (int i = 0; i <= ROUNDS_SEATS_MAX; i++) p[i] = (struct id){ { (uint8_t)(i + 1) } };
    for (int i = 0; i < ROUNDS_SEATS_MAX; i++) assert_int_equal(do_it(&t, rounds_come, p[i]), ERR_OK);
    assert_int_equal(do_it(&t, rounds_come, p[ROUNDS_SEATS_MAX]), ERR_TOO_MANY);
    assert_int_equal(do_it(&t, rounds_begin, A), ERR_OK);
    assert_int_equal(do_it(&t, rounds_on, A), ERR_OK);
    for (int i = 0; i < ROUNDS_SEATS_MAX; i++) {
        assert_stands(&t, ROUNDS_CHECK_IN, p[i]);
        assert_int_equal(hand_on(&t, p[i]), ERR_OK);
    }
    assert_stands(&t, ROUNDS_MAIN, A);
}

static void the_stages_have_the_names_of_the_api(void **state)
{
    (void)state;
    for (enum rounds_stage s = ROUNDS_AHEAD; s <= ROUNDS_CANCELLED; s++) {
        enum rounds_stage back = ROUNDS_AHEAD;
        assert_int_equal(rounds_stage_parse(text_of(rounds_stage_name(s)), &back), ERR_OK);
        assert_int_equal(back, s);
    }
    enum rounds_stage none;
    assert_int_equal(rounds_stage_parse(TEXT("checkin"), &none), ERR_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gathering_goes_through_its_rounds_and_everybody_has_each_turn_once),
        cmocka_unit_test(one_may_come_from_ten_minutes_before_until_the_door_closes_and_come_back_later),
        cmocka_unit_test(who_comes_into_a_round_has_a_turn_in_it),
        cmocka_unit_test(the_host_begins_and_after_three_minutes_anyone_who_is_there),
        cmocka_unit_test(the_same_hand_over_twice_hands_over_once),
        cmocka_unit_test(the_holder_of_the_opening_hands_on_into_the_first_round),
        cmocka_unit_test(only_host_and_guardian_move_a_gathering_on_or_end_it),
        cmocka_unit_test(what_has_not_begun_cannot_be_moved_on),
        cmocka_unit_test(a_second_bell_within_the_pause_does_not_lengthen_it),
        cmocka_unit_test(only_the_holder_speaks_and_others_when_the_holder_says_yes),
        cmocka_unit_test(who_is_away_is_passed_over_and_has_the_turn_at_the_end_of_the_round),
        cmocka_unit_test(a_round_does_not_wait_for_who_stays_away),
        cmocka_unit_test(host_and_guardian_may_pass_over_a_turn_that_has_lasted_thrice_its_time),
        cmocka_unit_test(who_leaves_with_the_piece_leaves_it_to_the_next_and_may_come_back),
        cmocka_unit_test(when_all_have_left_the_piece_rests_until_somebody_is_back),
        cmocka_unit_test(a_pause_of_the_house_costs_nobody_their_turn),
        cmocka_unit_test(a_gathering_that_nobody_is_in_or_that_lasts_too_long_is_over),
        cmocka_unit_test(host_and_guardian_are_taken_when_vacant_and_given_up),
        cmocka_unit_test(who_takes_the_place_of_a_missing_host_takes_the_piece_of_the_opening),
        cmocka_unit_test(who_is_no_longer_of_the_circle_loses_the_seat_and_the_piece_goes_on),
        cmocka_unit_test(a_circle_of_twenty_four_has_its_turns_one_by_one),
        cmocka_unit_test(the_stages_have_the_names_of_the_api),
    };
    return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}
