#include "schedule/difference.h"

#include "build.h"

#define COUNT(t) (sizeof(t) / sizeof *(t))

static struct station *village(void)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 2);
	build_bulletin(s, "a", 60000, CLASS_NEWS);
	build_bulletin(s, "b", 75000, CLASS_NEWS);
	build_bulletin(s, "c", 30000, CLASS_NEWS);
	build_bulletin(s, "music", 60000, CLASS_MUSIC);
	build_guard(s, "21h", "5h", GUARD_REFUSE);
	build_guard(s, "5h", "5h30", GUARD_WARN);
	mem_renew(&s->guards.at[1].name, "som");
	return s;
}

/* "+sang a 05:30 /7f" : sign, rule, bulletin, old>new time, days as bits. */
static void show_row(const struct difference *d, const struct difference_row *r, struct text *t)
{
	char was[VALUE_BYTES] = "", is[VALUE_BYTES] = "";
	const struct station *s = r->is.bulletin >= 0 ? d->after : d->before;
	const struct difference_side *side = r->is.bulletin >= 0 ? &r->is : &r->was;
	if (r->was.at >= 0)
		value_print_time(r->was.at, was);
	if (r->is.at >= 0)
		value_print_time(r->is.at, is);
	text_addf(t, "%s%c%s %s %s>%s /%x", t->n ? ", " : "", "->~+"[r->kind], s->rules.at[side->rule].name,
	        s->bulletins.at[side->bulletin].name, was, is, r->days);
}

static char *show(const struct station *before, const struct station *after, const char *from)
{
	struct difference d;
	struct text t = { 0 };
	difference_find(before, after, build_instant(after, from), DIFFERENCE_WEEK, &d);
	for (size_t i = 0; i < d.rows.n; i++)
		show_row(&d, &d.rows.at[i], &t);
	difference_free(&d);
	return text_take(&t);
}

#define EXPECT(got, want)                                                                                    \
	do {                                                                                                 \
		char *got_ = (got);                                                                          \
		ck_assert_msg(!strcmp(got_, want), "line %d:\n got %s\nwant %s", __LINE__, got_, want);      \
		mem_free(got_);                                                                              \
	} while (0)

static void session(struct station *s, const char *start, const char *play)
{
	build_session(s, "sang", start, "6h30", play);
}

/* Two villages, each with a session, from noon on: the first of the eight days has no morning any more. */
static char *sessions(const char *start, const char *play, const char *start2, const char *play2)
{
	struct station *s = village(), *n = village();
	session(s, start, play);
	session(n, start2, play2);
	char *shown = show(s, n, "2021-07-14T12:00");
	station_free(&s);
	station_free(&n);
	return shown;
}

START_TEST(rows)
{
	EXPECT(sessions("5h30", "a,b", "5h30", "a,b"), "");
	EXPECT(sessions("5h30", "a", "5h30", "a,b"), "+sang b >05:31 /fe");
	EXPECT(sessions("5h30", "a,b", "5h30", "a"), "-sang b 05:31> /fe");
	EXPECT(sessions("5h30", "a,c", "5h30", "a,b,c"), "+sang b >05:31 /fe, >sang c 05:31>05:32:15 /fe");
	EXPECT(sessions("5h30", "a,b", "5h40", "a,b"),
	        ">sang a 05:30>05:40 /fe, >sang b 05:31>05:41 /fe");
	/* one bulletin twice: what keeps its time keeps it */
	EXPECT(sessions("5h30", "a,a", "5h30", "a,b,a"), "+sang b >05:31 /fe, >sang a 05:31>05:32:15 /fe");
	EXPECT(sessions("5h30", "a,a", "5h31", "a"), "-sang a 05:30> /fe");
	EXPECT(sessions("5h30", "a", "5h30", "b"), "-sang a 05:30> /fe, +sang b >05:30 /fe");
}
END_TEST

START_TEST(some_days_and_the_rest_of_today)
{
	struct station *s = village(), *n = village();
	build_at(s, "nhac", "8h,17h", "a");
	build_at(n, "nhac", "8h,18h", "a")->weekdays = 0x1F; /* 17 and 18 July 2021 are the weekend */
	EXPECT(show(s, n, "2021-07-14T12:00"),
	        "-nhac a 08:00> /18, -nhac a 17:00> /18, >nhac a 17:00>18:00 /e7");
	EXPECT(show(s, n, "2021-07-14T17:00"),
	        "-nhac a 08:00> /18, -nhac a 17:00> /18, >nhac a 17:00>18:00 /e7");
	EXPECT(show(s, n, "2021-07-14T17:00:01"),
	        "-nhac a 08:00> /18, -nhac a 17:00> /18, +nhac a >18:00 /1, >nhac a 17:00>18:00 /e6");
	station_free(&s);
	station_free(&n);
}
END_TEST

START_TEST(without_a_schedule_before)
{
	struct station *n = village();
	session(n, "5h30", "a");
	EXPECT(show(NULL, n, "2021-07-14T12:00"), "+sang a >05:30 /fe");
	station_free(&n);
}
END_TEST

START_TEST(zones_are_known_by_name)
{
	struct station *s = village(), *n = village();
	struct zone first = n->zones.at[0];
	session(s, "5h30", "a");
	session(n, "5h30", "a");
	n->zones.at[0] = n->zones.at[1];
	n->zones.at[1] = first;
	EXPECT(show(s, n, "2021-07-14T12:00"), "");
	s->rules.at[0].zones = n->rules.at[0].zones = 1; /* cum-1 before, cum-2 now */
	EXPECT(show(s, n, "2021-07-14T12:00"), "~sang a 05:30>05:30 /fe");
	s->rules.at[0].zones = 3; /* one less */
	EXPECT(show(s, n, "2021-07-14T12:00"), "~sang a 05:30>05:30 /fe");
	station_free(&s);
	station_free(&n);
}
END_TEST

START_TEST(longer_is_changed)
{
	struct station *s = village(), *n = village();
	session(s, "5h30", "a");
	session(n, "5h30", "a");
	n->bulletins.at[0].audio.at[0].ms = 61000;
	EXPECT(show(s, n, "2021-07-14T12:00"), "~sang a 05:30>05:30 /fe");
	station_free(&s);
	station_free(&n);
}
END_TEST

START_TEST(sums_count_once_over_all_zones)
{
	struct station *s = village(), *n = village();
	struct difference d;
	session(s, "5h30", "music,a");
	session(n, "5h30", "music,a,b");
	difference_find(s, n, build_instant(n, "2021-07-14T12:00"), DIFFERENCE_WEEK, &d);
	ck_assert_int_eq(d.day[0].was, 0);
	ck_assert_int_eq(d.day[0].is, 0);
	for (int i = 1; i < DIFFERENCE_WEEK; i++) {
		ck_assert_int_eq(d.day[i].was, 1);
		ck_assert_int_eq(d.day[i].is, 2);
		ck_assert_int_eq(d.day[i].was_ms, 60000);
		ck_assert_int_eq(d.day[i].is_ms, 135000);
	}
	ck_assert_uint_eq(d.count[DIFFERENCE_ADDED], 7);
	ck_assert_uint_eq(d.count[DIFFERENCE_MOVED], 0);
	difference_free(&d);
	station_free(&s);
	station_free(&n);
}
END_TEST

/* What is near quiet hours: only where that is new. */
START_TEST(near_quiet_hours)
{
	static const struct {
		int line;
		const char *before, *after; /* of a repeat of a (60 s) */
		enum difference_nearness want;
	} t[] = {
		{ __LINE__, "12h", "5h29", DIFFERENCE_INSIDE },
		{ __LINE__, "12h", "5h30", DIFFERENCE_FAR },
		{ __LINE__, "12h", "20h40", DIFFERENCE_FAR },
		{ __LINE__, "12h", "20h44", DIFFERENCE_FAR },
		{ __LINE__, "12h", "20:44:01", DIFFERENCE_BEFORE },
		{ __LINE__, "12h", "20h59", DIFFERENCE_BEFORE },
		{ __LINE__, "12h", "20:59:01", DIFFERENCE_INTO },
		{ __LINE__, "12h", "21h", DIFFERENCE_INSIDE },
		{ __LINE__, "20h59", "20h59", DIFFERENCE_FAR }, /* as it was */
		{ __LINE__, "20h58", "20h59", DIFFERENCE_BEFORE },
	};
	for (size_t i = 0; i < COUNT(t); i++) {
		struct station *s = village(), *n = village();
		struct difference d;
		build_at(s, "nhac", t[i].before, "a");
		build_at(n, "nhac", t[i].after, "a");
		difference_find(s, n, build_instant(n, "2021-07-14"), DIFFERENCE_WEEK, &d);
		ck_assert_msg(d.near.n == (t[i].want != DIFFERENCE_FAR), "row of line %d: %zu", t[i].line, d.near.n);
		if (d.near.n)
			ck_assert_msg(d.near.at[0].nearness == t[i].want && d.near.at[0].days == 0xFF,
			        "row of line %d: %d", t[i].line, (int)d.near.at[0].nearness);
		difference_free(&d);
		station_free(&s);
		station_free(&n);
	}
}
END_TEST

START_TEST(soon_after_quiet_hours)
{
	struct station *s = village(), *n = village();
	struct difference d;
	s->guards.n = n->guards.n = 1;
	build_at(n, "nhac", "5h14", "a");
	difference_find(s, n, build_instant(n, "2021-07-14"), DIFFERENCE_WEEK, &d);
	ck_assert_uint_eq(d.near.n, 1);
	ck_assert_int_eq(d.near.at[0].nearness, DIFFERENCE_AFTER);
	difference_free(&d);
	s->guards.n = n->guards.n = 2;
	station_free(&s);
	station_free(&n);
}
END_TEST

static void louder(struct station *s)
{
	s->zones.at[0].volume = 50;
}

static void other_sound(struct station *s)
{
	strcpy(s->bulletins.at[0].audio.at[0].sha256, "1234");
}

/* Every schedule here knows its first text as "1234". */
static void other_text(struct station *s)
{
	strcpy(s->bulletins.at[0].text_sha256, "5678");
}

static void unknown_text(struct station *s)
{
	s->bulletins.at[0].text_sha256[0] = '\0';
}

static void approved(struct station *s)
{
	s->bulletins.at[0].approved_by = mem_dup("Chủ tịch");
}

static void pattern(struct station *s)
{
	s->rules.at[1].first_repeats = 3;
}

static void session_at_another_time(struct station *s)
{
	s->rules.at[0].start += 60000;
}

static void session_that_starts_in_august(struct station *s)
{
	build_session(s, "thu", "7h", "8h", "a")->days.from = build_day("2021-08-01");
}

static void no_emergency(struct station *s)
{
	struct rule *r = &s->rules.at[--s->rules.n];
	mem_free(r->name);
	vec_free(&r->play);
}

static void nothing(struct station *s)
{
	(void)s;
}

START_TEST(settings)
{
	static const struct {
		int line;
		void (*change)(struct station *);
		enum difference_what what; /* DIFFERENCE_WHATS: none */
		enum difference_kind kind;
	} t[] = {
		{ __LINE__, nothing, DIFFERENCE_WHATS, 0 },
		{ __LINE__, louder, DIFFERENCE_ZONE, DIFFERENCE_CHANGED },
		{ __LINE__, other_sound, DIFFERENCE_SOUND, DIFFERENCE_CHANGED },
		{ __LINE__, other_text, DIFFERENCE_TEXT, DIFFERENCE_CHANGED },
		{ __LINE__, unknown_text, DIFFERENCE_WHATS, 0 },
		{ __LINE__, approved, DIFFERENCE_APPROVAL, DIFFERENCE_CHANGED },
		{ __LINE__, pattern, DIFFERENCE_RULE, DIFFERENCE_CHANGED },
		{ __LINE__, session_at_another_time, DIFFERENCE_WHATS, 0 }, /* the rows say it */
		{ __LINE__, session_that_starts_in_august, DIFFERENCE_RULE, DIFFERENCE_ADDED },
		{ __LINE__, no_emergency, DIFFERENCE_RULE, DIFFERENCE_REMOVED },
	};
	for (size_t i = 0; i < COUNT(t); i++) {
		struct station *s[2];
		struct difference d;
		for (int k = 0; k < 2; k++) {
			s[k] = village();
			session(s[k], "5h30", "a");
			build_rule(s[k], RULE_EMERGENCY, "bao", "b");
			strcpy(s[k]->bulletins.at[0].text_sha256, "1234");
		}
		t[i].change(s[1]);
		difference_find(s[0], s[1], build_instant(s[1], "2021-07-14"), DIFFERENCE_WEEK, &d);
		ck_assert_msg(d.settings.list.n == (t[i].what != DIFFERENCE_WHATS), "row of line %d: %zu", t[i].line,
		        d.settings.list.n);
		if (d.settings.list.n)
			ck_assert_msg(d.settings.list.at[0].what == t[i].what && d.settings.list.at[0].kind == t[i].kind,
			        "row of line %d: %d %d", t[i].line, (int)d.settings.list.at[0].what,
			        (int)d.settings.list.at[0].kind);
		difference_free(&d);
		station_free(&s[0]);
		station_free(&s[1]);
	}
}
END_TEST

UNIT_MAIN("schedule/difference", rows, some_days_and_the_rest_of_today, without_a_schedule_before,
        zones_are_known_by_name, longer_is_changed, sums_count_once_over_all_zones, near_quiet_hours,
        soon_after_quiet_hours, settings)
