/* What is wrong now: each fault once, since when, in the order in which they came; a row when it comes and when it goes. */
#include "world-table.h"

static void expect(struct world *w, int line, const char *want)
{
	struct engine_fault_seen f;
	struct text got = { 0 };
	for (size_t i = 0; engine_fault_at(w->engine, i, &f); i++) {
		text_addf(&got, "%s%s=%s ", got.n ? "| " : "", f.code, f.text);
		day_time(&got, engine_station(w->engine), f.since);
	}
	ck_assert_msg(!strcmp(text_str(&got), want), "line %d: %s", line, text_str(&got));
	text_free(&got);
}

static void later(struct world *w, int s)
{
	w->now.us += s * US_PER_S;
	virtual_advance(w->sound, world_mono(w));
	engine_turn(w->engine);
}

START_TEST(since_stays_when_the_words_change)
{
	struct world w;
	world_open(&w, __LINE__, day_station(1), DAY_DATE, "2021-07-15");
	world_boot(&w);
	expect(&w, __LINE__, "");
	engine_fault(w.engine, "journal", NULL);
	engine_fault(w.engine, "journal", "1 row waits");
	later(&w, 60);
	engine_fault(w.engine, "sink", "silent");
	engine_fault(w.engine, "journal", "2 rows wait");
	expect(&w, __LINE__, "journal=2 rows wait 00:00| sink=silent 00:01");
	ck_assert_int_eq(world_count(&w, "fault", NULL), 2);
	engine_fault(w.engine, "journal", NULL);
	later(&w, 60);
	engine_fault(w.engine, "journal", "1 row waits");
	expect(&w, __LINE__, "sink=silent 00:01| journal=1 row waits 00:02");
	ck_assert_int_eq(world_count(&w, "fault", NULL), 4);
	world_close(&w);
}
END_TEST

START_TEST(status_names_them)
{
	struct world w;
	struct text t = { 0 };
	world_open(&w, __LINE__, day_station(1), DAY_DATE, "2021-07-15");
	world_boot(&w);
	engine_fault(w.engine, "schedule", "\"x\" differs");
	later(&w, 60);
	engine_status(w.engine, &t);
	ck_assert_msg(strstr(text_str(&t), "\"faults\":[{\"code\":\"schedule\",\"since\":\"2021-07-14T00:00:00.000+07:00\","
					   "\"text\":\"\\\"x\\\" differs\"}]"), "%s", text_str(&t));
	text_free(&t);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/faults", since_stays_when_the_words_change, status_names_them)
