/* Rule 11's pattern: instants from the command to its end. */
#include "scene.h"

#include "airing/alarm.h"

static const struct {
	int line;
	int first_repeats;
	const char *first_every, *then_every, *align, *until;
	const char *command, *want; /* "n@time", the last one when it is over */
} T[] = {
	{ __LINE__, 0, NULL, NULL, NULL, "24h", "05:41:10.500", "0@05:41:10.500" },
	{ __LINE__, 2, "5m", NULL, NULL, "24h", "05:41:10", "0@05:41:10 1@05:46:10 2@05:51:10" },
	/* counted from start to start; on the hour */
	{ __LINE__, 2, "5m", "2h", "1h", "7h", "05:41:10",
			"0@05:41:10 1@05:46:10 2@05:51:10 3@08:00 4@10:00 5@12:00" },
	{ __LINE__, 0, NULL, "30m", NULL, "2h", "05:00", "0@05:00 1@05:30 2@06:00 3@06:30" },
	{ __LINE__, 1, "5m", "20m", NULL, "1h", "05:00", "0@05:00 1@05:05 2@05:25 3@05:45" },
	{ __LINE__, 0, NULL, "1h", "1h", "3h", "05:00", "0@05:00 1@06:00 2@07:00" },
	{ __LINE__, 0, NULL, "1h", "1h", "3h", "05:00:00.001", "0@05:00:00.001 1@07:00 2@08:00" },
	{ __LINE__, 0, NULL, "50m", "30m", "3h", "05:10", "0@05:10 1@06:00 2@07:00 3@08:00" },
	/* nothing at until or after it */
	{ __LINE__, 3, "5m", NULL, NULL, "10m", "05:00", "0@05:00 1@05:05" },
	{ __LINE__, 3, "5m", NULL, NULL, "10m", "23:58", "0@23:58 1@00:03" },
};

static struct alarm of_row(struct station *st, size_t i)
{
	struct rule *r = &st->rules.at[0];
	r->first_repeats = T[i].first_repeats;
	r->first_every_ms = r->then_every_ms = r->align_ms = 0;
	if (T[i].first_every)
		ck_assert(value_duration(T[i].first_every, &r->first_every_ms));
	if (T[i].then_every)
		ck_assert(value_duration(T[i].then_every, &r->then_every_ms));
	if (T[i].align)
		ck_assert(value_duration(T[i].align, &r->align_ms));
	ck_assert(value_duration(T[i].until, &r->until_ms));
	char stamp[64];
	snprintf(stamp, sizeof stamp, "2021-07-14T%s", T[i].command);
	struct alarm a;
	alarm_command(&a, st, 0, build_instant(st, stamp), 0);
	return a;
}

static struct station *station_with_one(void)
{
	struct station *st = day_station(1);
	build_rule(st, RULE_EMERGENCY, "bao", "bao");
	return st;
}

static void add_instant(struct text *t, const struct station *st, wall_us at, int repeat)
{
	char time[VALUE_BYTES];
	value_print_time(tz_local(st->tz, at).ms, time);
	text_addf(t, "%s%d@%s", t->n ? " " : "", repeat, time);
}

START_TEST(patterns)
{
	struct station *st = station_with_one();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct alarm a = of_row(st, i);
		struct text got = { 0 };
		wall_us at;
		int repeat;
		while (a.next.us != US_NEVER) {
			wall_us next = a.next;
			ck_assert_msg(!alarm_due(&a, (wall_us){ next.us - 1 }, &at, &repeat), "line %d", T[i].line);
			ck_assert_msg(alarm_due(&a, next, &at, &repeat) && at.us == next.us, "line %d", T[i].line);
			add_instant(&got, st, at, repeat);
		}
		ck_assert_msg(!strcmp(text_str(&got), T[i].want), "row of line %d:\n got %s\nwant %s", T[i].line,
				text_str(&got), T[i].want);
		ck_assert(!alarm_due(&a, (wall_us){ US_NEVER - 1 }, &at, &repeat));
		ck_assert(!alarm_expired(&a, (wall_us){ a.over.us - 1 }));
		ck_assert(alarm_expired(&a, a.over));
		a.ended = true;
		ck_assert(!alarm_expired(&a, a.over));
		text_free(&got);
	}
	station_free(&st);
}
END_TEST

/* After an absence all that passed come one after the other, in order. */
START_TEST(many_at_once)
{
	struct station *st = station_with_one();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct alarm a = of_row(st, i);
		struct text got = { 0 };
		wall_us at;
		int repeat;
		while (alarm_due(&a, a.over, &at, &repeat))
			add_instant(&got, st, at, repeat);
		ck_assert_str_eq(text_str(&got), T[i].want);
		text_free(&got);
	}
	station_free(&st);
}
END_TEST

START_TEST(ended_or_commanded_again)
{
	struct station *st = station_with_one();
	struct alarm a = of_row(st, 2);
	wall_us at, again = build_instant(st, "2021-07-14T06:30");
	int repeat;
	while (alarm_due(&a, again, &at, &repeat))
		;
	ck_assert_int_eq(repeat, 2);
	a.ended = true;
	ck_assert(!alarm_due(&a, a.over, &at, &repeat));
	/* the pattern counts from the new command; its numbers go on where they are told to */
	alarm_command(&a, st, 0, again, 3);
	struct text got = { 0 };
	for (int k = 0; k < 4 && alarm_due(&a, a.over, &at, &repeat); k++)
		add_instant(&got, st, at, repeat);
	ck_assert_str_eq(text_str(&got), "3@06:30 4@06:35 5@06:40 6@09:00");
	text_free(&got);
	/* one between them takes a number, not an instant */
	alarm_command(&a, st, 0, again, 0);
	alarm_due(&a, again, &at, &repeat);
	a.repeat++;
	for (int k = 0; k < 3 && alarm_due(&a, a.over, &at, &repeat); k++)
		add_instant(&got, st, at, repeat);
	ck_assert_str_eq(text_str(&got), "2@06:35 3@06:40 4@09:00");
	text_free(&got);
	station_free(&st);
}
END_TEST

/* Set back, the clock moves the pattern with it; forward, only as far as it had been set back. */
START_TEST(a_clock_that_is_set)
{
	static const struct {
		int line;
		int minutes[3];
		int moved; /* in the end */
	} R[] = {
		{ __LINE__, { -60 }, -60 },
		{ __LINE__, { 60 }, 0 },
		{ __LINE__, { -60, 60 }, 0 },
		{ __LINE__, { -60, 30 }, -30 },
		{ __LINE__, { -60, 90 }, 0 },
		{ __LINE__, { 60, -60 }, -60 },
		{ __LINE__, { -60, 90, -10 }, -10 },
		{ __LINE__, { -2880, 2880, 0 }, 0 },
	};
	struct station *st = station_with_one();
	for (size_t i = 0; i < sizeof R / sizeof *R; i++) {
		struct alarm a = of_row(st, 1), was = a;
		wall_us at;
		int repeat;
		for (size_t k = 0; k < 3; k++)
			alarm_step(&a, R[i].minutes[k] * INT64_C(60000000));
		int64_t moved = R[i].moved * INT64_C(60000000);
		ck_assert_msg(a.next.us == was.next.us + moved && a.over.us == was.over.us + moved, "line %d", R[i].line);
		ck_assert_int_eq(a.commanded.us, was.commanded.us); /* its airings keep their name */
		ck_assert(alarm_due(&a, a.next, &at, &repeat));
		ck_assert_int_eq(a.next.us, at.us + INT64_C(300000000));
		while (alarm_due(&a, (wall_us){ US_NEVER - 1 }, &at, &repeat))
			;
		alarm_step(&a, -60);
		ck_assert_int_eq(a.next.us, US_NEVER);
	}
	station_free(&st);
}
END_TEST

/* To where nobody believes it and back, in several steps: the pattern is where it was, on the clock that shows. */
START_TEST(a_clock_that_leaps)
{
	static const int64_t days = INT64_C(86400000000);
	static const struct {
		int line;
		int64_t leap, steps[3], moved;
	} R[] = {
		{ __LINE__, 3000, { 0 }, 3000 },
		{ __LINE__, 3000, { -3000 }, 0 },
		{ __LINE__, 3000, { -2990, -10 }, 0 },
		{ __LINE__, 3000, { 500, -3500 }, 0 },
		{ __LINE__, 3000, { -3001 }, -1 },
		{ __LINE__, 3000, { -3001, 1 }, 0 },
		{ __LINE__, 3000, { -3000, 1 }, 0 },
	};
	struct station *st = station_with_one();
	for (size_t i = 0; i < sizeof R / sizeof *R; i++) {
		struct alarm a = of_row(st, 1), was = a;
		alarm_leap(&a, R[i].leap * days);
		for (size_t k = 0; k < 3; k++)
			alarm_step(&a, R[i].steps[k] * days);
		ck_assert_msg(a.next.us == was.next.us + R[i].moved * days && a.over.us == was.over.us + R[i].moved * days,
				"line %d", R[i].line);
	}
	station_free(&st);
}
END_TEST

UNIT_MAIN("airing/alarm", patterns, many_at_once, ended_or_commanded_again, a_clock_that_is_set, a_clock_that_leaps)
