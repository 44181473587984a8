/* Commands and their refusals, rows, ids, days, crashes, and the status.  See world.h for the notation. */
#include "world-table.h"

static void open_day(struct world *w, int line, const char *rules, const char *events)
{
	struct station *st = day_station(1);
	day_rules(st, rules);
	world_open(w, line, st, DAY_DATE, "2021-07-15");
	world_script(w, events);
	world_boot(w);
}

START_TEST(refusals)
{
	static const struct {
		int line;
		const char *event, *why;
	} T[] = {
		{ __LINE__, "stop cum-9", "there is no zone \"cum-9\"" },
		{ __LINE__, "stop cum-1,cum-9", "there is no zone \"cum-9\"" },
		{ __LINE__, "play nosuch", "there is no bulletin \"nosuch\"" },
		{ __LINE__, "play a --zones x", "there is no zone \"x\"" },
		{ __LINE__, "emergency nosuch", "there is no emergency \"nosuch\"" },
		{ __LINE__, "emergency x", "there is no emergency \"x\"" },
		{ __LINE__, "cancel nosuch", "there is no emergency \"nosuch\"" },
		{ __LINE__, "cancel bao", "emergency \"bao\" is not active" },
		{ __LINE__, "clock confirm", "the clock is trusted already" },
		{ __LINE__, "reload nosuch", "no schedule nosuch" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		char *event = mem_printf("05:30 %s", T[i].event);
		open_day(&w, T[i].line, "x @06:00 c; bao! bao", event);
		size_t before = w.rows.n;
		world_run(&w);
		ck_assert_msg(!strncmp(text_str(&w.refused), T[i].why, strlen(T[i].why)), "line %d: %s", T[i].line,
				text_str(&w.refused));
		/* nothing has changed: no row tells of it */
		for (size_t r = before; r < w.rows.n; r++)
			ck_assert_msg(w.rows.at[r].row.wall.us != w.events.at[0].line.at.us, "line %d: %s", T[i].line,
					w.rows.at[r].row.kind);
		char *got = world_show(&w);
		ck_assert_str_eq(got, "c aired 06:00[0-120]");
		mem_free(got);
		mem_free(event);
		world_close(&w);
	}
}
END_TEST

START_TEST(refusals_of_programs)
{
	static const struct {
		int line;
		struct command command;
		const char *why;
	} T[] = {
		{ __LINE__, { .verb = VERB_PLAY, .name = "a", .level = LEVEL_EMERGENCY }, "a bulletin becomes an emergency only" },
		{ __LINE__, { .verb = VERB_VOLUME, .zones = "all", .volume = 0 }, "volume 0 is outside 1..100" },
		{ __LINE__, { .verb = VERB_VOLUME, .zones = "all", .volume = 101 }, "volume 101 is outside 1..100" },
		{ __LINE__, { .verb = VERB_STOP, .zones = "," }, "there is no zone \"\"" },
	};
	struct world w;
	open_day(&w, __LINE__, "x @06:00 c", "");
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct reply reply;
		ck_assert_msg(!engine_command(w.engine, &T[i].command, &reply), "line %d", T[i].line);
		ck_assert(!reply.done);
		ck_assert_msg(!strncmp(reply.text.text, T[i].why, strlen(T[i].why)), "line %d: %s", T[i].line,
				reply.text.text);
	}
	world_close(&w);
}
END_TEST

static struct station *load_day(struct world *w, const char *dir)
{
	(void)w, (void)dir;
	struct station *st = day_station(1);
	day_rules(st, "x @06:00 c");
	return st;
}

/* Without an accepted schedule everything is refused in words, but a reload. */
START_TEST(without_a_schedule)
{
	struct world w = { .power_on = { US_NEVER }, .load = load_day };
	struct reply reply;
	w.now.us = w.first_us = INT64_C(1626195600000000); /* 2021-07-14T00:00 in Hà Nội */
	w.to.us = w.now.us + INT64_C(86400) * US_PER_S;
	w.clock = (struct clock){ &w, world_wall, world_mono, world_synced, w.now };
	w.sound = virtual_new(NULL, &w.clock, (mono_us){ 0 });
	w.real = virtual_port(w.sound);
	world_boot(&w);
	engine_turn(w.engine);
	for (enum verb v = 0; v < VERB_COUNT; v++) {
		struct command c = { .verb = v, .name = "a", .zones = "all", .level = LEVEL_COUNT, .volume = 50, .uid = -1 };
		if (v == VERB_RELOAD || v == VERB_ROLLBACK)
			continue;
		ck_assert_msg(!engine_command(w.engine, &c, &reply), "%s", verb_name(v));
		ck_assert_msg(!strncmp(reply.text.text, "no schedule is accepted yet", 27), "%s", reply.text.text);
	}
	struct text status = { 0 };
	engine_status(w.engine, &status);
	struct json *j = json_parse(text_str(&status), status.n);
	ck_assert(j && !json_get_bool(j, "schedule"));
	json_free(&j);
	text_free(&status);
	ck_assert(engine_next(w.engine).us > w.now.us);
	static const int64_t minutes[] = { 5, -5, -3000, 3000 };
	for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++) { /* nor does a clock that steps disturb it */
		w.offset_us += minutes[i] * 60 * US_PER_S;
		engine_turn(w.engine);
	}
	ck_assert(engine_command(w.engine, &(struct command){ .verb = VERB_RELOAD, .uid = -1 }, &reply));
	world_run(&w);
	world_check(&w);
	char *got = world_show(&w);
	ck_assert_str_eq(got, "c aired 06:00[0-120]");
	mem_free(got);
	world_close(&w);
}
END_TEST

/* Every command that is obeyed is one row that says who, and what. */
START_TEST(rows_of_commands)
{
	static const struct {
		int line;
		const char *event, *kind, *body;
	} T[] = {
		{ __LINE__, "play c by Lan", "play", "{\"name\":\"c\",\"zones\":[\"cum-1\"],\"number\":1,\"by\":\"Lan\"}" },
		{ __LINE__, "emergency bao by Lan", "emergency",
				"{\"name\":\"bao\",\"zones\":[\"cum-1\"],\"number\":0,\"by\":\"Lan\"}" },
		{ __LINE__, "stop cum-1", "stop-zone", "{\"zones\":[\"cum-1\"],\"by\":\"script\"}" },
		{ __LINE__, "skip all", "skip", "{\"zones\":[\"cum-1\"],\"by\":\"script\"}" },
		{ __LINE__, "hold all", "hold", "{\"zones\":[\"cum-1\"],\"by\":\"script\"}" },
		{ __LINE__, "release all", "release", "{\"zones\":[\"cum-1\"],\"by\":\"script\"}" },
		{ __LINE__, "off all reason \"loa hỏng\"", "off",
				"{\"zones\":[\"cum-1\"],\"reason\":\"loa hỏng\",\"by\":\"script\"}" },
		{ __LINE__, "on all", "on", "{\"zones\":[\"cum-1\"],\"by\":\"script\"}" },
		{ __LINE__, "volume cum-1 60", "volume", "{\"zones\":[\"cum-1\"],\"volume\":60,\"by\":\"script\"}" },
		{ __LINE__, "silence", "silence", "{\"zones\":[\"cum-1\"],\"by\":\"script\"}" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		const char *body = NULL;
		char *event = mem_printf("05:30 %s", T[i].event);
		open_day(&w, T[i].line, "bao! bao", event);
		world_run(&w);
		ck_assert_msg(world_count(&w, T[i].kind, &body) == 1, "line %d", T[i].line);
		ck_assert_msg(!strcmp(body, T[i].body), "line %d:\n got %s\nwant %s", T[i].line, body, T[i].body);
		mem_free(event);
		world_close(&w);
	}
}
END_TEST

/* What people order is as it was after every kind of end. */
START_TEST(orders_survive)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @06:00,06:30 c", "05:00 hold cum-1; 05:10 kill; 06:10 release cum-1",
				"c skipped held @06:00; c aired 06:30[0-120]" },
		{ __LINE__, "x @06:00,06:30 c", "05:00 hold cum-1; 05:10 restart; 05:20 power-off 20m; 06:10 release all; 06:20 kill",
				"c skipped held @06:00; c aired 06:30[0-120]" },
		{ __LINE__, "x @06:00,06:30 c", "05:00 off cum-1 reason x; 05:10 kill; 06:10 on cum-1; 06:20 kill",
				"c skipped zone-off @06:00; c aired 06:30[0-120]" },
		{ __LINE__, "x @06:00 c", "05:00 silence; 05:10 power-off 10m; 05:30 release all", "c aired 06:00[0-120]" },
		{ __LINE__, "sang 05:30-06:30 a,b,c", "05:31 stop cum-1; 05:32 kill",
				"a partial operator 05:30[0-60]; b skipped operator @05:38; c skipped operator @05:42" },
		{ __LINE__, "sang 05:30-06:30 a,b,c", "05:31 stop cum-1; 05:32 restart; 05:33 kill",
				"a partial operator 05:30[0-60]; b skipped operator @05:38; c skipped operator @05:42" },
		{ __LINE__, "sang 23:50-00:30 a,b,c", "23:51 stop cum-1; 2021-07-15T00:01 kill",
				"c aired 00:02[0-120]; a partial operator 23:50[0-60]; b skipped operator @23:58; "
				"c skipped operator @15/00:02" },
		{ __LINE__, "sang 05:30-06:30 a,b,c", "05:31 skip cum-1; 05:32 kill",
				"a partial operator 05:30[0-60]; b aired 05:38[0-240]; c aired 05:42[0-120]" },
	};
	WORLD_TABLE(T, .to = "2021-07-15T01:00");
}
END_TEST

/* Rule 17, play: guards, windows and approval apply. */
static void with_a_window(struct station *s)
{
	s->approval = true;
	DAY_BULLETIN(s, "b")->days = (day_span){ build_day("2021-07-15"), DAY_MAX };
}

START_TEST(plays)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @05:30 a", "05:31 play c; 05:31 play keep", "a aired 05:30[0-480]; c aired 05:38[0-120]; keep aired 05:40[0-120]" },
		{ __LINE__, "bao! bao", "05:30 play b", "b skipped out-of-window @05:30" },
		{ __LINE__, "bao! bao", "05:30 play raw", "raw skipped not-approved @05:30" },
		{ __LINE__, "bao! raw", "05:30 emergency bao", "0 raw aired 05:30[0-60]" },
		{ __LINE__, "quiet 05:00-06:00", "05:30 play c; 06:00 play c", "c skipped quiet-hours @05:30; c aired 06:00[0-120]" },
		{ __LINE__, "x @05:30 raw", "", "raw skipped not-approved @05:30" },
		{ __LINE__, "x @05:30 c", "05:29 file-gone c.opus", "c failed file-missing @05:30" },
		{ __LINE__, "x @05:30 c", "05:31 file-gone c.opus", "c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 a", "05:31 lose ampli; 05:32 restore ampli", "a aired 05:30[0-60] 05:32[60-480]" },
		{ __LINE__, "x @05:30 a", "05:31 lose ampli; 05:31:30 kill; 05:32 restore ampli",
				"a aired 05:30[0-60] 05:32[60-480]" },
		{ __LINE__, "x @05:30 a", "05:20 power-off 5m; 05:21 lose ampli; 05:32 restore ampli", "a aired 05:32[0-480]" },
	};
	WORLD_TABLE(T, .prepare = with_a_window);
}
END_TEST

/* "on air at two consecutive crashes of our own" */
START_TEST(crashes)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @05:30 a", "05:31:05 kill; 05:31:35 kill", "a failed crashed 05:30[0-57] 05:31:05[57-77]" },
		{ __LINE__, "x @05:30 a", "05:30:05 kill; 05:30:08 kill", "a failed crashed @05:30" },
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:31:05 kill; 05:31:35 kill",
				"a failed crashed 05:30[0-57] 05:31:05[57-77]; c aired 05:31:35[0-120]" },
		/* not in a row, or not ours, or not on air at the second */
		{ __LINE__, "x @05:30 a", "05:31:05 kill; 05:31:35 restart; 05:32:05 kill",
				"a aired 05:30[0-57] 05:31:05[57-87] 05:31:35[87-107] 05:32:05[107-480]" },
		{ __LINE__, "x @05:30 a", "05:31:05 kill; 05:31:35 power-off 5s; 05:32:05 kill",
				"a aired 05:30[0-57] 05:31:05[57-77] 05:31:40[77-97] 05:32:05[97-480]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31:05 kill; 05:31:20 emergency bao; 05:31:35 kill; 05:33 kill",
				"0 bao aired 05:31:20[0-5] 05:31:35[0-60]; "
				"a aired 05:30[0-57] 05:31:05[57-72] 05:32:35[72-92] 05:33[92-480]" },
		{ __LINE__, "bao! bao", "05:30 emergency bao; 05:30:15 kill; 05:30:30 kill; 05:31 emergency bao",
				"0 bao failed crashed 05:30[0-10] 05:30:15[0-10]; 0 bao aired 05:31[0-60]" },
	};
	WORLD_TABLE(T, 0);
	WORLD_TABLE(T, .marks = true);
}
END_TEST

/* The rows of its start were not on the disk yet. */
START_TEST(crashes_at_the_first_frame)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @05:30 a; y @05:30:01 c", "05:30:00.100 kill; 05:30:00.300 kill",
				"a failed crashed @05:30; c aired 05:30:01[0-120]" },
		{ __LINE__, "x @05:30 a; y @05:30:01 c", "05:30:00.100 kill; 05:30:00.300 power-off 10s",
				"a aired 05:30:10.300[0-480]; c aired 05:38:10.300[0-120]" },
		/* foreseen only */
		{ __LINE__, "x @05:30 a", "05:29:59 kill; 05:29:59.500 kill", "a aired 05:30[0-480]" },
		/* behind what was on air both times: that alone is given up */
		{ __LINE__, "x @05:30 c; y @05:30 a", "05:31:59.500 kill; 05:32:02.300 kill",
				"c failed crashed 05:30[0-117]; a aired 05:32:02.300[0-480]" },
	};
	WORLD_TABLE(T, .marks = true, .lossy_us = US_PER_S);
}
END_TEST

static void with_a_holiday(struct station *s)
{
	struct exception *e = build_exception(s, "tet", "14/7/2021", "16/7/2021");
	e->skip_all = true;
}

START_TEST(days)
{
	static const struct {
		int line;
		const char *events;
		int days, excused;
	} T[] = {
		{ __LINE__, "", 3, 3 },
		{ __LINE__, "05:00 kill; 05:01 restart", 3, 3 },
		/* excused though nobody was there */
		{ __LINE__, "05:00 power-off 50h", 1, 3 },
		{ __LINE__, "05:00 clock +30h; 06:00 clock -24h", 3, 3 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		struct station *st = day_station(1);
		day_rules(st, "x @06:00 c");
		with_a_holiday(st);
		world_open(&w, T[i].line, st, DAY_DATE, "2021-07-17");
		world_script(&w, T[i].events);
		world_boot(&w);
		world_run(&w);
		world_check(&w);
		ck_assert_msg(world_count(&w, "verdict", NULL) == 0, "line %d", T[i].line);
		ck_assert_msg(world_count(&w, "exception", NULL) == T[i].excused, "line %d: %d exceptions", T[i].line,
				world_count(&w, "exception", NULL));
		ck_assert_msg(world_count(&w, "day", NULL) >= T[i].days, "line %d: %d days", T[i].line,
				world_count(&w, "day", NULL));
		world_close(&w);
	}
}
END_TEST

static void run_to(struct world *w, const char *time)
{
	wall_us to = build_instant(engine_station(w->engine), time);
	for (wall_us next; (next = world_next(w)).us <= to.us;) {
		w->now = next;
		world_instant(w);
	}
	w->now = to;
}

static struct json *status_of(struct world *w)
{
	struct text t = { 0 };
	engine_status(w->engine, &t);
	struct json *j = json_parse(text_str(&t), t.n);
	ck_assert_msg(j != NULL, "%s", text_str(&t));
	text_free(&t);
	return j;
}

static void expect_strings(const struct json *j, const char *const *pairs)
{
	for (; pairs[0]; pairs += 2) {
		const char *got = json_get_str(j, pairs[0]);
		ck_assert_msg(!strcmp(got ? got : "-", pairs[1]), "%s: %s, not %s", pairs[0], got ? got : "-", pairs[1]);
	}
}

START_TEST(status)
{
	struct world w;
	open_day(&w, __LINE__, "x @05:30 a; y @05:31 c; z @06:10 b; bao! bao then=1h",
			"05:00 emergency bao by Lan; 05:32 volume cum-1 40; 06:05 off cum-1 reason \"loa hỏng\"");
	run_to(&w, DAY_DATE "T05:33");
	struct json *j = status_of(&w);
	const struct json *zone = json_at(json_get(j, "zones"), 0);
	expect_strings(j, (const char *const[]){ "station", "22363", "station_name", "Đài thử", "clock", "free", "now",
					  "2021-07-14T05:33:00.000+07:00", NULL });
	expect_strings(json_at(json_get(j, "emergencies"), 0),
			(const char *const[]){ "rule", "bao", "by", "Lan", "since", "2021-07-14T05:00:00.000+07:00", "next",
					"2021-07-14T06:00:00.000+07:00", NULL });
	expect_strings(zone, (const char *const[]){ "zone", "cum-1", "title", "Cụm loa 1", "off", "-", NULL });
	expect_strings(json_get(zone, "on_air"),
			(const char *const[]){ "bulletin", "a", "class", "announcement", "priority", "normal", "started",
					"2021-07-14T05:30:00.000+07:00", NULL });
	ck_assert_int_eq(json_get_int(json_get(zone, "on_air"), "position_ms", -1), 180000);
	ck_assert_int_eq(json_get_int(json_get(zone, "on_air"), "duration_ms", -1), 480000);
	ck_assert_int_eq(json_get_int(zone, "volume", -1), 40);
	ck_assert_uint_eq(json_count(json_get(zone, "waiting")), 1);
	expect_strings(json_at(json_get(zone, "waiting"), 0),
			(const char *const[]){ "bulletin", "c", "planned", "2021-07-14T05:31:00.000+07:00", "why", "busy", NULL });
	expect_strings(json_at(json_get(zone, "next"), 0),
			(const char *const[]){ "planned", "2021-07-14T06:10:00.000+07:00", "bulletin", "b", "from", "repeat:z", NULL });
	json_free(&j);
	run_to(&w, DAY_DATE "T06:06");
	j = status_of(&w);
	zone = json_at(json_get(j, "zones"), 0);
	expect_strings(zone, (const char *const[]){ "off", "loa hỏng", "on_air", "-", NULL });
	json_free(&j);
	world_close(&w);
}
END_TEST

START_TEST(airings_are_announced_before_the_amplifier_is_wanted)
{
	static const struct {
		int line;
		int32_t warm_up_ms;
		int64_t ahead_ms;
	} T[] = {
		{ __LINE__, 0, 3000 },
		{ __LINE__, 2000, 3000 },
		{ __LINE__, 2500, 3500 },
		{ __LINE__, 60000, 61000 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		struct station *st = day_station(1);
		day_rules(st, "x @06:00 c");
		st->outputs.at[0].warm_up_ms = T[i].warm_up_ms;
		world_open(&w, T[i].line, st, DAY_DATE, "2021-07-15");
		world_boot(&w);
		world_run(&w);
		size_t intents = 0;
		for (size_t r = 0; r < w.rows.n; r++) {
			const struct journal_row *row = &w.rows.at[r].row;
			if (strcmp(row->kind, "intent"))
				continue;
			intents++;
			ck_assert_msg(row->planned.us - row->wall.us == T[i].ahead_ms * US_PER_MS, "row of line %d: %lld us",
					T[i].line, (long long)(row->planned.us - row->wall.us));
		}
		ck_assert_uint_eq(intents, 1);
		world_close(&w);
	}
}
END_TEST

UNIT_MAIN("engine/engine", airings_are_announced_before_the_amplifier_is_wanted, refusals, refusals_of_programs, without_a_schedule, rows_of_commands, orders_survive, plays,
		crashes, crashes_at_the_first_frame, days, status)
