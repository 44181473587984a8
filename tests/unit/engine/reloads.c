/* Rule 15: a new schedule while the station runs, and what a start makes of rows of one that is gone.
 * In a reload's name stand the rules of the new schedule, with | between them; "2:" before them gives it two zones, "off:" one
 * that it switches off.
 * See world.h for the notation. */
#include "world-table.h"

static struct station *load(struct world *w, const char *dir)
{
	(void)w;
	if (!dir || !strcmp(dir, "bad"))
		return NULL;
	if (!strcmp(dir, "back"))
		dir = "x @05:30 a|y @05:31 c";
	bool two = !strncmp(dir, "2:", 2), off = !strncmp(dir, "off:", 4);
	struct station *st = day_station(two ? 2 : 1);
	char *rules = mem_dup(dir + (two ? 2 : off ? 4 : 0));
	st->zones.at[0].on = !off;
	for (char *p = rules; *p; p++)
		if (*p == '|')
			*p = ';';
	day_rules(st, rules);
	mem_free(rules);
	return st;
}

START_TEST(reload)
{
	static const struct world_row_of_table T[] = {
		/* on air finished, waiting replaced, later ones never enter; what both plan is one airing */
		{ __LINE__, "x @05:30 a; y @05:31 c; z @05:50 c", "05:33 reload \"q @06:00 b\"",
				"c skipped replaced @05:31; a aired 05:30[0-480]; b aired 06:00[0-240]" },
		{ __LINE__, "x @05:30 a; y @05:31 c; z @05:50 c", "05:33 reload \"y @05:31 c|z @05:50 c\"",
				"a aired 05:30[0-480]; c aired 05:38[0-120]; c aired 05:50[0-120]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao; 05:31:30 reload \"q @06:00 b\"",
				"a partial interrupted 05:30[0-60]; 0 bao aired 05:31[0-60]; b aired 06:00[0-240]" },
		{ __LINE__, "x @05:30 c", "05:29:58 reload \"q @06:00 b\"", "b aired 06:00[0-240]" },
		{ __LINE__, "x @05:30 c", "05:29:58 reload \"x @05:30 c|y @05:30 c\"", "c aired 05:30[0-120]; c aired 05:32[0-120]" },
		/* what the new one plans in the past never enters */
		{ __LINE__, "x @06:00 c", "05:33 reload \"q @05:00,05:32:59,05:34 b|x @06:00 c\"",
				"b aired 05:34[0-240]; c aired 06:00[0-120]" },
		/* moved within its firing: one airing, one verdict */
		{ __LINE__, "sang 05:30-06:30 c,b,c", "05:35 reload \"sang 05:30-06:30 c,b,c gap=4m\"",
				"c aired 05:30[0-120]; b aired 05:32[0-240]; c aired 05:44[0-120]" },
		{ __LINE__, "sang 05:30-06:30 c,b,c", "05:31 reload \"sang 05:30-06:30 c,b,c gap=4m\"",
				"c aired 05:30[0-120]; b aired 05:36[0-240]; c aired 05:44[0-120]" },
		{ __LINE__, "sang 05:30-06:30 c,b,c", "05:33 reload \"sang 05:30-06:30 c,b,c gap=4m\"",
				"c aired 05:30[0-120]; b aired 05:32[0-240]; c aired 05:44[0-120]" },
		/* … remembered over further reloads and a kill */
		{ __LINE__, "sang 05:30-06:30 c,b,c", "05:33 reload \"sang 05:30-06:30 c,b,c gap=9m\"; "
				"05:37 reload \"sang 05:30-06:30 c,b,c gap=10m\"; 05:38 kill",
				"c aired 05:30[0-120]; b aired 05:32[0-240]; c aired 05:56[0-120]" },
		/* a refused one changes nothing */
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:33 reload bad", "a aired 05:30[0-480]; c aired 05:38[0-120]" },
		/* back to the schedule that ran before */
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:30:10 reload \"q @06:00 b\"; 05:30:20 rollback",
				"a aired 05:30[0-480]; c aired 05:38[0-120]" },
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:30:10 reload \"q @06:00 b\"; 05:30:20 rollback; 05:32 kill",
				"a aired 05:30[0-117] 05:32[117-480]; c aired 05:38:03[0-120]" },
		/* zones come and go by name */
		{ __LINE__, "x @05:30,05:40 c", "05:33 reload \"2:x @05:40 c\"",
				"c aired 05:30[0-120]; c aired 05:40[0-120]; c/2 aired 05:40[0-120]" },
		{ __LINE__, "x @05:30 a", "05:33 hold all; 05:34 reload \"2:x @05:40 c\"",
				"a partial held 05:30[0-180]; c skipped held @05:40; c/2 aired 05:40[0-120]" },
		/* an emergency stays active as it was commanded; commanded again it is the new one */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:32 reload \"q @06:00 b\"",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]; b aired 06:00[0-240]" },
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao; 05:32 reload \"bao! lu first=1x10m\"; 05:37 emergency bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]; 0 lu aired 05:37[0-60]; 1 lu aired 05:47[0-60]" },
		/* quiet hours of the new one count at once */
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:33 reload \"x @05:30 a|y @05:31 c|quiet 05:20-06:00\"",
				"c skipped quiet-hours @05:31; a partial quiet-hours 05:30[0-180]" },
	};
	WORLD_TABLE(T, .load = load);
}
END_TEST

START_TEST(a_start_after_it)
{
	static const struct world_row_of_table T[] = {
		/* it was on air, and nobody plans it any more */
		{ __LINE__, "x @05:30 a", "05:31 reload \"q @06:00 b\"; 05:32 kill",
				"a partial power-cut 05:30[0-117]; b aired 06:00[0-240]" },
		{ __LINE__, "x @05:30 a", "05:30:03 reload \"q @06:00 b\"; 05:30:05 kill",
				"a skipped replaced @05:30; b aired 06:00[0-240]" },
		/* announced, and not yet due: it never enters */
		{ __LINE__, "x @05:30 a", "05:29:58 kill", "a aired 05:30[0-480]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:15 reload \"q @06:00 b\"; 05:30:25 kill",
				"0 bao partial power-cut 05:30[0-20]; b aired 06:00[0-240]" },
		{ __LINE__, "x @05:30 a", "05:31 play c; 05:32 reload \"q @06:00 b\"; 05:33 kill",
				"a partial power-cut 05:30[0-177]; c aired 05:33[0-120]; b aired 06:00[0-240]" },
	};
	WORLD_TABLE(T, .load = load);
}
END_TEST

/* One whose zone is gone for good is accounted for with the words that were frozen. */
START_TEST(frozen_words)
{
	struct world w;
	struct station *st = day_station(1);
	day_rules(st, "x @05:30 a");
	DAY_BULLETIN(st, "a")->campaign = build_campaign(st, "bluezone", "2021-07-01", "2021-08-31");
	vec_push(&st->campaigns.at[0].directives,
			(struct directive){ .number = mem_dup("1704/STTTT"), .issued = DAY_NONE, .from = DAY_NONE });
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	w.load = load;
	world_script(&w, "05:31 reload \"q @06:00 b\"; 05:32 kill");
	world_boot(&w);
	world_run(&w);
	world_check(&w);
	const char *intent = NULL, *verdict = NULL;
	for (size_t i = 0; i < w.rows.n && !verdict; i++) {
		const struct journal_row *r = &w.rows.at[i].row;
		if (!strcmp(r->kind, "intent"))
			intent = r->body;
		if (!strcmp(r->kind, "verdict"))
			verdict = r->body;
	}
	struct json *was = json_parse(intent, strlen(intent)), *is = json_parse(verdict, strlen(verdict));
	static const char *const kept[] = { "id", "kind", "from", "planned", "station", "station_name", "zone", "zone_name",
		"bulletin", "title", "campaign", "class", "priority", "operator", "approved_by", "audio_sha256" };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const char *a = json_get_str(was, kept[i]), *b = json_get_str(is, kept[i]);
		ck_assert_msg(!strcmp(a ? a : "-", b ? b : "-"), "%s", kept[i]);
	}
	for (size_t i = 0; json_key(was, i); i++) /* all the contract's fields, in its order */
		ck_assert_str_eq(json_key(was, i), json_key(is, i));
	ck_assert_str_eq(json_as_str(json_at(json_get(is, "directives"), 0)), "1704/STTTT");
	ck_assert_str_eq(json_get_str(is, "started"), "2021-07-14T05:30:00.000+07:00");
	ck_assert_str_eq(json_get_str(is, "ended"), "2021-07-14T05:31:57.000+07:00");
	ck_assert_int_eq(json_get_int(is, "lateness_ms", -1), 0);
	ck_assert_int_eq(json_get_int(is, "frames_total", -1), 8 * DAY_MINUTE);
	json_free(&was);
	json_free(&is);
	world_close(&w);
}
END_TEST

START_TEST(the_row_of_a_reload)
{
	struct world w;
	struct station *st = day_station(1);
	day_rules(st, "x @05:30,06:00 c; y @07:00 b");
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	w.load = load;
	world_script(&w, "05:35 reload \"x @05:30,06:00 c|z @08:00 a\" by Lan");
	world_boot(&w);
	world_run(&w);
	const char *body = NULL;
	ck_assert_int_eq(world_count(&w, "reload", &body), 1);
	struct json *j = json_parse(body, strlen(body));
	ck_assert_int_eq(json_get_int(j, "removed", -1), 7); /* of seven days */
	ck_assert_int_eq(json_get_int(j, "added", -1), 7);
	ck_assert_uint_eq(json_count(json_get(j, "removed_ids")), 7);
	ck_assert_str_eq(json_as_str(json_at(json_get(j, "removed_ids"), 0)),
			"22363/y/20210714T070000+0700/1.b/cum-1");
	ck_assert_str_eq(json_as_str(json_at(json_get(j, "added_ids"), 0)),
			"22363/z/20210714T080000+0700/1.a/cum-1");
	ck_assert_str_eq(json_get_str(j, "by"), "Lan");
	json_free(&j);
	world_close(&w);
}
END_TEST

/* A zone that a schedule switches off and another one on again has been off from a row to a row. */
START_TEST(a_schedule_that_switches_a_zone)
{
	struct world w;
	struct station *st = day_station(1);
	day_rules(st, "x @05:30,06:00,06:30,07:00 c");
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	w.load = load;
	world_script(&w, "05:35 reload \"off:x @05:30,06:00,06:30,07:00 c\"; 05:50 reload \"off:x @06:00,06:30,07:00 c\"; "
			 "06:10 kill; 06:35 reload \"x @06:00,06:30,07:00 c\"");
	world_boot(&w);
	world_run(&w);
	char *got = world_show(&w);
	const char *off = NULL, *on = NULL;
	ck_assert_str_eq(got, "c aired 05:30[0-120]; c skipped zone-off @06:00; c skipped zone-off @06:30; c aired 07:00[0-120]");
	ck_assert_int_eq(world_count(&w, "off", &off), 1);
	ck_assert_int_eq(world_count(&w, "on", &on), 1);
	ck_assert_str_eq(off, "{\"zones\":[\"cum-1\"],\"schedule\":true}");
	ck_assert_str_eq(on, off);
	mem_free(got);
	world_close(&w);
}
END_TEST

/* Only what was agreed to: of another digest, nothing is taken. */
START_TEST(another_schedule_than_agreed)
{
	struct world w;
	struct reply reply;
	struct station *st = day_station(1);
	day_rules(st, "x @06:00 c");
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	w.load = load;
	world_boot(&w);
	for (enum verb v = VERB_RELOAD; v <= VERB_ROLLBACK; v++) {
		struct command c = { .verb = v, .dir = "y @06:00 b", .digest = "1234", .uid = -1 };
		ck_assert(!engine_command(w.engine, &c, &reply));
		ck_assert_msg(strstr(reply.text.text, "changed after"), "%s", reply.text.text);
	}
	const char *body;
	ck_assert_int_eq(world_count(&w, "reload", &body) + world_count(&w, "rollback", &body), 0);
	world_run(&w);
	char *got = world_show(&w);
	ck_assert_str_eq(got, "c aired 06:00[0-120]");
	mem_free(got);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/reloads", another_schedule_than_agreed, reload, a_start_after_it, frozen_words, the_row_of_a_reload,
		a_schedule_that_switches_a_zone)
