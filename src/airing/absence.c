#include "airing/absence.h"

#include "base/mem.h"

/* A clock may be this much behind the last trusted row: it was set right by hand, or ran fast before. */
#define BEHIND_LAST_ROW (INT64_C(300) * US_PER_S)
/* … and this much ahead of it: no station is off for longer and then started without anybody looking at its clock. */
#define AHEAD_OF_LAST_ROW (INT64_C(400) * 86400 * US_PER_S)
/* Smaller differences are the clock being steered, not set. */
#define STEP_NOTICED (INT64_C(500) * US_PER_MS)

static bool within_limit(const struct station *st, const struct planned *p, wall_us now)
{
	const struct rule *r = &st->rules.at[p->rule];
	if (p->over.us != US_NEVER && now.us >= p->over.us)
		return false;
	return r->max_late_ms < 0 || now.us <= p->at.us + r->max_late_ms * US_PER_MS;
}

void absence_fates(const struct station *st, const struct planned *planned, size_t n, wall_us now, bool *made_up)
{
	wall_us *latest = mem_new_n(wall_us, st->rules.n);
	for (size_t r = 0; r < st->rules.n; r++)
		latest[r].us = INT64_MIN;
	for (size_t i = 0; i < n; i++) {
		made_up[i] = within_limit(st, &planned[i], now);
		if (made_up[i] && planned[i].firing.us > latest[planned[i].rule].us)
			latest[planned[i].rule] = planned[i].firing;
	}
	for (size_t i = 0; i < n; i++) {
		enum catch_up how = st->rules.at[planned[i].rule].catch_up;
		bool is_latest = planned[i].firing.us == latest[planned[i].rule].us;
		made_up[i] &= how == CATCH_UP_ALL || (how == CATCH_UP_ONCE && is_latest);
	}
	mem_free(latest);
}

enum clock_step absence_step(wall_us was, wall_us is)
{
	int64_t d = is.us - was.us;
	if (d <= -STEP_NOTICED)
		return STEP_BACK;
	if (d < STEP_NOTICED)
		return STEP_NONE;
	return d < STEP_LATENESS ? STEP_LATE : STEP_FORWARD;
}

bool absence_clock_credible(wall_us now, wall_us floor, wall_us last_trusted_row)
{
	bool ahead = last_trusted_row.us >= floor.us && now.us - last_trusted_row.us > AHEAD_OF_LAST_ROW;
	return now.us >= floor.us && now.us >= last_trusted_row.us - BEHIND_LAST_ROW && !ahead;
}
