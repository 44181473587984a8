#include "airing/alarm.h"

#include "schedule/tz.h"

static const struct rule *rule_of(const struct alarm *a)
{
	return &a->station->rules.at[a->rule];
}

/* The first instant at or after t whose local time is a multiple of align ("1h" = on the hour). */
static wall_us aligned(const struct tz *tz, wall_us t, int64_t align_ms)
{
	if (!align_ms)
		return t;
	struct local l = tz_local(tz, t);
	int64_t ms = l.ms + (l.us > 0);
	ms = (ms + align_ms - 1) / align_ms * align_ms;
	wall_us up = tz_instant(tz, l.day, ms);
	return up.us >= t.us ? up : t;
}

void alarm_command(struct alarm *a, const struct station *st, int rule, wall_us now, int first_number)
{
	*a = (struct alarm){
		.station = st, .rule = rule, .commanded = now, .from = now, .next = now, .repeat = first_number
	};
	a->over.us = now.us + rule_of(a)->until_ms * US_PER_MS;
}

static wall_us following(const struct alarm *a)
{
	const struct rule *r = rule_of(a);
	if (a->given <= r->first_repeats)
		return (wall_us){ a->from.us + a->given * r->first_every_ms * US_PER_MS };
	if (!r->then_every_ms)
		return (wall_us){ US_NEVER };
	return aligned(a->station->tz, (wall_us){ a->next.us + r->then_every_ms * US_PER_MS }, r->align_ms);
}

bool alarm_due(struct alarm *a, wall_us now, wall_us *instant, int *repeat)
{
	if (a->ended || a->next.us > now.us)
		return false;
	*instant = a->next;
	*repeat = a->repeat++;
	a->given++;
	wall_us then = following(a);
	a->next = then.us < a->over.us ? then : (wall_us){ US_NEVER };
	return true;
}

void alarm_leap(struct alarm *a, int64_t by_us)
{
	a->set_back -= by_us;
	a->from.us += by_us;
	a->over.us += by_us;
	if (a->next.us != US_NEVER)
		a->next.us += by_us;
}

void alarm_step(struct alarm *a, int64_t by_us)
{
	if (a->set_back < 0)
		alarm_leap(a, by_us);
	else
		alarm_leap(a, by_us < a->set_back ? by_us : a->set_back);
}

void alarm_extend(struct alarm *a, int64_t by_us)
{
	struct alarm again = *a; /* the instant after those that have come, which its end may have hidden */
	a->over.us += by_us;
	again.next = again.from;
	for (again.given = 1; again.given <= a->given; again.given++)
		again.next = following(&again);
	if (a->next.us == US_NEVER && again.next.us < a->over.us)
		a->next = again.next;
}

bool alarm_expired(const struct alarm *a, wall_us now)
{
	return !a->ended && now.us >= a->over.us;
}
