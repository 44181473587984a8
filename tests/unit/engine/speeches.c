/* Somebody speaks (rules 4, 9, 10, 12, 17): see world.h for the notation. */
#include "world-table.h"

START_TEST(aired)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "", "05:30:10.500 speak cum-1 for 30s", "speak aired 05:30:10.500[0-30]" },
		{ __LINE__, "", "05:30 speak cum-1 for 30s; 05:31 speak cum-1 for 40s",
				"speak aired 05:30[0-30]; speak aired 05:31[0-40]" },
		/* what is planned waits for its end, as for any item's */
		{ __LINE__, "x @05:30:30 c", "05:30 speak cum-1 for 90s",
				"speak aired 05:30[0-90]; c aired 05:31:30[0-120]" },
		/* quiet hours and hold stop it; an emergency passes them and cuts in */
		{ __LINE__, "quiet 05:00-06:00", "05:30 speak cum-1 for 30s", "speak skipped quiet-hours @05:30" },
		{ __LINE__, "quiet 05:00-06:00", "05:30 speak cum-1 for 30s --level emergency", "speak aired 05:30[0-30]" },
		{ __LINE__, "", "05:29 hold cum-1; 05:30 speak cum-1 for 30s", "speak skipped held @05:30" },
		{ __LINE__, "", "05:29 hold cum-1; 05:30 speak cum-1 for 30s --level emergency",
				"speak aired 05:30[0-30]" },
		{ __LINE__, "", "05:29 off cum-1; 05:30 speak cum-1 for 30s --level emergency",
				"speak skipped zone-off @05:30" },
		{ __LINE__, "x @05:30 c", "05:31 speak cum-1 for 30s --level emergency",
				"speak aired 05:31[0-30]; c aired 05:30[0-60] 05:31:30[60-120]" },
		/* a station that airs approved bulletins only: nobody can approve what is not yet said */
		{ __LINE__, "", "05:30 speak cum-1 for 30s --level test by \"Trưởng thôn\"", "speak aired 05:30[0-30]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* What is cut is gone: the words were said. */
START_TEST(cut)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao", "05:30 speak cum-1 for 10m; 05:31 emergency bao",
				"speak partial interrupted 05:30[0-60]; 0 bao aired 05:31[0-60]" },
		{ __LINE__, "bao! bao", "05:30 speak cum-1 for 10m --level emergency; 05:31 emergency bao",
				"speak aired 05:30[0-600]; 0 bao aired 05:40[0-60]" },
		{ __LINE__, "vov 05:00-07:00 vov@05:35", "05:30 speak cum-1 for 10m",
				"speak partial interrupted 05:30[0-300]; vov aired 05:35[0-600]" },
		{ __LINE__, "quiet 05:35-06:00", "05:30 speak cum-1 for 10m", "speak partial quiet-hours 05:30[0-300]" },
		{ __LINE__, "", "05:30 speak cum-1 for 10m; 05:31 stop cum-1", "speak partial operator 05:30[0-60]" },
		{ __LINE__, "", "05:30 speak cum-1 for 10m; 05:31 hold cum-1", "speak partial held 05:30[0-60]" },
		{ __LINE__, "", "05:30 speak cum-1 for 10m; 05:31 lose ampli; 05:32 restore ampli",
				"speak partial device-lost 05:30[0-60]" },
		{ __LINE__, "", "05:29 lose ampli; 05:30 speak cum-1 for 10m; 05:31 restore ampli",
				"speak failed device-lost @05:30" },
		/* a second speaker has to wait; who leads an emergency does not */
		{ __LINE__, "", "05:30 speak cum-1 for 1m; 05:30:30 speak cum-1 for 1m", "speak aired 05:30[0-60]" },
		{ __LINE__, "", "05:30 speak cum-1 for 1m; 05:30:30 speak cum-1 for 1m --level emergency",
				"speak partial interrupted 05:30[0-30]; speak aired 05:30:30[0-60]" },
		/* the end of the station is the end of the speech */
		{ __LINE__, "", "05:30 speak cum-1 for 10m; 05:31 kill", "speak partial power-cut 05:30[0-50]" },
		{ __LINE__, "", "05:30 speak cum-1 for 10m; 05:31 power-off 10m", "speak partial power-cut 05:30[0-50]" },
		{ __LINE__, "", "05:30 speak cum-1 for 10m; 05:31 restart 10s", "speak partial power-cut 05:30[0-60]" },
		{ __LINE__, "", "05:29 lose ampli; 05:30 speak cum-1 for 10m; 05:30:01 kill; 05:31 restore ampli",
				"speak missed station-off @05:30" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* Each zone has its own account, and one that is busy is named before anybody opens their mouth. */
START_TEST(zones)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "", "05:29 hold cum-2; 05:30 speak cum-1,cum-2 for 30s; 05:30:10 stop cum-1",
				"speak/2 skipped held @05:30; speak partial operator 05:30[0-10]" },
		{ __LINE__, "x @05:30 c zone=1", "05:31 speak all for 30s; 05:31:30 speak cum-2 for 30s",
				"c aired 05:30[0-120]; speak/2 aired 05:31:30[0-30]" },
	};
	WORLD_TABLE(T, .zones = 2);
}
END_TEST

static void answers(const char *events, const char *part)
{
	struct world w;
	struct station *st = day_station(1);
	day_rules(st, "x @05:30 c");
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_script(&w, events);
	world_boot(&w);
	world_run(&w);
	world_check(&w);
	ck_assert_msg(strstr(text_str(&w.refused), part) != NULL, "%s: %s", events, text_str(&w.refused));
	world_close(&w);
}

START_TEST(refused)
{
	answers("05:31 speak cum-1 for 30s", "loaxa skip cum-1");
	answers("05:31 speak cum-9 for 30s", "cum-9");
	answers("05:40 speak cum-1 for 0s", "1 second to 1 hour");
	answers("05:40 speak cum-1 for 61m", "1 second to 1 hour");
}
END_TEST

/* Zones of different outputs, of which the samples fit but one. */
START_TEST(rates)
{
	struct world w;
	struct station *st = day_station(2);
	struct output other = st->outputs.at[0];
	other.name = mem_dup("khac");
	other.sink = mem_dup(other.sink);
	other.key = NULL;
	other.rate = 44100;
	vec_push(&st->outputs, other);
	st->zones.at[1].output = 1;
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_boot(&w);
	struct command c = { .verb = VERB_SPEAK, .zones = "all", .by = "A", .level = LEVEL_COUNT, .limit_ms = 1000,
		.rate = DAY_RATE, .pcm = -1 };
	struct reply reply;
	ck_assert(!engine_command(w.engine, &c, &reply));
	ck_assert_msg(strstr(reply.text.text, "zone cum-2 plays 44100 Hz") != NULL, "%s", reply.text.text);
	c.zones = "cum-1";
	ck_assert_msg(engine_command(w.engine, &c, &reply), "%s", reply.text.text);
	world_run(&w);
	world_check(&w);
	world_close(&w);
}
END_TEST

START_TEST(journalled)
{
	struct world w;
	const char *body = NULL;
	world_open(&w, __LINE__, day_station(1), DAY_DATE, "2021-07-15");
	world_script(&w, "05:30:07 speak cum-1 for 30s --level priority by \"Trưởng thôn\"; 05:30:07.900 kill; "
			 "05:30:07.950 speak cum-1 for 30s");
	world_boot(&w);
	world_run(&w);
	world_check(&w);
	ck_assert_int_eq(world_count(&w, "speak", &body), 2);
	/* two of one second, and a crash between them: the ids differ */
	ck_assert_msg(strstr(body, "\"number\":2") != NULL, "%s", body);
	ck_assert_msg(strstr(body, "\"limit_ms\":30000") != NULL, "%s", body);
	ck_assert_int_eq(world_count(&w, "verdict", &body), 2);
	ck_assert_msg(strstr(body, "/speak/20210714T053007+0700/2.speak/cum-1\",\"kind\":\"manual\",\"from\":\"speak\"") != NULL, "%s",
			body);
	ck_assert_int_eq(world_count(&w, "intent", &body), 2);
	world_close(&w);
}
END_TEST

START_TEST(kept)
{
	struct world w;
	const char *body = NULL;
	struct station *st = day_station(1);
	struct sound_recording r = { .name = "20210714T053000+0700-1.wav", .frames = 42, .sha256 = "ab" };
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_boot(&w);
	engine_recording(w.engine, &r);
	ck_assert_int_eq(world_count(&w, "fault", NULL), 0);
	r.sha256[0] = '\0';
	err_set(&r.fault, "full");
	engine_recording(w.engine, &r);
	ck_assert_int_eq(world_count(&w, "recording", &body), 2);
	ck_assert_msg(strstr(body, "\"frames\":42,\"lost\":0,\"sha256\":null,\"text\":\"full\"") != NULL, "%s", body);
	ck_assert_int_eq(world_count(&w, "fault", NULL), 1);
	world_run(&w);
	world_check(&w);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/speeches", aired, cut, zones, refused, rates, journalled, kept)
