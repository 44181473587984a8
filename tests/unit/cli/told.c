/* What is told, when, and how often; the files it is read from and kept in. */
#include "cli/told.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>

#define S(n) ((n)*US_PER_S)

/* "a b": a notice with these faults, on that day. */
static struct told_wanted wanted(const char *codes, const char *day)
{
	struct told_wanted w;
	struct text t = { 0 };
	text_addf(&t, "{\"command\":\"/bin/true\",\"language\":\"vi\",\"timezone\":\"UTC\",\"station\":\"1\",\"station_name\":\"Đài\","
		      "\"day\":\"%s\",\"faults\":[", day);
	for (const char *at = codes; *at; at += at[1] ? 2 : 1)
		text_addf(&t, "%s{\"code\":\"%c\",\"since\":\"s\",\"text\":\"t\"}", at == codes ? "" : ",", *at);
	text_add(&t, "]}\n");
	ck_assert(told_read_wanted(text_str(&t), t.n, &w));
	text_free(&t);
	return w;
}

/* Asks at `now`; a message that is due is told. */
static enum told_what ask(struct told_known *k, const char *codes, const char *day, int64_t now_s, int64_t *when_s)
{
	struct told_wanted w = wanted(codes, day);
	wall_us when = { 0 };
	enum told_what what = told_next(k, &w, (wall_us){ S(now_s) }, &when);
	if (what > TOLD_WAIT)
		told_done(k, &w, what, (wall_us){ S(now_s) });
	*when_s = when.us / US_PER_S;
	told_free_wanted(&w);
	return what;
}

#define D1 "2021-07-13"
#define D2 "2021-07-14"
#define T0 1000000

START_TEST(what_comes_and_goes)
{
	static const struct {
		int line, at;
		const char *codes, *day;
		enum told_what want;
		int until;
	} T[] = {
		{ __LINE__, 0, "", D1, TOLD_NOTHING, 0 },
		{ __LINE__, 1, "a", D1, TOLD_WAIT, 6 },
		{ __LINE__, 3, "a b", D1, TOLD_WAIT, 6 },
		{ __LINE__, 6, "a b", D1, TOLD_RAISED, 0 },
		{ __LINE__, 7, "a b", D1, TOLD_NOTHING, 0 },
		/* gone before it was told */
		{ __LINE__, 8, "a b c", D1, TOLD_WAIT, 13 },
		{ __LINE__, 10, "a b", D1, TOLD_NOTHING, 0 },
		{ __LINE__, 11, "a b c", D1, TOLD_WAIT, 16 },
		{ __LINE__, 16, "b", D1, TOLD_CLEARED, 0 },
		{ __LINE__, 17, "b", D2, TOLD_DAY, 0 },
		{ __LINE__, 18, "b", D2, TOLD_NOTHING, 0 },
		{ __LINE__, 19, "b", D1, TOLD_NOTHING, 0 }, /* the clock was set back */
		/* a change goes before the daily line */
		{ __LINE__, 30, "", "2021-07-15", TOLD_WAIT, 35 },
		{ __LINE__, 35, "", "2021-07-15", TOLD_CLEARED, 0 },
		{ __LINE__, 35, "", "2021-07-15", TOLD_DAY, 0 },
	};
	struct told_known k = { .day = mem_dup(D1) };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		int64_t when;
		enum told_what got = ask(&k, T[i].codes, T[i].day, T0 + T[i].at, &when);
		ck_assert_msg(got == T[i].want, "line %d: %d", T[i].line, (int)got);
		ck_assert_msg(got != TOLD_WAIT || when == T0 + T[i].until, "line %d: until %lld", T[i].line, (long long)when - T0);
	}
	told_free_known(&k);
}
END_TEST

/* A loose cable for a day: people are not called a thousand times, and the last word is how it is. */
START_TEST(a_loose_cable)
{
	struct told_known k = { .day = mem_dup(D1) };
	int told = 0, first_hour = 0;
	int64_t when;
	bool known = false;
	for (int s = 0; s < 86400; s++) {
		const char *now = s / 7 % 2 && s < 85000 ? "a" : "";
		enum told_what what = ask(&k, now, D1, T0 + s, &when);
		told += what > TOLD_WAIT;
		first_hour += what > TOLD_WAIT && s < 3600;
		known = what == TOLD_RAISED ? true : what == TOLD_CLEARED ? false : known;
	}
	ck_assert_int_le(first_hour, TOLD_AT_ONCE + 6);
	ck_assert_int_le(told, TOLD_AT_ONCE + 86400 / 600);
	ck_assert_int_ge(told, 100);
	ck_assert(!known && !k.faults.n);
	told_free_known(&k);
}
END_TEST

START_TEST(a_clock_set_back_silences_nobody)
{
	struct told_known k = { .day = mem_dup(D1), .paced = { S(T0 + 86400 * 365) } };
	int64_t when;
	ck_assert_int_eq(ask(&k, "a", D1, T0, &when), TOLD_WAIT);
	ck_assert_int_le(when, T0 + 600);
	ck_assert_int_eq(ask(&k, "a", D1, T0 + 600, &when), TOLD_RAISED);
	told_free_known(&k);
}
END_TEST

START_TEST(kept_between_two_runs)
{
	struct told_known k = { .day = mem_dup(D1) }, again;
	struct text kept = { 0 };
	int64_t when;
	ask(&k, "a b", D1, T0, &when);
	ck_assert_int_eq(ask(&k, "a b", D1, T0 + 5, &when), TOLD_RAISED);
	told_write_known(&k, &kept);
	told_read_known(text_str(&kept), kept.n, &again);
	ck_assert_int_eq(again.faults.n, 2);
	ck_assert_int_eq(again.paced.us, k.paced.us);
	ck_assert_int_eq(ask(&again, "b a", D1, T0 + 6, &when), TOLD_NOTHING);
	text_free(&kept);
	told_free_known(&k);
	told_free_known(&again);
}
END_TEST

START_TEST(rubbish)
{
	static const char *const odd[] = { "", "{}", "[]", "{\"command\":1}", "\"x\"", "{\"faults\":[1,{},[]]}",
		"{\"command\":\"x\",\"language\":\"vi\",\"timezone\":\"UTC\",\"station\":\"1\",\"station_name\":\"n\"}" };
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct told_wanted w;
		struct told_known k;
		ck_assert_msg(!told_read_wanted(odd[i], strlen(odd[i]), &w), "%s", odd[i]);
		told_read_known(odd[i], strlen(odd[i]), &k);
		ck_assert_int_eq(k.faults.n, 0);
		told_free_known(&k);
	}
}
END_TEST

UNIT_MAIN("cli/told", what_comes_and_goes, a_loose_cable, a_clock_set_back_silences_nobody, kept_between_two_runs, rubbish)
