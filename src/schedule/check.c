/* Expands the schedule day by day and shows each day to every part of the check. */
#include "schedule/check.h"

#include "schedule/check-parts.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>

enum { DAYS_LEAST = 400, DAYS_MOST = 1100, WEEK = 7 };

#define FIRST_OF_2024 19723

/* First and last date the files name. */
struct named {
	day_num first, last;
};

static void name_day(struct named *n, day_num day)
{
	if (day == DAY_NONE)
		return;
	n->first = n->first == DAY_NONE || day < n->first ? day : n->first;
	n->last = n->last == DAY_NONE || day > n->last ? day : n->last;
}

/* Of a span that only ends, its last week shows every weekday. */
static void name_span(struct named *n, day_span s)
{
	bool starts = s.from > DAY_MIN, ends = s.until < DAY_MAX;
	if (s.from > s.until)
		return;
	if (starts)
		name_day(n, s.from);
	if (ends)
		name_day(n, starts ? s.until : s.until - WEEK + 1);
	if (ends)
		name_day(n, s.until);
}

static struct named named_days(const struct station *s)
{
	struct named n = { DAY_NONE, DAY_NONE };
	for (size_t i = 0; i < s->rules.n; i++)
		name_span(&n, s->rules.at[i].days);
	for (size_t i = 0; i < s->bulletins.n; i++)
		name_span(&n, s->bulletins.at[i].days);
	for (size_t i = 0; i < s->campaigns.n; i++) {
		const struct campaign *c = &s->campaigns.at[i];
		name_span(&n, c->days);
		for (size_t k = 0; k < c->directives.n; k++)
			name_day(&n, c->directives.at[k].from);
	}
	for (size_t i = 0; i < s->exceptions.n; i++) {
		const struct exception *e = &s->exceptions.at[i];
		name_span(&n, e->span);
		for (size_t k = 0; k < e->dates.n; k++)
			name_day(&n, e->dates.at[k]);
	}
	return n;
}

day_num schedule_first_day(const struct station *s)
{
	day_num first = named_days(s).first;
	return first == DAY_NONE ? FIRST_OF_2024 : first < DAY_MIN ? DAY_MIN : first;
}

static day_num last_day(const struct station *s, day_num first)
{
	day_num last = named_days(s).last;
	if (last == DAY_NONE || last < first + DAYS_LEAST - 1)
		last = first + DAYS_LEAST - 1;
	return last < first + DAYS_MOST - 1 ? last : first + DAYS_MOST - 1;
}

void schedule_check(const struct station *s, struct findings *fs)
{
	static const struct checker *const parts[] = { &check_campaigns, &check_fires, &check_guards, &check_lanes,
		&check_limits, &check_relays };
	enum { PARTS = sizeof parts / sizeof *parts };
	struct check c = { .station = s, .findings = fs, .first = schedule_first_day(s) };
	struct plan plan = { 0 };
	void *self[PARTS];
	c.last = last_day(s, c.first);
	check_facts(&c);
	for (size_t i = 0; i < PARTS; i++)
		self[i] = parts[i]->open(&c);
	for (day_num day = c.first; day <= c.last; day++) {
		plan.items.n = 0;
		plan_day(s, day, &plan);
		struct check_day d = { day, plan.items.at, plan.items.n };
		for (size_t i = 0; i < PARTS; i++)
			parts[i]->day(self[i], &d);
	}
	for (size_t i = 0; i < PARTS; i++)
		parts[i]->close(self[i]);
	plan_free(&plan);
}

bool check_tally_add(struct check_tally *t, wall_us at)
{
	if (!t->count)
		t->first = at;
	return t->count++ == 0;
}

bool check_tally_add_item(struct check_tally *t, const struct planned *p)
{
	if (t->count && t->last_firing.us == p->firing.us)
		return false;
	t->last_firing = p->firing;
	return check_tally_add(t, p->at);
}

void check_time(const struct check *c, wall_us at, char out[CHECK_WHEN_BYTES])
{
	/* Whole seconds: nobody sets a clock to less. */
	value_print_time(tz_local(c->station->tz, at).ms / 1000 * 1000, out);
}

void check_when(const struct check *c, const struct check_tally *t, char out[CHECK_WHEN_BYTES])
{
	char time[CHECK_WHEN_BYTES], date[VALUE_BYTES];
	check_time(c, t->first, time);
	value_print_date(tz_local(c->station->tz, t->first).day, date);
	if (t->count > 1)
		snprintf(out, CHECK_WHEN_BYTES, "%.16s (%s, ×%zu)", time, date, t->count);
	else
		snprintf(out, CHECK_WHEN_BYTES, "%.16s (%s)", time, date);
}

void check_on_days(const struct check *c, const struct check_tally *t, char out[CHECK_WHEN_BYTES])
{
	char date[VALUE_BYTES];
	value_print_date(tz_local(c->station->tz, t->first).day, date);
	if (t->count > 1)
		snprintf(out, CHECK_WHEN_BYTES, "%s (×%zu)", date, t->count);
	else
		snprintf(out, CHECK_WHEN_BYTES, "%s", date);
}

bool check_counts(const struct check *c, const struct planned *p)
{
	zone_set zones = c->station->rules.at[p->rule].zones & station_all_zones(c->station);
	return zones && __builtin_ctzll(zones) == p->zone;
}

struct check_number check_number(int64_t n)
{
	struct check_number out;
	snprintf(out.text, sizeof out.text, "%lld", (long long)n);
	return out;
}
