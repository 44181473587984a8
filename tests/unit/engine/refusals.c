/* What is refused is written down, and not without end. */
#include "world-table.h"

static size_t refused_rows(const struct world *w, const char *part)
{
	size_t n = 0;
	for (size_t i = 0; i < w->rows.n; i++)
		n += !strcmp(w->rows.at[i].row.kind, "refused") && strstr(w->rows.at[i].row.body, part);
	return n;
}

static void world_up(struct world *w, struct station *st)
{
	world_open(w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_boot(w);
}

START_TEST(each_is_a_row)
{
	struct world w;
	world_up(&w, day_station(2));
	engine_refused(w.engine, &(struct command){ .verb = VERB_STOP, .zones = "cum-1,cum-2", .by = "Chủ tịch", .uid = 1001,
					 .account = "lan", .pcm = -1 });
	engine_refused(w.engine, &(struct command){ .verb = VERB_COUNT, .uid = 1001, .pcm = -1 });
	ck_assert_uint_eq(refused_rows(&w, "{\"what\":\"stop\",\"zones\":[\"cum-1\",\"cum-2\"],\"by\":\"Chủ tịch\","
					   "\"uid\":1001,\"account\":\"lan\"}"), 1);
	ck_assert_uint_eq(refused_rows(&w, "{\"what\":\"status\",\"by\":null,\"uid\":1001}"), 1);
	world_close(&w);
}
END_TEST

START_TEST(a_flood_is_counted)
{
	struct world w;
	struct command c = { .verb = VERB_SILENCE, .by = "A", .uid = 1001, .pcm = -1 };
	world_up(&w, day_station(1));
	for (int i = 0; i < 1000; i++)
		engine_refused(w.engine, &c);
	ck_assert_uint_eq(refused_rows(&w, "silence"), 20);
	ck_assert_uint_eq(refused_rows(&w, "more"), 0);
	w.now.us += 59 * US_PER_S;
	engine_refused(w.engine, &c);
	ck_assert_uint_eq(refused_rows(&w, "silence"), 20);
	w.now.us += US_PER_S;
	engine_refused(w.engine, &c);
	ck_assert_uint_eq(refused_rows(&w, "silence"), 21);
	ck_assert_uint_eq(refused_rows(&w, "\"more\":981}"), 1);
	engine_refused(w.engine, &c);
	ck_assert_uint_eq(refused_rows(&w, "more"), 1);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/refusals", each_is_a_row, a_flood_is_counted)
