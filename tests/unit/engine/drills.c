/* Drills: the words, the text and the words are one item (here het, bao, het: 60 s each), which any emergency cuts. */
#include "world-table.h"

static void with_words(struct station *st)
{
	st->drill = station_bulletin(st, "het");
}

/* … and emergency lu is only for the first zone. */
static void with_words_and_a_zone(struct station *st)
{
	with_words(st);
	st->rules.at[station_rule(st, "lu")].zones = 1;
}

START_TEST(drills)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao", "05:30 drill bao", "bao aired 05:30[0-180]" },
		{ __LINE__, "bao! bao,lu first=3x5m clear=lu", "05:30 drill bao", "bao aired 05:30[0-240]" },
		/* the level of an emergency: it cuts what is on air, passes hold, not off, and quiet hours only when told so */
		{ __LINE__, "x @05:29 a; bao! bao", "05:30 drill bao", "bao aired 05:30[0-180]; a aired 05:29[0-60] 05:33[60-480]" },
		{ __LINE__, "bao! bao", "05:20 hold all; 05:30 drill bao", "bao aired 05:30[0-180]" },
		{ __LINE__, "bao! bao", "05:20 off all; 05:30 drill bao", "bao skipped zone-off @05:30" },
		{ __LINE__, "quiet 05:00-06:00; bao! bao", "05:30 drill bao; 05:40 drill bao --now", "bao aired 05:40[0-180]" },
		/* a real one cuts it, whatever its rank, and it does not come back */
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:31 emergency bao", "bao partial interrupted 05:30[0-60]; 0 bao aired 05:31[0-60]" },
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:30 emergency bao", "bao missed late @05:30; 0 bao aired 05:30[0-60]" },
		{ __LINE__, "bao! bao", "05:30 emergency bao; 05:30:30 drill bao; 05:31 cancel bao; 05:32 drill bao",
				"0 bao aired 05:30[0-60]; bao aired 05:32[0-180]" },
		/* people end it; a restart does */
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:31 cancel bao", "bao partial operator 05:30[0-60]" },
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:31 stop all", "bao partial operator 05:30[0-60]" },
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:31 silence; 05:35 release all", "bao partial operator 05:30[0-60]" },
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:31:05 kill; 05:40 drill bao", "bao partial power-cut 05:30[0-60]; bao aired 05:40[0-180]" },
		{ __LINE__, "bao! bao", "05:30 drill bao; 05:31 drill bao; 05:40 drill bao", "bao aired 05:30[0-180]; bao aired 05:40[0-180]" },
		/* nothing sounds when not all of it can */
		{ __LINE__, "bao! bao", "05:20 file-gone het.opus; 05:30 drill bao", "" },
	};
	static const struct world_row_of_table TWO[] = {
		{ __LINE__, "bao! bao; lu! lu", "05:30 drill bao --zones cum-2", "bao/2 aired 05:30[0-180]" },
		{ __LINE__, "bao! bao; lu! lu", "05:30 drill lu", "lu aired 05:30[0-180]" },
		{ __LINE__, "bao! bao; lu! lu", "05:30 drill lu --zones cum-2", "" },
		/* in the zones that the real one leaves out it ends as well */
		{ __LINE__, "bao! bao; lu! lu", "05:30 drill bao; 05:31 emergency lu",
				"bao/2 partial operator 05:30[0-60]; bao partial interrupted 05:30[0-60]; 0 lu aired 05:31[0-60]" },
	};
	WORLD_TABLE(T, .prepare = with_words);
	WORLD_TABLE(TWO, .prepare = with_words_and_a_zone, .zones = 2);
}
END_TEST

START_TEST(never_counted)
{
	struct world w;
	const char *body = NULL;
	struct station *st = day_station(1);
	day_rules(st, "bao! bao");
	with_words(st);
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_script(&w, "05:30 drill bao ordered-by \"Chủ tịch\" by Lan");
	world_boot(&w);
	world_run(&w);
	ck_assert_int_eq(world_count(&w, "verdict", &body), 1);
	struct json *j = json_parse(body, strlen(body));
	ck_assert(json_get_bool(j, "test"));
	ck_assert_str_eq(json_get_str(j, "class"), "test");
	ck_assert_str_eq(json_get_str(j, "kind"), "manual");
	ck_assert_str_eq(json_get_str(j, "from"), "drill");
	ck_assert_str_eq(json_get_str(j, "priority"), "emergency");
	ck_assert_str_eq(json_get_str(j, "title"), "DRILL: bao");
	ck_assert_str_eq(json_get_str(j, "id"), "22363/drill/20210714T053000+0700/1.bao/cum-1");
	json_free(&j);
	ck_assert_int_eq(world_count(&w, "drill", &body), 1);
	ck_assert_str_eq(body, "{\"name\":\"bao\",\"zones\":[\"cum-1\"],\"ordered_by\":\"Chủ tịch\",\"number\":1,\"by\":\"Lan\"}");
	world_close(&w);
}
END_TEST

START_TEST(refusals)
{
	static const struct {
		int line;
		void (*prepare)(struct station *);
		const char *rules, *events, *why;
	} T[] = {
		{ __LINE__, NULL, "bao! bao", "05:30 drill bao", "this station has no words for a drill" },
		{ __LINE__, with_words, "bao! bao", "05:30 drill nosuch", "there is no emergency \"nosuch\"" },
		{ __LINE__, with_words, "x @06:00 c", "05:30 drill x", "there is no emergency \"x\"" },
		{ __LINE__, with_words, "bao! bao; lu! lu", "05:30 emergency lu; 05:30:10 drill bao", "a real emergency is active" },
		{ __LINE__, with_words, "bao! bao; lu! lu", "05:30 drill lu; 05:30:10 drill bao", "a drill is on already — wait for its end, or: loaxa cancel lu" },
		{ __LINE__, with_words, "quiet 05:00-06:00; bao! bao", "05:30 drill bao", "these are quiet hours" },
		{ __LINE__, with_words, "bao! bao", "05:20 file-gone bao.opus; 05:30 drill bao", "a recording of the drill cannot be played (file-missing)" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		struct station *st = day_station(1);
		day_rules(st, T[i].rules);
		if (T[i].prepare)
			T[i].prepare(st);
		world_open(&w, T[i].line, st, DAY_DATE, "2021-07-15");
		world_script(&w, T[i].events);
		world_boot(&w);
		world_run(&w);
		ck_assert_msg(!strncmp(text_str(&w.refused), T[i].why, strlen(T[i].why)), "line %d: %s", T[i].line,
				text_str(&w.refused));
		world_close(&w);
	}
}
END_TEST

UNIT_MAIN("engine/drills", drills, never_counted, refusals)
