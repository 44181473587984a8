#include "schedule/forecast.h"

#include "build.h"

#define COUNT(t) (sizeof(t) / sizeof *(t))

struct notes {
	const struct station *s;
	struct text text;
};

/* "05:30-05:31 a" aired, "!" cut, "x 05:31 a" lost; "<rule" when another one is to blame. */
static void note(void *self, const struct forecast_item *it)
{
	struct notes *n = self;
	char from[VALUE_BYTES], to[VALUE_BYTES];
	value_print_time(tz_local(n->s->tz, it->start).ms, from);
	value_print_time(tz_local(n->s->tz, it->end).ms, to);
	text_add(&n->text, n->text.n ? ", " : "");
	if (it->outcome == FORECAST_LOST)
		text_addf(&n->text, "x %s", from);
	else
		text_addf(&n->text, "%s%s-%s", it->outcome == FORECAST_CUT ? "!" : "", from, to);
	text_addf(&n->text, " %s", n->s->bulletins.at[it->planned.bulletin].name);
	if (it->waited_for >= 0)
		text_addf(&n->text, "<%s", n->s->rules.at[it->waited_for].name);
}

static char *forecast_day(const struct station *s, const char *day)
{
	struct plan p = { 0 };
	struct notes n = { .s = s };
	struct forecast *f = forecast_new(s, 0);
	plan_day(s, build_day(day), &p);
	forecast_add(f, p.items.at, p.items.n);
	/* in small steps, as nothing may depend on how far it is asked at once */
	for (wall_us at = build_instant(s, day);
	        p.items.n && at.us < p.items.at[p.items.n - 1].at.us + 2 * US_PER_S * 86400;
	        at.us += 97 * US_PER_S)
		forecast_run(f, at, note, &n);
	forecast_run(f, (wall_us){ US_NEVER }, note, &n);
	forecast_free(&f);
	plan_free(&p);
	return text_take(&n.text);
}

#define EXPECT(line, got, want)                                                                              \
	do {                                                                                                 \
		char *got_ = (got);                                                                          \
		ck_assert_msg(!strcmp(got_, want), "row of line %d:\n got %s\nwant %s", line, got_, want);   \
		mem_free(got_);                                                                              \
	} while (0)

static struct station *village(void)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 1);
	build_bulletin(s, "m1", 60000, CLASS_NEWS);
	build_bulletin(s, "m5", 300000, CLASS_NEWS);
	build_bulletin(s, "m20", 1200000, CLASS_NEWS);
	build_bulletin(s, "first", 60000, CLASS_NEWS)->order = 1;
	build_bulletin(s, "prio", 60000, CLASS_NEWS)->level = LEVEL_PRIORITY;
	build_bulletin(s, "vov", 1500000, CLASS_RELAY);
	build_bulletin(s, "hard", 1500000, CLASS_RELAY)->hard_start = true;
	build_bulletin(s, "drop", 300000, CLASS_NEWS)->after = AFTER_DROP;
	return s;
}

START_TEST(alone_everything_is_on_time)
{
	struct station *s = village();
	build_session(s, "sang", "5h30", "6h30", "m1,m5,vov@6h00,m1");
	build_at(s, "trua", "11h15", "m5");
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"),
	        "05:30-05:31 m1, 05:31-05:36 m5, 06:00-06:25 vov, 06:25-06:26 m1, 11:15-11:20 m5");
	station_free(&s);
}
END_TEST

START_TEST(who_waits_for_whom)
{
	static const struct {
		int line;
		const char *at, *play, *want;
	} T[] = {
		/* in a gap nobody waits */
		{ __LINE__, "17h10", "m1", "17:00-17:05 m5, 17:05-17:10 m5, 17:10-17:11 m1" },
		{ __LINE__, "17h12", "m1", "17:00-17:05 m5, 17:05-17:10 m5, 17:12-17:13 m1" },
		/* the later one waits for the item on air, and then goes before the rest of the session */
		{ __LINE__, "17h04", "m1", "17:00-17:05 m5, 17:05-17:06 m1<chieu, 17:06-17:11 m5<nhac" },
		{ __LINE__, "17h04", "m1,m1",
		        "17:00-17:05 m5, 17:05-17:06 m1<chieu, 17:06-17:11 m5<nhac, 17:11-17:12 m1<chieu" },
		/* planned at the same instant: the list's place, then the rule */
		{ __LINE__, "17h", "m1", "17:00-17:05 m5, 17:05-17:06 m1<chieu, 17:06-17:11 m5<nhac" },
		{ __LINE__, "17h05", "first", "17:00-17:05 m5, 17:05-17:06 first, 17:06-17:11 m5<nhac" },
		{ __LINE__, "17h05", "prio", "17:00-17:05 m5, 17:05-17:06 prio, 17:06-17:11 m5<nhac" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct station *s = village();
		build_session(s, "chieu", "17h", "17h30", "m5,m5");
		build_at(s, "nhac", T[i].at, T[i].play);
		EXPECT(T[i].line, forecast_day(s, "2021-07-14"), T[i].want);
		station_free(&s);
	}
}
END_TEST

START_TEST(what_cannot_start_in_time_is_lost)
{
	struct station *s = village();
	build_session(s, "chieu", "17h", "17h10", "m5,m5,m1");
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "17:00-17:05 m5, 17:05-17:10 m5, x 17:10 m1");
	s->rules.at[0].hard_end = true;
	s->rules.at[0].end = build_time("17h08");
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "17:00-17:05 m5, !17:05-17:08 m5, x 17:10 m1");
	s->rules.at[0].hard_end = false;
	s->rules.at[0].end = build_time("17h30");
	build_at(s, "nhac", "17h09,17h12", "m20")->max_late_ms = 180000;
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"),
	        "17:00-17:05 m5, 17:05-17:10 m5, 17:10-17:30 m20<chieu, x 17:30 m1<nhac, x 17:30 m20<nhac");
	station_free(&s);
}
END_TEST

START_TEST(a_hard_start_cuts)
{
	struct station *s = village();
	build_session(s, "sang", "5h58", "6h30", "m5,hard@6h00,m1");
	/* five minutes later it would go on where it was; after the relay it begins anew */
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "06:00-06:25 hard, 05:58-06:30 m5, x 06:30 m1");
	s->bulletins.at[station_bulletin(s, "hard")].relay.ms = 120000;
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "06:00-06:02 hard, 05:58-06:05 m5, 06:05-06:06 m1");
	s->bulletins.at[station_bulletin(s, "m5")].after = AFTER_DROP;
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "!05:58-06:00 m5, 06:00-06:02 hard, 06:02-06:03 m1");
	s->bulletins.at[station_bulletin(s, "m5")].level = LEVEL_PRIORITY;
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "05:58-06:03 m5, 06:03-06:05 hard, 06:05-06:06 m1");
	station_free(&s);
}
END_TEST

START_TEST(an_anchor_waits_for_what_stands_before_it)
{
	struct station *s = village();
	build_session(s, "sang", "5h57", "6h30", "m5,m1,vov@6h00");
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"), "05:57-06:02 m5, 06:02-06:03 m1, 06:03-06:28 vov");
	station_free(&s);
}
END_TEST

START_TEST(quiet_hours_end_everything)
{
	struct station *s = village();
	build_guard(s, "21h", "5h", GUARD_REFUSE);
	build_session(s, "toi", "20h50", "21h30", "m5,m20,m1");
	build_at(s, "khuya", "23h", "m1");
	EXPECT(__LINE__, forecast_day(s, "2021-07-14"),
	        "20:50-20:55 m5, !20:55-21:00 m20, x 21:15 m1, x 23:00 m1");
	station_free(&s);
}
END_TEST

/* ── Random schedules ── */

static uint64_t seed;

static int pick(int n)
{
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return (int)((seed >> 33) % (uint64_t)n);
}

static void random_rule(struct station *s, int i)
{
	static const char *const lists[] = { "m1", "m5,m1", "m20,first", "prio,drop,m1", "m5,m5,m5,m1" };
	char name[16], at[VALUE_BYTES], end[VALUE_BYTES];
	tod_ms start = pick(24 * 60) * 60000;
	snprintf(name, sizeof name, "r%d", i);
	value_print_time(start, at);
	value_print_time((start + (1 + pick(90)) * 60000) % MS_PER_DAY, end);
	struct rule *r;
	if (pick(2)) {
		r = build_session(s, name, at, end, lists[pick(5)]);
		r->hard_end = pick(3) == 0;
		r->gap_ms = pick(3) * 1000;
		if (pick(2))
			vec_push(&r->play,
			        (struct list_item){ .bulletin = station_bulletin(s, pick(2) ? "vov" : "hard"),
			                .anchor = (start + pick(30) * 60000) % MS_PER_DAY });
	} else {
		r = build_at(s, name, at, lists[pick(5)]);
		r->max_late_ms = pick(20) * 60000;
	}
	r->weekdays = (uint8_t)(1 + pick(127));
}

struct seen {
	const struct station *s;
	VEC(struct forecast_item) items;
};

static void see(void *self, const struct forecast_item *it)
{
	struct seen *seen = self;
	vec_push(&seen->items, *it);
}

static int by_planned(const void *pa, const void *pb)
{
	const struct planned *a = &((const struct forecast_item *)pa)->planned;
	const struct planned *b = &((const struct forecast_item *)pb)->planned;
	if (a->at.us != b->at.us)
		return a->at.us < b->at.us ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return (int)a->place - (int)b->place;
}

/* Whole items, never interrupted: begun and ended without a hard start in between. */
static bool is_whole(const struct forecast_item *it)
{
	return it->outcome == FORECAST_AIRED && it->end.us - it->start.us == it->planned.ms * US_PER_MS;
}

static void demand_rules(const struct seen *seen)
{
	const struct forecast_item *last = NULL;
	for (size_t i = 0; i < seen->items.n; i++) {
		const struct forecast_item *it = &seen->items.at[i];
		const struct rule *r = &seen->s->rules.at[it->planned.rule];
		ck_assert_int_ge(it->start.us, it->planned.at.us);
		if (it->outcome == FORECAST_LOST)
			continue;
		ck_assert(!guard_at(seen->s, GUARD_REFUSE, 0, it->start));
		ck_assert_int_lt(it->start.us, it->planned.over.us);
		if (r->kind == RULE_REPEAT)
			ck_assert_int_lt(it->start.us, it->planned.at.us + r->max_late_ms * US_PER_MS);
		if (r->hard_end)
			ck_assert_int_le(it->end.us, it->planned.over.us);
		if (is_whole(it) && last)
			ck_assert_int_ge(it->start.us, last->end.us); /* one item at a time */
		if (is_whole(it))
			last = it;
	}
}

START_TEST(random_schedules_keep_the_rules)
{
	for (int run = 0; run < 300; run++) {
		seed = (uint64_t)run + 1;
		struct station *s = village();
		build_guard(s, "21h", "5h", GUARD_REFUSE);
		for (int i = 0; i < 12; i++)
			random_rule(s, i);
		struct plan p = { 0 };
		struct seen seen = { .s = s };
		struct forecast *f = forecast_new(s, 0);
		for (day_num day = build_day("12/7/2021"); day < build_day("19/7/2021"); day++) {
			size_t before = p.items.n;
			plan_day(s, day, &p);
			forecast_add(f, p.items.at + before, p.items.n - before);
			forecast_run(f, tz_instant(s->tz, day + 1, 0), see, &seen);
		}
		forecast_run(f, (wall_us){ US_NEVER }, see, &seen);
		ck_assert_msg(seen.items.n == p.items.n, "run %d: %zu planned, %zu decided", run, p.items.n,
		        seen.items.n);
		demand_rules(&seen);
		qsort(seen.items.at, seen.items.n, sizeof *seen.items.at, by_planned);
		for (size_t i = 1; i < seen.items.n; i++) /* none twice */
			ck_assert(
			        by_planned(&seen.items.at[i - 1], &seen.items.at[i]) != 0 ||
			        seen.items.at[i - 1].planned.firing.us != seen.items.at[i].planned.firing.us);
		vec_free(&seen.items);
		forecast_free(&f);
		plan_free(&p);
		station_free(&s);
	}
}
END_TEST

UNIT_MAIN("schedule/forecast", alone_everything_is_on_time, who_waits_for_whom,
        what_cannot_start_in_time_is_lost, a_hard_start_cuts, an_anchor_waits_for_what_stands_before_it,
        quiet_hours_end_everything, random_schedules_keep_the_rules)
