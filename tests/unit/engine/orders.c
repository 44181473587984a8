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

UNIT_MAIN("engine/orders", off_and_held_since_when)
