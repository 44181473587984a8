/* Rules 12 and 13: what becomes of instants nobody was there for. */
#include "scene.h"

#include "airing/absence.h"

/* Off from 07:00 to 09:00; repeats "x" at each hour and half hour, a session "s" 08:50-09:10 of c,c,c … (2 min each). */
START_TEST(fates)
{
	static const struct {
		int line;
		enum catch_up how;
		const char *late;
		const char *want; /* those that are made up */
	} T[] = {
		{ __LINE__, CATCH_UP_DROP, "3h", "" },
		{ __LINE__, CATCH_UP_ONCE, "10m", "x@09:00" },
		{ __LINE__, CATCH_UP_ALL, "10m", "x@09:00" },
		{ __LINE__, CATCH_UP_ALL, "30m", "x@08:30 x@09:00" },
		{ __LINE__, CATCH_UP_ALL, "29m", "x@09:00" },
		{ __LINE__, CATCH_UP_ALL, "90m", "x@07:30 x@08:00 x@08:30 x@09:00" },
		{ __LINE__, CATCH_UP_ONCE, "90m", "x@09:00" },
		{ __LINE__, CATCH_UP_ALL, "0s", "x@09:00" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct station *st = day_station(1);
		struct rule *r = build_every(st, "x", "30m", "7h30-9h01", "c");
		r->catch_up = T[i].how;
		ck_assert(value_duration(T[i].late, &r->max_late_ms));
		struct plan plan = { 0 };
		wall_us t1 = build_instant(st, "2021-07-14T09:00");
		plan_between(st, build_instant(st, "2021-07-14T07:00:00.001"), (wall_us){ t1.us + 1 }, &plan);
		bool made_up[16];
		absence_fates(st, plan.items.at, plan.items.n, t1, made_up);
		struct text got = { 0 };
		for (size_t k = 0; k < plan.items.n; k++) {
			char time[VALUE_BYTES];
			value_print_time(tz_local(st->tz, plan.items.at[k].at).ms, time);
			if (made_up[k])
				text_addf(&got, "%sx@%s", got.n ? " " : "", time);
		}
		ck_assert_msg(!strcmp(text_str(&got), T[i].want), "row of line %d:\n got %s\nwant %s", T[i].line,
				text_str(&got), T[i].want);
		text_free(&got);
		plan_free(&plan);
		station_free(&st);
	}
}
END_TEST

/* "of each rule the latest firing": all its items, in every zone; a session until its end. */
START_TEST(the_latest_firing)
{
	struct station *st = day_station(2);
	build_at(st, "x", "8h,8h30", "c,b")->catch_up = CATCH_UP_ONCE;
	struct rule *s = build_session(st, "s", "8h40", "9h10", "c,b");
	s->catch_up = CATCH_UP_ONCE;
	struct rule *over = build_session(st, "over", "8h40", "9h", "c");
	over->catch_up = CATCH_UP_ALL;
	st->rules.at[0].max_late_ms = 7200000;
	struct plan plan = { 0 };
	wall_us t1 = build_instant(st, "2021-07-14T09:00");
	plan_between(st, build_instant(st, "2021-07-14T07:00"), (wall_us){ t1.us + 1 }, &plan);
	bool made_up[32];
	absence_fates(st, plan.items.at, plan.items.n, t1, made_up);
	ck_assert_uint_eq(plan.items.n, 2 * (4 + 2 + 1));
	for (size_t i = 0; i < plan.items.n; i++) {
		const struct planned *p = &plan.items.at[i];
		bool latest = p->rule == 0 && p->firing.us == build_instant(st, "2021-07-14T08:30").us;
		ck_assert_int_eq(made_up[i], latest || p->rule == 1);
	}
	plan_free(&plan);
	station_free(&st);
}
END_TEST

START_TEST(steps)
{
	static const struct {
		int line;
		int64_t ms;
		enum clock_step want;
	} T[] = {
		{ __LINE__, 0, STEP_NONE },          { __LINE__, 499, STEP_NONE },       { __LINE__, -499, STEP_NONE },
		{ __LINE__, 500, STEP_LATE },        { __LINE__, 59999, STEP_LATE },     { __LINE__, 60000, STEP_FORWARD },
		{ __LINE__, 86400000, STEP_FORWARD }, { __LINE__, -500, STEP_BACK },      { __LINE__, -86400000, STEP_BACK },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(absence_step((wall_us){ 1000000 }, (wall_us){ 1000000 + T[i].ms * 1000 }) == T[i].want,
				"line %d", T[i].line);
}
END_TEST

START_TEST(credible)
{
	static const struct {
		int line;
		int64_t now_s, floor_s, row_s;
		bool want;
	} T[] = {
		{ __LINE__, 1000, 1000, 0, true },     { __LINE__, 999, 1000, 0, false },
		{ __LINE__, 1000, 0, 1300, true },     { __LINE__, 1000, 0, 1301, false },
		/* ahead is doubted when it is more than 400 days, of a row that was itself behind the floor never */
		{ __LINE__, 34561300, 1000, 1300, true }, { __LINE__, 34561301, 1000, 1300, false },
		{ __LINE__, 99999999, 1000, 999, true },  { __LINE__, 99999999, 1000, INT64_MIN / 2 / US_PER_S, true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(absence_clock_credible((wall_us){ T[i].now_s * US_PER_S }, (wall_us){ T[i].floor_s * US_PER_S },
					      (wall_us){ T[i].row_s * US_PER_S }) == T[i].want, "line %d", T[i].line);
}
END_TEST

UNIT_MAIN("airing/absence", fates, the_latest_firing, steps, credible)
