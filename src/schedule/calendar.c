/* Weekdays, from/until, exceptions and campaign windows, all asked on the day a firing starts. */
#include "schedule/calendar.h"

#include "schedule/tz.h"

bool calendar_in_force(const struct exception *e, day_num day)
{
	for (size_t i = 0; i < e->dates.n; i++)
		if (e->dates.at[i] == day)
			return true;
	return day_in(e->span, day);
}

void calendar_open(struct calendar *c, const struct station *s, day_num day)
{
	*c = (struct calendar){ .station = s, .day = day, .weekday = (uint8_t)(1U << day_weekday(day)) };
	c->exists = tz_local(s->tz, tz_instant(s->tz, day, 0)).day == day;
	for (size_t i = 0; i < s->exceptions.n; i++) {
		const struct exception *e = &s->exceptions.at[i];
		if (!calendar_in_force(e, day))
			continue;
		vec_push(&c->exceptions, (int)i);
		for (int class = 0; class < CLASS_COUNT; class ++)
			c->suppressed[class] |= e->suppress[class];
	}
}

void calendar_close(struct calendar *c)
{
	vec_free(&c->exceptions);
}

static bool contains(const int *at, size_t n, int wanted)
{
	for (size_t i = 0; i < n; i++)
		if (at[i] == wanted)
			return true;
	return false;
}

static bool takes_rule(const struct exception *e, int rule)
{
	if (e->skip_all || contains(e->skip.at, e->skip.n, rule))
		return true;
	return e->only.n > 0 && !contains(e->only.at, e->only.n, rule);
}

int calendar_rule_taken_by(const struct calendar *c, int rule)
{
	for (size_t i = 0; i < c->exceptions.n; i++)
		if (takes_rule(&c->station->exceptions.at[c->exceptions.at[i]], rule))
			return c->exceptions.at[i];
	return -1;
}

bool calendar_rule_due(const struct calendar *c, int rule)
{
	const struct rule *r = &c->station->rules.at[rule];
	return (r->weekdays & c->weekday) && day_in(r->days, c->day) && r->kind != RULE_EMERGENCY && c->exists;
}

bool calendar_rule_runs(const struct calendar *c, int rule)
{
	return calendar_rule_due(c, rule) && calendar_rule_taken_by(c, rule) < 0;
}

bool calendar_bulletin_runs(const struct calendar *c, int bulletin)
{
	return bulletin_open(c->station, bulletin, c->day) && !c->suppressed[c->station->bulletins.at[bulletin].class];
}
