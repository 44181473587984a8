/* Tests of loudspeakers (rules 1, 15, 17): see world.h for the notation. */
#include "world-table.h"

START_TEST(aired)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "", "06:00 test cum-1", "test aired 06:00[0-8]" },
		{ __LINE__, "", "19:59:59 test cum-1", "test aired 19:59:59[0-8]" },
		{ __LINE__, "", "05:30 test cum-1 at 40 --now", "test aired 05:30[0-8]" },
		{ __LINE__, "", "20:30 test cum-1 --now by \"thợ\"", "test aired 20:30[0-8]" },
		/* the night's own rule stands, whatever the technician says */
		{ __LINE__, "quiet 05:00-06:00", "05:30 test cum-1 --now", "test skipped quiet-hours @05:30" },
		{ __LINE__, "", "06:00 hold cum-1; 06:01 test cum-1", "test skipped held @06:01" },
		{ __LINE__, "", "06:00 off cum-1; 06:01 test cum-1", "test skipped zone-off @06:01" },
		{ __LINE__, "", "06:01 test cum-1; 06:01:10 test cum-1", "test aired 06:01[0-8]; test aired 06:01:10[0-8]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* What cuts a test ends it: nobody stands below the loudspeaker any more. */
START_TEST(cut)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao", "06:00 test cum-1; 06:00:03 emergency bao",
				"test partial interrupted 06:00[0-3]; 0 bao aired 06:00:03[0-60]" },
		{ __LINE__, "", "06:00 test cum-1; 06:00:03 stop cum-1", "test partial operator 06:00[0-3]" },
		{ __LINE__, "", "06:00 test cum-1; 06:00:03 lose ampli; 06:00:05 restore ampli",
				"test partial device-lost 06:00[0-3]" },
		{ __LINE__, "", "05:59 lose ampli; 06:00 test cum-1; 06:01 restore ampli", "test failed device-lost @06:00" },
		{ __LINE__, "", "06:00 test cum-1; 06:00:04 restart 10s", "test partial power-cut 06:00[0-4]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

static void answers(const char *events, const char *part)
{
	struct world w;
	struct station *st = day_station(1);
	day_rules(st, "x @06:30 c");
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_script(&w, events);
	world_boot(&w);
	world_run(&w);
	world_check(&w);
	if (part)
		ck_assert_msg(strstr(text_str(&w.refused), part) != NULL, "%s: %s", events, text_str(&w.refused));
	else
		ck_assert_str_eq(text_str(&w.refused), "");
	world_close(&w);
}

START_TEST(refused)
{
	answers("05:59:59 test cum-1", "06:00 to 20:00");
	answers("20:00 test cum-1", "--now");
	answers("20:00 test cum-9 --now", "cum-9");
	/* c is on air from 06:30 to 06:32 */
	answers("06:31 test cum-1", "busy with \"c\"");
	answers("06:29:52 test cum-1", "begins at 06:30");
	answers("06:29:50 test cum-1", NULL);
	answers("06:32:01 test cum-1", NULL);
	answers("06:00 heard cum-1 perhaps", "yes, no or unclear");
}
END_TEST

/* A sound that was prepared belongs to one zone, and its length is believed only as far as it makes sense. */
START_TEST(prepared_sounds)
{
	static const char sha[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
	struct world w;
	struct reply reply;
	world_open(&w, __LINE__, day_station(2), DAY_DATE "T07:00", "2021-07-15");
	world_boot(&w);
	int rate = engine_station(w.engine)->outputs.at[0].rate;
	struct command c = { .verb = VERB_TEST, .zones = "all", .volume = 20, .sound = sha, .frames = 5 * rate, .by = "A" };
	ck_assert(!engine_command(w.engine, &c, &reply) && strstr(reply.text.text, "one zone"));
	c.zones = "cum-2";
	c.frames = 61 * (int64_t)rate;
	ck_assert(!engine_command(w.engine, &c, &reply) && strstr(reply.text.text, "1 minute"));
	c.frames = 0;
	ck_assert(!engine_command(w.engine, &c, &reply));
	c.frames = 5 * rate;
	ck_assert_msg(engine_command(w.engine, &c, &reply), "%s", reply.text.text);
	const char *body = NULL;
	ck_assert_int_eq(world_count(&w, "test", &body), 1);
	ck_assert_msg(strstr(body, "\"volume\":20") != NULL, "%s", body);
	ck_assert_int_eq(world_count(&w, "started", &body) + world_count(&w, "verdict", &body), 1);
	world_close(&w);
}
END_TEST

START_TEST(journalled)
{
	struct world w;
	const char *body = NULL;
	world_open(&w, __LINE__, day_station(1), DAY_DATE, "2021-07-15");
	world_script(&w, "06:30:07 test cum-1 by \"thợ\"; 06:30:07.900 kill; 06:30:07.950 test cum-1; "
			 "06:31 heard cum-1 no by \"thợ\"");
	world_boot(&w);
	world_run(&w);
	world_check(&w);
	ck_assert_int_eq(world_count(&w, "test", &body), 2);
	ck_assert_msg(strstr(body, "\"number\":2") != NULL, "%s", body);
	ck_assert_int_eq(world_count(&w, "verdict", &body), 2);
	ck_assert_msg(strstr(body, "/test/20210714T063007+0700/2.test/cum-1\",\"kind\":\"manual\",\"from\":\"test\"") != NULL, "%s",
			body);
	ck_assert_msg(strstr(body, "\"class\":\"test\",\"priority\":\"test\"") != NULL, "%s", body);
	ck_assert_msg(strstr(body, "\"test\":true") != NULL, "%s", body);
	ck_assert_int_eq(world_count(&w, "heard", &body), 1);
	ck_assert_msg(strstr(body, "{\"name\":\"no\",\"zones\":[\"cum-1\"],\"by\":\"thợ\"") != NULL, "%s", body);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/loudtests", aired, cut, refused, prepared_sounds, journalled)
