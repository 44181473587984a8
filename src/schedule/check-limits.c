/* limit: sessions a day, minutes a session, minutes of sound a day; each zone for itself. */
#include "base/i18n.h"
#include "schedule/check-parts.h"
#include "schedule/tz.h"

enum kind { SESSIONS, SESSION_MINUTES, DAY_MINUTES_OVER, DAY_MINUTES_SHORT, KINDS };

struct breach {
	struct check_tally tally;
	int64_t got; /* of the first one */
	int32_t rule;
	int zone;
};

/* A session's part of the day. */
struct session_day {
	zone_set zones;
	int64_t ms; /* in the rule's first zone */
};

struct limits {
	const struct check *check;
	struct breach (*by_limit)[KINDS];
	struct session_day *by_rule;
	/* of the day, by zone */
	int sessions[ZONES_MAX];
	int64_t ms[ZONES_MAX];
};

static void *open_limits(const struct check *c)
{
	struct limits *l = mem_new(struct limits);
	l->check = c;
	l->by_limit = mem_zero(c->station->limits.n * sizeof *l->by_limit);
	l->by_rule = mem_zero(c->station->rules.n * sizeof *l->by_rule);
	return l;
}

static void count_day(struct limits *l, const struct check_day *d)
{
	const struct station *s = l->check->station;
	memset(l->sessions, 0, sizeof l->sessions);
	memset(l->ms, 0, sizeof l->ms);
	memset(l->by_rule, 0, s->rules.n * sizeof *l->by_rule);
	for (size_t i = 0; i < d->n; i++) {
		const struct planned *p = &d->items[i];
		struct session_day *of = &l->by_rule[p->rule];
		l->ms[p->zone] += p->ms;
		if (s->rules.at[p->rule].kind != RULE_SESSION)
			continue;
		if (!(of->zones >> p->zone & 1))
			l->sessions[p->zone]++;
		of->zones |= (zone_set)1 << p->zone;
		if (check_counts(l->check, p))
			of->ms += p->ms;
	}
}

static void add_breach(struct breach *b, wall_us at, int64_t got, int32_t rule, int zone)
{
	if (!check_tally_add(&b->tally, at))
		return;
	b->got = got;
	b->rule = rule;
	b->zone = zone;
}

static int64_t minutes_up(int64_t ms)
{
	return (ms + 59999) / 60000;
}

/* One finding a day and kind: the first zone, the first session stands for all. */
static void judge_zones(const struct limits *l, const struct limit *limit, struct breach *b, wall_us at)
{
	bool found[KINDS] = { false };
	for (int z = 0; z < (int)l->check->station->zones.n; z++) {
		const bool bad[KINDS] = {
			[SESSIONS] = limit->sessions_per_day >= 0 && l->sessions[z] > limit->sessions_per_day,
			[DAY_MINUTES_OVER] = limit->minutes_max >= 0 && l->ms[z] > limit->minutes_max * INT64_C(60000),
			[DAY_MINUTES_SHORT] = l->ms[z] > 0 && l->ms[z] < limit->minutes_min * INT64_C(60000),
		};
		const int64_t got[KINDS] = { [SESSIONS] = l->sessions[z],
			[DAY_MINUTES_OVER] = minutes_up(l->ms[z]),
			[DAY_MINUTES_SHORT] = l->ms[z] / 60000 };
		for (int kind = 0; kind < KINDS; kind++) {
			if (bad[kind] && !found[kind])
				add_breach(&b[kind], at, got[kind], -1, z);
			found[kind] |= bad[kind];
		}
	}
}

static void judge_sessions(const struct limits *l, const struct limit *limit, struct breach *b, wall_us at)
{
	if (limit->minutes_per_session < 0)
		return;
	for (size_t i = 0; i < l->check->station->rules.n; i++) {
		int64_t ms = l->by_rule[i].ms;
		if (ms > limit->minutes_per_session * INT64_C(60000)) {
			add_breach(&b[SESSION_MINUTES], at, minutes_up(ms), (int32_t)i, 0);
			return;
		}
	}
}

static void note_excused(void *self, const struct excused *e)
{
	(void)e;
	*(bool *)self = true;
}

static void day_limits(void *self, const struct check_day *d)
{
	struct limits *l = self;
	const struct station *s = l->check->station;
	if (!s->limits.n)
		return;
	bool excused = false;
	wall_us at = tz_instant(s->tz, d->day, 0);
	count_day(l, d);
	plan_excused(s, d->day, note_excused, &excused);
	for (size_t i = 0; i < s->limits.n; i++) {
		struct limit limit = s->limits.at[i];
		if (!(limit.weekdays >> day_weekday(d->day) & 1))
			continue;
		if (excused)
			limit.minutes_min = -1;
		judge_zones(l, &limit, l->by_limit[i], at);
		judge_sessions(l, &limit, l->by_limit[i], at);
	}
}

static void report(
	const struct check *c, const struct limit *limit, const struct breach *b, const char *pattern, int want)
{
	char days[CHECK_WHEN_BYTES];
	if (!b->tally.count)
		return;
	check_on_days(c, &b->tally, days);
	const char *where = b->rule >= 0 ? c->station->rules.at[b->rule].name : c->station->zones.at[b->zone].name;
	finding_add(c->findings, FINDING_WARNING, "limit", limit->place, pattern, limit->name, days, where,
		check_number(b->got).text, check_number(want).text, NULL);
}

static void close_limits(void *self)
{
	struct limits *l = self;
	for (size_t i = 0; i < l->check->station->limits.n; i++) {
		const struct limit *limit = &l->check->station->limits.at[i];
		const struct breach *b = l->by_limit[i];
		report(l->check, limit, &b[SESSIONS],
			N_("limit \"{1}\": {4} sessions in \"{3}\" on {2} — at most {5} a day are allowed — "
			   "join two of them, or drop one"),
			limit->sessions_per_day);
		report(l->check, limit, &b[SESSION_MINUTES],
			N_("limit \"{1}\": session \"{3}\" has {4} minutes of sound on {2} — at most {5} are "
			   "allowed — take an item out"),
			limit->minutes_per_session);
		report(l->check, limit, &b[DAY_MINUTES_OVER],
			N_("limit \"{1}\": {4} minutes of sound in \"{3}\" on {2} — at most {5} a day are "
			   "allowed — take items out"),
			limit->minutes_max);
		report(l->check, limit, &b[DAY_MINUTES_SHORT],
			N_("limit \"{1}\": only {4} minutes of sound in \"{3}\" on {2} — at least {5} a day "
			   "are required — add items"),
			limit->minutes_min);
	}
	mem_free(l->by_limit);
	mem_free(l->by_rule);
	mem_free(l);
}

const struct checker check_limits = { open_limits, day_limits, close_limits };
