/* Quiet hours as intervals of instants, so that a repeated or missing local hour moves their ends by the same
 * rule as it moves airings. */
#include "schedule/plan.h"

#include "schedule/tz.h"

static wall_us guard_begin(const struct station *s, const struct guard *g, day_num day)
{
	return tz_instant(s->tz, day, g->from);
}

static wall_us guard_end(const struct station *s, const struct guard *g, day_num day)
{
	return tz_instant(s->tz, day + (g->from >= g->to), g->to);
}

static bool guard_applies(const struct guard *g, enum guard_action action, int zone)
{
	return g->action == action && (g->zones >> zone & 1);
}

int guard_find(const struct station *s, enum guard_action action, int zone, wall_us at)
{
	day_num day = tz_local(s->tz, at).day;
	for (size_t i = 0; i < s->guards.n; i++) {
		const struct guard *g = &s->guards.at[i];
		if (!guard_applies(g, action, zone))
			continue;
		for (day_num d = day - 1; d <= day + 1; d++)
			if (guard_begin(s, g, d).us <= at.us && at.us < guard_end(s, g, d).us)
				return (int)i;
	}
	return -1;
}

bool guard_at(const struct station *s, enum guard_action action, int zone, wall_us at)
{
	return guard_find(s, action, zone, at) >= 0;
}

wall_us guard_next_begin(const struct station *s, enum guard_action action, int zone, wall_us after)
{
	day_num day = tz_local(s->tz, after).day;
	wall_us next = { US_NEVER };
	for (size_t i = 0; i < s->guards.n; i++) {
		const struct guard *g = &s->guards.at[i];
		for (day_num d = day; guard_applies(g, action, zone) && d <= day + 2; d++) {
			wall_us begin = guard_begin(s, g, d);
			if (begin.us > after.us && begin.us < next.us)
				next = begin;
		}
	}
	return next;
}
