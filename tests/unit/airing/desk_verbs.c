/* Rule 17 at the desk: see scene.h for the notation, day.h for the bulletins. */
#include "scene.h"

START_TEST(stop)
{
	static const struct scene_row T[] = {
		/* on air partial, waiting skipped, the rest of the firings at their instants; others air */
		{ __LINE__, "sang 05:30-06:30 a,b; x @05:31 c; y @05:50 c", "05:35 stop cum-1",
				"c skipped operator @05:35; a partial operator 05:30[0-300]; "
				"b skipped operator @05:38; c aired 05:50[0-120]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao; 05:31:30 stop cum-1",
				"a partial operator 05:30[0-60]; bao partial operator 05:31[0-30]" },
		/* what is due at that very instant comes after it; heard nothing = skipped */
		{ __LINE__, "x @05:30 c", "05:30 stop cum-1", "c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 c; bao! bao,bao", "05:31 emergency bao; 05:31 stop cum-1",
				"c partial operator 05:30[0-60]; bao skipped operator @05:31; bao skipped operator @05:31" },
		{ __LINE__, "x @05:30 c", "05:32 stop cum-1", "c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 c", "05:31 lose; 05:31:30 stop cum-1", "c partial operator 05:30[0-60]" },
		{ __LINE__, "x @05:30 a", "05:31 play b; 05:32 stop all",
				"b skipped operator @05:32; a partial operator 05:30[0-120]" },
		/* tomorrow's firing, or the next repeat, is another one */
		{ __LINE__, "x @05:30,05:40 b", "05:31 stop cum-1", "b partial operator 05:30[0-60]; b aired 05:40[0-240]" },
		{ __LINE__, "x @05:30 a", "05:29 stop cum-1", "a aired 05:30[0-480]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(skip)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 a,b; y @05:31 c", "05:35 skip cum-1",
				"a partial operator 05:30[0-300]; c aired 05:35[0-120]; b aired 05:38[0-240]" },
		/* nothing on air: the first that waits */
		{ __LINE__, "x @05:30 c; y @05:30 b", "05:29 lose; 05:31 skip cum-1; 05:32 restore",
				"c skipped operator @05:31; b aired 05:32[0-240]" },
		{ __LINE__, "x @05:30 c", "05:31 lose; 05:31:30 skip cum-1; 05:32 restore",
				"c partial operator 05:30[0-60]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao; 05:31:30 skip cum-1",
				"bao partial operator 05:31[0-30]; a aired 05:30[0-60] 05:31:30[60-480]" },
		{ __LINE__, "x @05:30 c", "05:29 skip cum-1; 05:40 skip cum-1", "c aired 05:30[0-120]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(hold_and_release)
{
	static const struct scene_row T[] = {
		{ __LINE__, "sang 05:30-06:30 a,b,c; y @05:31 c", "05:35 hold cum-1; 05:40 release cum-1",
				"c skipped held @05:35; a partial held 05:30[0-300]; b skipped held @05:38; "
				"c aired 05:42[0-120]" },
		/* emergencies pass; what is played by hand does not */
		{ __LINE__, "bao! bao", "05:30 hold cum-1; 05:31 emergency bao; 05:31:10 play c; 05:31:20 hold cum-1",
				"c skipped held @05:31:10; bao aired 05:31[0-60]" },
		{ __LINE__, "x @05:30 c", "05:29 hold cum-1; 05:30 release cum-1", "c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao; 05:31:30 hold cum-1",
				"a partial held 05:30[0-60]; bao aired 05:31[0-60]" },
		{ __LINE__, "x @05:30 c", "05:29 hold cum-1; 05:31 release cum-1", "c skipped held @05:30" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(off_and_on)
{
	static const struct scene_row T[] = {
		{ __LINE__, "sang 05:30-06:30 a,b; y @05:31 c; z @05:50 c", "05:35 off cum-1; 05:45 on cum-1",
				"c skipped zone-off @05:35; a partial operator 05:30[0-300]; b skipped zone-off @05:38; "
				"c aired 05:50[0-120]" },
		/* for emergencies too */
		{ __LINE__, "bao! bao", "05:30 off cum-1; 05:31 emergency bao; 05:31:10 play c",
				"bao skipped zone-off @05:31; c skipped zone-off @05:31:10" },
		{ __LINE__, "bao! bao", "05:31 emergency bao; 05:31:10 off cum-1", "bao partial operator 05:31[0-10]" },
		{ __LINE__, "x @05:30 c", "05:29 off cum-1; 05:29:30 hold cum-1", "c skipped zone-off @05:30" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(zones_by_name)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 c", "05:31 stop cum-2",
				"c/2 partial operator 05:30[0-60]; c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 c", "05:29 hold cum-2", "c/2 skipped held @05:30; c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 c", "05:31 off all", "c partial operator 05:30[0-60]; c/2 partial operator 05:30[0-60]" },
	};
	scene_check_with(T, sizeof T / sizeof *T, 2, NULL);
}
END_TEST

START_TEST(cancel)
{
	static const struct scene_row T[] = {
		/* what is on air is finished, what waits is not aired */
		{ __LINE__, "bao! bao,lu", "05:31 emergency bao; 05:31:30 cancel bao",
				"lu skipped operator @05:31:30; bao aired 05:31[0-60]" },
		{ __LINE__, "bao! bao; lu! lu rank=5", "05:31 emergency bao; 05:31:20 emergency lu; 05:31:30 cancel bao",
				"bao partial operator 05:31[0-20]; lu aired 05:31:20[0-60]" },
		{ __LINE__, "bao! bao; lu! lu", "05:31 emergency bao; 05:31:20 emergency lu; 05:31:30 cancel bao",
				"bao aired 05:31[0-60]; lu aired 05:32[0-60]" },
	};
	SCENE_CHECK(T);
}
END_TEST

UNIT_MAIN("airing/desk_verbs", stop, skip, hold_and_release, off_and_on, zones_by_name, cancel)
