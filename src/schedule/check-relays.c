/* relay-overrun: items whose planned end lies behind the anchor that follows them in the same list. */
#include "base/i18n.h"
#include "schedule/check-parts.h"
#include "schedule/values.h"

struct overrun {
	struct check_tally tally;
	int32_t local, anchored; /* bulletins, of the first one */
	int64_t ms;
};

struct relays {
	const struct check *check;
	struct overrun *by_rule;
};

static void *open_relays(const struct check *c)
{
	struct relays *r = mem_new(struct relays);
	r->check = c;
	r->by_rule = mem_zero(c->station->rules.n * sizeof *r->by_rule);
	return r;
}

static wall_us end_of(const struct planned *p)
{
	return (wall_us){ p->at.us + p->ms * US_PER_MS };
}

static bool stands_before(const struct planned *p, const struct planned *anchor)
{
	return p->rule == anchor->rule && p->firing.us == anchor->firing.us && p->zone == anchor->zone &&
	       p->place < anchor->place;
}

/* The item of the same list that ends last behind the anchor; NULL when all are over in time. */
static const struct planned *runs_into(const struct check_day *d, size_t anchor)
{
	const struct planned *a = &d->items[anchor], *found = NULL;
	size_t first = anchor;
	while (first > 0 && d->items[first - 1].at.us >= a->firing.us)
		first--;
	for (size_t i = first; i < d->n && d->items[i].at.us < a->at.us + MS_PER_DAY * US_PER_MS; i++) {
		const struct planned *p = &d->items[i];
		if (stands_before(p, a) && end_of(p).us > (found ? end_of(found).us : a->at.us))
			found = p;
	}
	return found;
}

static void day_relays(void *self, const struct check_day *d)
{
	struct relays *r = self;
	for (size_t i = 0; i < d->n; i++) {
		const struct planned *a = &d->items[i];
		if (!a->anchored || !check_counts(r->check, a))
			continue;
		const struct planned *local = runs_into(d, i);
		struct overrun *o = &r->by_rule[a->rule];
		if (!local || !check_tally_add(&o->tally, a->at))
			continue;
		o->local = local->bulletin;
		o->anchored = a->bulletin;
		o->ms = (end_of(local).us - a->at.us) / US_PER_MS;
	}
}

static void report(const struct check *c, const struct rule *r, const struct overrun *o)
{
	const struct bulletin *anchored = &c->station->bulletins.at[o->anchored];
	const char *local = c->station->bulletins.at[o->local].name;
	char when[CHECK_WHEN_BYTES];
	check_when(c, &o->tally, when);
	struct check_number seconds = check_number((o->ms + 999) / 1000);
	if (anchored->hard_start)
		finding_add(c->findings, FINDING_WARNING, "relay-overrun", r->place,
			N_("\"{1}\": \"{2}\" runs {3} s into \"{4}\" at {5} — \"{4}\" starts hard, so what "
			   "runs is cut — start earlier or take an item out before it"),
			r->name, local, seconds.text, anchored->name, when, NULL);
	else
		finding_add(c->findings, FINDING_WARNING, "relay-overrun", r->place,
			N_("\"{1}\": \"{2}\" runs {3} s into \"{4}\" at {5} — one item per zone at a time, "
			   "so \"{4}\" starts late — start earlier or take an item out before it"),
			r->name, local, seconds.text, anchored->name, when, NULL);
}

static void close_relays(void *self)
{
	struct relays *r = self;
	for (size_t i = 0; i < r->check->station->rules.n; i++)
		if (r->by_rule[i].tally.count)
			report(r->check, &r->check->station->rules.at[i], &r->by_rule[i]);
	mem_free(r->by_rule);
	mem_free(r);
}

const struct checker check_relays = { open_relays, day_relays, close_relays };
