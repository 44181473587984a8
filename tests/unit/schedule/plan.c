#include "build.h"

#define COUNT(t) (sizeof(t) / sizeof *(t))

static char *show_day(const struct station *s, const char *day, int zone)
{
	struct plan p = { 0 };
	plan_day(s, build_day(day), &p);
	char *text = build_show(s, &p, zone);
	plan_free(&p);
	return text;
}

/* Compares and says where. */
#define EXPECT(line, got, want)                                                                              \
	do {                                                                                                 \
		char *got_ = (got);                                                                          \
		ck_assert_msg(!strcmp(got_, want), "row of line %d:\n got %s\nwant %s", line, got_, want);   \
		mem_free(got_);                                                                              \
	} while (0)

static struct station *hanoi(void)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 1);
	build_bulletin(s, "a", 20457, CLASS_ANNOUNCEMENT);
	build_bulletin(s, "b", 60000, CLASS_NEWS);
	build_bulletin(s, "c", 90001, CLASS_ANNOUNCEMENT);
	build_bulletin(s, "m", 30000, CLASS_MUSIC);
	build_bulletin(s, "vov", 1500000, CLASS_RELAY);
	return s;
}

START_TEST(a_session_is_a_running_sum)
{
	static const struct {
		int line;
		const char *start, *end, *gap, *play, *want;
	} T[] = {
		{ __LINE__, "5h30", "6h30", "0s", "a,b,c", "05:30 1.a, 05:30:20.457 2.b, 05:31:20.457 3.c" },
		{ __LINE__, "5h30", "6h30", "2s", "a,b,c", "05:30 1.a, 05:30:22.457 2.b, 05:31:24.457 3.c" },
		{ __LINE__, "5h30", "6h30", "0s", "a,vov@6h00,b", "05:30 1.a, 06:00 2.vov, 06:25 3.b" },
		{ __LINE__, "5h30", "6h30", "2s", "a,vov@6h00,b", "05:30 1.a, 06:00 2.vov, 06:25:02 3.b" },
		{ __LINE__, "5h30", "6h30", "0s", "a,a,a", "05:30 1.a, 05:30:20.457 2.a, 05:30:40.914 3.a" },
		/* the anchor stands, whatever ran before it */
		{ __LINE__, "5h59", "6h30", "0s", "c,vov@6h00,b", "05:59 1.c, 06:00 2.vov, 06:25 3.b" },
		/* what lies behind the session's end is planned all the same: the desk judges it */
		{ __LINE__, "5h30", "5h31", "0s", "b,a,c", "05:30 1.b, 05:31 2.a, 05:31:20.457 3.c" },
		{ __LINE__, "23h59", "0h30", "0s", "c,b,vov@0h05,a",
		        "23:59 1.c, +1 00:00:30.001 2.b, +1 00:05 3.vov, +1 00:30 4.a" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct station *s = hanoi();
		struct rule *r = build_session(s, "sang", T[i].start, T[i].end, T[i].play);
		ck_assert(value_duration(T[i].gap, &r->gap_ms));
		EXPECT(T[i].line, show_day(s, "2021-07-14", 0), T[i].want);
		station_free(&s);
	}
}
END_TEST

START_TEST(items_say_whose_they_are)
{
	struct station *s = hanoi();
	build_session(s, "sang", "5h30", "6h30", "a,vov@6h00");
	build_at(s, "trua", "11h15", "b");
	struct plan p = { 0 };
	plan_day(s, build_day("2021-07-14"), &p);
	ck_assert_uint_eq(p.items.n, 3);
	const struct planned *relay = &p.items.at[1], *noon = &p.items.at[2];
	ck_assert_int_eq(relay->firing.us, build_instant(s, "2021-07-14T05:30").us);
	ck_assert_int_eq(relay->over.us, build_instant(s, "2021-07-14T06:30").us);
	ck_assert(relay->anchored && !p.items.at[0].anchored && !noon->anchored);
	ck_assert_int_eq(relay->ms, 1500000);
	ck_assert_int_eq(p.items.at[0].ms, 20457);
	ck_assert_int_eq(noon->over.us, US_NEVER);
	ck_assert_int_eq(noon->rule, 1);
	struct text id = { 0 };
	plan_id(s, relay, &id);
	ck_assert_str_eq(text_str(&id), "22363/sang/20210714T053000+0700/2.vov/cum-1");
	text_free(&id);
	plan_free(&p);
	station_free(&s);
}
END_TEST

START_TEST(what_is_not_planned_takes_no_time_and_no_gap)
{
	struct station *s = hanoi();
	struct rule *r = build_session(s, "sang", "5h30", "6h30", "b,a,b,vov@6h00,b");
	r->gap_ms = 1000;
	int a = station_bulletin(s, "a");
	int campaign = build_campaign(s, "chien-dich", "1/7/2021", "31/7/2021");

	EXPECT(__LINE__, show_day(s, "2021-07-14", 0),
	        "05:30 1.b, 05:31:01 2.a, 05:31:22.457 3.b, 06:00 4.vov, 06:25:01 5.b");
	static const char without[] = "05:30 1.b, 05:31:01 3.b, 06:00 4.vov, 06:25:01 5.b";
	s->bulletins.at[a].days = (day_span){ build_day("15/7/2021"), DAY_MAX };
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), without);
	s->bulletins.at[a].days = (day_span){ DAY_MIN, build_day("13/7/2021") };
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), without);
	s->bulletins.at[a].days = BUILD_ALL_DAYS;
	s->bulletins.at[a].campaign = campaign;
	EXPECT(__LINE__, show_day(s, "2021-08-01", 0), without);
	EXPECT(__LINE__, show_day(s, "2021-06-30", 0), without);
	/* a relay that is taken away anchors nothing */
	build_exception(s, "le", "14/7/2021", "14/7/2021")->suppress[CLASS_RELAY] = true;
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0),
	        "05:30 1.b, 05:31:01 2.a, 05:31:22.457 3.b, 05:32:23.457 5.b");
	station_free(&s);
}
END_TEST

START_TEST(repeats)
{
	static const struct {
		int line;
		bool rotate;
		const char *at, *every, *within, *play, *want;
	} T[] = {
		{ __LINE__, false, "11h15", NULL, NULL, "a", "11:15 1.a" },
		{ __LINE__, false, "17h,11h15", NULL, NULL, "a,b",
		        "11:15 1.a, 11:15:20.457 2.b, 17:00 1.a, 17:00:20.457 2.b" },
		{ __LINE__, false, NULL, "1h", "8h-10h", "a",
		        "08:00 1.a, 09:00 1.a" }, /* strictly before the end */
		{ __LINE__, false, NULL, "1h", "8h-10h01", "a", "08:00 1.a, 09:00 1.a, 10:00 1.a" },
		{ __LINE__, false, NULL, "45m", "14h-16h,8h-9h", "a",
		        "08:00 1.a, 08:45 1.a, 14:00 1.a, 14:45 1.a, 15:30 1.a" },
		{ __LINE__, true, NULL, "1h", "8h-10h,14h-16h", "a,b,c",
		        "08:00 1.a, 09:00 2.b, 14:00 3.c, 15:00 1.a" },
		{ __LINE__, true, "7h,9h,8h", NULL, NULL, "a,b", "07:00 1.a, 08:00 2.b, 09:00 1.a" },
		{ __LINE__, false, NULL, "1h", "22h-1h", "a", "22:00 1.a, 23:00 1.a, +1 00:00 1.a" },
		{ __LINE__, false, "8h", "1h", "8h-10h", "a",
		        "08:00 1.a, 09:00 1.a" }, /* one instant, one firing */
		/* 1h of today is the tail of yesterday's window already */
		{ __LINE__, false, "1h,3h", "1h", "22h-2h", "a",
		        "03:00 1.a, 22:00 1.a, 23:00 1.a, +1 00:00 1.a, +1 01:00 1.a" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct station *s = hanoi();
		struct rule *r = T[i].every ? build_every(s, "nhac", T[i].every, T[i].within, T[i].play)
		                            : build_at(s, "nhac", T[i].at, T[i].play);
		if (T[i].every && T[i].at)
			build_each(T[i].at, build_at_one, r);
		r->rotate = T[i].rotate;
		EXPECT(T[i].line, show_day(s, "2021-07-14", 0), T[i].want);
		station_free(&s);
	}
}
END_TEST

START_TEST(a_turn_passes_over_what_is_closed_and_begins_anew_each_day)
{
	struct station *s = hanoi();
	struct rule *r = build_every(s, "nhac", "1h", "8h-12h", "a,m,b");
	r->rotate = true;
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), "08:00 1.a, 09:00 2.m, 10:00 3.b, 11:00 1.a");
	EXPECT(__LINE__, show_day(s, "2021-07-15", 0), "08:00 1.a, 09:00 2.m, 10:00 3.b, 11:00 1.a");
	build_exception(s, "le", "14/7/2021", "14/7/2021")->suppress[CLASS_MUSIC] = true;
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), "08:00 1.a, 09:00 3.b, 10:00 1.a, 11:00 3.b");
	s->bulletins.at[station_bulletin(s, "a")].days.from = build_day("2022-01-01");
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), "08:00 3.b, 09:00 3.b, 10:00 3.b, 11:00 3.b");
	s->bulletins.at[station_bulletin(s, "b")].days.from = build_day("2022-01-01");
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), "");
	station_free(&s);
}
END_TEST

START_TEST(days_of_a_rule)
{
	struct station *s = hanoi();
	struct rule *r = build_at(s, "nhac", "8h", "a");
	r->days = (day_span){ build_day("29/2/2024"), build_day("31/3/2024") };
	r->weekdays = 0x3F; /* T2..T7 */
	static const struct {
		int line;
		const char *day;
		bool fires;
	} T[] = {
		{ __LINE__, "28/2/2024", false },
		{ __LINE__, "29/2/2024", true },
		{ __LINE__, "1/3/2024", true },
		{ __LINE__, "2/3/2024", true },
		{ __LINE__, "3/3/2024", false }, /* CN */
		{ __LINE__, "30/3/2024", true },
		{ __LINE__, "31/3/2024", false }, /* CN */
		{ __LINE__, "1/4/2024", false },
	};
	for (size_t i = 0; i < COUNT(T); i++)
		EXPECT(T[i].line, show_day(s, T[i].day, 0), T[i].fires ? "08:00 1.a" : "");
	station_free(&s);
}
END_TEST

START_TEST(a_firing_asks_the_day_it_starts)
{
	struct station *s = hanoi();
	struct rule *r = build_session(s, "dem", "23h59", "0h30", "c,a,b");
	r->weekdays = 1 << 2; /* Wednesday 14/7 only */
	s->bulletins.at[station_bulletin(s, "b")].days.until = build_day("14/7/2021");
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), "23:59 1.c, +1 00:00:30.001 2.a, +1 00:00:50.458 3.b");
	EXPECT(__LINE__, show_day(s, "2021-07-15", 0), "");
	build_exception(s, "le", "15/7/2021", "15/7/2021")->skip_all = true;
	EXPECT(__LINE__, show_day(s, "2021-07-14", 0), "23:59 1.c, +1 00:00:30.001 2.a, +1 00:00:50.458 3.b");
	station_free(&s);
}
END_TEST

static void note_excused(void *self, const struct excused *e)
{
	text_addf(self, "%d/%d/%d ", e->exception, e->rule, e->bulletin);
}

/* Rules 0 sang (b, m, m), 1 chieu (m), 2 nhac (a, mondays only), 3 an emergency. */
static struct station *with_exceptions(void)
{
	struct station *s = hanoi();
	build_session(s, "sang", "5h30", "6h30", "b,m,m");
	build_session(s, "chieu", "17h", "17h30", "m");
	build_at(s, "nhac", "8h", "a")->weekdays = 1;
	build_rule(s, RULE_EMERGENCY, "bao", "a");
	return s;
}

START_TEST(exceptions_of_every_kind)
{
	static const struct {
		int line;
		const char *day;
		const char *want, *excused; /* exception/rule/bulletin */
	} T[] = {
		{ __LINE__, "12/7/2021", "05:30 1.b, 05:31 2.m, 05:31:30 3.m, 08:00 1.a, 17:00 1.m", "" },
		{ __LINE__, "14/7/2021", "05:30 1.b", "0/0/3 0/1/3 " }, /* music suppressed, a date */
		{ __LINE__, "15/7/2021", "05:30 1.b", "0/0/3 0/1/3 " }, /* its other date */
		{ __LINE__, "16/7/2021", "05:30 1.b, 05:31 2.m, 05:31:30 3.m", "1/1/-1 " }, /* span, skip */
		{ __LINE__, "18/7/2021", "05:30 1.b, 05:31 2.m, 05:31:30 3.m", "1/1/-1 " },
		{ __LINE__, "19/7/2021", "05:30 1.b, 05:31 2.m, 05:31:30 3.m, 08:00 1.a, 17:00 1.m", "" },
		{ __LINE__, "26/7/2021", "", "2/0/-1 2/1/-1 2/2/-1 " }, /* skip all */
		{ __LINE__, "27/7/2021", "", "3/0/-1 3/1/-1 " },        /* only nhac, which asks for Monday */
		{ __LINE__, "2/8/2021", "08:00 1.a", "3/0/-1 3/1/-1 " },
		{ __LINE__, "9/8/2021", "17:00 1.m", "4/0/-1 5/2/-1 " }, /* two of them at once */
	};
	struct station *s = with_exceptions();
	struct exception *e = build_exception(s, "quoc-tang", NULL, NULL);
	e->suppress[CLASS_MUSIC] = true;
	vec_push(&e->dates, build_day("14/8/2020"));
	vec_push(&e->dates, build_day("14/7/2021"));
	vec_push(&e->dates, build_day("15/7/2021"));
	e = build_exception(s, "nghi", "16/7/2021", "18/7/2021");
	vec_push(&e->skip, 1);
	build_exception(s, "het", "26/7/2021", "26/7/2021")->skip_all = true;
	e = build_exception(s, "chi-nhac", "27/7/2021", "2/8/2021");
	vec_push(&e->only, 2);
	e = build_exception(s, "bo-sang", "9/8/2021", "9/8/2021");
	vec_push(&e->skip, 0);
	e = build_exception(s, "bo-nhac", "9/8/2021", "9/8/2021");
	vec_push(&e->skip, 0);
	vec_push(&e->skip, 2);
	for (size_t i = 0; i < COUNT(T); i++) {
		EXPECT(T[i].line, show_day(s, T[i].day, 0), T[i].want);
		struct text got = { 0 };
		plan_excused(s, build_day(T[i].day), note_excused, &got);
		EXPECT(T[i].line, text_take(&got), T[i].excused);
	}
	station_free(&s);
}
END_TEST

START_TEST(zones_and_order)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 3);
	build_bulletin(s, "a", 1000, CLASS_NEWS);
	build_bulletin(s, "b", 1000, CLASS_NEWS);
	build_at(s, "two", "8h", "b")->zones = 1 << 1 | 1 << 2;
	build_at(s, "all", "8h", "a");
	build_at(s, "first", "7h", "b")->zones = 1;
	EXPECT(__LINE__, show_day(s, "2021-07-14", -1),
	        "07:00 1.b/1, 08:00 1.a/1, 08:00 1.b/2, 08:00 1.a/2, 08:00 1.b/3, 08:00 1.a/3");
	station_free(&s);
}
END_TEST

START_TEST(days_when_the_clock_changes)
{
	static const struct {
		int line;
		const char *zone, *day, *at, *every, *within, *want;
	} T[] = {
		/* 02:00 to 03:00 is missing */
		{ __LINE__, "Europe/Berlin", "2025-03-30", "1h30,2h15,2h45", NULL, NULL,
		        "01:30 1.a, 03:00(+120) 1.a" },
		{ __LINE__, "Europe/Berlin", "2025-03-30", "2h15,3h", NULL, NULL, "03:00 1.a" },
		{ __LINE__, "Europe/Berlin", "2025-03-30", NULL, "30m", "1h-4h",
		        "01:00 1.a, 01:30 1.a, 03:00(+120) 1.a, 03:30(+120) 1.a" },
		{ __LINE__, "Europe/Berlin", "2025-03-30", NULL, "1h", "2h30-5h", "03:00 1.a, 04:00 1.a" },
		{ __LINE__, "Europe/Berlin", "2025-03-30", NULL, "30m", "1h-2h30", "01:00 1.a, 01:30 1.a" },
		/* 02:00 to 03:00 is twice; elapsed time goes through both */
		{ __LINE__, "Europe/Berlin", "2025-10-26", "2h30,3h", NULL, NULL,
		        "02:30 1.a, 03:00(+60) 1.a" },
		{ __LINE__, "Europe/Berlin", "2025-10-26", NULL, "30m", "1h30-3h",
		        "01:30 1.a, 02:00 1.a, 02:30 1.a, 02:00(+60) 1.a, 02:30(+60) 1.a" },
		{ __LINE__, "Europe/Berlin", "2025-10-26", NULL, "30m", "1h30-2h30", "01:30 1.a, 02:00 1.a" },
		/* half an hour: 02:00 to 02:30 missing, 01:30 to 02:00 twice */
		{ __LINE__, "Australia/Lord_Howe", "2024-10-06", "2h10", NULL, NULL, "02:30 1.a" },
		{ __LINE__, "Australia/Lord_Howe", "2024-04-07", NULL, "30m", "1h-2h30",
		        "01:00 1.a, 01:30 1.a, 01:30(+630) 1.a, 02:00(+630) 1.a" },
		{ __LINE__, "America/New_York", "2024-11-03", "1h30", NULL, NULL, "01:30 1.a" },
		{ __LINE__, "America/Santiago", "2024-09-08", "0h,0h30,1h", NULL, NULL, "01:00 1.a" },
		/* the evening before carries a window over the change */
		{ __LINE__, "Europe/Berlin", "2025-03-29", NULL, "2h", "23h-6h",
		        "23:00 1.a, +1 01:00 1.a, +1 04:00(+120) 1.a" },
		/* a day the zone never had */
		{ __LINE__, "Pacific/Apia", "2011-12-30", "5h30", NULL, NULL, "" },
		{ __LINE__, "Pacific/Apia", "2011-12-31", "5h30", NULL, NULL, "05:30 1.a" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct station *s = build_station(T[i].zone, 1);
		build_bulletin(s, "a", 1000, CLASS_NEWS);
		if (T[i].at)
			build_at(s, "r", T[i].at, "a");
		else
			build_every(s, "r", T[i].every, T[i].within, "a");
		EXPECT(T[i].line, show_day(s, T[i].day, 0), T[i].want);
		station_free(&s);
	}
}
END_TEST

START_TEST(a_session_over_the_missing_hour_sums_elapsed_time)
{
	struct station *s = build_station("Europe/Berlin", 1);
	build_bulletin(s, "a", 1800000, CLASS_NEWS);
	struct rule *r = build_session(s, "dem", "1h15", "4h", "a,a,a@3h30,a");
	EXPECT(__LINE__, show_day(s, "2025-03-30", 0),
	        "01:15 1.a, 01:45 2.a, 03:30(+120) 3.a, 04:00(+120) 4.a");
	r->play.n = 2;
	r->start = build_time("1h45");
	EXPECT(__LINE__, show_day(s, "2025-03-30", 0), "01:45 1.a, 03:15(+120) 2.a");
	r->start =
	        build_time("2h10"); /* missing: the first instant after the gap, and its end still at 04:00 */
	struct plan p = { 0 };
	plan_day(s, build_day("2025-03-30"), &p);
	EXPECT(__LINE__, build_show(s, &p, 0), "03:00 1.a, 03:30 2.a");
	ck_assert_int_eq(p.items.at[0].over.us - p.items.at[0].at.us, 3600 * US_PER_S);
	plan_free(&p);
	station_free(&s);
}
END_TEST

static char *show_between(const struct station *s, const char *from, const char *to)
{
	struct plan p = { 0 };
	plan_between(s, build_instant(s, from), build_instant(s, to), &p);
	char *text = build_show(s, &p, 0);
	plan_free(&p);
	return text;
}

START_TEST(a_period_has_the_firings_of_the_day_before)
{
	struct station *s = hanoi();
	build_session(s, "dem", "23h59", "0h30", "c,a");
	build_at(s, "nua-dem", "0h,12h", "b");
	EXPECT(__LINE__, show_between(s, "2021-07-14", "2021-07-15"),
	        "00:00 1.b, 00:00:30.001 2.a, 12:00 1.b, 23:59 1.c");
	EXPECT(__LINE__, show_between(s, "2021-07-14T12:00", "2021-07-15T00:00"), "12:00 1.b, 23:59 1.c");
	EXPECT(__LINE__, show_between(s, "2021-07-14T12:00:00.001", "2021-07-15T00:00:00.001"),
	        "23:59 1.c, +1 00:00 1.b");
	EXPECT(__LINE__, show_between(s, "2021-07-14", "2021-07-14"), "");
	EXPECT(__LINE__, show_between(s, "2021-07-15", "2021-07-14"), "");
	station_free(&s);
}
END_TEST

/* Sessions longer than a day reach over more than one midnight. */
START_TEST(long_sums_are_not_cut)
{
	struct station *s = hanoi();
	build_bulletin(s, "long", INT64_C(50) * 3600000, CLASS_RELAY);
	struct rule *r = build_session(s, "dai", "12h", "13h", "long,a");
	r->days = (day_span){ build_day("2021-07-14"), build_day("2021-07-14") };
	EXPECT(__LINE__, show_between(s, "2021-07-16", "2021-07-17"), "14:00 2.a");
	station_free(&s);
}
END_TEST

/* However a period is cut, its parts together are the whole, in order. */
START_TEST(parts_are_the_whole)
{
	struct station *s = build_station("Europe/Berlin", 2);
	build_bulletin(s, "a", 3600001, CLASS_NEWS);
	build_bulletin(s, "b", 777, CLASS_NEWS);
	build_session(s, "dem", "22h10", "2h50", "a,b,a@1h30,a,b");
	build_every(s, "nhac", "7m", "21h-3h30", "a,b")->rotate = true;
	build_at(s, "gio", "0h,2h30,3h", "b,a")->zones = 2;
	wall_us from = build_instant(s, "2025-10-20"), to = build_instant(s, "2025-11-02");
	struct plan whole = { 0 }, parts = { 0 };
	plan_between(s, from, to, &whole);
	ck_assert_uint_gt(whole.items.n, 1000);
	uint64_t random = 12345;
	for (wall_us at = from; at.us < to.us;) {
		random = random * 6364136223846793005U + 1442695040888963407U;
		wall_us next = { at.us + (int64_t)(random >> 33) % (5 * 3600) * US_PER_S + 1 };
		plan_between(s, at, next.us < to.us ? next : to, &parts);
		at = next;
	}
	ck_assert_uint_eq(parts.items.n, whole.items.n);
	for (size_t i = 0; i < whole.items.n; i++) {
		const struct planned *a = &whole.items.at[i], *b = &parts.items.at[i];
		ck_assert(a->at.us == b->at.us && a->zone == b->zone && a->rule == b->rule &&
		          a->place == b->place && a->firing.us == b->firing.us);
		ck_assert(i == 0 || a[-1].at.us < a->at.us ||
		          (a[-1].at.us == a->at.us && a[-1].zone <= a->zone));
	}
	plan_free(&whole);
	plan_free(&parts);
	station_free(&s);
}
END_TEST

START_TEST(guards)
{
	struct station *s = build_station("Europe/Berlin", 2);
	build_guard(s, "21h", "5h", GUARD_REFUSE);
	build_guard(s, "5h", "5h30", GUARD_WARN);
	build_guard(s, "12h", "13h", GUARD_REFUSE);
	s->guards.at[2].zones = 2;
	static const struct {
		int line;
		const char *at;
		int zone;
		bool refuse, warn;
		const char *next; /* refuse */
	} T[] = {
		{ __LINE__, "2025-07-14T20:59:59.999", 0, false, false, "2025-07-14T21:00" },
		{ __LINE__, "2025-07-14T21:00", 0, true, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-14T23:59:59", 0, true, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T00:00", 0, true, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T04:59:59.999", 0, true, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T05:00", 0, false, true, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T05:30", 0, false, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T12:30", 0, false, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T12:30", 1, true, false, "2025-07-15T21:00" },
		{ __LINE__, "2025-07-15T05:30", 1, false, false, "2025-07-15T12:00" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		wall_us at = build_instant(s, T[i].at);
		ck_assert_msg(
		        guard_at(s, GUARD_REFUSE, T[i].zone, at) == T[i].refuse, "row of line %d", T[i].line);
		ck_assert_msg(
		        guard_at(s, GUARD_WARN, T[i].zone, at) == T[i].warn, "row of line %d", T[i].line);
		ck_assert_msg(
		        guard_next_begin(s, GUARD_REFUSE, T[i].zone, at).us == build_instant(s, T[i].next).us,
		        "row of line %d", T[i].line);
	}
	station_free(&s);

	s = build_station(
	        "Europe/Berlin", 1); /* 02:30 is twice: the guard ends at the first and does not come back */
	build_guard(s, "21h", "2h30", GUARD_REFUSE);
	ck_assert(guard_at(s, GUARD_REFUSE, 0, build_instant(s, "2025-10-26T02:29:59+02:00")));
	ck_assert(!guard_at(s, GUARD_REFUSE, 0, build_instant(s, "2025-10-26T02:30+02:00")));
	ck_assert(!guard_at(s, GUARD_REFUSE, 0, build_instant(s, "2025-10-26T02:10+01:00")));
	s->guards.n = 0;
	ck_assert_int_eq(guard_next_begin(s, GUARD_REFUSE, 0, build_instant(s, "2025-10-26")).us, US_NEVER);
	s->guards.n = 1;
	station_free(&s);
}
END_TEST

UNIT_MAIN("schedule/plan", a_session_is_a_running_sum, items_say_whose_they_are,
        what_is_not_planned_takes_no_time_and_no_gap, repeats,
        a_turn_passes_over_what_is_closed_and_begins_anew_each_day, days_of_a_rule,
        a_firing_asks_the_day_it_starts, exceptions_of_every_kind, zones_and_order,
        days_when_the_clock_changes, a_session_over_the_missing_hour_sums_elapsed_time,
        a_period_has_the_firings_of_the_day_before, long_sums_are_not_cut, parts_are_the_whole, guards)
