/* The rules of the air 2 to 9 and 16, one row a case: see scene.h for the notation, day.h for the bulletins. */
#include "scene.h"

START_TEST(an_idle_zone_starts_on_time)
{
	static const struct scene_row T[] = {
		{ __LINE__, "nhac @05:30 a", "", "a aired 05:30[0-480]" },
		{ __LINE__, "nhac @05:30,05:40 a", "", "a aired 05:30[0-480]; a aired 05:40[0-480]" },
		{ __LINE__, "nhac @05:30 a,b", "", "a aired 05:30[0-480]; b aired 05:38[0-240]" },
		/* the end of one and the instant of the next are one instant: no lateness */
		{ __LINE__, "nhac @05:30 c; sau @05:32 b", "", "c aired 05:30[0-120]; b aired 05:32[0-240]" },
		/* an item ahead of its place in the list never starts before its instant */
		{ __LINE__, "sang 05:30-06:30 a,b", "05:31 skip cum-1",
				"a partial operator 05:30[0-60]; b aired 05:38[0-240]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(a_busy_zone_makes_wait)
{
	static const struct scene_row T[] = {
		{ __LINE__, "nhac @05:30 a; sau @05:31 b", "", "a aired 05:30[0-480]; b aired 05:38[0-240]" },
		{ __LINE__, "nhac @05:30 a; uu @05:31 p", "", "a aired 05:30[0-480]; p aired 05:38[0-180]" },
		/* level before order before instant */
		{ __LINE__, "x @05:30 a; y @05:31 b late=30m; z @05:32 first; u @05:33 p", "",
				"a aired 05:30[0-480]; p aired 05:38[0-180]; first aired 05:41[0-120]; "
				"b aired 05:43[0-240]" },
		{ __LINE__, "x @05:30 a; y @05:32 b; z @05:31 c", "",
				"a aired 05:30[0-480]; c aired 05:38[0-120]; b aired 05:40[0-240]" },
		/* one instant: position in the list, then in the files */
		{ __LINE__, "x @05:30 a; y @05:32 b; z @05:32 c", "",
				"a aired 05:30[0-480]; b aired 05:38[0-240]; c aired 05:42[0-120]" },
		{ __LINE__, "x @05:30 a; y @05:30 b,c late=30m; z @05:34 keep late=30m", "",
				"a aired 05:30[0-480]; b aired 05:38[0-240]; keep aired 05:42[0-120]; "
				"c aired 05:44[0-120]" },
		/* tests after everything else */
		{ __LINE__, "x @05:30 a; y @05:32 b", "05:31 play thu test",
				"a aired 05:30[0-480]; thu missed late @05:41; b aired 05:38[0-240]" },
		{ __LINE__, "x @05:30 a; y @05:32 c", "05:31 play thu test",
				"a aired 05:30[0-480]; c aired 05:38[0-120]; thu aired 05:40[0-60]" },
		{ __LINE__, "x @05:30 a", "05:31 play b priority; 05:31:01 play p normal",
				"a aired 05:30[0-480]; p missed late @05:41:01; b aired 05:38[0-240]" },
	};
	SCENE_CHECK(T);
}
END_TEST

/* Rule 3: "of one firing only its first unfinished item competes". */
START_TEST(a_firing_keeps_its_order)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:29 b; y @05:30 b,first late=30m", "",
				"b aired 05:29[0-240]; b aired 05:33[0-240]; first aired 05:37[0-120]" },
		{ __LINE__, "x @05:29 relay; y @05:30 b,first late=30m; z @05:30 first late=30m", "",
				"relay aired 05:29[0-600]; first aired 05:39[0-120]; b aired 05:41[0-240]; "
				"first aired 05:45[0-120]" },
		/* a cut one is unfinished as well: p of its own firing does not overtake it */
		{ __LINE__, "x @05:30 a,p late=30m; bao! bao,bao,bao,bao,bao,bao,bao,bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; bao aired 05:32[0-60]; bao aired 05:33[0-60]; "
				"bao aired 05:34[0-60]; bao aired 05:35[0-60]; bao aired 05:36[0-60]; "
				"bao aired 05:37[0-60]; bao aired 05:38[0-60]; "
				"a aired 05:30[0-60] 05:39[0-480]; p aired 05:47[0-180]" },
		{ __LINE__, "lu! bao,lu", "05:31 emergency lu", "bao aired 05:31[0-60]; lu aired 05:32[0-60]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(an_emergency_cuts_in_now)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; a aired 05:30[0-60] 05:32[60-480]" },
		{ __LINE__, "x @05:30 p; bao! bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; p aired 05:30[0-60] 05:32[60-180]" },
		/* a higher rank cuts a lower, which by default begins anew; an equal one waits */
		{ __LINE__, "bao! bao; lu! lu rank=5", "05:31 emergency bao; 05:31:20 emergency lu",
				"lu aired 05:31:20[0-60]; bao aired 05:31[0-20] 05:32:20[0-60]" },
		{ __LINE__, "bao! bao; lu! lu", "05:31 emergency bao; 05:31:20 emergency lu",
				"bao aired 05:31[0-60]; lu aired 05:32[0-60]" },
		{ __LINE__, "bao! bao rank=5; lu! lu", "05:31 emergency bao; 05:31:20 emergency lu",
				"bao aired 05:31[0-60]; lu aired 05:32[0-60]" },
		{ __LINE__, "bao! keep; lu! lu rank=5", "05:31 emergency bao; 05:31:20 emergency lu",
				"lu aired 05:31:20[0-60]; keep aired 05:31[0-20] 05:32:20[20-120]" },
		/* three deep, and back in the order of their levels */
		{ __LINE__, "x @05:30 a; bao! bao; lu! lu rank=5", "05:31 emergency bao; 05:31:20 emergency lu",
				"lu aired 05:31:20[0-60]; bao aired 05:31[0-20] 05:32:20[0-60]; "
				"a aired 05:30[0-60] 05:33:20[60-480]" },
		/* both commanded at one instant: rank decides, nothing is heard of the other before */
		{ __LINE__, "bao! bao; lu! lu rank=5", "05:31 emergency bao; 05:31 emergency lu",
				"lu aired 05:31[0-60]; bao aired 05:32[0-60]" },
		/* nothing is cut for what cannot be played */
		{ __LINE__, "x @05:30 a; bao! bao", "05:00 gone bao; 05:31 emergency bao",
				"bao failed file-missing @05:31; a aired 05:30[0-480]" },
		{ __LINE__, "x @05:30 a; bao! bao,lu", "05:00 gone bao; 05:31 emergency bao",
				"bao failed file-missing @05:31; lu aired 05:31[0-60]; "
				"a aired 05:30[0-60] 05:32[60-480]" },
		/* cut at its very first instant it has not begun */
		{ __LINE__, "x @05:30 a; bao! bao", "05:30 emergency bao",
				"bao aired 05:30[0-60]; a aired 05:31[0-480]" },
		/* over before it got the air */
		{ __LINE__, "bao! bao rank=5 until=30s; lu! lu until=30s", "05:31 emergency bao; 05:31:20 emergency lu",
				"lu missed late @05:31:50; bao aired 05:31[0-60]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(a_cut_item_comes_back)
{
	static const struct scene_row T[] = {
		/* at that very frame within resume-within, that instant included, later from its beginning */
		{ __LINE__, "x @05:30 soon; bao! bao", "05:31:00.250 emergency bao",
				"bao aired 05:31:00.250[0-60]; soon aired 05:30[0-60.250] 05:32:00.250[60.250-480]" },
		{ __LINE__, "x @05:30 soon; bao! bao; lu! lu", "05:31 emergency bao; 05:31:30 emergency lu",
				"bao aired 05:31[0-60]; lu aired 05:32[0-60]; soon aired 05:30[0-60] 05:33[0-480]" },
		{ __LINE__, "x @05:30 again; bao! bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; again aired 05:30[0-60] 05:32[0-480]" },
		{ __LINE__, "x @05:30 drop; bao! bao", "05:31 emergency bao",
				"drop partial interrupted 05:30[0-60]; bao aired 05:31[0-60]" },
		/* dropped before its first frame it was never cut */
		{ __LINE__, "x @05:30 drop; bao! bao", "05:30 emergency bao",
				"bao aired 05:30[0-60]; drop aired 05:31[0-480]" },
		/* twice cut: each time where it was */
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 emergency bao; 05:33 emergency bao",
				"bao aired 05:31[0-60]; bao aired 05:33[0-60]; "
				"a aired 05:30[0-60] 05:32[60-120] 05:34[120-480]" },
		/* to the head of its own level: after a priority one, before its like */
		{ __LINE__, "x @05:30 a; y @05:31 first,p late=30m; bao! bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; a aired 05:30[0-60] 05:32[60-480]; first aired 05:39[0-120]; "
				"p aired 05:41[0-180]" },
		{ __LINE__, "x @05:30 a; y @05:31 p late=30m; bao! bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; p aired 05:32[0-180]; a aired 05:30[0-60] 05:35[60-480]" },
		/* the later of max-late and cut + resume-within */
		{ __LINE__, "x @05:30 a late=0s; bao! bao,bao,bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; bao aired 05:32[0-60]; bao aired 05:33[0-60]; "
				"a aired 05:30[0-60] 05:34[60-480]" },
		{ __LINE__, "x @05:30 a late=0s; bao! relay", "05:31 emergency bao",
				"a partial interrupted 05:30[0-60]; relay aired 05:31[0-600]" },
		{ __LINE__, "x @05:30 a late=11m; bao! relay", "05:31 emergency bao",
				"relay aired 05:31[0-600]; a aired 05:30[0-60] 05:41[0-480]" },
		{ __LINE__, "x @05:30 a late=11m; bao! relay", "05:31:00.001 emergency bao",
				"a partial interrupted 05:30[0-60.001]; relay aired 05:31:00.001[0-600]" },
		/* never past a hard end */
		{ __LINE__, "sang 05:30-05:35 a hard-end; bao! bao,bao,bao,bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; bao aired 05:32[0-60]; bao aired 05:33[0-60]; "
				"bao aired 05:34[0-60]; a partial interrupted 05:30[0-60]" },
		{ __LINE__, "sang 05:30-05:35 a hard-end; bao! bao,bao,bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; bao aired 05:32[0-60]; bao aired 05:33[0-60]; "
				"a partial session-over 05:30[0-60] 05:34[60-120]" },
		/* a session's end is no hard end: it comes back after it */
		{ __LINE__, "sang 05:30-05:32 a; bao! bao,bao", "05:31 emergency bao",
				"bao aired 05:31[0-60]; bao aired 05:32[0-60]; a aired 05:30[0-60] 05:33[60-480]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(a_relay_follows_its_source)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @06:00 relay", "", "relay aired 06:00[0-600]" },
		/* late, but whole */
		{ __LINE__, "x @05:55 a; y @06:00 relay", "", "a aired 05:55[0-480]; relay aired 06:03[0-600]" },
		/* cut: what the source sent meanwhile is gone, and it ends with its source */
		{ __LINE__, "x @06:00 relay; bao! bao", "06:01 emergency bao",
				"bao aired 06:01[0-60]; relay partial interrupted 06:00[0-60] 06:02[120-600]" },
		{ __LINE__, "x @06:00 relay; bao! bao", "06:01 emergency bao; 06:03 emergency bao",
				"bao aired 06:01[0-60]; bao aired 06:03[0-60]; "
				"relay partial interrupted 06:00[0-60] 06:02[120-180] 06:04[240-600]" },
		/* the source is through before it can be joined again */
		{ __LINE__, "x @06:00 relay; bao! bao,bao", "06:08:30 emergency bao",
				"bao aired 06:08:30[0-60]; relay partial interrupted 06:00[0-510]; "
				"bao aired 06:09:30[0-60]" },
		{ __LINE__, "x @06:00 relay; bao! bao", "06:08:59.999 emergency bao",
				"bao aired 06:08:59.999[0-60]; "
				"relay partial interrupted 06:00[0-539.999] 06:09:59.999[599.999-600]" },
		{ __LINE__, "x @06:00 relay; bao! bao", "06:00 emergency bao",
				"bao aired 06:00[0-60]; relay aired 06:01[0-600]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(a_session_ends)
{
	static const struct scene_row T[] = {
		{ __LINE__, "sang 05:30-06:30 a,b,vov@06:00,c", "",
				"a aired 05:30[0-480]; b aired 05:38[0-240]; vov aired 06:00[0-600]; c aired 06:10[0-120]" },
		{ __LINE__, "sang 05:30-06:30 a,b gap=10s", "", "a aired 05:30[0-480]; b aired 05:38:10[0-240]" },
		/* one still running finishes; what could start at the end or later does not */
		{ __LINE__, "sang 05:30-05:35 a,b", "", "a aired 05:30[0-480]; b missed session-over @05:38" },
		{ __LINE__, "sang 05:30-05:38 a,b", "", "a aired 05:30[0-480]; b missed session-over @05:38" },
		{ __LINE__, "sang 05:30-05:38:00.001 a,b", "", "a aired 05:30[0-480]; b aired 05:38[0-240]" },
		{ __LINE__, "sang 05:30-05:35 a,b hard-end", "",
				"a partial session-over 05:30[0-300]; b missed session-over @05:38" },
		{ __LINE__, "sang 05:30-05:38 a hard-end", "", "a aired 05:30[0-480]" },
		{ __LINE__, "x @05:29 a; sang 05:30-05:35 b", "",
				"b missed session-over @05:35; a aired 05:29[0-480]" },
		{ __LINE__, "x @05:29 a; sang 05:30-05:37:00.001 b", "",
				"a aired 05:29[0-480]; b aired 05:37[0-240]" },
		/* a session's items may be late to its end, unless it says otherwise */
		{ __LINE__, "x @05:29 a; sang 05:30-06:30 b late=2m", "",
				"b missed late @05:32; a aired 05:29[0-480]" },
		/* a relay that is not hard waits; everything else follows */
		{ __LINE__, "sang 05:55-06:30 a,relay@06:00,c", "",
				"a aired 05:55[0-480]; relay aired 06:03[0-600]; c aired 06:13[0-120]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(a_hard_start_keeps_its_instant)
{
	static const struct scene_row T[] = {
		{ __LINE__, "sang 05:55-06:30 a,vov@06:00,c", "",
				"vov aired 06:00[0-600]; a aired 05:55[0-300] 06:10[0-480]; c aired 06:18[0-120]" },
		{ __LINE__, "x @05:55 keep,a late=30m; sang 06:00-06:30 vov@06:00", "",
				"keep aired 05:55[0-120]; vov aired 06:00[0-600]; a aired 05:57[0-180] 06:10[0-480]" },
		{ __LINE__, "x @05:55 drop; sang 06:00-06:30 vov@06:00", "",
				"drop partial interrupted 05:55[0-300]; vov aired 06:00[0-600]" },
		{ __LINE__, "x @05:59 c late=30m; sang 06:00-06:30 vov@06:00", "",
				"vov aired 06:00[0-600]; c aired 05:59[0-60] 06:10[0-120]" },
		/* not for earlier items of its own firing */
		{ __LINE__, "x @05:50 a late=30m; sang 05:55-06:30 b,c,vov@06:00", "",
				"a aired 05:50[0-480]; vov aired 06:00[0-600]; b aired 05:58[0-120] 06:10[0-240]; "
				"c aired 06:14[0-120]" },
		/* priority and emergency it waits for; then it has no haste any more */
		{ __LINE__, "x @05:59 p; sang 06:00-06:30 vov@06:00", "",
				"p aired 05:59[0-180]; vov aired 06:02[0-600]" },
		{ __LINE__, "x @05:59 p,a; sang 06:00-06:30 vov@06:00", "",
				"p aired 05:59[0-180]; vov aired 06:02[0-600]; a aired 06:12[0-480]" },
		{ __LINE__, "x @05:59 p; y @06:01 first; sang 06:00-06:30 vov@06:00", "",
				"p aired 05:59[0-180]; first aired 06:02[0-120]; vov aired 06:04[0-600]" },
		{ __LINE__, "bao! bao; sang 06:00-06:30 vov@06:00", "05:59:30 emergency bao",
				"bao aired 05:59:30[0-60]; vov aired 06:00:30[0-600]" },
		/* a priority item that waits for a boundary does not hinder it */
		{ __LINE__, "x @05:55 a late=30m; y @05:56 p late=30m; sang 06:00-06:30 vov@06:00", "",
				"vov aired 06:00[0-600]; p aired 06:10[0-180]; a aired 05:55[0-300] 06:13[0-480]" },
		/* in an idle zone a waiting priority item goes first, a normal one does not */
		{ __LINE__, "x @06:00 p; sang 06:00-06:30 vov@06:00", "",
				"p aired 06:00[0-180]; vov aired 06:03[0-600]" },
		{ __LINE__, "x @06:00 first; sang 06:00-06:30 vov@06:00", "",
				"vov aired 06:00[0-600]; first aired 06:10[0-120]" },
		/* by hand it is an item like others */
		{ __LINE__, "x @06:00 a", "06:01 play vov", "a aired 06:00[0-480]; vov aired 06:08[0-600]" },
		/* what cannot be played cuts nothing */
		{ __LINE__, "x @05:55 a; sang 06:00-06:30 vov@06:00", "05:50 gone vov",
				"vov failed file-missing @06:00; a aired 05:55[0-480]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(lateness_has_its_limit)
{
	static const struct scene_row T[] = {
		/* planned + max-late, that instant included */
		{ __LINE__, "x @05:30 a; y @05:31 b late=7m", "", "a aired 05:30[0-480]; b aired 05:38[0-240]" },
		{ __LINE__, "x @05:30:00.001 a; y @05:31 b late=7m", "",
				"b missed late @05:38; a aired 05:30:00.001[0-480]" },
		{ __LINE__, "x @05:30 relay; y @05:30 b", "", "relay aired 05:30[0-600]; b aired 05:40[0-240]" },
		{ __LINE__, "x @05:29:59 relay,c; y @05:30 b", "",
				"relay aired 05:29:59[0-600]; b aired 05:39:59[0-240]; c aired 05:43:59[0-120]" },
		{ __LINE__, "x @05:29 relay,c; y @05:29 a,b late=30m", "",
				"relay aired 05:29[0-600]; a aired 05:39[0-480]; c missed late @05:49; b aired 05:47[0-240]" },
		{ __LINE__, "x @05:29 relay,c late=8m; y @05:29 a late=30m", "",
				"relay aired 05:29[0-600]; a aired 05:39[0-480]; c aired 05:47[0-120]" },
		{ __LINE__, "x @05:29 relay,c late=7m; y @05:29 a late=30m", "",
				"relay aired 05:29[0-600]; c missed late @05:46; a aired 05:39[0-480]" },
		{ __LINE__, "x @05:30 a; y @05:30 b late=0s", "", "b missed late @05:30; a aired 05:30[0-480]" },
		{ __LINE__, "x @05:30 b late=0s", "", "b aired 05:30[0-240]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(quiet_hours)
{
	static const struct scene_row T[] = {
		{ __LINE__, "quiet 06:00-07:00; x @05:59,06:00,06:59:59,07:00 keep", "",
				"keep skipped quiet-hours @06:00; keep partial quiet-hours 05:59[0-60]; "
				"keep skipped quiet-hours @06:59:59; keep aired 07:00[0-120]" },
		{ __LINE__, "quiet 06:00-07:00; x @05:58 keep", "", "keep aired 05:58[0-120]" },
		/* waited into it, or cut and waited into it */
		{ __LINE__, "quiet 06:00-07:00; x @05:53 a late=30m; y @05:54 b late=2h", "",
				"b skipped quiet-hours @06:00; a partial quiet-hours 05:53[0-420]" },
		{ __LINE__, "quiet 06:00-07:00; x @05:58 a; bao! bao,bao", "05:59 emergency bao",
				"bao aired 05:59[0-60]; a partial quiet-hours 05:58[0-60]; bao aired 06:00[0-60]" },
		/* emergencies pass, tests do not, warn says nothing here */
		{ __LINE__, "quiet 06:00-07:00; bao! bao", "06:30 emergency bao", "bao aired 06:30[0-60]" },
		{ __LINE__, "quiet 06:00-07:00; bao! bao", "05:59:30 emergency bao", "bao aired 05:59:30[0-60]" },
		{ __LINE__, "quiet 06:00-07:00; x @05:30 c", "06:30 play thu test",
				"c aired 05:30[0-120]; thu skipped quiet-hours @06:30" },
		{ __LINE__, "warn 06:00-07:00; x @05:59,06:30 keep", "",
				"keep aired 05:59[0-120]; keep aired 06:30[0-120]" },
		/* an emergency during it, and the day after it */
		{ __LINE__, "quiet 06:00-07:00; x @07:00 c; bao! bao", "06:59:30 emergency bao; 06:59:40 play b",
				"b skipped quiet-hours @06:59:40; bao aired 06:59:30[0-60]; c aired 07:00:30[0-120]" },
		{ __LINE__, "quiet 21:00-05:00; x @04:59:59,05:00 c", "",
				"c skipped quiet-hours @04:59:59; c aired 05:00[0-120]" },
		/* two guards that meet, or overlap */
		{ __LINE__, "quiet 06:00-06:30; quiet 06:30-07:00; x @06:30,07:00 c", "",
				"c skipped quiet-hours @06:30; c aired 07:00[0-120]" },
		{ __LINE__, "quiet 06:00-07:00; quiet 06:30-06:40; x @06:41,07:00 c", "",
				"c skipped quiet-hours @06:41; c aired 07:00[0-120]" },
		/* the same border a second time */
		{ __LINE__, "quiet 06:00-06:01; quiet 06:05-06:06; x @05:59,06:04 keep", "",
				"keep partial quiet-hours 05:59[0-60]; keep partial quiet-hours 06:04[0-60]" },
		{ __LINE__, "quiet 06:00-06:01; x @06:00 a", "05:00 slow", "a skipped quiet-hours @06:00" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(a_lost_output_makes_wait)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 a", "05:31 lose; 05:32 restore", "a aired 05:30[0-60] 05:32[60-480]" },
		{ __LINE__, "x @05:30 a", "05:29 lose; 05:31 restore", "a aired 05:31[0-480]" },
		/* its position stands still, its limits do not */
		{ __LINE__, "x @05:30 a", "05:29 lose", "a failed device-lost @05:40" },
		{ __LINE__, "x @05:30 a late=0s", "05:31 lose", "a partial device-lost 05:30[0-60]" },
		{ __LINE__, "x @05:30 a", "05:31 lose; 05:40 restore", "a aired 05:30[0-60] 05:40[0-480]" },
		{ __LINE__, "sang 05:30-05:35 a,b", "05:29 lose", "a failed device-lost @05:35; b missed session-over @05:38" },
		{ __LINE__, "sang 05:30-05:35 b,c", "05:29 lose",
				"b failed device-lost @05:35; c failed device-lost @05:35" },
		{ __LINE__, "x @05:30 a", "05:30 lose; 05:31 restore", "a aired 05:31[0-480]" },
		{ __LINE__, "x @05:30 drop", "05:31 lose; 05:32 restore", "drop partial device-lost 05:30[0-60]" },
		{ __LINE__, "bao! bao until=10m", "05:31 emergency bao; 05:31:20 lose; 05:35 restore",
				"bao aired 05:31[0-20] 05:35[0-60]" },
		{ __LINE__, "bao! bao until=10m", "05:30 lose; 05:31 emergency bao", "bao failed device-lost @05:41" },
		{ __LINE__, "x @06:00 relay", "06:01 lose; 06:02 restore",
				"relay partial device-lost 06:00[0-60] 06:02[120-600]" },
		/* back before the limit, so it is merely late; and cut before that */
		{ __LINE__, "x @05:30 a; y @05:30 b", "05:29 lose; 05:33 restore",
				"b missed late @05:40; a aired 05:33[0-480]" },
		{ __LINE__, "x @05:30 a late=0s; bao! bao", "05:31 emergency bao; 05:31:10 lose",
				"a partial interrupted 05:30[0-60]; bao partial device-lost 05:31[0-10]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(what_cannot_be_played_fails)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 a,b", "05:29 gone a", "a failed file-missing @05:30; b aired 05:38[0-240]" },
		{ __LINE__, "x @05:30 a", "05:29 corrupt a", "a failed file-corrupt @05:30" },
		{ __LINE__, "x @05:30 a", "05:29 changed a", "a failed file-changed @05:30" },
		/* asked when it is about to start, not before; what is on air plays on */
		{ __LINE__, "x @05:30 a; y @05:31 b", "05:35 gone b", "a aired 05:30[0-480]; b failed file-missing @05:38" },
		{ __LINE__, "x @05:30 a", "05:31 gone a", "a aired 05:30[0-480]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:31 gone a; 05:32 emergency bao",
				"bao aired 05:32[0-60]; a failed file-missing 05:30[0-120]" },
		{ __LINE__, "x @05:30 a; y @05:31 c", "05:33 break",
				"a failed file-corrupt 05:30[0-180]; c aired 05:33[0-120]" },
	};
	SCENE_CHECK(T);
}
END_TEST

static void approval(struct station *s)
{
	s->approval = true;
}

START_TEST(approval_is_asked_at_air_time)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 raw,a", "", "raw skipped not-approved @05:30; a aired 05:31[0-480]" },
		{ __LINE__, "x @05:30 a", "05:40 play raw", "a aired 05:30[0-480]; raw skipped not-approved @05:40" },
		/* an emergency needs none at air time */
		{ __LINE__, "bao! raw", "05:31 emergency bao", "raw aired 05:31[0-60]" },
	};
	static const struct scene_row FREE[] = { { __LINE__, "x @05:30 raw", "", "raw aired 05:30[0-60]" } };
	scene_check_with(T, sizeof T / sizeof *T, 1, approval);
	SCENE_CHECK(FREE);
}
END_TEST

/* A real card tells of a stop up to 30 ms later: nobody may be forgotten meanwhile. */
START_TEST(stops_may_be_told_late)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @05:30 a; bao! bao", "05:00 slow; 05:31 emergency bao",
				"bao aired 05:31[0-60]; a aired 05:30[0-60] 05:32[60-480]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:00 slow; 05:31 emergency bao; 05:31:00.010 hold cum-1",
				"a partial held 05:30[0-60]; bao aired 05:31[0-60]" },
		{ __LINE__, "x @05:30 a; bao! bao", "05:00 slow; 05:31 emergency bao; 05:31:00.010 stop cum-1",
				"a partial operator 05:30[0-60]; bao partial operator 05:31[0-0.010]" },
		{ __LINE__, "x @05:30 a; y @05:31 b", "05:00 slow; 05:32 skip cum-1",
				"a partial operator 05:30[0-120]; b aired 05:32[0-240]" },
		{ __LINE__, "bao! bao; lu! lu rank=5", "05:00 slow; 05:31 emergency bao; 05:31:20 emergency lu; "
				"05:31:20.010 cancel bao",
				"bao partial operator 05:31[0-20]; lu aired 05:31:20[0-60]" },
		{ __LINE__, "quiet 06:00-07:00; x @05:58 a", "05:00 slow; 05:59:59.990 skip cum-1",
				"a partial operator 05:58[0-119.990]" },
		/* the first word counts */
		{ __LINE__, "x @05:30 a", "05:00 slow; 05:31 skip cum-1; 05:31:00.010 hold cum-1",
				"a partial operator 05:30[0-60]" },
		{ __LINE__, "quiet 06:00-07:00; x @05:58 a; bao! bao", "05:00 slow; 05:59:59.990 emergency bao",
				"a partial quiet-hours 05:58[0-119.990]; bao aired 05:59:59.990[0-60]" },
		{ __LINE__, "x @05:30 drop; bao! bao", "05:00 slow; 05:31 emergency bao",
				"drop partial interrupted 05:30[0-60]; bao aired 05:31[0-60]" },
	};
	SCENE_CHECK(T);
}
END_TEST

static void on_own_zones(struct station *s)
{
	s->guards.at[0].zones = 2;
}

START_TEST(each_zone_for_itself)
{
	static const struct scene_row T[] = {
		{ __LINE__, "quiet 06:00-07:00; x @05:59 keep", "",
				"keep/2 partial quiet-hours 05:59[0-60]; keep aired 05:59[0-120]" },
		{ __LINE__, "quiet 01:00-02:00; x @05:30 c; bao! bao zone=2", "05:31 emergency bao",
				"c aired 05:30[0-120]; bao/2 aired 05:31[0-60]; c/2 aired 05:30[0-60] 05:32[60-120]" },
		{ __LINE__, "quiet 01:00-02:00; x @05:30 c zone=2", "", "c/2 aired 05:30[0-120]" },
	};
	scene_check_with(T, sizeof T / sizeof *T, 2, on_own_zones);
}
END_TEST

UNIT_MAIN("airing/desk", an_idle_zone_starts_on_time, a_busy_zone_makes_wait, a_firing_keeps_its_order,
		an_emergency_cuts_in_now, a_cut_item_comes_back, a_relay_follows_its_source, a_session_ends,
		a_hard_start_keeps_its_instant, lateness_has_its_limit, quiet_hours, a_lost_output_makes_wait,
		what_cannot_be_played_fails, approval_is_asked_at_air_time, stops_may_be_told_late, each_zone_for_itself)
