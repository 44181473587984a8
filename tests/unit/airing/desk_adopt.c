/* A new schedule at the desk (rule 15), what a start hands it, and clocks (rule 13). */
#include "scene.h"

static struct airing *named(const struct scene *sc, const char *bulletin)
{
	for (size_t i = 0; i < desk_count(sc->desk); i++)
		if (!strcmp(desk_at(sc->desk, i)->bulletin->name, bulletin))
			return desk_at(sc->desk, i);
	return NULL;
}

static void at(struct scene *sc, const char *time)
{
	char stamp[64];
	snprintf(stamp, sizeof stamp, DAY_DATE "T%s", time);
	scene_run(sc, build_instant(sc->st, stamp));
}

#define EXPECT(sc, want) ck_assert_str_eq(text_str(&(sc)->result), want)

/* ── Rule 15 ── */

static bool stays(void *self, const struct airing *a)
{
	const char *names = self;
	return strstr(names, a->bulletin->name) != NULL;
}

START_TEST(a_new_schedule)
{
	static const struct {
		int line;
		const char *staying, *want;
		bool guard;
	} T[] = {
		/* one on air is finished, a waiting one skipped, a cut one partial, later ones never enter */
		{ __LINE__, "", "c partial interrupted 05:30[0-60]; b skipped replaced @05:33; bao aired 05:31[0-300]", false },
		{ __LINE__, "b c first", "bao aired 05:31[0-300]; c aired 05:30[0-60] 05:36[60-120]; "
				"b aired 05:37[0-240]; first aired 05:50[0-120]", false },
		{ __LINE__, "first", "c partial interrupted 05:30[0-60]; b skipped replaced @05:33; bao aired 05:31[0-300]; "
				"first aired 05:50[0-120]", false },
		/* its guards count at once */
		{ __LINE__, "b c first", "c partial quiet-hours 05:30[0-60]; b skipped quiet-hours @05:33; "
				"bao aired 05:31[0-300]; first aired 05:50[0-120]", true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct scene sc;
		scene_open(&sc, T[i].line, 1, "x @05:30 c; y @05:31 b; z @05:50 first; bao! bao");
		struct station *old = sc.st, *next = day_station(1);
		old->bulletins.at[station_bulletin(old, "bao")].audio.at[0].frames[0] = 5 * DAY_MINUTE;
		if (T[i].guard)
			build_guard(next, "05:32", "05:40", GUARD_REFUSE);
		scene_each(&sc, "05:31 emergency bao", scene_event);
		at(&sc, "05:33");
		ck_assert(desk_adopt(sc.desk, next, stays, (void *)(uintptr_t)T[i].staying, sc.now));
		scene_acts(&sc);
		ck_assert(desk_uses(sc.desk, old));
		ck_assert(!desk_uses(sc.desk, next));
		scene_run(&sc, (wall_us){ US_NEVER });
		ck_assert_msg(!strcmp(text_str(&sc.result), T[i].want), "row of line %d:\n got %s\nwant %s", T[i].line,
				text_str(&sc.result), T[i].want);
		ck_assert(!desk_uses(sc.desk, old));
		scene_close(&sc);
		station_free(&next);
	}
}
END_TEST

static bool all_stay(void *self, const struct airing *a)
{
	(void)self, (void)a;
	return true;
}

static void swap_zones(struct station *s)
{
	struct zone first = s->zones.at[0];
	s->zones.at[0] = s->zones.at[1];
	s->zones.at[1] = first;
}

START_TEST(zones_are_found_by_name)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 2, "x @05:30 c zone=1; y @05:40,05:45 c; bao! bao zone=1");
	struct station *old = sc.st, *next = day_station(2);
	swap_zones(next);
	at(&sc, "05:31");
	desk_hold(sc.desk, 2); /* cum-2 */
	ck_assert(desk_adopt(sc.desk, next, all_stay, NULL, sc.now));
	ck_assert(!desk_on_air(sc.desk, 0) && desk_on_air(sc.desk, 1));
	ck_assert(desk_is_held(sc.desk, 0) && !desk_is_held(sc.desk, 1));
	sc.st = next;
	scene_acts(&sc);
	scene_run(&sc, (wall_us){ US_NEVER });
	EXPECT(&sc, "c/2 aired 05:30[0-120]; c skipped held @05:40; c/2 aired 05:40[0-120]; "
		    "c skipped held @05:45; c/2 aired 05:45[0-120]");
	scene_close(&sc);
	station_free(&old);
}
END_TEST

START_TEST(a_zone_in_use_cannot_vanish)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 2, "x @05:30 c zone=2");
	struct station *next = day_station(1);
	at(&sc, "05:31");
	ck_assert(!desk_adopt(sc.desk, next, all_stay, NULL, sc.now));
	ck_assert(desk_on_air(sc.desk, 1));
	scene_run(&sc, (wall_us){ US_NEVER });
	EXPECT(&sc, "c/2 aired 05:30[0-120]");
	scene_close(&sc);
	station_free(&next);
}
END_TEST

START_TEST(zones_the_schedule_switches)
{
	static const struct {
		int line;
		bool before, after, by_hand, want;
	} T[] = {
		{ __LINE__, true, true, false, true },  { __LINE__, true, false, false, false },
		{ __LINE__, false, true, false, true }, { __LINE__, false, false, false, false },
		{ __LINE__, true, true, true, false }, /* what people said stays while the schedule says the same */
		{ __LINE__, false, false, true, true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct station *old = day_station(1), *next = day_station(1);
		old->zones.at[0].on = T[i].before;
		next->zones.at[0].on = T[i].after;
		struct desk *d = desk_new(old, &(struct desk_env){ 0 });
		ck_assert_int_eq(desk_is_off(d, 0), !T[i].before);
		if (T[i].by_hand)
			T[i].before ? desk_off(d, 1) : desk_on(d, 1);
		ck_assert(desk_adopt(d, next, all_stay, NULL, (wall_us){ 0 }));
		ck_assert_msg(desk_is_off(d, 0) == !T[i].want, "line %d", T[i].line);
		desk_free(&d);
		station_free(&old);
		station_free(&next);
	}
}
END_TEST

/* What waits where the new schedule has no loudspeaker on is not aired; what is on air there is finished. */
START_TEST(a_zone_switched_off_by_the_schedule)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 1, "x @05:30 a; y @05:31 b");
	struct station *old = sc.st, *next = day_station(1);
	next->zones.at[0].on = false;
	at(&sc, "05:33");
	ck_assert(desk_adopt(sc.desk, next, all_stay, NULL, sc.now));
	scene_acts(&sc);
	scene_run(&sc, (wall_us){ US_NEVER });
	EXPECT(&sc, "b skipped zone-off @05:33; a aired 05:30[0-480]");
	sc.st = next;
	scene_close(&sc);
	station_free(&old);
}
END_TEST

START_TEST(what_does_not_enter)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 1, "x @05:30 a; y @05:31,05:38 c");
	at(&sc, "05:34");
	desk_withdraw(sc.desk, build_instant(sc.st, DAY_DATE "T05:38"));
	scene_run(&sc, (wall_us){ US_NEVER });
	EXPECT(&sc, "a aired 05:30[0-480]; c aired 05:38[0-120]");
	scene_close(&sc);
}
END_TEST

/* ── What a start hands to the desk ── */

static void cut_before(struct scene *sc, const char *name)
{
	struct airing *a = airing_new_manual(sc->st, station_bulletin(sc->st, name), 0, LEVEL_NORMAL, sc->now, 9);
	a->phase = AIR_WAITING;
	a->was_on = a->was_cut = true;
	a->started = a->cut_at = sc->now;
	a->cut_frame = DAY_MINUTE;
	a->cut_reason = REASON_POWER_CUT;
	vec_push(&a->segments, (struct segment){ 0, DAY_MINUTE, sc->now });
	desk_add(sc->desk, a);
}

START_TEST(what_was_cut_by_the_power)
{
	static const struct {
		int line;
		const char *name, *orders, *want;
	} T[] = {
		{ __LINE__, "a", "", "a aired 00:00[0-60] 00:01[60-480]" },
		{ __LINE__, "drop", "", "drop partial power-cut 00:00[0-60]" },
		{ __LINE__, "again", "", "again aired 00:00[0-60] 00:01[0-480]" },
		{ __LINE__, "a", "hold", "a partial held 00:00[0-60]" },
		{ __LINE__, "a", "off", "a partial operator 00:00[0-60]" },
		{ __LINE__, "a", "lose", "a partial power-cut 00:00[0-60]" },
		{ __LINE__, "a", "quiet", "a partial quiet-hours 00:00[0-60]" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct scene sc;
		scene_open(&sc, T[i].line, 1, *T[i].orders == 'q' ? "quiet 23:00-01:00" : "");
		/* as journal rows are read back: orders first */
		if (*T[i].orders == 'l')
			desk_output(sc.desk, 0, true);
		else if (*T[i].orders && *T[i].orders != 'q')
			ck_assert(scene_zone_verb(&sc, T[i].orders, 1));
		cut_before(&sc, T[i].name);
		sc.now.us += 60 * US_PER_S;
		scene_acts(&sc);
		scene_run(&sc, (wall_us){ US_NEVER });
		ck_assert_msg(!strcmp(text_str(&sc.result), T[i].want), "row of line %d:\n got %s\nwant %s", T[i].line,
				text_str(&sc.result), T[i].want);
		scene_close(&sc);
	}
}
END_TEST

START_TEST(endings_are_kept)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 1, "sang 05:30-06:30 a,b");
	desk_end_firing(sc.desk, "sang", build_instant(sc.st, DAY_DATE "T05:30"), 0);
	ck_assert_uint_eq(desk_ended_count(sc.desk), 1);
	ck_assert_str_eq(desk_ended_at(sc.desk, 0)->rule, "sang");
	scene_run(&sc, build_instant(sc.st, DAY_DATE "T06:00"));
	EXPECT(&sc, "a skipped operator @05:30; b skipped operator @05:38");
	/* after a month nobody asks any more */
	desk_turn(sc.desk, build_instant(sc.st, "2021-08-14T05:30"));
	ck_assert_uint_eq(desk_ended_count(sc.desk), 1);
	desk_turn(sc.desk, build_instant(sc.st, "2021-08-15T05:30:01"));
	ck_assert_uint_eq(desk_ended_count(sc.desk), 0);
	scene_close(&sc);
}
END_TEST

/* ── Clocks ── */

/* Rule 2 holds for the clock as it is believed now: what waits is upcoming again. */
START_TEST(a_clock_set_back)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 1, "x @06:00 a late=2h; y @06:01,05:30 c late=2h; quiet 05:40-05:45");
	at(&sc, "06:02");
	ck_assert_int_eq(named(&sc, "c")->phase, AIR_WAITING);
	sc.now = build_instant(sc.st, DAY_DATE "T05:02");
	desk_on_air(sc.desk, 0)->on_since.us -= 3600 * US_PER_S; /* the card plays on */
	scene_acts(&sc);
	ck_assert_int_eq(named(&sc, "c")->phase, AIR_UPCOMING);
	ck_assert_str_eq(desk_on_air(sc.desk, 0)->bulletin->name, "a");
	scene_run(&sc, (wall_us){ US_NEVER });
	EXPECT(&sc, "c aired 05:30[0-120]; a aired 05:00[0-480]; c aired 06:01[0-120]");
	scene_close(&sc);
}
END_TEST

START_TEST(a_schedule_on_hold)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 1, "x @05:30 a; y @05:31 b; bao! bao");
	at(&sc, "05:31");
	scene_acts(&sc);
	desk_hold_schedule(sc.desk, true);
	scene_each(&sc, "05:31:10 emergency bao; 05:31:20 play c", scene_event);
	scene_run(&sc, build_instant(sc.st, DAY_DATE "T05:36"));
	EXPECT(&sc, "bao aired 05:31:10[0-60]; c aired 05:32:10[0-120]");
	desk_hold_schedule(sc.desk, false);
	scene_acts(&sc);
	scene_run(&sc, (wall_us){ US_NEVER });
	EXPECT(&sc, "bao aired 05:31:10[0-60]; c aired 05:32:10[0-120]; b missed late @05:41; "
		    "a aired 05:30[0-70] 05:36[70-480]");
	scene_close(&sc);
}
END_TEST

UNIT_MAIN("airing/desk_adopt", a_new_schedule, zones_are_found_by_name, a_zone_in_use_cannot_vanish,
		zones_the_schedule_switches, a_zone_switched_off_by_the_schedule, what_does_not_enter,
		what_was_cut_by_the_power, endings_are_kept, a_clock_set_back, a_schedule_on_hold)
