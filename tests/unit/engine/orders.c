/* The day's orders: what people tell a running station and find in its status, also after a restart. */
#include "world-table.h"

static void open_day(struct world *w, int line, const char *rules, const char *events)
{
	struct station *st = day_station(2);
	day_rules(st, rules);
	world_open(w, line, st, DAY_DATE, "2021-07-15");
	world_script(w, events);
	world_boot(w);
}

/* Everything before that instant of the day, and what is due then. */
static void run_until(struct world *w, const char *clock)
{
	char *stamp = mem_printf(DAY_DATE "T%s", clock);
	const struct station *st = w->engine ? engine_station(w->engine) : w->station;
	wall_us at = build_instant(st, stamp);
	while (world_next(w).us < at.us) {
		w->now = world_next(w);
		world_instant(w);
	}
	w->now = at;
	world_instant(w);
	mem_free(stamp);
}

static bool status_says(struct world *w, const char *what)
{
	struct text t = { 0 };
	engine_status(w->engine, &t);
	bool says = strstr(text_str(&t), what) != NULL;
	if (!says)
		fprintf(stderr, "%s\n not in %s\n", what, text_str(&t));
	text_free(&t);
	return says;
}

/* what: a part of the status at that time. */
struct moment {
	int line;
	const char *rules, *events, *at, *what;
};

static void check_moments(const struct moment *T, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct world w;
		open_day(&w, T[i].line, T[i].rules, T[i].events);
		run_until(&w, T[i].at);
		ck_assert_msg(status_says(&w, T[i].what), "line %d, refused: %s", T[i].line, text_str(&w.refused));
		world_run(&w);
		world_check(&w);
		world_close(&w);
	}
}

START_TEST(off_and_held_since_when)
{
#define OFF "\"off\":\"hú\",\"off_since\":\"2021-07-14T05:30:00.000+07:00\",\"off_by\":\"Lan\""
#define HELD "\"held\":true,\"held_since\":\"2021-07-14T05:30:00.000+07:00\",\"held_by\":\"Lan\""
	static const struct moment T[] = {
		{ __LINE__, "", "05:30 off cum-2 reason hú by Lan", "05:40", OFF },
		{ __LINE__, "", "05:30 off cum-2 reason hú by Lan; 05:35 kill", "05:40", OFF },
		{ __LINE__, "", "05:30 off cum-2 reason hú by Lan; 05:32 kill; 05:35 power-off 1h", "07:00", OFF },
		/* said again it is so since the first time, with the newest reason */
		{ __LINE__, "", "05:30 off cum-2 reason x by Bình; 05:35 off cum-2 reason hú by Lan", "05:40", OFF },
		{ __LINE__, "", "05:30 off cum-2 reason x by B; 05:35 off cum-2 reason hú by Lan; 05:36 kill", "05:40", OFF },
		{ __LINE__, "", "05:20 off cum-2; 05:25 on cum-2; 05:30 off cum-2 reason hú by Lan; 05:36 kill", "05:40", OFF },
		{ __LINE__, "", "05:30 off cum-2 reason hú; 05:35 on cum-2", "05:40",
				"\"zone\":\"cum-2\",\"title\":\"Cụm loa 2\",\"off\":null,\"off_since\":null,\"off_by\":null" },
		{ __LINE__, "", "05:30 hold all by Lan; 05:35 hold cum-2 by Lan", "05:40", HELD },
		{ __LINE__, "", "05:30 hold all by Lan; 05:35 kill; 05:36 kill", "05:40", HELD },
		{ __LINE__, "", "05:30 silence by Lan", "05:40", HELD },
		{ __LINE__, "", "05:30 hold all; 05:35 release all", "05:40", "\"held\":false,\"held_since\":null,\"held_by\":null" },
	};
	check_moments(T, sizeof T / sizeof *T);
}
END_TEST

/* ── Plays at instants ahead ── */

START_TEST(plays_ahead)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "", "05:30 play c --at 6h", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 3 --every 10m",
				"c aired 06:00[0-120]; c aired 06:10[0-120]; c aired 06:20[0-120]" },
		{ __LINE__, "", "05:30 play c --at 2021-07-14T06:00:30.500", "c aired 06:00:30.500[0-120]" },
		{ __LINE__, "", "05:30 play c --at \"14/7/2021 6h\"", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 06:00 play c", "c aired 06:00[0-120]; c aired 06:02[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:30 play a --at 6h --level priority",
				"a aired 06:00[0-480]; c aired 06:08[0-120]" },
		/* the rules of the air hold for it at its instant */
		{ __LINE__, "x @05:58 a", "05:30 play c --at 6h", "a aired 05:58[0-480]; c aired 06:06[0-120]" },
		{ __LINE__, "x @05:50 a; x2 @05:58 a", "05:30 play c --at 5h51", "a aired 05:50[0-480]; c aired 05:58[0-120]; a aired 06:00[0-480]" },
		{ __LINE__, "quiet 06:00-07:00", "05:30 play c --at 6h --times 2 --every 1h", "c skipped quiet-hours @06:00; c aired 07:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 off all; 06:30 on all", "c skipped zone-off @06:00" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 silence; 06:30 release all", "c skipped held @06:00" },
		{ __LINE__, "", "05:30 play c --at 6h --zones cum-1 --times 2 --every 5m; 06:01 stop all",
				"c partial operator 06:00[0-60]; c aired 06:05[0-120]" },
		/* taken back: before, when the sound is cued already, while it waits, and between two */
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 cancel play-1", "" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:58 cancel play-1", "" },
		{ __LINE__, "", "05:30 play c --at 6h; 06:00 cancel play-1", "" },
		{ __LINE__, "x @05:58 a", "05:30 play c --at 6h; 06:01 cancel play-1", "c skipped operator @06:00; a aired 05:58[0-480]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 3 --every 10m; 06:01 cancel play-1", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:31 play c --at 6h30; 05:40 cancel play-1", "c aired 06:30[0-120]" },
		/* numbers: nobody else's in the seconds of an order, and free again after */
		{ __LINE__, "", "05:30 play c --at 6h; 05:31 play c --at 6h; 05:40 cancel play-2", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 06:30 play c --at 7h; 06:40 cancel play-1", "c aired 06:00[0-120]" },
		{ __LINE__, "", "23:00 play c --at 2021-07-15T06:00", "" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(plays_ahead_survive)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 kill", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 kill; 05:45 restart 1m", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:58 kill", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 2 --every 10m; 06:00:30 kill",
				"c aired 06:00[0-27] 06:00:30[27-120]; c aired 06:10[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 2 --every 10m; 06:03 kill", "c aired 06:00[0-120]; c aired 06:10[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 2 --every 10m; 05:40 kill; 05:50 cancel play-1; 05:55 kill", "" },
		/* an absence of less than two minutes is lateness, a longer one misses it (rule 12) */
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:30 power-off 1m", "c aired 06:00:30[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 3 --every 10m; 05:55 power-off 10m",
				"c missed station-off @06:00; c aired 06:10[0-120]; c aired 06:20[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 2 --every 10m; 05:59:58 power-off 5m",
				"c missed station-off @06:00; c aired 06:10[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:58 restart 5m", "c missed station-off @06:00" },
		/* the clock (rule 13): lateness, passed over, back again, not believed */
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:30 clock +50s", "c aired 06:00:20[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h --times 2 --every 10m; 05:55 clock +10m",
				"c missed clock @06:00; c aired 06:10[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 06:30 clock -1h", "c aired 06:00[0-120]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:50 clock -10m", "c aired 06:00[0-120]" },
		/* waits for its instant once more */
		{ __LINE__, "x @05:58 a", "05:30 play c --at 6h; 06:01 clock -10m", "a aired 05:58[0-480]; c aired 06:00[0-120]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

static struct station *load(struct world *w, const char *dir)
{
	struct station *st = day_station(*dir == '2' ? 2 : 1);
	(void)w;
	day_rules(st, "y @23:00 b");
	if (!strcmp(dir, "other")) { /* no bulletin c */
		mem_free(st->bulletins.at[station_bulletin(st, "c")].name);
		for (size_t i = 0; i < st->bulletins.n; i++)
			if (!st->bulletins.at[i].name)
				st->bulletins.at[i].name = mem_dup("gone");
	}
	return st;
}

START_TEST(plays_ahead_and_a_reload)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 reload 2", "c aired 06:00[0-120]; b aired 23:00[0-240]; b/2 aired 23:00[0-240]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:58 reload 1", "c aired 06:00[0-120]; b aired 23:00[0-240]" },
		{ __LINE__, "", "05:30 play c --at 6h; 06:00 reload 1; 06:00 kill", "c aired 06:00[0-120]; b aired 23:00[0-240]" },
	};
	static const struct world_row_of_table TWO[] = {
		/* a zone goes */
		{ __LINE__, "", "05:30 play c --at 6h; 05:40 reload 1", "c aired 06:00[0-120]; b aired 23:00[0-240]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:59:58 reload 1", "c aired 06:00[0-120]; b aired 23:00[0-240]" },
		{ __LINE__, "", "05:30 play c --at 6h --zones cum-2; 05:59:58 reload 1", "b aired 23:00[0-240]" },
		{ __LINE__, "", "05:30 play c --at 6h --zones cum-2; 05:40 reload 1; 05:41 kill", "b aired 23:00[0-240]" },
	};
	WORLD_TABLE(T, .load = load);
	WORLD_TABLE(TWO, .load = load, .zones = 2);
}
END_TEST

START_TEST(plays_ahead_are_shown)
{
#define AT(clock) "\"2021-07-14T" clock ":00.000+07:00\""
	static const struct moment T[] = {
		{ __LINE__, "", "05:30 play c --at 6h --times 3 --every 10m --zones cum-2 by Lan", "06:05",
				"\"orders\":[{\"order\":\"play-1\",\"bulletin\":\"c\",\"title\":\"c\",\"zones\":[\"cum-2\"],"
				"\"at\":[" AT("06:10") "," AT("06:20") "],\"makes_up\":null,\"by\":\"Lan\"}]" },
		{ __LINE__, "", "05:30 play c --at 6h by Lan; 05:31 kill; 05:40 power-off 5m", "05:50",
				"\"zones\":[\"cum-1\",\"cum-2\"],\"at\":[" AT("06:00") "],\"makes_up\":null,\"by\":\"Lan\"}" },
		{ __LINE__, "x @05:50 a; y @06:00,06:30 b", "05:30 play c --at 6h --times 2 --every 10m", "05:40",
				"\"next\":[{\"planned\":" AT("05:50") ",\"bulletin\":\"a\",\"title\":\"a\",\"from\":\"repeat:x\",\"skipped\":false},"
				"{\"planned\":" AT("06:00") ",\"bulletin\":\"b\",\"title\":\"b\",\"from\":\"repeat:y\",\"skipped\":false},"
				"{\"planned\":" AT("06:00") ",\"bulletin\":\"c\",\"title\":\"c\",\"from\":\"play\",\"skipped\":false}]" },
		{ __LINE__, "", "05:30 play c --at 6h; 05:31 cancel play-1", "05:40", "\"orders\":[]" },
		{ __LINE__, "", "05:30 play c --at 6h", "06:00", "\"orders\":[]" },
	};
	check_moments(T, sizeof T / sizeof *T);
}
END_TEST

/* ── Sessions skipped ── */

START_TEST(sessions_skipped)
{
#define S "s 05:30-06:30 c,b,c; x @07:00 c"
#define X "c aired 07:00[0-120]"
#define ALL "c skipped operator @05:30; b skipped operator @05:32; c skipped operator @05:36; " X
	static const struct world_row_of_table T[] = {
		/* ahead: every item at its instant; while it runs: what is on air, what is still to come */
		{ __LINE__, S, "05:00 skip-session s", ALL },
		{ __LINE__, S, "05:00 skip-session s --date 14/7/2021", ALL },
		{ __LINE__, S, "05:29:58 skip-session s", ALL },
		{ __LINE__, S, "05:30 skip-session s", ALL },
		{ __LINE__, S, "05:33 skip-session s",
				"c aired 05:30[0-120]; b partial operator 05:32[0-60]; c skipped operator @05:36; " X },
		{ __LINE__, "e @05:29 a; " S, "05:31 skip-session s",
				"c skipped operator @05:30; b skipped operator @05:32; c skipped operator @05:36; a aired 05:29[0-480]; " X },
		/* undone: the rest of it */
		{ __LINE__, S, "05:00 skip-session s; 05:10 skip-session s --undo",
				"c aired 05:30[0-120]; b aired 05:32[0-240]; c aired 05:36[0-120]; " X },
		{ __LINE__, S, "05:33 skip-session s; 05:35 skip-session s --undo",
				"c aired 05:30[0-120]; b partial operator 05:32[0-60]; c aired 05:36[0-120]; " X },
		/* after a restart too */
		{ __LINE__, S, "05:00 skip-session s; 05:10 kill", ALL },
		{ __LINE__, S, "05:00 skip-session s; 05:10 restart 1m; 05:29:59 kill", ALL },
		{ __LINE__, S, "05:29:58 skip-session s; 05:29:59 kill", ALL },
		{ __LINE__, S, "05:29:58 kill; 05:29:59 skip-session s", ALL },
		{ __LINE__, S, "05:00 skip-session s; 05:31 kill; 05:33 kill", ALL },
		{ __LINE__, S, "05:00 skip-session s; 05:10 kill; 05:20 skip-session s --undo; 05:25 kill",
				"c aired 05:30[0-120]; b aired 05:32[0-240]; c aired 05:36[0-120]; " X },
		{ __LINE__, S, "05:00 skip-session s; 05:31 power-off 3m",
				"c skipped operator @05:30; b missed station-off @05:32; c skipped operator @05:36; " X },
		/* a session over midnight is the day's on which it begins */
		{ __LINE__, "s 23:50-00:30 c,a,c", "23:55 skip-session s",
				"c aired 00:00[0-120]; c aired 23:50[0-120]; a partial operator 23:52[0-180]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(sessions_skipped_on_other_days)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s --date 2021-07-15; 23:00 kill; 2021-07-15T05:20 kill",
				"c aired 05:30[0-120]; c skipped operator @15/05:30" },
		{ __LINE__, "s 23:50-00:05 a,c,c", "2021-07-15T00:01 skip-session s --date 14/7/2021; 2021-07-15T00:02 skip-session s",
				"c aired 00:00[0-120]; a aired 23:50[0-480]; c aired 23:58[0-120]; c partial operator 15/00:00[0-60]; "
				"a skipped operator @15/23:50; c skipped operator @15/23:58" },
	};
	WORLD_TABLE(T, .to = "2021-07-16");
}
END_TEST

static struct station *load_moved(struct world *w, const char *dir)
{
	struct station *st = day_station(1);
	(void)w;
	day_rules(st, dir);
	return st;
}

START_TEST(sessions_skipped_and_a_reload)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s; 05:10 reload \"s 06:00-06:30 c\"", "c skipped operator @06:00" },
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s; 05:10 reload \"s 06:00-06:30 c\"; 05:20 kill",
				"c skipped operator @06:00" },
	};
	WORLD_TABLE(T, .load = load_moved);
}
END_TEST

START_TEST(sessions_skipped_are_shown)
{
#define SKIP "\"skips\":[{\"name\":\"s\",\"day\":\"2021-07-14\",\"since\":\"2021-07-14T05:00:00.000+07:00\",\"by\":\"Lan\"}]"
	static const struct moment T[] = {
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s by Lan", "05:10", SKIP },
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s by Lan; 05:01 kill; 05:05 restart 1m", "05:10", SKIP },
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s by Lan", "05:10", "\"from\":\"session:s\",\"skipped\":true}" },
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s --date 2021-07-15", "05:10", "\"from\":\"session:s\",\"skipped\":false}" },
		{ __LINE__, "s 05:30-06:30 c", "05:00 skip-session s; 05:05 skip-session s --undo", "05:10", "\"skips\":[]" },
	};
	check_moments(T, sizeof T / sizeof *T);
}
END_TEST

/* ── Duty and notes ── */

START_TEST(on_duty_until_the_next)
{
#define DUTY(name, clock) "\"duty\":{\"name\":\"" name "\",\"since\":\"2021-07-14T" clock ":00.000+07:00\"}"
	static const struct moment T[] = {
		{ __LINE__, "", "", "05:10", "\"duty\":null" },
		{ __LINE__, "", "05:00 duty Lan", "05:10", DUTY("Lan", "05:00") },
		{ __LINE__, "", "05:00 duty Lan; 05:05 duty Minh", "05:10", DUTY("Minh", "05:05") },
		{ __LINE__, "", "05:00 duty Lan; 05:05 kill", "05:10", DUTY("Lan", "05:00") },
		{ __LINE__, "", "05:00 duty Lan; 05:05 kill; 05:06 restart 1m; 05:08 kill", "05:10", DUTY("Lan", "05:00") },
	};
	check_moments(T, sizeof T / sizeof *T);
}
END_TEST

START_TEST(remarks_are_rows)
{
	static const struct {
		int line;
		const char *event, *kind, *body;
	} T[] = {
		{ __LINE__, "duty \"Trần Thị B\" by Lan", "duty", "{\"name\":\"Trần Thị B\",\"before\":null,\"by\":\"Lan\"}" },
		{ __LINE__, "note 14/7/2021 \"mất điện\" by Lan", "note", "{\"day\":\"2021-07-14\",\"text\":\"mất điện\",\"by\":\"Lan\"}" },
		{ __LINE__, "note 22363/x/20210714T050000+0700/1.c/cum-1 sửa", "note",
				"{\"airing\":\"22363/x/20210714T050000+0700/1.c/cum-1\",\"text\":\"sửa\",\"by\":\"script\"}" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		const char *body = NULL;
		char *event = mem_printf("05:30 %s; 05:40 kill", T[i].event);
		open_day(&w, T[i].line, "x @05:29 c", event);
		world_run(&w);
		world_check(&w);
		char *got = world_show(&w);
		ck_assert_str_eq(got, "c aired 05:29[0-120]; c/2 aired 05:29[0-120]"); /* it changes nothing */
		ck_assert_msg(world_count(&w, T[i].kind, &body) == 1, "line %d: %s", T[i].line, text_str(&w.refused));
		ck_assert_str_eq(body, T[i].body);
		mem_free(got);
		mem_free(event);
		world_close(&w);
	}
}
END_TEST

/* ── Emergencies ── */

START_TEST(emergencies_are_shown)
{
#define BAO "\"emergencies\":[{\"rule\":\"bao\",\"since\":\"2021-07-14T05:30:00.000+07:00\",\"by\":\"Lan\",\"ordered_by\":"
	static const struct moment T[] = {
		{ __LINE__, "bao! bao then=1h until=2h", "05:30 emergency bao ordered-by \"Chủ tịch\" by Lan", "05:40",
				BAO "\"Chủ tịch\",\"until\":\"2021-07-14T07:30:00.000+07:00\"" },
		{ __LINE__, "bao! bao then=1h until=2h", "05:30 emergency bao ordered-by \"Chủ tịch\" by Lan; 05:35 kill; 05:36 kill", "05:40",
				BAO "\"Chủ tịch\"" },
		{ __LINE__, "bao! bao then=1h until=2h", "05:30 emergency bao by Lan; 05:31 extend bao for 1h; 05:35 kill; 05:36 kill", "05:40",
				BAO "null,\"until\":\"2021-07-14T08:30:00.000+07:00\"" },
	};
	check_moments(T, sizeof T / sizeof *T);
}
END_TEST

/* ── Airings made up ── */

START_TEST(made_up)
{
#define SKIPPED "quiet 05:30-05:31; x @05:30 c"
#define WAS "c skipped quiet-hours @05:30"
	static const struct world_row_of_table T[] = {
		{ __LINE__, SKIPPED, "05:40 play c --for 22363/x/20210714T053000+0700/1.c/cum-1", WAS "; c aired * 05:40[0-120]" },
		{ __LINE__, SKIPPED, "05:40 play c --for 22363/x/20210714T053000+0700/1.c --at 6h; 05:50 kill",
				WAS "; c aired * 06:00[0-120]" },
		{ __LINE__, SKIPPED, "05:40 play c --for 22363/x/20210714T053000+0700/1.c --at 6h; 05:59:58 kill",
				WAS "; c aired * 06:00[0-120]" },
	};
	static const struct world_row_of_table TWO[] = {
		{ __LINE__, "", "05:40 play c --for 22363/x/20210714T053000+0700/1.c/cum-2", "c/2 aired * 05:40[0-120]" },
		{ __LINE__, "", "05:40 play c --for 22363/x/20210714T053000+0700/1.c", "c aired * 05:40[0-120]; c/2 aired * 05:40[0-120]" },
		{ __LINE__, "", "05:40 play c --for 22363/x/20210714T053000+0700/1.c/cum-2 --zones cum-1", "c aired * 05:40[0-120]" },
	};
	WORLD_TABLE(T, 0);
	WORLD_TABLE(TWO, .zones = 2);
}
END_TEST

/* ── Refusals ── */

START_TEST(refusals)
{
	static const struct {
		int line;
		const char *event, *why;
	} T[] = {
		{ __LINE__, "play c --at 5h30", "5h30 has passed, it is 05:30 — for tomorrow say the day too: --at 2021-07-15T16:45" },
		{ __LINE__, "play c --at 2021-07-13T06:00", "2021-07-13T06:00 has passed" },
		{ __LINE__, "play c --at 25h", "\"25h\" is no time" },
		{ __LINE__, "play c --at 2021-08-14T05:31", "that is more than 31 days ahead" },
		{ __LINE__, "play c --at 2021-08-14T05:30 --times 2 --every 1h", "that is more than 31 days ahead" },
		{ __LINE__, "play c --at 6h --times 3", "3 times, but how far apart?" },
		{ __LINE__, "play c --at 6h --every 30m", "how many times every so often?" },
		{ __LINE__, "play c --at 6h --times 49 --every 10m", "--times is a whole number from 1 to 48" },
		{ __LINE__, "play c --at 6h --times 2 --every 2m", "\"c\" lasts 2:00, the next time must come after its end" },
		{ __LINE__, "play c --at 6h --times 2 --every 30s", "\"c\" lasts 2:00, the next time" },
		{ __LINE__, "play c --times 2 --every 5m", "--times and --every go with --at" },
		{ __LINE__, "play nosuch --at 6h", "there is no bulletin \"nosuch\"" },
		{ __LINE__, "skip-session nosuch", "there is no session \"nosuch\"" },
		{ __LINE__, "skip-session x", "there is no session \"x\"" },
		{ __LINE__, "skip-session s --date x", "\"x\" is no date" },
		{ __LINE__, "skip-session s --date 12/7/2021", "12/7/2021 has passed" },
		{ __LINE__, "skip-session s --date 16/7/2022", "16/7/2022 is more than a year ahead" },
		{ __LINE__, "skip-session s", "session \"s\" of 14/7/2021 is over" },
		{ __LINE__, "skip-session s --undo", "session \"s\" of 14/7/2021 is not skipped" },
		{ __LINE__, "note x y", "\"x\" is neither a day (14/7/2021) nor an airing" },
		{ __LINE__, "note 1/x/20210714T050000+0700/1.c/cum-1 y", "\"1/x/20210714T050000+0700/1.c/cum-1\" is neither" },
		{ __LINE__, "note 22363/x/1.c/cum-1 y", "\"22363/x/1.c/cum-1\" is neither" },
		{ __LINE__, "extend bao", "emergency \"bao\" is not active — nothing to extend" },
		{ __LINE__, "cancel play-1", "there is no emergency \"play-1\"" },
		{ __LINE__, "play c --for x", "\"x\" is no airing of this station" },
		{ __LINE__, "play c --for 1/x/20210714T053000+0700/1.c/cum-1", "\"1/x/20210714T053000+0700/1.c/cum-1\" is no airing" },
		{ __LINE__, "play c --for 22363/x/20210714T053000+0700/1.c/cum-1/y", "\"22363/x/20210714T053000+0700/1.c/cum-1/y\" is" },
		{ __LINE__, "play c --for 22363/x/20210714T053000+0700/1.ac/cum-1", "that airing is not one of \"c\"" },
		{ __LINE__, "play c --for 22363/x/20210714T053000+0700/c/cum-1", "that airing is not one of \"c\"" },
		{ __LINE__, "play c --for 22363/x/20210714T060000+0700/1.c/cum-1", "that airing is still to come" },
		{ __LINE__, "play c --for 22363/x/20210714T050000+0700/1.c/cum-9", "there is no zone \"cum-9\"" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		char *event = mem_printf("05:30 %s", T[i].event);
		open_day(&w, T[i].line, "s 05:00-05:20 c; x @07:00 c", event);
		size_t before = w.rows.n;
		world_run(&w);
		ck_assert_msg(!strncmp(text_str(&w.refused), T[i].why, strlen(T[i].why)), "line %d: %s", T[i].line,
				text_str(&w.refused));
		for (size_t r = before; r < w.rows.n; r++)
			ck_assert_msg(w.rows.at[r].row.wall.us != w.events.at[0].line.at.us, "line %d: %s", T[i].line,
					w.rows.at[r].row.kind);
		mem_free(event);
		world_close(&w);
	}
}
END_TEST

/* A list of orders has an end, and nobody orders by a clock that is not believed. */
START_TEST(refusals_of_a_moment)
{
	struct world w;
	struct reply reply;
	struct command c = { .verb = VERB_PLAY, .name = "c", .level = LEVEL_COUNT, .uid = -1, .at = "6h" };
	open_day(&w, __LINE__, "", "");
	run_until(&w, "05:00");
	for (int i = 0; i < 32; i++)
		ck_assert(engine_command(w.engine, &c, &reply));
	ck_assert(!engine_command(w.engine, &c, &reply));
	ck_assert_msg(!strncmp(reply.text.text, "32 orders wait already", 22), "%s", reply.text.text);
	world_close(&w);
	open_day(&w, __LINE__, "", "00:30 clock -3d");
	run_until(&w, "01:00");
	ck_assert(!engine_command(w.engine, &c, &reply));
	ck_assert_msg(!strncmp(reply.text.text, "the clock is not trusted", 24), "%s", reply.text.text);
	world_close(&w);
}
END_TEST

/* What will keep it from the air is said at once. */
START_TEST(told_at_once)
{
	static const struct {
		int line;
		const char *rules, *name, *at, *said;
	} T[] = {
		{ __LINE__, "", "c", "6h", "Ordered: \"c\" in 2 zones at 06:00 — to take it back: loaxa cancel play-1" },
		{ __LINE__, "quiet 05:55-06:05", "c", "6h",
				"loaxa cancel play-1\nWill NOT air in 2 zones at 06:00: quiet hours." },
		{ __LINE__, "", "c", "2021-07-16T06:00", "at 06:00 (16/7/2021) — " },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		struct reply reply;
		struct command c = { .verb = VERB_PLAY, .name = T[i].name, .level = LEVEL_COUNT, .uid = -1, .at = T[i].at };
		open_day(&w, T[i].line, T[i].rules, "");
		run_until(&w, "05:00");
		ck_assert(engine_command(w.engine, &c, &reply));
		ck_assert_msg(strstr(reply.text.text, T[i].said), "line %d: %s", T[i].line, reply.text.text);
		world_close(&w);
	}
}
END_TEST

UNIT_MAIN("engine/orders", off_and_held_since_when, plays_ahead, plays_ahead_survive, plays_ahead_and_a_reload,
		plays_ahead_are_shown, sessions_skipped, sessions_skipped_on_other_days, sessions_skipped_and_a_reload,
		sessions_skipped_are_shown, on_duty_until_the_next, remarks_are_rows, emergencies_are_shown, made_up, refusals, refusals_of_a_moment, told_at_once)
