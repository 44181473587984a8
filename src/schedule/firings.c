/* Local times into instants.  `every` counts elapsed time from the window's start; only the ends of a window
 * are local times. */
#include "schedule/firings.h"

#include "schedule/tz.h"

#include <stdlib.h>

static void add_window(const struct calendar *c, const struct rule *r, const struct window *w, struct firings *out)
{
	const struct tz *tz = c->station->tz;
	wall_us end = tz_instant(tz, c->day + (w->to <= w->from), w->to);
	wall_us at = tz_instant(tz, c->day, w->from);
	for (; r->every_ms > 0 && at.us < end.us; at.us += r->every_ms * US_PER_MS)
		vec_push(&out->at, at);
}

static int by_instant(const void *pa, const void *pb)
{
	const wall_us *a = pa, *b = pb;
	return (a->us > b->us) - (a->us < b->us);
}

/* Several local times may be one instant (a missing hour), and `at` may stand inside a window. */
static void sort_and_unite(struct firings *f)
{
	if (f->at.n < 2)
		return;
	qsort(f->at.at, f->at.n, sizeof *f->at.at, by_instant);
	size_t kept = 1;
	for (size_t i = 1; i < f->at.n; i++)
		if (f->at.at[i].us != f->at.at[kept - 1].us)
			f->at.at[kept++] = f->at.at[i];
	f->at.n = kept;
}

void firings_of(const struct calendar *c, int rule, struct firings *out)
{
	const struct rule *r = &c->station->rules.at[rule];
	out->at.n = 0;
	if (!calendar_rule_runs(c, rule))
		return;
	if (r->kind == RULE_SESSION) {
		vec_push(&out->at, tz_instant(c->station->tz, c->day, r->start));
		return;
	}
	for (size_t i = 0; i < r->at.n; i++)
		vec_push(&out->at, tz_instant(c->station->tz, c->day, r->at.at[i]));
	for (size_t i = 0; i < r->within.n; i++)
		add_window(c, r, &r->within.at[i], out);
	sort_and_unite(out);
}

void firings_drop(struct firings *f, const struct firings *day_before)
{
	size_t kept = 0, b = 0;
	for (size_t i = 0; i < f->at.n; i++) {
		while (b < day_before->at.n && day_before->at.at[b].us < f->at.at[i].us)
			b++;
		if (b == day_before->at.n || day_before->at.at[b].us != f->at.at[i].us)
			f->at.at[kept++] = f->at.at[i];
	}
	f->at.n = kept;
}

bool firings_cross_midnight(const struct rule *r)
{
	for (size_t i = 0; i < r->within.n; i++)
		if (r->within.at[i].to <= r->within.at[i].from)
			return true;
	return false;
}

wall_us firings_session_end(const struct station *s, const struct rule *r, day_num day)
{
	return tz_instant(s->tz, day + (r->end <= r->start), r->end);
}
