/* Rule 13: the wall clock steps, and is believed or not; rule 14: hours that come twice or never.  Instants of events
 * are true, those of verdicts believed.  See world.h for the notation. */
#include "world-table.h"

START_TEST(steps)
{
	static const struct world_row_of_table T[] = {
		/* by less than a minute it is lateness */
		{ __LINE__, "x @06:00 c", "05:59:30 clock +30s", "c aired 06:00[0-120]" },
		{ __LINE__, "x @06:00 c", "05:59:30 clock +59s", "c aired 06:00:29[0-120]" },
		{ __LINE__, "x @06:00 c late=20s", "05:59:30 clock +59s", "c missed late @06:00" },
		/* forward over planned airings: an absence, with its catch-up */
		{ __LINE__, "x @06:00 c", "05:59:30 clock +60s", "c missed clock @06:00" },
		{ __LINE__, "x @06:00,06:29,06:31 c", "05:30 clock +1h",
				"c missed clock @06:00; c missed clock @06:29; c aired 06:31[0-120]" },
		{ __LINE__, "x @06:00,06:25 c once", "05:30 clock +1h", "c missed clock @06:00; c aired * 06:30[0-120]" },
		{ __LINE__, "x @06:22,06:25 c all", "05:30 clock +1h", "c aired * 06:30[0-120]; c aired * 06:32[0-120]" },
		/* due at that very instant it is late, not passed over */
		{ __LINE__, "x @06:00 c", "06:00 clock +5m", "c aired 06:05[0-120]" },
		{ __LINE__, "x @06:05 c", "06:00 clock +5m", "c missed clock @06:05" },
		/* announced already */
		{ __LINE__, "x @06:00 c", "05:59:58 clock +10m", "c missed clock @06:00" },
		/* what is on air plays on without a gap */
		{ __LINE__, "x @06:00 a; y @07:00 c", "06:02 clock +30m", "a aired 06:00[0-480]; c aired 07:00[0-120]" },
		{ __LINE__, "x @06:00 a; y @06:10 c", "06:02 clock -1h", "a aired 06:00[0-480]; c aired 06:10[0-120]" },
		/* backward: what has its verdict never airs again, what is to come waits for its instant */
		{ __LINE__, "x @06:00,06:30 c", "06:10 clock -1h", "c aired 06:00[0-120]; c aired 06:30[0-120]" },
		{ __LINE__, "x @06:00 c", "05:59:58 clock -10m", "c aired 06:00[0-120]" },
		{ __LINE__, "x @06:00 c", "06:00:05 clock -10s", "c aired 06:00[0-120]" },
		{ __LINE__, "x @06:00 c", "05:59:59 clock -90s; 06:05 clock +3m", "c aired 06:00[0-120]" },
		{ __LINE__, "x @06:00 a; y @06:01 c", "06:02 clock -1h", "a aired 06:00[0-480]; c aired 06:01[0-120]" },
		{ __LINE__, "x @06:00 c", "06:10 clock -1h; 06:15 clock +1h; 06:20 clock -1h", "c aired 06:00[0-120]" },
		/* while the power is off */
		{ __LINE__, "x @06:00,07:10 c", "05:30 power-off 10m; 05:35 clock +1h",
				"c missed station-off @06:00; c aired 07:10[0-120]" },
		{ __LINE__, "x @05:00,05:35 c", "05:30 power-off 10m; 05:35 clock -4m",
				"c aired 05:00[0-120]; c missed station-off @05:35" },
		/* an emergency is not forgotten: forward its repeats passed, set back it goes on as it was */
		{ __LINE__, "bao! bao first=1x10m", "05:30 emergency bao; 05:35 clock -1h", "0 bao aired 05:30[0-60]; 1 bao aired 04:40[0-60]" },
		{ __LINE__, "bao! bao first=1x10m until=20m clear=het", "05:30 emergency bao; 05:35 clock -1h; 05:36 clock +1h",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]; 2 het aired 05:50[0-60]" },
		{ __LINE__, "bao! bao first=2x10m", "05:30 emergency bao; 05:35 clock -1h; 05:36 kill; 05:45 kill",
				"0 bao aired 05:30[0-60]; 1 bao aired 04:40[0-60]; 2 bao aired 04:50[0-60]" },
		{ __LINE__, "bao! bao first=2x10m", "05:30 emergency bao; 05:35 clock -30s; 05:36 clock +50s",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]; 2 bao aired 05:50[0-60]" },
		{ __LINE__, "bao! bao; lu! lu rank=5", "05:30 emergency lu; 05:30:30 emergency bao; 05:30:40 clock -1h",
				"0 lu aired 05:30[0-60]; 0 bao aired 04:31[0-60]" },
		{ __LINE__, "bao! bao first=1x10m", "05:30 emergency bao; 05:35 clock +30m",
				"0 bao aired 05:30[0-60]; 1 bao missed clock @05:40; 2 bao aired 06:05[0-60]" },
		{ __LINE__, "bao! bao first=1x10m", "05:30 emergency bao; 05:30:30 clock +2m",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(distrust)
{
	static const struct world_row_of_table T[] = {
		/* a step of more than a day back: the schedule is held, people are obeyed */
		{ __LINE__, "x @05:35 c; bao! bao", "05:30 clock -2d; 05:31 play c; 05:40 emergency bao",
				"c aired 12/05:31[0-120]; 0 bao aired 12/05:40[0-60]" },
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:32 clock -25h", "a aired 05:30[0-480]" },
		/* a day or less is not distrusted, nor is any step forward */
		{ __LINE__, "x @05:35 c", "05:00 clock +24h; 05:40 clock -24h; 06:00 play c",
				"c missed clock @05:35; c aired 15/05:35[0-120]; c aired 06:00[0-120]" },
		{ __LINE__, "x @05:35 c", "05:30 clock +25h", "c missed clock @05:35; c missed clock @15/05:35" },
		/* a person says it is right */
		{ __LINE__, "x @05:35 c", "05:30 clock -25h; 05:31 clock confirm", "" },
		{ __LINE__, "x @05:35 c", "00:00 clock +25h; 05:30 clock -25h; 05:31 clock confirm",
				"c missed clock @05:35; c aired 15/05:35[0-120]" },
		/* the kernel says so */
		{ __LINE__, "x @05:35 c", "05:30 clock -25h; 05:31 sync on", "" },
		/* right again: what passed meanwhile is an absence */
		{ __LINE__, "x @05:35,06:05 c", "05:30 clock -2d; 06:00 clock +2d", "c missed clock @05:35; c aired 06:05[0-120]" },
		{ __LINE__, "x @05:35 c", "05:30 clock -2d; 05:31 clock +2d", "c aired 05:35[0-120]" },
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:32 clock -2d; 05:33 clock +2d", "a aired 05:30[0-480]; c aired 05:38[0-120]" },
		/* confirmed while it is trusted: refused; a disciplined clock is believed whatever it shows */
		{ __LINE__, "x @05:35 c", "05:30 clock confirm", "c aired 05:35[0-120]" },
		{ __LINE__, "x @05:35 c", "05:00 sync on; 05:30 clock -2d; 05:31 clock +2d", "c aired 05:35[0-120]" },
		{ __LINE__, "x @05:35 c", "05:00 sync on; 05:30 clock -2d; 05:36 clock +2d", "c missed clock @05:35" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* Years ahead, and nobody says that this is right: the schedule waits, instead of being over for years. */
START_TEST(a_leap)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @05:35,06:05 c", "05:30 clock +401d; 06:00 clock -401d", "c missed clock @05:35; c aired 06:05[0-120]" },
		{ __LINE__, "x @05:35 c", "05:30 clock +3000d; 05:31 clock -3000d", "c aired 05:35[0-120]" },
		{ __LINE__, "x @05:35 c", "05:30 clock +3000d; 05:31 kill; 05:32 clock -3000d", "c aired 05:35[0-120]" },
		{ __LINE__, "x @05:35 c", "05:30 power-off 10m; 05:31 clock +3000d; 05:45 clock -3000d", "c missed station-off @05:35" },
		/* what is on air plays on, people are obeyed */
		{ __LINE__, "x @05:30 a", "05:32 clock +3000d; 05:33 clock -3000d", "a aired 05:30[0-480]" },
		/* an emergency goes on as if nothing had been */
		{ __LINE__, "bao! bao first=2x10m", "05:30 emergency bao; 05:35 clock +3000d; 05:45 clock -3000d",
				"0 bao aired 05:30[0-60]; 1 bao aired 30/05:40[0-60]; 2 bao aired 05:50[0-60]" },
		/* after a start nobody knows how long it was off: at once, besides */
		{ __LINE__, "bao! bao first=2x10m", "05:30 emergency bao; 05:35 clock +3000d; 05:36 kill; 05:45 clock -3000d",
				"0 bao aired 05:30[0-60]; 1 bao aired 30/05:36[0-60]; 2 bao aired 30/05:40[0-60]; 3 bao aired 05:45[0-60]; "
				"4 bao aired 05:50[0-60]" },
		{ __LINE__, "bao! bao first=1x10m until=30m clear=het", "05:30 emergency bao; 05:35 clock +3000d; 05:36 clock -2990d; "
				"05:37 clock -10d",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:40[0-60]; 2 het aired 06:00[0-60]" },
		/* a person says that it is right */
		{ __LINE__, "bao! bao first=1x10m", "05:30 emergency bao; 05:35 clock +401d; 05:36 clock confirm; 05:45 clock -401d",
				"0 bao aired 05:30[0-60]; 1 bao aired 19/05:40[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* Announced, but nobody knows whether its instant has come. */
START_TEST(distrust_for_long)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @06:00 c", "05:59:58 clock -25h; 2021-07-15T07:01 clock confirm", "c aired 06:01[0-120]" },
		{ __LINE__, "x @06:00 c", "05:59:58 clock -25h; 2021-07-15T07:05 clock confirm", "c missed clock @06:00" },
		{ __LINE__, "x @06:00 c once", "05:59:58 clock -25h; 2021-07-15T07:05 clock confirm", "c aired * 06:05[0-120]" },
		{ __LINE__, "x @06:00 c", "05:59:58 clock -25h; 2021-07-15T07:05 kill; 2021-07-15T07:06 hold all; "
				"2021-07-15T07:07 clock confirm", "c missed station-off @06:00" },
	};
	WORLD_TABLE(T, .to = "2021-07-15T08:00");
}
END_TEST

START_TEST(distrust_at_a_start)
{
	static const struct world_row_of_table T[] = {
		/* more than 5 min before the last trusted row */
		{ __LINE__, "x @05:35,06:35 c", "05:30 volume all 50; 05:30:10 power-off 30m; 05:31 clock -36m", "" },
		{ __LINE__, "x @05:35,06:35 c", "05:30 volume all 50; 05:30:10 power-off 30m; 05:31 clock -35m",
				"c aired 05:35[0-120]; c aired 06:35[0-120]" },
		/* before the clock's floor: a battery that is empty */
		{ __LINE__, "x @05:35,06:35 c", "05:30 power-off 30m; 05:31 clock -700d; 06:10 clock +700d",
				"c missed station-off @05:35; c aired 06:35[0-120]" },
		{ __LINE__, "x @05:35,06:35 c", "05:30 volume all 50; 05:30:10 power-off 30m; 05:31 clock -1h; 06:10 clock confirm",
				"c aired 05:35[0-120]; c aired 06:35[0-120]" },
		/* what was on air stays off, its limits wait for a clock as well */
		{ __LINE__, "x @05:30 a", "05:32 power-off 30m; 05:33 clock -700d; 06:10 clock +700d",
				"a partial power-cut 05:30[0-117]" },
		{ __LINE__, "x @05:30 a", "05:32 power-off 2m; 05:33 clock -700d; 05:35 clock +700d",
				"a aired 05:30[0-117] 05:35[117-480]" },
		/* an emergency that is active airs at once all the same */
		{ __LINE__, "bao! bao first=1x50m", "05:30 emergency bao; 05:40 power-off 10m; 05:45 clock -700d; 06:00 clock +700d",
				"0 bao aired 05:30[0-60]; 1 bao aired 14/05:50[0-60]; 2 bao aired 06:00[0-60]; "
				"3 bao aired 06:20[0-60]" },
		/* orders and accounts go on where they were */
		{ __LINE__, "x @05:35,06:35 c", "05:30 power-off 10m; 05:31 clock -700d; 05:50 kill; 05:55 hold all; 06:00 kill; "
				"06:10 clock +700d",
				"c missed station-off @05:35; c skipped held @06:35" },
		{ __LINE__, "bao! bao", "05:30 power-off 10m; 05:31 clock -700d; 05:50 emergency bao; 05:50:30 kill",
				"0 bao aired 14/05:50[0-20] 14/05:50:30[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

UNIT_MAIN("engine/clocks", steps, distrust, a_leap, distrust_for_long, distrust_at_a_start)
