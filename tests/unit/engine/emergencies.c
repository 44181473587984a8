/* Rule 11, and 17 where it speaks of emergencies: see world.h for the notation.  "2 bao" is the repeat number 2. */
#include "world-table.h"

START_TEST(patterns)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao", "05:30:10.500 emergency bao", "0 bao aired 05:30:10.500[0-60]" },
		{ __LINE__, "bao! bao first=2x5m then=2h align=1h until=5h", "05:30:10 emergency bao",
				"0 bao aired 05:30:10[0-60]; 1 bao aired 05:35:10[0-60]; 2 bao aired 05:40:10[0-60]; "
				"3 bao aired 08:00[0-60]; 4 bao aired 10:00[0-60]" },
		/* counted from start to start, whatever each takes; its own repeats wait for one another */
		{ __LINE__, "bao! bao,lu,c first=2x2m until=5h", "05:30 emergency bao",
				"0 bao aired 05:30[0-60]; 0 lu aired 05:31[0-60]; 0 c aired 05:32[0-120]; "
				"1 bao aired 05:34[0-60]; 1 lu aired 05:35[0-60]; 1 c aired 05:36[0-120]; "
				"2 bao aired 05:38[0-60]; 2 lu aired 05:39[0-60]; 2 c aired 05:40[0-120]" },
		/* until: nothing airs from then on but the all-clear, once */
		{ __LINE__, "bao! bao first=3x5m until=10m clear=het", "05:30 emergency bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]; 2 het aired 05:40[0-60]" },
		{ __LINE__, "bao! bao until=30s clear=het", "05:30 emergency bao",
				"0 bao aired 05:30[0-60]; 1 het aired 05:31[0-60]" },
		/* day or night, held or not; not where the zone is off */
		{ __LINE__, "quiet 05:00-06:00; bao! bao first=1x5m", "05:30 emergency bao; 05:31 hold all",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]" },
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao; 05:34 off all; 05:36 on all",
				"0 bao aired 05:30[0-60]; 1 bao skipped zone-off @05:35; 2 bao aired 05:40[0-60]" },
		/* not beyond the end of the run, not even the all-clear */
		{ __LINE__, "bao! bao then=1h clear=het until=2h", "22:30 emergency bao",
				"0 bao aired 22:30[0-60]; 1 bao aired 23:30[0-60]" },
		{ __LINE__, "bao! c then=1h clear=het until=61m; x @23:58 a", "22:59 emergency bao",
				"0 c aired 22:59[0-120]; 1 c aired 23:59[0-120]; a aired 23:58[0-60] 15/00:01[60-480]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(people)
{
	static const struct world_row_of_table T[] = {
		/* cancel: what is on air is finished, what waits is not, no repeat, the all-clear once */
		{ __LINE__, "bao! bao first=3x5m clear=het", "05:30 emergency bao; 05:35:30 cancel bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]; 2 het aired 05:36[0-60]" },
		{ __LINE__, "bao! bao first=3x5m", "05:30 emergency bao; 05:35:30 cancel bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]" },
		{ __LINE__, "bao! bao,lu first=3x5m clear=het", "05:30 emergency bao; 05:30:30 cancel bao",
				"0 lu skipped operator @05:30; 0 bao aired 05:30[0-60]; 1 het aired 05:31[0-60]" },
		/* at the very instant of a repeat it comes before it */
		{ __LINE__, "bao! bao first=3x5m clear=het", "05:30 emergency bao; 05:35 cancel bao",
				"0 bao aired 05:30[0-60]; 1 het aired 05:35[0-60]" },
		{ __LINE__, "bao! bao clear=het", "05:30 emergency bao; 05:30 cancel bao",
				"0 bao aired 05:30[0-60]; 1 het aired 05:31[0-60]" },
		/* cancelled while a higher rank is on air */
		{ __LINE__, "bao! bao clear=het; lu! lu rank=5", "05:30 emergency bao; 05:30:20 emergency lu; 05:30:30 cancel bao",
				"0 bao partial operator 05:30[0-20]; 0 lu aired 05:30:20[0-60]; 1 het aired 05:31:20[0-60]" },
		/* commanded again while active: one more airing, and the pattern counts from there */
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao; 05:32 emergency bao",
				"0 bao aired 05:30[0-60]; 0 bao aired 05:32[0-60]; 1 bao aired 05:37[0-60]; 2 bao aired 05:42[0-60]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:00.500 emergency bao; 05:30:00.700 emergency bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:31[0-60]; 2 bao aired 05:32[0-60]; 3 bao aired 05:35:00.700[0-60]" },
		/* … and after it was cancelled, even while the all-clear is on air */
		{ __LINE__, "bao! bao first=1x5m clear=het", "05:30 emergency bao; 05:32 cancel bao; 05:32:30 emergency bao",
				"0 bao aired 05:30[0-60]; 1 het aired 05:32[0-60]; 0 bao aired 05:33[0-60]; 1 bao aired 05:37:30[0-60]" },
		{ __LINE__, "bao! bao first=1x5m clear=het", "05:30 emergency bao; 05:30 cancel bao; 05:30 emergency bao",
				"0 bao aired 05:30[0-60]; 1 het aired 05:31[0-60]; 2 bao aired 05:32[0-60]; 3 bao aired 05:35[0-60]" },
		/* stop ends the firing in that zone: later repeats are skipped there at their instants */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:30 stop cum-1",
				"0 bao partial operator 05:30[0-30]; 1 bao skipped operator @05:35" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:30 skip cum-1",
				"0 bao partial operator 05:30[0-30]; 1 bao aired 05:35[0-60]" },
		/* silence: everything, at once, and no all-clear; release all undoes it */
		{ __LINE__, "bao! bao first=1x5m clear=het; x @05:31 c; x2 @05:40,06:00 c",
				"05:30 emergency bao; 05:30:30 silence; 05:50 release all",
				"0 bao partial operator 05:30[0-30]; c skipped held @05:31; c skipped held @05:40; "
				"c aired 06:00[0-120]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:30 silence; 05:30:40 emergency bao",
				"0 bao partial operator 05:30[0-30]; 0 bao aired 05:30:40[0-60]; 1 bao aired 05:35:40[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(longer)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao then=10m until=20m clear=het", "05:30 emergency bao; 05:41 extend bao for 20m",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]; 2 bao aired 05:50[0-60]; 3 bao aired 06:00[0-60]; "
				"4 het aired 06:10[0-60]" },
		/* as long as its own until says */
		{ __LINE__, "bao! bao then=10m until=20m", "05:30 emergency bao; 05:32 extend bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]; 2 bao aired 05:50[0-60]; 3 bao aired 06:00[0-60]" },
		/* on the hour, as its pattern is */
		{ __LINE__, "bao! bao first=1x5m then=1h align=1h until=50m", "05:30 emergency bao; 05:45 extend bao for 2h",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]; 2 bao aired 07:00[0-60]; 3 bao aired 08:00[0-60]" },
		{ __LINE__, "bao! bao until=20m clear=het", "05:30 emergency bao; 05:41 extend bao for 20m",
				"0 bao aired 05:30[0-60]; 1 het aired 06:10[0-60]" },
		/* what waits may wait so much longer */
		{ __LINE__, "bao! bao until=30s; lu! a rank=5", "05:30 emergency lu; 05:30:10 emergency bao; 05:30:20 extend bao for 1h",
				"0 a aired 05:30[0-480]; 0 bao aired 05:38[0-60]" },
		/* after a restart, twice, and over a clock that was set */
		{ __LINE__, "bao! bao then=10m until=20m", "05:30 emergency bao; 05:41 extend bao for 10m; 05:42 kill; 05:43 extend bao for 10m; "
				"05:44 restart 1m",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]; 2 bao aired 05:50[0-60]; 3 bao aired 06:00[0-60]" },
		{ __LINE__, "bao! bao then=10m until=20m", "05:30 emergency bao; 05:31 clock -10m; 05:31 extend bao for 10m; 05:42 kill",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:30[0-60]; 2 bao aired 05:40[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* It survives a restart: it airs at once, and repeats that passed are missed. */
START_TEST(restarts)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao then=1h until=3h", "05:30 emergency bao; 05:45 power-off 1h",
				"0 bao aired 05:30[0-60]; 1 bao missed station-off @06:30; 2 bao aired 06:45[0-60]; "
				"3 bao aired 07:30[0-60]" },
		/* at once is outside the pattern: no repeat of it is lost */
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao; 05:31:10 power-off 3m",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:34:10[0-60]; 2 bao aired 05:35:10[0-60]; "
				"3 bao aired 05:40[0-60]" },
		/* a cut one is about to */
		{ __LINE__, "bao! bao", "05:30 emergency bao; 05:30:35 power-off 3m",
				"0 bao aired 05:30[0-30] 05:33:35[0-60]" },
		/* less than two minutes are no absence */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:32 kill",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-60]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:34:50 power-off 30s",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35:20[0-60]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:34:50 restart 3m",
				"0 bao aired 05:30[0-60]; 1 bao missed station-off @05:35; 2 bao aired 05:37:50[0-60]" },
		/* cancelled, ended, silenced: it stays so */
		{ __LINE__, "bao! bao first=3x5m clear=het", "05:30 emergency bao; 05:32 cancel bao; 05:34 power-off 10m",
				"0 bao aired 05:30[0-60]; 1 het aired 05:32[0-60]" },
		{ __LINE__, "bao! bao first=3x5m clear=het", "05:30 emergency bao; 05:30:30 cancel bao; 05:30:40 power-off 4m",
				"0 bao aired 05:30[0-30] 05:34:40[0-60]; 1 het aired 05:35:40[0-60]" },
		{ __LINE__, "bao! bao until=5m clear=het", "05:30 emergency bao; 05:35:35 kill; 05:40 power-off 5m",
				"0 bao aired 05:30[0-60]; 1 het aired 05:35[0-30] 05:35:35[0-60]" },
		{ __LINE__, "bao! bao first=3x5m", "05:30 emergency bao; 05:30:30 silence; 05:31 power-off 10m; 05:50 emergency bao",
				"0 bao partial operator 05:30[0-30]; 0 bao aired 05:50[0-60]; 1 bao aired 05:55[0-60]; "
				"2 bao aired 06:00[0-60]; 3 bao aired 06:05[0-60]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:30 stop cum-1; 05:32 kill",
				"0 bao partial operator 05:30[0-30]; 1 bao skipped operator @05:35" },
		/* its time ran out meanwhile: only the all-clear */
		{ __LINE__, "bao! bao first=3x5m until=10m clear=het", "05:30 emergency bao; 05:32 power-off 20m",
				"0 bao aired 05:30[0-60]; 1 bao missed station-off @05:35; 2 het aired 05:52[0-60]" },
		/* numbers stay unique over it */
		{ __LINE__, "bao! bao", "05:30 emergency bao; 05:30:00.300 kill; 05:30:00.600 emergency bao",
				"0 bao aired 05:30:00.300[0-60]; 1 bao aired 05:31:00.300[0-60]" },
		{ __LINE__, "bao! bao first=2x20s", "05:30 emergency bao; 05:31:05 kill; 05:31:30 clock -90s; 05:31:30 emergency bao",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:31:05[0-60]; 2 bao aired 05:30:35[0-60]; "
				"3 bao aired 05:31:35[0-60]; 4 bao aired 05:32:35[0-60]; 5 bao aired 05:33:35[0-60]" },
		{ __LINE__, "x @01:00 c", "05:30 play c; 05:30:00.500 kill; 05:30:00.700 play c; 05:35:00.700 clock -5m; 05:35:00.700 play c",
				"c aired 01:00[0-120]; c aired 05:30:00.500[0-120]; c aired 05:32:00.500[0-120]; "
				"c aired 05:30:00.700[0-120]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* Decided and handed to the sound before the command returns: with a journal of which nothing becomes durable, and with
 * other zones, items and emergencies in the way. */
START_TEST(at_once)
{
	static const char *const events[] = { "", "05:29 play a", "05:29 emergency lu", "05:29 hold all", "05:29:59 skip all" };
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		struct world w;
		struct station *st = day_station(3);
		day_rules(st, "x @05:25 a; bao! bao rank=2; lu! lu rank=1");
		world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
		w.frozen = 2;
		world_script(&w, events[i]);
		world_boot(&w);
		wall_us at = build_instant(st, DAY_DATE "T05:30");
		while (world_next(&w).us < at.us) {
			w.now = world_next(&w);
			world_instant(&w);
		}
		w.now = at;
		virtual_advance(w.sound, world_mono(&w));
		int before = w.starts;
		struct reply reply;
		struct command c = { .verb = VERB_EMERGENCY, .name = "bao", .uid = -1, .level = LEVEL_COUNT, .pcm = -1 };
		ck_assert(engine_command(w.engine, &c, &reply));
		ck_assert_msg(w.starts == before + 3, "%s: %d zones", events[i], w.starts - before);
		ck_assert_msg(!w.told, "%s: not committed", events[i]);
		world_run(&w);
		world_close(&w);
	}
}
END_TEST

UNIT_MAIN("engine/emergencies", patterns, people, longer, restarts, at_once)
