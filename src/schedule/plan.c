/* Rules into airings.  A day is expanded without its zones, put in order, and then spread over the zones: the
 * sorting costs as much for one zone as for sixty. */
#include "schedule/plan.h"

#include "schedule/calendar.h"
#include "schedule/firings.h"
#include "schedule/tz.h"

#include <stdlib.h>

struct expansion {
	const struct station *station;
	struct calendar today, yesterday;
	struct firings firings, before;
	struct plan found; /* zone not set yet */
};

static int by_order(const void *pa, const void *pb)
{
	const struct planned *a = pa, *b = pb;
	if (a->at.us != b->at.us)
		return a->at.us < b->at.us ? -1 : 1;
	if (a->zone != b->zone)
		return (int)a->zone - (int)b->zone;
	if (a->firing.us != b->firing.us)
		return a->firing.us < b->firing.us ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return (int)a->place - (int)b->place;
}

static void add_item(struct expansion *x, const struct planned *firing, size_t index, wall_us at)
{
	const struct list_item *item = &x->station->rules.at[firing->rule].play.at[index];
	struct planned p = *firing;
	p.at = at;
	p.bulletin = item->bulletin;
	p.place = (uint16_t)(index + 1);
	p.ms = bulletin_ms(&x->station->bulletins.at[item->bulletin]);
	p.anchored = item->anchor >= 0;
	vec_push(&x->found.items, p);
}

/* An anchor before the session's start lies behind midnight. */
static wall_us anchor_instant(const struct expansion *x, const struct rule *r, tod_ms anchor)
{
	return tz_instant(x->station->tz, x->today.day + (anchor < r->start), anchor);
}

/* The whole list, one after the other; what does not run that day takes no time and no gap. */
static void add_list(struct expansion *x, const struct planned *firing)
{
	const struct rule *r = &x->station->rules.at[firing->rule];
	wall_us next = firing->firing;
	for (size_t i = 0; i < r->play.n; i++) {
		const struct list_item *item = &r->play.at[i];
		if (!calendar_bulletin_runs(&x->today, item->bulletin))
			continue;
		if (item->anchor >= 0)
			next = anchor_instant(x, r, item->anchor);
		add_item(x, firing, i, next);
		const struct planned *added = &x->found.items.at[x->found.items.n - 1];
		next.us += (added->ms + r->gap_ms) * US_PER_MS;
	}
}

/* Next place, after `last`, of a bulletin that runs that day; the list's length when there is none at all. */
static size_t next_turn(const struct expansion *x, const struct rule *r, size_t last)
{
	for (size_t step = 1; step <= r->play.n; step++) {
		size_t i = (last + step) % r->play.n;
		if (calendar_bulletin_runs(&x->today, r->play.at[i].bulletin))
			return i;
	}
	return r->play.n;
}

static void add_turns(struct expansion *x, struct planned *firing)
{
	const struct rule *r = &x->station->rules.at[firing->rule];
	size_t turn = r->play.n - 1;
	for (size_t i = 0; i < x->firings.at.n; i++) {
		turn = next_turn(x, r, turn);
		if (turn == r->play.n)
			return;
		firing->firing = x->firings.at.at[i];
		add_item(x, firing, turn, firing->firing);
	}
}

static void expand_rule(struct expansion *x, int rule)
{
	const struct rule *r = &x->station->rules.at[rule];
	firings_of(&x->today, rule, &x->firings);
	if (!x->firings.at.n || !r->play.n)
		return;
	if (r->kind == RULE_REPEAT && firings_cross_midnight(r)) {
		firings_of(&x->yesterday, rule, &x->before);
		firings_drop(&x->firings, &x->before);
	}
	struct planned firing = { .rule = rule, .over = { US_NEVER } };
	if (r->kind == RULE_SESSION)
		firing.over = firings_session_end(x->station, r, x->today.day);
	if (r->rotate) {
		add_turns(x, &firing);
		return;
	}
	for (size_t i = 0; i < x->firings.at.n; i++) {
		firing.firing = x->firings.at.at[i];
		add_list(x, &firing);
	}
}

/* Items [first, end) of one instant: zone by zone. */
static void spread_instant(const struct expansion *x, size_t first, size_t end, struct plan *out)
{
	zone_set all = 0;
	for (size_t i = first; i < end; i++)
		all |= x->station->rules.at[x->found.items.at[i].rule].zones;
	all &= station_all_zones(x->station);
	for (; all; all &= all - 1) {
		zone_set bit = all & -all;
		for (size_t i = first; i < end; i++) {
			struct planned p = x->found.items.at[i];
			p.zone = (uint8_t)__builtin_ctzll(all);
			if (x->station->rules.at[p.rule].zones & bit)
				vec_push(&out->items, p);
		}
	}
}

static void spread_over_zones(struct expansion *x, struct plan *out)
{
	const struct planned *at = x->found.items.at;
	size_t n = x->found.items.n;
	for (size_t first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && at[end].at.us == at[first].at.us;)
			end++;
		spread_instant(x, first, end, out);
	}
}

void plan_day(const struct station *s, day_num day, struct plan *out)
{
	struct expansion x = { .station = s };
	calendar_open(&x.today, s, day);
	calendar_open(&x.yesterday, s, day - 1);
	for (size_t rule = 0; rule < s->rules.n; rule++)
		if (calendar_rule_due(&x.today, (int)rule))
			expand_rule(&x, (int)rule);
	if (x.found.items.n)
		qsort(x.found.items.at, x.found.items.n, sizeof *x.found.items.at, by_order);
	spread_over_zones(&x, out);
	calendar_close(&x.today);
	calendar_close(&x.yesterday);
	vec_free(&x.firings.at);
	vec_free(&x.before.at);
	vec_free(&x.found.items);
}

/* Latest moment, counted from midnight of its day, at which an item of the rule can be planned. */
static int64_t reach_ms(const struct station *s, const struct rule *r)
{
	int64_t start = r->kind == RULE_SESSION ? r->start : 0, sum = 0;
	for (size_t i = 0; i < r->at.n; i++)
		start = r->at.at[i] > start ? r->at.at[i] : start;
	for (size_t i = 0; i < r->within.n; i++) {
		const struct window *w = &r->within.at[i];
		int64_t end = w->to <= w->from ? (int64_t)w->to + MS_PER_DAY : w->to;
		start = end > start ? end : start;
	}
	for (size_t i = 0; i < r->play.n; i++) {
		if (r->play.at[i].anchor >= 0)
			start = (int64_t)r->start + MS_PER_DAY;
		sum += bulletin_ms(&s->bulletins.at[r->play.at[i].bulletin]) + r->gap_ms;
	}
	return start + sum;
}

/* How many days before an instant a firing may have started that still has items then. */
static int days_back(const struct station *s)
{
	enum { CLOCK_CHANGE_MS = 3 * 3600000 };
	int64_t reach = MS_PER_DAY;
	for (size_t i = 0; i < s->rules.n; i++) {
		int64_t ms = reach_ms(s, &s->rules.at[i]) + CLOCK_CHANGE_MS;
		if (s->rules.at[i].kind != RULE_EMERGENCY && ms > reach)
			reach = ms;
	}
	return (int)(reach / MS_PER_DAY);
}

static void keep_between(struct plan *p, size_t from_index, wall_us from, wall_us to)
{
	size_t kept = from_index;
	for (size_t i = from_index; i < p->items.n; i++)
		if (p->items.at[i].at.us >= from.us && p->items.at[i].at.us < to.us)
			p->items.at[kept++] = p->items.at[i];
	p->items.n = kept;
}

/* Items [first, middle) and [middle, n) are sorted; only where the days interlock is there anything to do. */
static void join_days(struct plan *p, size_t first, size_t middle)
{
	if (middle == first || middle == p->items.n)
		return;
	size_t i = middle;
	while (i > first && by_order(&p->items.at[i - 1], &p->items.at[middle]) > 0)
		i--;
	if (i < middle)
		qsort(p->items.at + i, p->items.n - i, sizeof *p->items.at, by_order);
}

void plan_between(const struct station *s, wall_us from, wall_us to, struct plan *out)
{
	if (from.us >= to.us)
		return;
	size_t first = out->items.n;
	/* A clock set back just after midnight has begun the next day before it shows this one again. */
	day_num last = tz_local(s->tz, (wall_us){ to.us - 1 }).day + 1;
	for (day_num day = tz_local(s->tz, from).day - days_back(s); day <= last; day++) {
		size_t middle = out->items.n;
		plan_day(s, day, out);
		keep_between(out, middle, from, to);
		join_days(out, first, middle);
	}
}

void plan_free(struct plan *p)
{
	vec_free(&p->items);
}

void plan_id(const struct station *s, const struct planned *p, struct text *out)
{
	char firing[RFC3339_BYTES];
	tz_compact(s->tz, p->firing, firing);
	text_addf(out, "%s/%s/%s/%u.%s/%s", s->code, s->rules.at[p->rule].name, firing, (unsigned)p->place,
		s->bulletins.at[p->bulletin].name, s->zones.at[p->zone].name);
}
