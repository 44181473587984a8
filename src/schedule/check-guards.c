/* quiet-hours, guard-warn, guard-cut: what is planned inside guards or runs into them. */
#include "base/i18n.h"
#include "schedule/check-parts.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>

struct guarded {
	struct check_tally refused, warned, cut;
	struct planned refused_item, cut_item; /* the first ones */
	int refusing, warning;                 /* guards, of the first ones */
	wall_us cut_at;
};

struct guards {
	const struct check *check;
	struct guarded *by_rule;
	bool zones_differ; /* a guard holds in some zones only */
};

static void *open_guards(const struct check *c)
{
	struct guards *g = mem_new(struct guards);
	g->check = c;
	g->by_rule = mem_zero(c->station->rules.n * sizeof *g->by_rule);
	zone_set all = station_all_zones(c->station);
	for (size_t i = 0; i < c->station->guards.n; i++)
		g->zones_differ |= (c->station->guards.at[i].zones & all) != all;
	return g;
}

static bool starts_firing(const struct planned *p)
{
	return p->at.us == p->firing.us;
}

static void look_at(const struct guards *g, const struct planned *p)
{
	const struct station *s = g->check->station;
	struct guarded *of = &g->by_rule[p->rule];
	int guard = guard_find(s, GUARD_REFUSE, p->zone, p->at);
	if (guard >= 0) {
		if (check_tally_add_item(&of->refused, p)) {
			of->refused_item = *p;
			of->refusing = guard;
		}
		return;
	}
	wall_us border = guard_next_begin(s, GUARD_REFUSE, p->zone, p->at);
	if (border.us < p->at.us + p->ms * US_PER_MS && check_tally_add_item(&of->cut, p)) {
		of->cut_item = *p;
		of->cut_at = border;
	}
	guard = starts_firing(p) ? guard_find(s, GUARD_WARN, p->zone, p->at) : -1;
	if (guard >= 0 && check_tally_add_item(&of->warned, p))
		of->warning = guard;
}

static void day_guards(void *self, const struct check_day *d)
{
	struct guards *g = self;
	for (size_t i = 0; i < d->n; i++)
		if (g->zones_differ || check_counts(g->check, &d->items[i]))
			look_at(g, &d->items[i]);
}

/* What was probably meant by an hour in the night: noon is 0, the clock was read as one of twelve hours, or 5
 * became 3 or 4 in copying. */
static tod_ms probably_meant(tod_ms t)
{
	static const int8_t hour[24] = { 12, 13, 14, 5, 5, [21] = 12, 22 - 12, 23 - 12 };
	int h = t / 3600000;
	return hour[h] ? t % 3600000 + hour[h] * 3600000 : -1;
}

static bool is_free(const struct station *s, const struct planned *p, tod_ms t)
{
	day_num day = tz_local(s->tz, p->firing).day;
	return t >= 0 && guard_find(s, GUARD_REFUSE, p->zone, tz_instant(s->tz, day, t)) < 0;
}

static void print_guard(const struct guard *g, char out[CHECK_WHEN_BYTES])
{
	char from[VALUE_BYTES], to[VALUE_BYTES];
	value_print_time(g->from, from);
	value_print_time(g->to, to);
	snprintf(out, CHECK_WHEN_BYTES, "%s–%s", from, to);
}

static void report_refused(const struct check *c, const struct rule *r, const struct guarded *of)
{
	const struct planned *p = &of->refused_item;
	const struct guard *guard = &c->station->guards.at[of->refusing];
	char when[CHECK_WHEN_BYTES], hours[CHECK_WHEN_BYTES], better[VALUE_BYTES];
	tod_ms meant = probably_meant(tz_local(c->station->tz, p->at).ms);
	bool guessed = is_free(c->station, p, meant);
	check_when(c, &of->refused, when);
	print_guard(guard, hours);
	value_print_time(guessed ? meant : guard->to, better);
	if (!starts_firing(p))
		finding_add(c->findings, FINDING_ERROR, "quiet-hours", r->place,
			N_("\"{5}\" of \"{1}\" is planned at {2}, inside quiet hours {3} — only emergencies "
			   "then — start \"{1}\" earlier or make it shorter"),
			r->name, when, hours, better, c->station->bulletins.at[p->bulletin].name, NULL);
	else if (r->kind == RULE_SESSION && guessed)
		finding_add(c->findings, FINDING_ERROR, "quiet-hours", r->place,
			N_("session \"{1}\" starts {2}, inside quiet hours {3} — only emergencies then — did "
			   "you mean {4}?"),
			r->name, when, hours, better, NULL);
	else if (r->kind == RULE_SESSION)
		finding_add(c->findings, FINDING_ERROR, "quiet-hours", r->place,
			N_("session \"{1}\" starts {2}, inside quiet hours {3} — only emergencies then — "
			   "move it to {4} or later"),
			r->name, when, hours, better, NULL);
	else if (guessed)
		finding_add(c->findings, FINDING_ERROR, "quiet-hours", r->place,
			N_("repeat \"{1}\" airs {2}, inside quiet hours {3} — only emergencies then — did "
			   "you mean {4}?"),
			r->name, when, hours, better, NULL);
	else
		finding_add(c->findings, FINDING_ERROR, "quiet-hours", r->place,
			N_("repeat \"{1}\" airs {2}, inside quiet hours {3} — only emergencies then — move "
			   "it to {4} or later"),
			r->name, when, hours, better, NULL);
}

static void report_cut(const struct check *c, const struct rule *r, const struct guarded *of)
{
	char when[CHECK_WHEN_BYTES], border[CHECK_WHEN_BYTES];
	check_when(c, &of->cut, when);
	check_time(c, of->cut_at, border);
	finding_add(c->findings, FINDING_WARNING, "guard-cut", r->place,
		N_("\"{1}\": \"{2}\" of {3} still runs when quiet hours begin at {4} — it is cut there and "
		   "does not come back — start earlier or make it shorter"),
		r->name, c->station->bulletins.at[of->cut_item.bulletin].name, when, border, NULL);
}

static void report_warned(const struct check *c, const struct rule *r, const struct guarded *of)
{
	char when[CHECK_WHEN_BYTES], hours[CHECK_WHEN_BYTES], end[VALUE_BYTES];
	const struct guard *guard = &c->station->guards.at[of->warning];
	check_when(c, &of->warned, when);
	print_guard(guard, hours);
	value_print_time(guard->to, end);
	finding_add(c->findings, FINDING_WARNING, "guard-warn", r->place,
		N_("\"{1}\" starts {2}, in sensitive hours {3} — people may still be asleep — better from "
		   "{4} on"),
		r->name, when, hours, end, NULL);
}

static void close_guards(void *self)
{
	struct guards *g = self;
	for (size_t i = 0; i < g->check->station->rules.n; i++) {
		const struct rule *r = &g->check->station->rules.at[i];
		const struct guarded *of = &g->by_rule[i];
		if (of->refused.count)
			report_refused(g->check, r, of);
		if (of->cut.count)
			report_cut(g->check, r, of);
		if (of->warned.count)
			report_warned(g->check, r, of);
	}
	mem_free(g->by_rule);
	mem_free(g);
}

const struct checker check_guards = { open_guards, day_guards, close_guards };
