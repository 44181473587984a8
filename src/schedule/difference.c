#include "schedule/difference.h"

#include "schedule/tz.h"

#include <stdlib.h>

#define NEAR_US (INT64_C(15) * 60 * US_PER_S)

/* An item in all its zones. */
struct air {
	const char *rule, *bulletin;
	day_num day;
	wall_us at, firing;
	uint16_t place;
	struct difference_side side;
	enum difference_nearness nearness;
	int guard;
};

struct airs {
	VEC(struct air) list;
};

/* ── Gathering ── */

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int by_group(const struct air *a, const struct air *b)
{
	int d = strcmp(a->rule, b->rule);
	d = d ? d : strcmp(a->bulletin, b->bulletin);
	return d ? d : compare(a->day, b->day);
}

static int by_air(const void *pa, const void *pb)
{
	const struct air *a = pa, *b = pb;
	int d = by_group(a, b);
	d = d ? d : compare(a->at.us, b->at.us);
	d = d ? d : compare(a->firing.us, b->firing.us);
	return d ? d : compare(a->place, b->place);
}

static enum difference_nearness nearness_in(const struct station *s, const struct air *a, int zone, int *guard)
{
	wall_us end = { a->at.us + a->side.ms * US_PER_MS };
	if ((*guard = guard_find(s, GUARD_REFUSE, zone, a->at)) >= 0 ||
		(*guard = guard_find(s, GUARD_WARN, zone, a->at)) >= 0)
		return DIFFERENCE_INSIDE;
	wall_us border = guard_next_begin(s, GUARD_REFUSE, zone, a->at);
	if (border.us != US_NEVER && border.us < end.us + NEAR_US) {
		*guard = guard_find(s, GUARD_REFUSE, zone, border);
		return border.us < end.us ? DIFFERENCE_INTO : DIFFERENCE_BEFORE;
	}
	*guard = guard_find(s, GUARD_REFUSE, zone, (wall_us){ a->at.us - NEAR_US });
	return *guard >= 0 ? DIFFERENCE_AFTER : DIFFERENCE_FAR;
}

static bool guards_differ_by_zone(const struct station *s)
{
	zone_set all = station_all_zones(s);
	for (size_t i = 0; i < s->guards.n; i++)
		if ((s->guards.at[i].zones & all) != all)
			return true;
	return false;
}

/* One zone answers for all where guards make no difference between them. */
static void find_nearness(const struct station *s, struct airs *airs)
{
	bool each = guards_differ_by_zone(s);
	for (size_t i = 0; i < airs->list.n; i++) {
		struct air *a = &airs->list.at[i];
		bool more = true;
		for (int z = 0; z < (int)s->zones.n && more; z++)
			if (a->side.zones >> z & 1) {
				a->nearness = nearness_in(s, a, z, &a->guard);
				more = each && a->nearness == DIFFERENCE_FAR;
			}
	}
}

static void unite_zones(struct airs *airs)
{
	size_t kept = 0;
	if (!airs->list.n)
		return;
	qsort(airs->list.at, airs->list.n, sizeof *airs->list.at, by_air);
	for (size_t i = 1; i < airs->list.n; i++) {
		if (!by_air(&airs->list.at[kept], &airs->list.at[i]))
			airs->list.at[kept].side.zones |= airs->list.at[i].side.zones;
		else
			airs->list.at[++kept] = airs->list.at[i];
	}
	airs->list.n = kept + 1;
}

static struct airs gather(const struct station *s, wall_us from, wall_us to)
{
	struct airs airs = { 0 };
	struct plan plan = { 0 };
	if (!s)
		return airs;
	plan_between(s, from, to, &plan);
	for (size_t i = 0; i < plan.items.n; i++) {
		const struct planned *p = &plan.items.at[i];
		struct local l = tz_local(s->tz, p->at);
		struct air a = { .rule = s->rules.at[p->rule].name,
			.bulletin = s->bulletins.at[p->bulletin].name,
			.day = l.day,
			.at = p->at,
			.firing = p->firing,
			.place = p->place,
			.side = { p->rule, p->bulletin, l.ms, p->ms, (zone_set)1 << p->zone },
			.guard = -1 };
		vec_push(&airs.list, a);
	}
	plan_free(&plan);
	unite_zones(&airs);
	find_nearness(s, &airs);
	return airs;
}

/* ── Comparing ── */

static uint32_t day_bit(const struct difference *d, day_num day)
{
	int i = day - d->from;
	return i >= 0 && i < d->days ? UINT32_C(1) << i : 0;
}

static void add_row(struct difference *d, enum difference_kind kind, const struct air *was, const struct air *is)
{
	static const struct difference_side nothing = { .rule = -1, .bulletin = -1, .at = -1 };
	struct difference_row row = { .kind = kind,
		.was = was ? was->side : nothing,
		.is = is ? is->side : nothing,
		.days = day_bit(d, is ? is->day : was->day) };
	vec_push(&d->rows, row);
	d->count[kind]++;
}

static void add_near(struct difference *d, const struct air *a)
{
	struct difference_near near = {
		.nearness = a->nearness, .guard = a->guard, .is = a->side, .days = day_bit(d, a->day)
	};
	if (a->nearness != DIFFERENCE_FAR)
		vec_push(&d->near, near);
}

/* Zones are numbered anew by every schedule; their names last. */
static bool same_zones(const struct difference *d, zone_set was, zone_set is)
{
	zone_set again = 0;
	for (size_t z = 0; z < d->before->zones.n; z++) {
		int to = was >> z & 1 ? station_zone(d->after, d->before->zones.at[z].name) : -1;
		if (was >> z & 1 && to < 0)
			return false;
		again |= to >= 0 ? (zone_set)1 << to : 0;
	}
	return again == is;
}

static void compare_same_time(struct difference *d, const struct air *was, const struct air *is)
{
	if (was->side.ms != is->side.ms || !same_zones(d, was->side.zones, is->side.zones))
		add_row(d, DIFFERENCE_CHANGED, was, is);
	if (was->nearness != is->nearness)
		add_near(d, is);
}

/* Both: airings of one rule and bulletin on one day, by instant.  What has kept its instant first; of the rest, the
 * first was moved to the first, and so on. */
static void compare_group(struct difference *d, struct air *a, size_t na, struct air *b, size_t nb)
{
	struct {
		VEC(const struct air *) list;
	} old = { 0 }, new = { 0 };
	size_t i = 0, k = 0;
	while (i < na || k < nb) {
		if (k == nb || (i < na && a[i].at.us < b[k].at.us))
			vec_push(&old.list, &a[i++]);
		else if (i == na || b[k].at.us < a[i].at.us)
			vec_push(&new.list, &b[k++]);
		else
			compare_same_time(d, &a[i++], &b[k++]);
	}
	for (i = 0; i < old.list.n || i < new.list.n; i++) {
		const struct air *was = i < old.list.n ? old.list.at[i] : NULL;
		const struct air *is = i < new.list.n ? new.list.at[i] : NULL;
		add_row(d, !was ? DIFFERENCE_ADDED : !is ? DIFFERENCE_REMOVED : DIFFERENCE_MOVED, was, is);
		if (is)
			add_near(d, is);
	}
	vec_free(&old.list);
	vec_free(&new.list);
}

static size_t group_length(const struct airs *airs, size_t at)
{
	size_t n = 0;
	while (at + n < airs->list.n && !by_group(&airs->list.at[at], &airs->list.at[at + n]))
		n++;
	return n;
}

static void compare_all(struct difference *d, const struct airs *a, const struct airs *b)
{
	size_t i = 0, k = 0;
	while (i < a->list.n || k < b->list.n) {
		int order = i == a->list.n ? 1 : k == b->list.n ? -1 : by_group(&a->list.at[i], &b->list.at[k]);
		size_t na = order <= 0 ? group_length(a, i) : 0, nb = order >= 0 ? group_length(b, k) : 0;
		compare_group(d, na ? &a->list.at[i] : NULL, na, nb ? &b->list.at[k] : NULL, nb);
		i += na;
		k += nb;
	}
}

/* ── The same on several days ── */

static int by_side(const struct difference_side *a, const struct difference_side *b)
{
	int d = compare(a->rule, b->rule);
	d = d ? d : compare(a->bulletin, b->bulletin);
	d = d ? d : compare(a->at, b->at);
	d = d ? d : compare(a->ms, b->ms);
	return d ? d : (a->zones > b->zones) - (a->zones < b->zones);
}

static int by_change(const void *pa, const void *pb)
{
	const struct difference_row *a = pa, *b = pb;
	int d = compare(a->kind, b->kind);
	d = d ? d : by_side(&a->was, &b->was);
	return d ? d : by_side(&a->is, &b->is);
}

static int by_nearness(const void *pa, const void *pb)
{
	const struct difference_near *a = pa, *b = pb;
	int d = compare(a->is.at, b->is.at);
	d = d ? d : by_side(&a->is, &b->is);
	return d ? d : compare(a->nearness, b->nearness);
}

/* Of the new schedule; what only the old one had comes behind it. */
static int rule_order(const struct difference_row *r)
{
	return r->is.rule >= 0 ? r->is.rule : INT32_MAX / 2 + r->was.rule;
}

static int by_reading(const void *pa, const void *pb)
{
	const struct difference_row *a = pa, *b = pb;
	bool moved = a->kind == DIFFERENCE_MOVED;
	int d = compare(rule_order(a), rule_order(b));
	d = d ? d : compare(moved, b->kind == DIFFERENCE_MOVED);
	if (!d && moved) {
		d = compare(a->is.at - a->was.at, b->is.at - b->was.at);
		d = d ? d : compare(a->days, b->days);
	}
	d = d ? d : compare(a->is.at >= 0 ? a->is.at : a->was.at, b->is.at >= 0 ? b->is.at : b->was.at);
	return d ? d : by_change(a, b);
}

/* A rule that went keeps its place by the one it still is. */
static void settle_rules(struct difference *d)
{
	for (size_t i = 0; i < d->rows.n; i++) {
		struct difference_row *r = &d->rows.at[i];
		if (r->kind == DIFFERENCE_REMOVED)
			r->is.rule = station_rule(d->after, d->before->rules.at[r->was.rule].name);
	}
}

static void unite_days(struct difference *d)
{
	size_t kept = 0;
	settle_rules(d);
	if (d->rows.n) {
		qsort(d->rows.at, d->rows.n, sizeof *d->rows.at, by_change);
		for (size_t i = 1; i < d->rows.n; i++) {
			if (!by_change(&d->rows.at[kept], &d->rows.at[i]))
				d->rows.at[kept].days |= d->rows.at[i].days;
			else
				d->rows.at[++kept] = d->rows.at[i];
		}
		d->rows.n = kept + 1;
		qsort(d->rows.at, d->rows.n, sizeof *d->rows.at, by_reading);
	}
	kept = 0;
	if (!d->near.n)
		return;
	qsort(d->near.at, d->near.n, sizeof *d->near.at, by_nearness);
	for (size_t i = 1; i < d->near.n; i++) {
		if (!by_nearness(&d->near.at[kept], &d->near.at[i]))
			d->near.at[kept].days |= d->near.at[i].days;
		else
			d->near.at[++kept] = d->near.at[i];
	}
	d->near.n = kept + 1;
}

/* ── Sums ── */

static bool counts(enum bulletin_class class)
{
	return class == CLASS_ANNOUNCEMENT || class == CLASS_NEWS || class == CLASS_RELAY;
}

static void sum_up(struct difference *d, const struct station *s, const struct airs *airs, bool after)
{
	for (size_t i = 0; i < airs->list.n; i++) {
		const struct air *a = &airs->list.at[i];
		int day = a->day - d->from;
		if (day < 0 || day >= d->days || !counts(s->bulletins.at[a->side.bulletin].class))
			continue;
		*(after ? &d->day[day].is_ms : &d->day[day].was_ms) += a->side.ms;
		*(after ? &d->day[day].is : &d->day[day].was) += 1;
	}
}

/* Its airings have said it. */
static bool has_rows(const struct difference *d, const struct difference_setting *x)
{
	for (size_t i = 0; x->what == DIFFERENCE_RULE && i < d->rows.n; i++) {
		const struct difference_row *r = &d->rows.at[i];
		if ((x->was >= 0 && r->was.rule == x->was) || (x->is >= 0 && r->is.rule == x->is))
			return true;
	}
	return false;
}

static void find_settings(struct difference *d)
{
	size_t kept = 0;
	difference_settings_find(d->before, d->after, &d->settings);
	for (size_t i = 0; i < d->settings.list.n; i++)
		if (!has_rows(d, &d->settings.list.at[i]))
			d->settings.list.at[kept++] = d->settings.list.at[i];
	d->settings.list.n = kept;
}

void difference_find(
	const struct station *before, const struct station *after, wall_us start, int days, struct difference *d)
{
	*d = (struct difference){ .before = before, .after = after, .start = start };
	d->from = tz_local(after->tz, start).day;
	d->days = days < 1 ? 1 : days > DIFFERENCE_DAYS_MOST ? DIFFERENCE_DAYS_MOST : days;
	wall_us end = tz_instant(after->tz, d->from + d->days, 0);
	struct airs was = gather(before, start, end), is = gather(after, start, end);
	compare_all(d, &was, &is);
	sum_up(d, before, &was, false);
	sum_up(d, after, &is, true);
	unite_days(d);
	find_settings(d);
	vec_free(&was.list);
	vec_free(&is.list);
}

bool difference_none(const struct difference *d)
{
	return !d->rows.n && !d->near.n && !d->settings.list.n;
}

void difference_free(struct difference *d)
{
	vec_free(&d->rows);
	vec_free(&d->near);
	vec_free(&d->settings.list);
}
