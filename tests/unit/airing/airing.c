/* One airing by itself: ids, limits, what was heard, where it goes on. */
#include "scene.h"

static struct planned planned_at(const struct station *st, int rule, const char *at, const char *firing, const char *over)
{
	return (struct planned){ .at = build_instant(st, at),
		.firing = build_instant(st, firing),
		.over = over ? build_instant(st, over) : (wall_us){ US_NEVER },
		.rule = rule,
		.bulletin = st->rules.at[rule].play.at[0].bulletin,
		.place = 3,
		.zone = 1 };
}

START_TEST(ids)
{
	struct station *st = day_station(2);
	build_session(st, "sang", "5h30", "6h30", "a");
	build_rule(st, RULE_EMERGENCY, "bao", "bao,lu")->all_clear = station_bulletin(st, "het");
	wall_us at = build_instant(st, "2021-07-14T05:41:10.500");
	struct planned p = planned_at(st, 0, "2021-07-14T05:38", "2021-07-14T05:30", "2021-07-14T06:30");
	struct airing *planned = airing_new_planned(st, &p);
	struct airing *manual = airing_new_manual(st, 0, 0, LEVEL_TEST, at, 2);
	struct airing *repeat = airing_new_emergency(st, 1, 1, at, 4, 2, at, at);
	struct airing *clear = airing_new_emergency(st, 1, 1, at, 5, 0, at, at);
	ck_assert_str_eq(planned->id, "22363/sang/20210714T053000+0700/3.a/cum-2");
	ck_assert_str_eq(manual->id, "22363/play/20210714T054110+0700/2.a/cum-1");
	ck_assert_str_eq(repeat->id, "22363/bao/20210714T054110+0700/4.2.lu/cum-2");
	ck_assert_str_eq(clear->id, "22363/bao/20210714T054110+0700/5.1.het/cum-2");
	ck_assert_str_eq(airing_kind_name(planned->kind), "planned");
	ck_assert_str_eq(airing_kind_name(manual->kind), "manual");
	ck_assert_str_eq(airing_kind_name(clear->kind), "emergency");
	ck_assert_int_eq(manual->level, LEVEL_TEST);
	ck_assert_int_eq(clear->level, LEVEL_EMERGENCY);
	ck_assert(airing_is_test(manual) && !airing_is_test(planned));
	struct airing *all[] = { planned, manual, repeat, clear };
	for (size_t i = 0; i < 4; i++)
		airing_free(&all[i]);
	airing_free(&all[0]);
	station_free(&st);
}
END_TEST

/* The bulletin's level does not make it a test, its class does. */
START_TEST(tests_by_class)
{
	struct station *st = day_station(1);
	struct airing *a = airing_new_manual(st, station_bulletin(st, "thu"), 0, LEVEL_NORMAL, (wall_us){ 0 }, 1);
	ck_assert(airing_is_test(a));
	airing_free(&a);
	station_free(&st);
}
END_TEST

START_TEST(limits)
{
	static const struct {
		int line;
		const char *late, *over; /* NULL: not said; no session */
		const char *want;
		bool by_session;
	} T[] = {
		{ __LINE__, "10m", NULL, "05:48", false },
		{ __LINE__, "0s", NULL, "05:38", false },
		{ __LINE__, NULL, "06:30", "06:29:59.999", true },
		{ __LINE__, "5m", "06:30", "05:43", false },
		{ __LINE__, "2h", "06:30", "06:29:59.999", true },
		{ __LINE__, NULL, "05:38", "05:37:59.999", true },
	};
	struct station *st = day_station(2);
	struct rule *r = build_session(st, "sang", "5h30", "6h30", "a");
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char over[64], time[VALUE_BYTES];
		snprintf(over, sizeof over, "2021-07-14T%s", T[i].over ? T[i].over : "0:00");
		r->max_late_ms = -1;
		if (T[i].late)
			ck_assert(value_duration(T[i].late, &r->max_late_ms));
		r->hard_end = i % 2;
		r->kind = T[i].over ? RULE_SESSION : RULE_REPEAT;
		struct planned p = planned_at(st, 0, "2021-07-14T05:38", "2021-07-14T05:30", T[i].over ? over : NULL);
		struct airing *a = airing_new_planned(st, &p);
		value_print_time(tz_local(st->tz, a->last_start).ms, time);
		ck_assert_msg(!strcmp(time, T[i].want), "line %d: %s", T[i].line, time);
		ck_assert_msg(a->limit_is_session_end == T[i].by_session, "line %d", T[i].line);
		ck_assert_msg((a->hard_end.us != US_NEVER) == (T[i].over && r->hard_end), "line %d", T[i].line);
		airing_free(&a);
	}
	station_free(&st);
}
END_TEST

START_TEST(heard_counts_each_frame_once)
{
	static const struct {
		int line;
		size_t n;
		struct segment segments[4];
		int64_t want;
	} T[] = {
		{ __LINE__, 0, { { 0 } }, 0 },
		{ __LINE__, 1, { { .first = 0, .end = 10 } }, 10 },
		{ __LINE__, 2, { { .first = 0, .end = 10 }, { .first = 10, .end = 30 } }, 30 },
		{ __LINE__, 2, { { .first = 0, .end = 10 }, { .first = 0, .end = 30 } }, 30 },
		{ __LINE__, 2, { { .first = 0, .end = 30 }, { .first = 0, .end = 10 } }, 30 },
		{ __LINE__, 2, { { .first = 0, .end = 10 }, { .first = 20, .end = 30 } }, 20 },
		{ __LINE__, 3, { { .first = 20, .end = 30 }, { .first = 0, .end = 10 }, { .first = 5, .end = 25 } }, 30 },
		{ __LINE__, 3, { { .first = 2, .end = 4 }, { .first = 6, .end = 8 }, { .first = 0, .end = 10 } }, 10 },
		{ __LINE__, 4, { { .first = 0, .end = 5 }, { .first = 0, .end = 5 }, { .first = 3, .end = 9 }, { .first = 1, .end = 2 } }, 9 },
		{ __LINE__, 1, { { .first = 5, .end = 5 } }, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(airing_heard_in(T[i].segments, T[i].n) == T[i].want, "line %d: %lld", T[i].line,
				(long long)airing_heard_in(T[i].segments, T[i].n));
}
END_TEST

/* A manual play of that bulletin, cut a minute in, at 06:01; last start 06:10. */
static struct airing *cut_one(struct station *st, const char *name, enum level level)
{
	wall_us at = build_instant(st, "2021-07-14T06:00");
	struct airing *a = airing_new_manual(st, station_bulletin(st, name), 0, level, at, 1);
	a->was_cut = a->was_on = true;
	a->started = at;
	a->cut_at = build_instant(st, "2021-07-14T06:01");
	a->cut_frame = DAY_MINUTE;
	return a;
}

START_TEST(until_when_it_may_come_back)
{
	static const struct {
		int line;
		const char *name;
		enum level level;
		const char *last_start, *hard_end, *want;
	} T[] = {
		{ __LINE__, "a", LEVEL_NORMAL, "06:10", NULL, "06:10" },
		{ __LINE__, "a", LEVEL_NORMAL, "06:00", NULL, "06:06" },
		{ __LINE__, "soon", LEVEL_NORMAL, "06:00", NULL, "06:02" },
		{ __LINE__, "a", LEVEL_NORMAL, "06:10", "06:04", "06:03:59.999" },
		{ __LINE__, "a", LEVEL_NORMAL, "06:10", "06:20", "06:10" },
		{ __LINE__, "drop", LEVEL_NORMAL, "06:10", NULL, "08:00" }, /* of 1970: never */
		{ __LINE__, "drop", LEVEL_EMERGENCY, "06:10", NULL, "06:10" }, /* not said, so an emergency's own default */
		{ __LINE__, "relay", LEVEL_NORMAL, "06:30", NULL, "06:09:59.999" },
		/* until its planned end, whatever its other limits */
		{ __LINE__, "relay", LEVEL_NORMAL, "06:00", NULL, "06:09:59.999" },
		{ __LINE__, "relay", LEVEL_NORMAL, "06:00", "06:04", "06:03:59.999" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct station *st = day_station(1);
		struct airing *a = cut_one(st, T[i].name, T[i].level);
		char stamp[64], time[VALUE_BYTES];
		snprintf(stamp, sizeof stamp, "2021-07-14T%s", T[i].last_start);
		a->last_start = build_instant(st, stamp);
		snprintf(stamp, sizeof stamp, "2021-07-14T%s", T[i].hard_end ? T[i].hard_end : "");
		if (T[i].hard_end)
			a->hard_end = build_instant(st, stamp);
		value_print_time(tz_local(st->tz, airing_back_by(a)).ms, time);
		ck_assert_msg(!strcmp(time, T[i].want), "line %d: %s", T[i].line, time);
		airing_free(&a);
		station_free(&st);
	}
}
END_TEST

START_TEST(where_it_goes_on)
{
	static const struct {
		int line;
		const char *name;
		enum level level;
		const char *now;
		int64_t want;
	} T[] = {
		{ __LINE__, "a", LEVEL_NORMAL, "06:02", DAY_MINUTE },
		{ __LINE__, "a", LEVEL_NORMAL, "06:06", DAY_MINUTE },
		{ __LINE__, "a", LEVEL_NORMAL, "06:06:00.001", 0 },
		{ __LINE__, "a", LEVEL_NORMAL, "05:30", DAY_MINUTE }, /* the clock was set back */
		{ __LINE__, "soon", LEVEL_NORMAL, "06:02", DAY_MINUTE },
		{ __LINE__, "soon", LEVEL_NORMAL, "06:02:00.001", 0 },
		{ __LINE__, "again", LEVEL_NORMAL, "06:02", 0 },
		{ __LINE__, "a", LEVEL_EMERGENCY, "06:02", 0 },
		{ __LINE__, "keep", LEVEL_EMERGENCY, "06:02", DAY_MINUTE },
		{ __LINE__, "relay", LEVEL_NORMAL, "06:02", 2 * DAY_MINUTE },
		{ __LINE__, "relay", LEVEL_EMERGENCY, "06:02", 2 * DAY_MINUTE },
		{ __LINE__, "relay", LEVEL_NORMAL, "06:09:59.999", 10 * DAY_MINUTE - 1000 },
		{ __LINE__, "relay", LEVEL_NORMAL, "06:30", 10 * DAY_MINUTE },
		{ __LINE__, "relay", LEVEL_NORMAL, "05:30", DAY_MINUTE },
	};
	struct station *st = day_station(1);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct airing *a = cut_one(st, T[i].name, T[i].level);
		char stamp[64];
		snprintf(stamp, sizeof stamp, "2021-07-14T%s", T[i].now);
		wall_us now = build_instant(st, stamp);
		ck_assert_msg(airing_resume_frame(a, now) == T[i].want, "line %d: %lld", T[i].line,
				(long long)airing_resume_frame(a, now));
		a->was_cut = false;
		ck_assert_int_eq(airing_resume_frame(a, now), 0);
		airing_free(&a);
	}
	station_free(&st);
}
END_TEST

START_TEST(one_firing)
{
	struct station *st = day_station(2), *next = day_station(2);
	build_session(st, "sang", "5h30", "6h30", "a");
	build_session(st, "chieu", "17h", "18h", "a");
	build_session(next, "chieu", "17h", "18h", "a");
	build_session(next, "sang", "5h30", "6h30", "a");
	struct planned p = planned_at(st, 0, "2021-07-14T05:38", "2021-07-14T05:30", NULL);
	struct airing *a = airing_new_planned(st, &p);
	p.zone = 0;
	struct airing *other_zone = airing_new_planned(st, &p);
	p.zone = 1;
	p.firing.us++;
	struct airing *other_firing = airing_new_planned(st, &p);
	p.firing.us--;
	p.rule = 1;
	struct airing *other_rule = airing_new_planned(st, &p);
	struct airing *reloaded = airing_new_planned(next, &p); /* "sang" stands second there */
	struct airing *by_hand = airing_new_manual(st, 0, 1, LEVEL_NORMAL, p.firing, 1);
	ck_assert(airing_same_firing(a, a));
	ck_assert(airing_same_firing(a, reloaded));
	ck_assert(!airing_same_firing(a, other_zone));
	ck_assert(!airing_same_firing(a, other_firing));
	ck_assert(!airing_same_firing(a, other_rule));
	ck_assert(!airing_same_firing(a, by_hand));
	ck_assert(!airing_same_firing(by_hand, by_hand));
	struct airing *all[] = { a, other_zone, other_firing, other_rule, reloaded, by_hand };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		airing_free(&all[i]);
	station_free(&st);
	station_free(&next);
}
END_TEST

UNIT_MAIN("airing/airing", ids, tests_by_class, limits, heard_counts_each_frame_once, until_when_it_may_come_back,
		where_it_goes_on, one_firing)
