/* A relay whose source is silent: what its account says, what airs instead, and the fault that is raised meanwhile. */
#include "world-table.h"

static void prepare(struct station *st)
{
	struct relay *r = &DAY_BULLETIN(st, "relay")->relay;
	r->silence_ms = 20000;
	r->instead = -1;
}

static void prepare_instead(struct station *st)
{
	prepare(st);
	DAY_BULLETIN(st, "relay")->relay.instead = station_bulletin(st, "c");
}

static void prepare_raw(struct station *st)
{
	prepare(st);
	st->approval = true;
	DAY_BULLETIN(st, "relay")->relay.instead = station_bulletin(st, "raw");
}

START_TEST(silence_is_no_sound)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @06:00 relay", "", "relay aired 06:00[0-600]" },
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay; 06:01:19 relay-back relay", "relay aired 06:00[0-600]" },
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay; 06:03 relay-back relay",
				"relay partial device-lost 06:00[0-60] 06:03[180-600]" },
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay", "relay partial device-lost 06:00[0-60]" },
		{ __LINE__, "x @06:00 relay", "05:00 relay-silent relay", "relay failed device-lost @06:00" },
		{ __LINE__, "x @06:00 relay", "05:00 relay-silent relay; 06:08 relay-back relay",
				"relay partial device-lost 06:08[480-600]" },
		/* silent for less than is noticed, at its end */
		{ __LINE__, "x @06:00 relay", "06:09:50 relay-silent relay", "relay aired 06:00[0-600]" },
		/* what was planned behind it is not touched; one that waits takes the air */
		{ __LINE__, "sang 05:55-06:30 relay@06:00,b", "06:01 relay-silent relay",
				"relay partial device-lost 06:00[0-60]; b aired 06:10[0-240]" },
		{ __LINE__, "x @06:00 relay; y @06:01 c", "06:01 relay-silent relay; 06:02 relay-back relay",
				"c aired 06:01:20[0-120]; relay partial device-lost 06:00[0-60] 06:03:20[200-600]" },
		/* the power goes while it is silent: it begins with its source, and is found silent again */
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay; 06:02 kill; 06:05 relay-back relay",
				"relay partial device-lost 06:00[0-60] 06:05[300-600]" },
	};
	WORLD_TABLE(T, .prepare = prepare);
}
END_TEST

START_TEST(a_bulletin_airs_instead)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay",
				"c aired 06:01:20[0-120]; relay partial device-lost 06:00[0-60]" },
		/* the relay is back at the next item boundary; each silence has its own */
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay; 06:02 relay-back relay; 06:05 relay-silent relay",
				"c aired 06:01:20[0-120]; c aired 06:05:20[0-120]; "
				"relay partial device-lost 06:00[0-60] 06:03:20[200-300]" },
		/* an emergency comes before it is noticed */
		{ __LINE__, "x @06:00 relay; bao! bao", "06:01 relay-silent relay; 06:01:10 emergency bao",
				"0 bao aired 06:01:10[0-60]; c aired 06:02:30[0-120]; "
				"relay partial device-lost 06:00[0-70]" },
		{ __LINE__, "x @06:00 relay", "05:59 hold cum-1; 06:00 relay-silent relay", "relay skipped held @06:00" },
	};
	WORLD_TABLE(T, .prepare = prepare_instead);
}
END_TEST

START_TEST(approval_counts_for_what_airs_instead)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @06:00 relay", "06:01 relay-silent relay",
				"raw skipped not-approved @06:01:20; relay partial device-lost 06:00[0-60]" },
	};
	WORLD_TABLE(T, .prepare = prepare_raw);
}
END_TEST

/* One silence of one source: one fault, one number for all zones, and the fault goes when nobody waits any more. */
START_TEST(what_is_written_down)
{
	struct world w;
	struct station *st = day_station(2);
	day_rules(st, "x @06:00 relay");
	prepare_instead(st);
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_script(&w, "06:01 relay-silent relay; 06:04 relay-back relay");
	world_boot(&w);
	world_run(&w);
	size_t raised = 0, cleared = 0, first = 0, plays = 0;
	for (size_t i = 0; i < w.rows.n; i++) {
		const char *kind = w.rows.at[i].row.kind, *body = w.rows.at[i].row.body;
		bool fault = !strcmp(kind, "fault") && strstr(body, "relay:relay");
		raised += fault && strstr(body, "RELAY SILENT since 06:01:");
		cleared += fault && strstr(body, "null");
		first += !strcmp(kind, "verdict") && strstr(body, "play/") && strstr(body, "/1.c/") &&
			 strstr(body, "\"operator\":\"relay relay\"") != NULL;
		plays += !strcmp(kind, "play") && strstr(body, "\"number\":1") != NULL;
	}
	ck_assert_uint_eq(raised, 1);
	ck_assert_uint_eq(cleared, 1);
	ck_assert_uint_eq(first, 2);
	ck_assert_uint_eq(plays, 2);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/relays", silence_is_no_sound, a_bulletin_airs_instead, approval_counts_for_what_airs_instead,
	what_is_written_down)
