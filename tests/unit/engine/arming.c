/* What the sound is told ahead, and what becomes of it: see world-ports.h for the tape.  That foresight changes nothing
 * else is shown by the property test. */
#include "world-table.h"

struct arming_row {
	int line;
	const char *rules, *events, *want;
};

struct arming {
	int zones;
	int64_t tired_us, slow_us;
	int64_t frozen;
	struct station *(*load)(struct world *, const char *dir);
};

static void check(const struct arming_row *rows, size_t n, struct arming how)
{
	struct text wrong = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct world w;
		struct station *st = day_station(how.zones ? how.zones : 1);
		day_rules(st, rows[i].rules);
		world_open(&w, rows[i].line, st, DAY_DATE, "2021-07-15");
		w.tired_us = how.tired_us;
		w.slow_us = how.slow_us;
		w.frozen = how.frozen;
		w.load = how.load;
		world_script(&w, rows[i].events);
		world_boot(&w);
		world_run(&w);
		world_check(&w);
		if (strcmp(text_str(&w.tape), rows[i].want))
			text_addf(&wrong, "\nrow of line %d:\n got %s\nwant %s", rows[i].line, text_str(&w.tape), rows[i].want);
		world_close(&w);
	}
	ck_assert_msg(!wrong.n, "%.4000s", text_str(&wrong));
	text_free(&wrong);
}

#define CHECK(rows, ...) check(rows, sizeof(rows) / sizeof *(rows), (struct arming){ __VA_ARGS__ })

START_TEST(what_is_foreseen)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c", "", "05:59:58.500 arm c 06:00; 06:00 go c" },
		/* one behind another: its instant is that one's end */
		{ __LINE__, "x @06:00 c,b", "", "05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:02; 06:02 go b" },
		/* one that waits already comes right behind */
		{ __LINE__, "x @06:00 c; y @06:01 b", "",
				"05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:01:58.500; 06:02 go b" },
		/* a better one comes to wait in the last second */
		{ __LINE__, "x @06:00 c; y @06:01 b; u @06:01:59 p", "",
				"05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm p 06:01:59; 06:02 go p; "
				"06:04:58.500 arm b 06:04:58.500; 06:05 go b" },
		/* what is cut short is cut in its instant: nothing can be mixed behind it ahead */
		{ __LINE__, "x @06:00 a late=30m; y @06:05 vov", "",
				"05:59:58.500 arm a 06:00; 06:00 go a; 06:05 start vov; 06:14:58.500 arm a 06:14:58.500; 06:15 go a" },
		{ __LINE__, "x 05:30-05:32 b hard-end; y @05:31 c", "",
				"05:29:58.500 arm b 05:30; 05:30 go b; 05:32 start c" },
		/* nothing that will be refused */
		{ __LINE__, "quiet 05:30-06:30; x @06:00 a; y @06:31 c", "", "06:30:58.500 arm c 06:31; 06:31 go c" },
		{ __LINE__, "x @06:00 c", "05:50 off all", "" },
		/* by hand: at once, there was no time; behind another there was */
		{ __LINE__, "x @05:30 c", "05:30:30 play b",
				"05:29:58.500 arm c 05:30; 05:30 go c; 05:31:58.500 arm b 05:31:58.500; 05:32 go b" },
		{ __LINE__, "x @05:20 c", "05:30:30 play b", "05:19:58.500 arm c 05:20; 05:20 go c; 05:30:30 start b" },
		/* an emergency's repeats */
		{ __LINE__, "bao! bao,lu first=1x5m", "05:30 emergency bao",
				"05:30 start bao; 05:30:58.500 arm lu 05:30:58.500; 05:31 go lu; "
				"05:34:58.500 arm bao 05:35; 05:35 go bao; 05:35:58.500 arm lu 05:35:58.500; 05:36 go lu" },
		/* … but not the one that will cut in */
		{ __LINE__, "bao! bao first=1x5m; x @05:33 a", "05:30 emergency bao",
				"05:30 start bao; 05:32:58.500 arm a 05:33; 05:33 go a; 05:35 start bao; "
				"05:35:58.500 arm a 05:35:58.500; 05:36 go a" },
	};
	CHECK(T, 0);
}
END_TEST

START_TEST(in_every_zone)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c", "",
				"05:59:58.500 arm c 06:00; 05:59:58.500 arm c/2 06:00; 06:00 go c; 06:00 go c/2" },
		{ __LINE__, "x @06:00 c; y @05:59 a zone=2", "",
				"05:58:58.500 arm a/2 05:59; 05:59 go a/2; 05:59:58.500 arm c 06:00; 06:00 go c; "
				"06:06:58.500 arm c/2 06:06:58.500; 06:07 go c/2" },
		{ __LINE__, "x @06:00 c", "05:59:59 hold cum-2",
				"05:59:58.500 arm c 06:00; 05:59:58.500 arm c/2 06:00; 05:59:59 drop c/2; 06:00 go c" },
	};
	CHECK(T, .zones = 2);
}
END_TEST

/* Something happens between. */
START_TEST(the_unexpected)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c; bao! bao", "05:59:59 emergency bao",
				"05:59:58.500 arm c 06:00; 05:59:59 drop c; 05:59:59 start bao; 06:00:57.500 arm c 06:00:57.500; "
				"06:00:59 go c" },
		{ __LINE__, "x @06:00 c,b; bao! bao", "06:01:59 emergency bao",
				"05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:02; 06:01:59 drop b; 06:01:59 start bao; "
				"06:02:57.500 arm c 06:02:57.500; 06:02:59 go c; 06:02:59 arm b 06:02:59; 06:03 go b" },
		{ __LINE__, "x @06:00 c", "05:59:59 stop all; 05:59:59.500 hold all", "05:59:58.500 arm c 06:00; 05:59:59.500 drop c" },
		{ __LINE__, "x @06:00 c", "05:59:59 off all", "05:59:58.500 arm c 06:00; 05:59:59 drop c" },
		{ __LINE__, "x @06:00 c", "05:59:59 silence", "05:59:58.500 arm c 06:00; 05:59:59 drop c" },
		/* stopped, the next one begins before its turn: at once, not where it was armed */
		{ __LINE__, "x @06:00 c; y @06:01 b", "06:01:59 skip all",
				"05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:01:58.500; 06:01:59 drop b; "
				"06:01:59 start b" },
		{ __LINE__, "x @06:00 c; y @06:01 b", "06:01:59 stop all",
				"05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:01:58.500; 06:01:59 drop b" },
		/* the same item, but louder, is another sound */
		{ __LINE__, "x @06:00 c", "05:59:59 volume all 50",
				"05:59:58.500 arm c 06:00; 05:59:59 arm c 06:00; 06:00 go c" },
		/* the clock is set */
		{ __LINE__, "x @06:00 c", "05:59:59 clock +10s",
				"05:59:58.500 arm c 06:00; 06:00:09 drop c; 06:00:09 start c" },
		{ __LINE__, "x @06:00 c", "05:59:59 clock -10s",
				"05:59:58.500 arm c 06:00; 05:59:49 drop c; 05:59:58.500 arm c 06:00; 06:00 go c" },
		{ __LINE__, "x @06:00 c", "05:59:59 clock -25h", "05:59:58.500 arm c 06:00; 04:59:59 drop c" },
		/* the output */
		{ __LINE__, "x @06:00 c", "05:59:59 lose ampli; 06:00:30 restore ampli",
				"05:59:58.500 arm c 06:00; 05:59:59 drop c; 06:00:30 start c" },
		{ __LINE__, "x @06:00 c", "05:59:59 lose ampli; 05:59:59.500 restore ampli",
				"05:59:58.500 arm c 06:00; 05:59:59 drop c; 05:59:59.500 arm c 06:00; 06:00 go c" },
		{ __LINE__, "x @06:00 c", "05:59:59 file-gone c.opus", "05:59:58.500 arm c 06:00; 05:59:59 drop c" },
		/* the end */
		{ __LINE__, "x @06:00 c", "05:59:59 restart",
				"05:59:58.500 arm c 06:00; 05:59:59 drop c; 05:59:59 arm c 06:00; 06:00 go c" },
		{ __LINE__, "x @06:00 c", "05:59:59 kill", "05:59:58.500 arm c 06:00; 05:59:59 arm c 06:00; 06:00 go c" },
		/* cancelled, and commanded anew */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:34:59 cancel bao",
				"05:30 start bao; 05:34:58.500 arm bao 05:35; 05:34:59 drop bao" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:34:59 emergency bao",
				"05:30 start bao; 05:34:58.500 arm bao 05:35; 05:34:59 drop bao; 05:34:59 start bao; "
				"05:39:57.500 arm bao 05:39:59; 05:39:59 go bao" },
	};
	CHECK(T, 0);
}
END_TEST

/* Another schedule comes, the same instant stays or goes. */
static struct station *load_other(struct world *w, const char *dir)
{
	(void)w;
	struct station *st = day_station(2);
	day_rules(st, strcmp(dir, "same") ? "x @06:01 c" : "x @06:00 c");
	return st;
}

START_TEST(a_new_schedule)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c", "05:59:59 reload same",
				"05:59:58.500 arm c 06:00; 05:59:59 arm c/2 06:00; 06:00 go c; 06:00 go c/2" },
		{ __LINE__, "x @06:00 c", "05:59:59 reload other",
				"05:59:58.500 arm c 06:00; 05:59:59 drop c; 06:00:58.500 arm c 06:01; 06:00:58.500 arm c/2 06:01; "
				"06:01 go c; 06:01 go c/2" },
	};
	CHECK(T, .load = load_other);
}
END_TEST

/* An intent is durable before its first frame can leave. */
START_TEST(a_slow_journal)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c", "", "05:59:59.500 arm c 06:00; 06:00 go c" },
	};
	CHECK(T, .tired_us = 2500000);
}
END_TEST

START_TEST(a_journal_that_is_too_slow)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c", "", "06:00 start c" },
		{ __LINE__, "x @06:00 c; y @06:01 b", "", "06:00 start c; 06:01:58.500 arm b 06:01:58.500; 06:02 go b" },
	};
	CHECK(T, .tired_us = 3500000);
}
END_TEST

START_TEST(a_journal_that_is_gone)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c; y @06:01 b", "", "06:00 start c; 06:02 start b" },
		/* an emergency waits for no journal */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao", "05:30 start bao; 05:34:58.500 arm bao 05:35; 05:35 go bao" },
	};
	CHECK(T, .frozen = 2);
}
END_TEST

/* A card tells late what it did: what was armed behind the end has begun by then, and is confirmed. */
START_TEST(a_card_that_tells_late)
{
	static const struct arming_row T[] = {
		{ __LINE__, "x @06:00 c,b", "", "05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:02; 06:02:00.040 go b" },
		{ __LINE__, "x @06:00 c; y @06:01 b", "",
				"05:59:58.500 arm c 06:00; 06:00 go c; 06:01:58.500 arm b 06:01:58.500; 06:02:00.040 go b" },
	};
	CHECK(T, .slow_us = 40000);
}
END_TEST

/* Nobody is woken for what is not there. */
START_TEST(no_turn_too_many)
{
	struct world w;
	struct station *st = day_station(1);
	day_rules(st, "x @06:00 c");
	world_open(&w, __LINE__, st, DAY_DATE "T06:10", "2021-07-15");
	world_boot(&w);
	for (int i = 0; i < 100; i++) {
		wall_us next = engine_next(w.engine);
		WORLD_ASSERT(&w, next.us >= w.now.us + 60 * US_PER_S, "%lld us", (long long)(next.us - w.now.us));
		w.now = next;
		engine_turn(w.engine);
	}
	world_close(&w);
}
END_TEST

/* Who asks for the status in the very instant of a start starts it. */
START_TEST(a_look_is_a_turn)
{
	struct world w;
	struct station *st = day_station(1);
	struct text status = { 0 };
	day_rules(st, "x @06:00 c");
	world_open(&w, __LINE__, st, DAY_DATE "T05:59:50", "2021-07-15");
	wall_us at = build_instant(st, DAY_DATE "T06:00");
	world_boot(&w);
	while (world_next(&w).us < at.us) {
		w.now = world_next(&w);
		world_instant(&w);
	}
	w.now = at;
	virtual_advance(w.sound, world_mono(&w));
	engine_status(w.engine, &status);
	world_check_armed(&w);
	ck_assert_str_eq(text_str(&w.tape), "05:59:58.500 arm c 06:00; 06:00 go c");
	text_free(&status);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/arming", a_look_is_a_turn, what_is_foreseen, in_every_zone, the_unexpected, a_new_schedule, a_slow_journal,
		a_journal_that_is_too_slow, a_journal_that_is_gone, a_card_that_tells_late, no_turn_too_many)
