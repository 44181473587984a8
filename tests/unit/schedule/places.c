/* A village's sessions, a bulletin's length and how often it is wanted: what is proposed.  Written
 * "sang>a chieu>b 11:15 (had 0, found 3)". */
#include "check-build.h"
#include "schedule/places.h"

struct session {
	const char *name, *start, *end, *play, *days;
};

static uint8_t weekdays(const char *text)
{
	uint8_t bits = 0x7F;
	ck_assert(!text || value_weekdays(text, &bits));
	return bits;
}

static char *propose(const struct station *s, struct places_ask ask)
{
	struct places p = { 0 };
	struct text t = { 0 };
	places_propose(s, &ask, &p);
	for (size_t i = 0; i < p.sessions.n; i++) {
		const struct rule *r = &s->rules.at[p.sessions.at[i].rule];
		int after = p.sessions.at[i].after;
		text_addf(&t, "%s>%s ", r->name, after < 0 ? "" : s->bulletins.at[r->play.at[after].bulletin].name);
	}
	for (size_t i = 0; i < p.repeats.n; i++) {
		char time[VALUE_BYTES];
		value_print_time(p.repeats.at[i], time);
		text_addf(&t, "%s ", time);
	}
	text_addf(&t, "(%d, %d)", p.had, p.found);
	places_free(&p);
	return text_take(&t);
}

/* a 1 min, b 5 min, m 3 min of music, vov 25 min, h 10 s of tune */
static struct station *scene(const struct session *sessions, size_t n)
{
	struct station *s = village(2);
	build_bulletin(s, "h", 10000, CLASS_SIGNATURE);
	build_campaign(s, "dot", "1/7/2021", "31/8/2021");
	for (size_t i = 0; i < n && sessions[i].name; i++)
		build_session(s, sessions[i].name, sessions[i].start, sessions[i].end, sessions[i].play)->weekdays =
			weekdays(sessions[i].days);
	return s;
}

static const struct {
	int line;
	struct session sessions[3];
	int times;
	int64_t ms;
	const char *want;
} rows[] = {
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a,b,m,vov@6h00,h", NULL }, { "chieu", "17h", "17h30", "h,a,h", NULL } }, 1, 60000,
		"sang>b (0, 1)" },
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a,b,m,vov@6h00,h", NULL }, { "chieu", "17h", "17h30", "h,a,h", NULL } }, 2, 60000,
		"sang>b chieu>a (0, 2)" },
	/* too few sessions: the middle of what is between them */
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a,b,m,vov@6h00,h", NULL }, { "chieu", "17h", "17h30", "h,a,h", NULL } }, 3, 60000,
		"sang>b chieu>a 11:15 (0, 3)" },
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a,b,m,vov@6h00,h", NULL }, { "chieu", "17h", "17h30", "h,a,h", NULL } }, 5, 60000,
		"sang>b chieu>a 08:15 11:15 14:00 (0, 5)" },
	/* no room before the relay: behind it; none at all: another session */
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a,b,m,vov@5h40,h", NULL } }, 1, 120000, "sang>vov (0, 1)" },
	{ __LINE__, { { "sang", "5h30", "6h05", "h,a,b,m,vov@5h40,h", NULL }, { "chieu", "17h", "17h30", "h,a,h", NULL } }, 1, 120000,
		"chieu>a (0, 1)" },
	{ __LINE__, { { "sang", "5h30", "5h40", "h,h,b", NULL } }, 1, 240000, "sang>b (0, 1)" },
	{ __LINE__, { { "sang", "5h30", "5h40", "h,h,m,h", NULL } }, 1, 60000, "sang>h (0, 1)" },
	{ __LINE__, { { "sang", "5h30", "5h40", "m", NULL } }, 1, 60000, "sang> (0, 1)" },
	/* on the day that has least; sessions of all days go first */
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a", "T2..T6" }, { "chieu", "17h", "17h30", "h,a", NULL } }, 1, 60000, "chieu>a (0, 1)" },
	{ __LINE__, { { "sang", "5h30", "6h30", "h,a", "T2..T6" }, { "chieu", "17h", "17h30", "h,a", NULL } }, 2, 60000,
		"chieu>a sang>a 11:15 (0, 2)" },
	/* nothing but times of its own: never in quiet hours or at noon */
	{ __LINE__, { { 0 } }, 3, 60000, "06:00 13:30 19:00 (0, 3)" },
	{ __LINE__, { { 0 } }, 1, INT64_C(20) * 3600000, "(0, 0)" },
};

START_TEST(places_are_where_there_is_room)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct station *s = scene(rows[i].sessions, 3);
		struct places_ask ask = { .ms = rows[i].ms, .days = { build_day("13/7/2021"), build_day("31/8/2021") },
			.times = rows[i].times, .campaign = -1, .bulletin = -1, .language = "vi" };
		char *got = propose(s, ask);
		ck_assert_msg(!strcmp(got, rows[i].want), "line %d: %s, not %s", rows[i].line, got, rows[i].want);
		mem_free(got);
		station_free(&s);
	}
}
END_TEST

START_TEST(what_airs_already_counts)
{
	static const struct session sessions[] = { { "sang", "5h30", "6h30", "h,a", NULL }, { "chieu", "17h", "17h30", "h,b", NULL } };
	struct station *s = scene(sessions, 2);
	struct places_ask ask = { .ms = 60000, .days = { build_day("13/7/2021"), build_day("31/8/2021") }, .times = 2,
		.campaign = 0, .bulletin = -1, .language = "vi" };
	s->bulletins.at[station_bulletin(s, "a")].campaign = 0;
	char *got = propose(s, ask);
	ck_assert_str_eq(got, "chieu>b (1, 2)");
	mem_free(got);
	ask.campaign = -1;
	ask.bulletin = station_bulletin(s, "b");
	got = propose(s, ask);
	ck_assert_str_eq(got, "sang>a (1, 2)");
	mem_free(got);
	ask.times = 1;
	got = propose(s, ask);
	ck_assert_str_eq(got, "(1, 1)");
	mem_free(got);
	station_free(&s);
}
END_TEST

START_TEST(a_session_of_another_language_is_passed_over)
{
	static const struct session sessions[] = { { "khmer", "5h30", "6h30", "h,b", NULL }, { "chieu", "17h", "17h30", "h,a", NULL } };
	struct station *s = scene(sessions, 2);
	struct places_ask ask = { .ms = 60000, .days = { build_day("13/7/2021"), build_day("14/7/2021") }, .times = 1,
		.campaign = -1, .bulletin = -1, .language = "vi" };
	mem_renew(&s->bulletins.at[station_bulletin(s, "b")].language, "km");
	char *got = propose(s, ask);
	ck_assert_str_eq(got, "chieu>a (0, 1)");
	mem_free(got);
	station_free(&s);
}
END_TEST

UNIT_MAIN("schedule/places", places_are_where_there_is_room, what_airs_already_counts,
	a_session_of_another_language_is_passed_over)
