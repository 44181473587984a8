/* The start after an end, and absences (rules 5 and 12): see world.h for the notation. */
#include "world-table.h"

START_TEST(a_plain_day)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "sang 05:30-06:30 a,b,vov@06:00,c", "",
				"a aired 05:30[0-480]; b aired 05:38[0-240]; vov aired 06:00[0-600]; c aired 06:10[0-120]" },
		{ __LINE__, "x @00:00,23:59 c", "", "c aired 00:00[0-120]; c aired 23:59[0-120]" },
		/* nothing planned at the end of the run enters, though something is still on air */
		{ __LINE__, "x @23:59 a", "", "a aired 23:59[0-480]" },
		{ __LINE__, "x @23:59 a; y @00:00 c", "", "c aired 00:00[0-120]; a aired 23:59[0-480]" },
		{ __LINE__, "x @23:59 a; y @00:00 b", "23:59:59 play c",
				"b aired 00:00[0-240]; a aired 23:59[0-480]; c aired 15/00:07[0-120]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST


/* ── Rules 5 and 12: what an end without warning does ── */

START_TEST(an_end_on_air)
{
	static const struct world_row_of_table T[] = {
		/* progress is journalled every 10 s (here at :07, :17 …): the segment ends there, and it goes on there */
		{ __LINE__, "x @05:30 a", "05:35:05 kill", "a aired 05:30[0-297] 05:35:05[297-480]" },
		{ __LINE__, "x @05:30 a", "05:35 power-off 3m", "a aired 05:30[0-297] 05:38[297-480]" },
		/* nothing journalled = nothing heard */
		{ __LINE__, "x @05:30 a", "05:30:05 kill", "a aired 05:30:05[0-480]" },
		{ __LINE__, "x @05:30 drop", "05:30:05 kill", "drop aired 05:30:05[0-480]" },
		{ __LINE__, "x @05:30 drop", "05:31:05 kill", "drop partial power-cut 05:30[0-57]" },
		{ __LINE__, "x @05:30 again", "05:31:05 kill", "again aired 05:30[0-57] 05:31:05[0-480]" },
		/* resume-within counts from the last row; then max-late; then it is over */
		{ __LINE__, "x @05:30 a", "05:35 power-off 4m57s", "a aired 05:30[0-297] 05:39:57[297-480]" },
		{ __LINE__, "x @05:30 a", "05:35 power-off 4m58s", "a aired 05:30[0-297] 05:39:58[0-480]" },
		{ __LINE__, "x @05:30 a", "05:35 power-off 10m", "a partial power-cut 05:30[0-297]" },
		/* an orderly end journals the very frame */
		{ __LINE__, "x @05:30 a", "05:35:05 restart", "a aired 05:30[0-305] 05:35:05[305-480]" },
		{ __LINE__, "x @05:30 a", "05:35:05 restart 3m", "a aired 05:30[0-305] 05:38:05[305-480]" },
		{ __LINE__, "x @05:30 drop", "05:35:05 restart", "drop partial power-cut 05:30[0-305]" },
		{ __LINE__, "x @05:30 a", "05:30 restart", "a aired 05:30[0-480]" },
		/* a relay rejoins its source; it was looked at ten seconds before, so progress is journalled at :00, :10 … */
		{ __LINE__, "x @06:00 relay", "06:05:05 kill", "relay partial power-cut 06:00[0-300] 06:05:05[305-600]" },
		{ __LINE__, "x @06:00 relay", "06:05 power-off 10m", "relay partial power-cut 06:00[0-290]" },
		/* the one that waits keeps waiting; cut twice, by an emergency and by the power */
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:35:05 kill",
				"a aired 05:30[0-297] 05:35:05[297-480]; c aired 05:38:08[0-120]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao; 05:31:35 kill",
				"0 bao aired 05:31[0-27] 05:31:35[0-60]; a aired 05:30[0-60] 05:32:35[60-480]" },
		{ __LINE__, "x @05:30 a", "05:31:05 kill; 05:33:05 restart; 05:34 power-off 1m",
				"a aired 05:30[0-57] 05:31:05[57-177] 05:33:05[177-227] 05:35[227-480]" },
		/* the day's checkpoint knows how far it was */
		{ __LINE__, "x @23:56 a", "2021-07-15T00:00:05 kill", "a aired 23:56[0-240] 15/00:00:05[240-480]" },
	};
	WORLD_TABLE(T, .to = "2021-07-15T01:00");
}
END_TEST

START_TEST(off_for_a_while)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "y @05:35,05:50 b", "05:33 power-off 10m", "b missed station-off @05:35; b aired 05:50[0-240]" },
		{ __LINE__, "y @05:35,05:40 b once", "05:33 power-off 10m",
				"b missed station-off @05:35; b aired * 05:43[0-240]" },
		{ __LINE__, "y @05:35,05:40 b all", "05:33 power-off 9m",
				"b aired * 05:42[0-240]; b aired * 05:46[0-240]" },
		{ __LINE__, "y @05:35,05:40 b all", "05:33 power-off 13m",
				"b missed station-off @05:35; b aired * 05:46[0-240]" },
		{ __LINE__, "y @05:35,05:40 c,b once", "05:33 power-off 10m",
				"c missed station-off @05:35; b missed station-off @05:37; c aired * 05:43[0-120]; "
				"b aired * 05:45[0-240]" },
		/* that instant included, on both ends */
		{ __LINE__, "y @05:35 b once", "05:33 power-off 12m", "b aired * 05:45[0-240]" },
		{ __LINE__, "y @05:35 b once", "05:33 power-off 12m1s", "b missed station-off @05:35" },
		{ __LINE__, "y @05:43 b", "05:33 power-off 10m", "b missed station-off @05:43" },
		{ __LINE__, "y @05:43:01 b", "05:33 power-off 10m", "b aired 05:43:01[0-240]" },
		/* a session goes on where the day is */
		{ __LINE__, "sang 05:30-06:30 a,b,c,b", "05:37 power-off 5m",
				"b missed station-off @05:38; c missed station-off @05:42; "
				"a aired 05:30[0-417] 05:42[0-480]; b aired 05:50[0-240]" },
		{ __LINE__, "sang 05:30-06:30 a,b,c,b all", "05:37 power-off 4m57s",
				"a aired 05:30[0-417] 05:41:57[417-480]; b aired * 05:43[0-240]; "
				"c aired 05:47[0-120]; b aired 05:49[0-240]" },
		{ __LINE__, "sang 05:30-05:45 a,b all", "05:37 power-off 9m",
				"b missed station-off @05:38; a partial power-cut 05:30[0-417]" },
		/* under two minutes since the last sign of life it is lateness */
		{ __LINE__, "y @05:35 b", "05:34:50 power-off 1m", "b aired 05:35:50[0-240]" },
		{ __LINE__, "y @05:35 b", "05:34:50 power-off 1m9s", "b aired 05:35:59[0-240]" },
		{ __LINE__, "y @05:35 b", "05:34:50 power-off 1m10s", "b missed station-off @05:35" },
		{ __LINE__, "y @05:35 b late=30s", "05:34:50 power-off 1m", "b missed late @05:35" },
		{ __LINE__, "y @05:35 b", "05:34:50 restart 2m", "b missed station-off @05:35" },
		{ __LINE__, "y @05:35 b", "05:34:50 restart 119s", "b aired 05:36:49[0-240]" },
		/* what was announced before the end is one airing, not two */
		{ __LINE__, "y @05:35 b", "05:34:58 power-off 10m", "b missed station-off @05:35" },
		{ __LINE__, "y @05:35 b once", "05:34:58 power-off 5m", "b aired * 05:39:58[0-240]" },
		{ __LINE__, "y @05:35 b", "05:34:58 kill; 05:34:59 kill; 05:35 kill", "b aired 05:35[0-240]" },
		/* made up, whatever happens then */
		{ __LINE__, "y @05:35 b once", "05:34:58 power-off 5m; 05:40:58 kill; 05:41:30 restart",
				"b aired * 05:39:58[0-50] 05:40:58[50-82] 05:41:30[82-240]" },
		/* what waited before it is late, or not */
		{ __LINE__, "x @05:30 a; y @05:31 b", "05:32 power-off 10m",
				"a partial power-cut 05:30[0-117]; b missed late @05:31" },
		/* a new start asks again: the hours are quiet now */
		{ __LINE__, "y @05:35 b all; quiet 05:40-06:00", "05:33 power-off 10m", "b skipped quiet-hours * @05:35" },
		{ __LINE__, "y @05:35 raw", "05:34:58 kill", "raw aired 05:35[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(off_for_days)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "y @05:35 b", "05:00 power-off 3d", "b missed station-off @05:35; "
				"b missed station-off @15/05:35; b missed station-off @16/05:35; b aired 17/05:35[0-240]" },
		{ __LINE__, "y @05:35 b once late=4d", "05:00 power-off 73h", "b missed station-off @05:35; "
				"b missed station-off @15/05:35; b missed station-off @16/05:35; b aired * 17/06:00[0-240]" },
		/* nothing that is planned after the end of the run, though the power comes back later */
		{ __LINE__, "y @00:30,23:30 b", "2021-07-17T23:00 power-off 2h", "b aired 00:30[0-240]; b aired 23:30[0-240]; "
				"b aired 15/00:30[0-240]; b aired 15/23:30[0-240]; b aired 16/00:30[0-240]; "
				"b aired 16/23:30[0-240]; b aired 17/00:30[0-240]; b missed station-off @17/23:30" },
	};
	WORLD_TABLE(T, .to = "2021-07-18");
}
END_TEST

UNIT_MAIN("engine/absences", a_plain_day, an_end_on_air, off_for_a_while, off_for_days)
