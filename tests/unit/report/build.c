/* The figures of a report from rows and schedules: whether days were met, what is counted, what adds up. */
#include "report/build.h"
#include "../config/texts.h"
#include "../unit.h"

#include "base/mem.h"
#include "base/text.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>

#define STATION                                                                                                        \
	TEXTS_STATION "zone \"cum-2\" { output = \"ampli\" channel = 2 }\n"                                            \
		      "bulletin \"bz\" { campaign = \"bluezone\" audio = \"bz.opus\" }\n"                              \
		      "bulletin \"nhac\" { class = \"music\" campaign = \"bluezone\" audio = \"nhac.opus\" }\n"        \
		      "session \"sang\" { start = \"5h30\" end = \"6h\" play = { \"tin\", \"bz\", \"nhac\" } }\n"      \
		      "repeat \"trua\" { at = { \"11h15\" } play = { \"bz\" } }\n"
#define CAMPAIGN(asked)                                                                                                \
	"campaign \"bluezone\" { from = \"1/7/2021\" until = \"31/7/2021\" " asked "\n"                                \
	"directive \"a\" { number = \"4172/UBND-VHTT\" }\n"                                                            \
	"directive \"b\" { number = \"1704/STTTT\" from = \"13/7/2021\" received = \"13/7/2021 16:05\" } }\n"

struct world {
	VEC(struct report_schedule) schedules;
	struct report_log log;
	struct report_events events;
	VEC(char *) strings;
	wall_us made;
	wall_us first;
};

static const char *own(struct world *w, char *s)
{
	vec_push(&w->strings, s);
	return s;
}

static wall_us july(const struct world *w, int day, const char *clock)
{
	tod_ms ms;
	ck_assert(value_time(clock, &ms));
	return tz_instant(w->schedules.at[0].station->tz, civil_to_day((struct civil){ 2021, 7, day }), ms);
}

static void add_schedule(struct world *w, const char *campaigns, int day, const char *clock)
{
	struct findings fs = { 0 };
	struct station *st = texts_load(STATION, campaigns, &fs);
	for (size_t i = 0; i < fs.list.n; i++)
		ck_assert_msg(fs.list.at[i].severity != FINDING_ERROR, "%s %s", fs.list.at[i].code, fs.list.at[i].args[0]);
	ck_assert_ptr_nonnull(st);
	vec_push(&w->schedules, (struct report_schedule){ { 1 }, st });
	w->schedules.at[w->schedules.n - 1].from = july(w, day, clock);
	findings_free(&fs);
}

/* "14 05:31 sang bz cum-1 aired[:reason]": day of July, planned, rule, bulletin, zone, verdict. */
static void add_row(struct world *w, const char *line)
{
	int day;
	char clock[16], rule[16], bulletin[16], zone[16], state[32];
	ck_assert_msg(sscanf(line, " %d %15s %15s %15s %15s %31s", &day, clock, rule, bulletin, zone, state) == 6, "%s", line);
	char *reason = strchr(state, ':');
	if (reason)
		*reason++ = '\0';
	wall_us at = july(w, day, clock);
	struct report_row r = { .planned = at, .started = at, .offset_s = 7 * 3600, .heard_ms = 60000 };
	r.id = own(w, mem_printf("22363/%s/202107%02dT%s/1.%s/%s", rule, day, !strcmp(rule, "sang") ? "053000+0700" : "111500+0700",
			bulletin, zone));
	r.from = own(w, mem_printf("%s:%s", !strcmp(rule, "sang") ? "session" : "repeat", rule));
	r.zone = own(w, mem_dup(zone));
	r.bulletin = r.title = own(w, mem_dup(bulletin));
	r.station_name = "Đài";
	r.campaign = strcmp(bulletin, "tin") ? "bluezone" : NULL;
	r.directives = !r.campaign ? "" : day >= 13 ? "4172/UBND-VHTT\n1704/STTTT\n" : "4172/UBND-VHTT\n";
	r.class = !strcmp(bulletin, "nhac") ? "music" : "announcement";
	r.priority = "normal";
	for (int s = STATE_OPEN + 1; s < STATE_COUNT; s++)
		r.state = strcmp(state, verdict_state_name((enum state)s)) ? r.state : (enum state)s;
	for (int n = REASON_NONE + 1; reason && n < REASON_COUNT; n++)
		r.reason = strcmp(reason, verdict_reason_name((enum reason)n)) ? r.reason : (enum reason)n;
	r.heard_ms = r.state == STATE_AIRED ? 60000 : 0;
	vec_push(&w->log.rows, r);
}

static void add_rows(struct world *w, const char *rows)
{
	char *all = mem_dup(rows), *save = NULL;
	for (char *one = strtok_r(all, ";", &save); one; one = strtok_r(NULL, ";", &save))
		add_row(w, one);
	mem_free(all);
}

static void add_event(struct world *w, int day, const char *clock, const char *kind, const char *body)
{
	struct report_event e = { july(w, day, clock), mem_dup(kind), NULL, mem_dup(body) };
	vec_push(&w->events.list, e);
}

static wall_us first_heard(void *self, const char *campaign, wall_us since)
{
	const struct world *w = self;
	ck_assert_str_eq(campaign, "bluezone");
	return w->first.us >= since.us ? w->first : (wall_us){ 0 };
}

static struct report *build(struct world *w, struct report_asked asked, int from, int until)
{
	struct report_source in = { .log = &w->log,
		.schedules = w->schedules.at,
		.n_schedules = w->schedules.n,
		.events = &w->events,
		.made = w->made.us ? w->made : july(w, 31, "23:59"),
		.first_heard = first_heard,
		.self = w };
	asked.days.from = civil_to_day((struct civil){ 2021, 7, from });
	asked.days.until = civil_to_day((struct civil){ 2021, 7, until });
	asked.title = "July";
	return report_build(&in, &asked);
}

static void forget(struct world *w)
{
	for (size_t i = 0; i < w->schedules.n; i++)
		station_free((struct station **)&w->schedules.at[i].station);
	for (size_t i = 0; i < w->strings.n; i++)
		mem_free(w->strings.at[i]);
	vec_free(&w->schedules);
	vec_free(&w->log.rows);
	vec_free(&w->strings);
	report_events_free(&w->events);
}

/* "a 12-14 2/6 yn-": name, days, lần done of those asked for, each day: y met, n not, e excused, o open, - not asked */
static char *told(const struct report *r)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		text_addf(&t, "%s%s %d-%d %d/%d ", i ? "; " : "", d->name, civil_from_day(d->days.from).day,
				civil_from_day(d->days.until).day, d->times, d->times_asked);
		ck_assert_int_eq(d->per_day.n, d->days.until - d->days.from + 1);
		int of[MET_COUNT] = { 0 };
		for (size_t k = 0; k < d->per_day.n; k++) {
			text_add_n(&t, &"-yneo"[d->per_day.at[k].met], 1);
			of[d->per_day.at[k].met]++;
		}
		ck_assert_int_eq(d->days_asked, of[MET_YES] + of[MET_NO] + of[MET_EXCUSED] + of[MET_OPEN]);
		ck_assert_int_eq(d->days_met, of[MET_YES]);
		ck_assert_int_eq(d->days_excused, of[MET_EXCUSED]);
		ck_assert_int_eq(d->days_open, of[MET_OPEN]);
	}
	return text_take(&t);
}

#define DAY(d) d " 05:31 sang bz cum-1 aired; " d " 05:31 sang bz cum-2 aired; " d " 11:15 trua bz cum-1 aired; " d " 11:15 trua bz cum-2 aired;"

START_TEST(days_are_judged)
{
	static const struct {
		int line;
		const char *schedule, *then; /* the second one from `at` of 14/7 on; NULL: none */
		const char *at;
		const char *rows;
		const char *directive;
		const char *want;
	} T[] = {
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), NULL, NULL, DAY("12") DAY("13") DAY("14"), NULL,
				"a 12-14 6/6 yyy; b 13-14 4/4 yy" },
		{ __LINE__, CAMPAIGN("times-per-day = \"3\""), NULL, NULL, DAY("12") DAY("13") DAY("14"), "1704", "b 13-14 4/6 nn" },
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), NULL, NULL, DAY("12") DAY("13") DAY("14"), "a", "a 12-14 6/6 yyy" },
		/* nothing was heard: the days are asked all the same */
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), NULL, NULL, "12 05:30 sang tin cum-1 aired", "4172", "a 12-14 0/6 nnn" },
		/* no number was set */
		{ __LINE__, CAMPAIGN(""), NULL, NULL, DAY("13"), "1704", "b 13-14 2/-1 --" },
		/* minutes where only these are set: two of one minute a day */
		{ __LINE__, CAMPAIGN("minutes-per-day = \"2\""), NULL, NULL, DAY("13"), "1704", "b 13-14 2/-1 yn" },
		{ __LINE__, CAMPAIGN("minutes-per-day = \"3\""), NULL, NULL, DAY("13"), "1704", "b 13-14 2/-1 nn" },
		{ __LINE__, CAMPAIGN("minutes-per-day = \"99\" times-per-day = \"2\""), NULL, NULL, DAY("13"), "1704", "b 13-14 2/4 yn" },
		/* an exception takes the campaign's firings; a day that is met all the same needs no excuse */
		{ __LINE__, CAMPAIGN("times-per-day = \"2\"") "exception \"le\" { dates = { \"13/7/2021\", \"12/7/2021\" } skip = { \"all\" } }",
				NULL, NULL, DAY("12"), NULL, "a 12-14 2/6 yen; b 13-14 0/4 en" },
		/* one that takes only music does not excuse */
		{ __LINE__, CAMPAIGN("times-per-day = \"2\"") "exception \"tang\" { dates = { \"13/7/2021\" } suppress = { \"music\" } }",
				NULL, NULL, DAY("12") DAY("14"), "4172", "a 12-14 4/6 yny" },
		/* zone off: heard whole in those that were on; one cut zone is no lần */
		{ __LINE__, CAMPAIGN("times-per-day = \"1\""), NULL, NULL,
				"12 05:31 sang bz cum-1 aired; 12 05:31 sang bz cum-2 skipped:zone-off;"
				"13 05:31 sang bz cum-1 aired; 13 05:31 sang bz cum-2 partial:interrupted",
				"4172", "a 12-14 1/3 ynn" },
		/* a new schedule asks for more from the day after; the day it came is judged by what it began with */
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), CAMPAIGN("times-per-day = \"3\""), "08:00", DAY("13") DAY("14") DAY("15"),
				"1704", "b 13-15 6/7 yyn" },
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), CAMPAIGN("times-per-day = \"3\""), "00:00", DAY("13") DAY("14") DAY("15"),
				"1704", "b 13-15 6/8 ynn" },
		/* what it brings in counts on that day */
		{ __LINE__, "campaign \"bluezone\" { }", CAMPAIGN("times-per-day = \"2\""), "08:00", DAY("14") DAY("15"), "1704",
				"b 14-15 4/4 yy" },
		/* what it leaves out is asked no more */
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), "campaign \"bluezone\" { }", "08:00", DAY("13") DAY("14") DAY("15"), "1704",
				"b 13-14 4/4 yy" },
		/* not decided yet */
		{ __LINE__, CAMPAIGN("times-per-day = \"2\""), NULL, NULL, DAY("12") "13 05:31 sang bz cum-1 open; 13 05:31 sang bz cum-2 open",
				"4172", "a 12-14 2/6 yon" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w = { 0 };
		add_schedule(&w, T[i].schedule, 1, "00:00");
		if (T[i].then)
			add_schedule(&w, T[i].then, 14, T[i].at);
		add_rows(&w, T[i].rows);
		struct report *r = build(&w, (struct report_asked){ .directive = T[i].directive }, 12, T[i].then ? 15 : 14);
		char *got = told(r);
		ck_assert_msg(!strcmp(got, T[i].want), "line %d: \"%s\", not \"%s\"", T[i].line, got, T[i].want);
		mem_free(got);
		report_free(&r);
		forget(&w);
	}
}
END_TEST

START_TEST(today_is_not_over)
{
	struct world w = { 0 };
	add_schedule(&w, CAMPAIGN("times-per-day = \"2\""), 1, "00:00");
	add_rows(&w, DAY("12") DAY("13"));
	w.made = july(&w, 14, "08:00");
	struct report *r = build(&w, (struct report_asked){ .directive = "4172" }, 12, 16);
	char *got = told(r);
	ck_assert_str_eq(got, "a 12-16 4/10 yyooo");
	mem_free(got);
	report_free(&r);
	forget(&w);
}
END_TEST

START_TEST(from_receipt_to_first_airing)
{
	static const struct {
		int line, from;
		const char *rows;
		int first_day; /* heard before the report; 0: never */
		int64_t minutes; /* -1: unknown */
	} T[] = {
		{ __LINE__, 13, DAY("13") DAY("14"), 0, 13 * 60 + 26 }, /* 16:05 -> 05:31 */
		{ __LINE__, 14, DAY("14"), 0, 13 * 60 + 26 },
		{ __LINE__, 15, DAY("15"), 14, 13 * 60 + 26 },
		{ __LINE__, 13, "14 05:31 sang nhac cum-1 aired; 15 05:31 sang bz cum-1 aired", 0, 37 * 60 + 26 },
		{ __LINE__, 13, "14 05:31 sang bz cum-1 missed:late", 0, -1 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w = { 0 };
		add_schedule(&w, CAMPAIGN("times-per-day = \"2\""), 1, "00:00");
		add_rows(&w, T[i].rows);
		w.first = T[i].first_day ? july(&w, T[i].first_day, "05:31") : (wall_us){ 0 };
		struct report *r = build(&w, (struct report_asked){ .directive = "1704" }, T[i].from, 20);
		int64_t got = r->directives.at[0].first_airing_ms, want = T[i].minutes < 0 ? -1 : T[i].minutes * 60000;
		ck_assert_msg(got == want, "line %d: %lld, not %lld", T[i].line, (long long)got, (long long)want);
		report_free(&r);
		forget(&w);
	}
}
END_TEST

/* planned = aired + partial + missed + skipped + failed, and what is open, wherever a sum is. */
static void adds_up(const struct tally *t, size_t *planned)
{
	size_t sum = t->open;
	for (int s = STATE_AIRED; s < STATE_COUNT; s++)
		sum += t->by_state[s];
	ck_assert_uint_eq(t->planned, sum);
	if (planned)
		*planned += t->planned;
}

START_TEST(everything_adds_up)
{
	static const struct {
		int line;
		struct report_asked asked;
		size_t planned;
	} T[] = {
		{ __LINE__, { .zone = NULL }, 12 },
		{ __LINE__, { .zone = "cum-1" }, 7 },
		{ __LINE__, { .campaign = "bluezone" }, 10 },
		{ __LINE__, { .directive = "1704/stttt" }, 6 },
		{ __LINE__, { .directive = "b" }, 6 },
		{ __LINE__, { .class = "music" }, 1 },
		{ __LINE__, { .priority = "emergency" }, 0 },
		{ __LINE__, { .language = "vi" }, 12 },
		{ __LINE__, { .language = "en" }, 0 },
	};
	struct world w = { 0 };
	add_schedule(&w, CAMPAIGN("times-per-day = \"2\""), 1, "00:00");
	add_rows(&w, "11 05:30 sang tin cum-1 aired;" /* before the report */
		     "12 05:30 sang tin cum-1 aired; 12 05:30 sang tin cum-2 missed:late;" DAY("12")
		     "13 05:31 sang bz cum-1 partial:interrupted; 13 05:31 sang bz cum-2 skipped:zone-off;"
		     "13 05:33 sang nhac cum-1 aired; 13 11:15 trua bz cum-1 failed:file-missing; 13 11:15 trua bz cum-2 open;"
		     "14 05:31 sang bz cum-1 skipped:operator;"
		     "15 05:31 sang bz cum-1 aired;" /* after it */);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct report *r = build(&w, T[i].asked, 12, 14);
		size_t days = 0, zones = 0, classes = 0;
		ck_assert_msg(r->sums.planned == T[i].planned, "line %d: %zu planned", T[i].line, r->sums.planned);
		adds_up(&r->sums, NULL);
		for (size_t k = 0; k < r->per_day.n; k++)
			adds_up(&r->per_day.at[k].sums, &days);
		for (size_t k = 0; k < r->zones.n; k++)
			adds_up(&r->zones.at[k].sums, &zones);
		for (size_t k = 0; k < r->classes.n; k++)
			adds_up(&r->classes.at[k].sums, &classes);
		for (size_t k = 0; k < r->directives.n; k++)
			adds_up(&r->directives.at[k].sums, NULL);
		ck_assert_uint_eq(r->per_day.n, 3);
		ck_assert_uint_eq(days, r->sums.planned);
		ck_assert_uint_eq(zones, r->sums.planned);
		ck_assert_uint_eq(classes, r->sums.planned);
		ck_assert_int_eq(r->filtered, i != 0);
		report_free(&r);
	}
	forget(&w);
}
END_TEST

START_TEST(who_was_on_duty)
{
	struct world w = { 0 };
	add_schedule(&w, CAMPAIGN(""), 1, "00:00");
	add_event(&w, 11, "00:00", "day", "{\"duty\":{\"name\":\"A\",\"since\":\"x\"}}");
	add_event(&w, 13, "05:00", "duty", "{\"name\":\"B\"}");
	add_event(&w, 13, "17:00", "duty", "{\"name\":\"C\"}");
	add_event(&w, 13, "18:00", "duty", "{\"name\":\"B\"}");
	add_event(&w, 15, "06:00", "duty", "{\"name\":\"D\"}");
	struct report *r = build(&w, (struct report_asked){ 0 }, 12, 14);
	ck_assert_str_eq(r->per_day.at[0].duty, "A");
	ck_assert_str_eq(r->per_day.at[1].duty, "B; C");
	ck_assert_str_eq(r->per_day.at[2].duty, "B");
	report_free(&r);
	forget(&w);
}
END_TEST

UNIT_MAIN("report/build", days_are_judged, today_is_not_over, from_receipt_to_first_airing, everything_adds_up, who_was_on_duty)
