/* One lane, simulated from item to item: at each moment it is idle the best of those waiting starts (design:
 * level, a cut item first, order, planned instant, place in the list).  Limits are looked at only then, since
 * nobody hears the difference. */
#include "schedule/forecast.h"

struct waiting {
	struct forecast_item item;
	int64_t rest_us; /* still to be heard */
	bool begun;      /* it was cut */
	wall_us cut;
};

/* Why the items of a firing are late. */
struct cause {
	int32_t rule, waited_for;
	wall_us firing, waited_firing;
};

enum { CAUSES = 64 };

struct forecast {
	const struct station *station;
	int zone;
	VEC(struct planned) coming; /* by planned instant */
	size_t next;                /* of these; those before it wait, or are done */
	VEC(struct waiting) waiting;
	wall_us now;
	bool on_air;
	struct waiting current;
	wall_us piece; /* since when the current one has been on air */
	/* what was on air last */
	int32_t last_rule;
	wall_us last_firing, last_end;
	struct cause causes[CAUSES]; /* the latest ones, in a ring */
	size_t cause_count;
};

struct forecast *forecast_new(const struct station *s, int zone)
{
	struct forecast *f = mem_new(struct forecast);
	f->station = s;
	f->zone = zone;
	f->now.us = f->last_end.us = INT64_MIN;
	f->last_rule = -1;
	return f;
}

void forecast_free(struct forecast **pf)
{
	if (!*pf)
		return;
	vec_free(&(*pf)->coming);
	vec_free(&(*pf)->waiting);
	mem_free(*pf);
	*pf = NULL;
}

static void forget_done(struct forecast *f)
{
	size_t left = f->coming.n - f->next;
	if (left)
		memmove(f->coming.at, f->coming.at + f->next, left * sizeof *f->coming.at);
	f->coming.n = left;
	f->next = 0;
}

void forecast_add(struct forecast *f, const struct planned *items, size_t n)
{
	forget_done(f);
	for (size_t i = 0; i < n; i++) {
		if (items[i].zone != f->zone)
			continue;
		vec_push(&f->coming, items[i]);
		struct planned *at = f->coming.at;
		for (size_t k = f->coming.n - 1; k > 0 && at[k - 1].at.us > items[i].at.us; k--) {
			at[k] = at[k - 1];
			at[k - 1] = items[i];
		}
	}
}

static const struct bulletin *bulletin_of(const struct forecast *f, const struct planned *p)
{
	return &f->station->bulletins.at[p->bulletin];
}

static const struct rule *rule_of(const struct forecast *f, const struct planned *p)
{
	return &f->station->rules.at[p->rule];
}

static bool same_firing(const struct planned *a, const struct planned *b)
{
	return a->rule == b->rule && a->firing.us == b->firing.us;
}

/* It cannot start, or come back, at this instant or later. */
static wall_us limit_of(const struct forecast *f, const struct waiting *w)
{
	const struct planned *p = &w->item.planned;
	const struct rule *r = rule_of(f, p);
	wall_us limit = p->over;
	if (r->max_late_ms >= 0 && p->at.us + r->max_late_ms * US_PER_MS < limit.us)
		limit.us = p->at.us + r->max_late_ms * US_PER_MS;
	if (!w->begun)
		return limit;
	int64_t back = w->cut.us + bulletin_of(f, p)->resume_within_ms * US_PER_MS;
	limit.us = back > limit.us ? back : limit.us;
	return r->hard_end && p->over.us < limit.us ? p->over : limit;
}

/* Nothing of its own firing that is due stands before it; a hard start waits for nobody. */
static bool competes(const struct forecast *f, const struct planned *p)
{
	for (size_t i = 0; i < f->waiting.n && !bulletin_of(f, p)->hard_start; i++) {
		const struct planned *other = &f->waiting.at[i].item.planned;
		if (same_firing(other, p) && other->place < p->place)
			return false;
	}
	return true;
}

/* Level; a hard start goes before normal items at its planned instant, and then only. */
static int standing(const struct forecast *f, const struct waiting *w)
{
	const struct bulletin *b = bulletin_of(f, &w->item.planned);
	bool hard = b->hard_start && !w->begun && w->item.planned.at.us == f->now.us;
	return 2 * (int)b->level + (hard && b->level == LEVEL_NORMAL);
}

static bool goes_before(const struct forecast *f, const struct waiting *a, const struct waiting *b)
{
	const struct bulletin *ba = bulletin_of(f, &a->item.planned);
	const struct bulletin *bb = bulletin_of(f, &b->item.planned);
	if (standing(f, a) != standing(f, b))
		return standing(f, a) > standing(f, b);
	if (a->begun != b->begun)
		return a->begun;
	if (ba->order != bb->order)
		return ba->order < bb->order;
	if (a->item.planned.at.us != b->item.planned.at.us)
		return a->item.planned.at.us < b->item.planned.at.us;
	if (a->item.planned.place != b->item.planned.place)
		return a->item.planned.place < b->item.planned.place;
	return a->item.planned.rule < b->item.planned.rule;
}

/* The delay of an item comes from the firing that was on air before it; what waits for its own firing
 * inherits that firing's cause. */
static void blame(struct forecast *f, struct waiting *w, int32_t rule, wall_us firing)
{
	const struct planned *p = &w->item.planned;
	if (rule >= 0 && (rule != p->rule || firing.us != p->firing.us)) {
		w->item.waited_for = rule;
		w->item.waited_firing = firing;
		f->causes[f->cause_count++ % CAUSES] = (struct cause){ p->rule, rule, p->firing, firing };
		return;
	}
	for (size_t i = 0; i < CAUSES && i < f->cause_count; i++) {
		const struct cause *c = &f->causes[(f->cause_count - 1 - i) % CAUSES];
		if (c->rule != p->rule || c->firing.us != p->firing.us)
			continue;
		w->item.waited_for = c->waited_for;
		w->item.waited_firing = c->waited_firing;
		return;
	}
}

typedef void forecast_fn(void *self, const struct forecast_item *);

static void lose(struct forecast *f, size_t index, forecast_fn *fn, void *self)
{
	struct waiting w = f->waiting.at[index];
	vec_remove(&f->waiting, index);
	if (f->now.us > w.item.planned.at.us)
		blame(f, &w, f->last_rule, f->last_firing);
	w.item.outcome = w.begun ? FORECAST_CUT : FORECAST_LOST;
	if (!w.begun)
		w.item.start = w.item.end = f->now;
	fn(self, &w.item);
}

static void add_arrived(struct forecast *f)
{
	for (; f->next < f->coming.n && f->coming.at[f->next].at.us <= f->now.us; f->next++)
		vec_push(&f->waiting,
			(struct waiting){ .item = { .planned = f->coming.at[f->next], .waited_for = -1 } });
}

/* Index of what starts now, or the number of those waiting.  Takes out what is too late on the way. */
static size_t choose(struct forecast *f, forecast_fn *fn, void *self)
{
	bool quiet = f->waiting.n && guard_at(f->station, GUARD_REFUSE, f->zone, f->now);
	for (size_t i = 0; i < f->waiting.n;) {
		if (quiet || f->now.us >= limit_of(f, &f->waiting.at[i]).us)
			lose(f, i, fn, self);
		else
			i++;
	}
	size_t best = f->waiting.n;
	for (size_t i = 0; i < f->waiting.n; i++)
		if (competes(f, &f->waiting.at[i].item.planned) &&
			(best == f->waiting.n || goes_before(f, &f->waiting.at[i], &f->waiting.at[best])))
			best = i;
	return best;
}

/* To the frame, where the frames are known: the plan rounds up to whole ms. */
static int64_t whole_us(const struct forecast *f, const struct planned *p)
{
	const struct output *o = &f->station->outputs.at[f->station->zones.at[p->zone].output];
	int64_t frames = bulletin_frames(bulletin_of(f, p), f->station, p->zone);
	return frames ? frames * US_PER_S / o->rate : p->ms * US_PER_MS;
}

/* How much is to be heard when it comes back now. */
static int64_t rest_now(const struct forecast *f, const struct waiting *w)
{
	const struct bulletin *b = bulletin_of(f, &w->item.planned);
	int64_t whole = whole_us(f, &w->item.planned);
	if (!w->begun)
		return whole;
	if (b->relay.source) /* it rejoins its source */
		return w->item.start.us + whole > f->now.us ? w->item.start.us + whole - f->now.us : 0;
	bool resumes = b->after == AFTER_RESUME && f->now.us <= w->cut.us + b->resume_within_ms * US_PER_MS;
	return resumes ? w->rest_us : whole;
}

static void start(struct forecast *f, struct waiting chosen)
{
	f->current = chosen;
	struct waiting *w = &f->current;
	w->rest_us = rest_now(f, w);
	if (f->now.us > w->item.planned.at.us && !w->begun)
		blame(f, w, f->last_rule, f->last_firing);
	if (!w->begun) {
		w->item.start = f->now;
		w->item.idle_since = f->last_end;
	}
	f->piece = f->now;
	f->on_air = true;
}

/* First hard start that cuts the current item before `end`, taken out of what comes. */
static bool take_cutter(struct forecast *f, wall_us end, struct planned *out)
{
	if (bulletin_of(f, &f->current.item.planned)->level != LEVEL_NORMAL)
		return false;
	for (size_t i = f->next; i < f->coming.n && f->coming.at[i].at.us < end.us; i++) {
		struct waiting w = { .item.planned = f->coming.at[i] };
		bool too_late = w.item.planned.at.us >= limit_of(f, &w).us;
		if (too_late || !bulletin_of(f, &f->coming.at[i])->hard_start)
			continue;
		*out = f->coming.at[i];
		vec_remove(&f->coming, i);
		return true;
	}
	return false;
}

static void leave_air(struct forecast *f, wall_us end)
{
	f->last_rule = f->current.item.planned.rule;
	f->last_firing = f->current.item.planned.firing;
	f->last_end = f->now = end;
	f->on_air = false;
}

static void finish(struct forecast *f, wall_us end, enum forecast_outcome outcome, forecast_fn *fn, void *self)
{
	f->current.item.outcome = outcome;
	f->current.item.end = end;
	leave_air(f, end);
	fn(self, &f->current.item);
}

static void cut_by(struct forecast *f, const struct planned *by, forecast_fn *fn, void *self)
{
	blame(f, &f->current, by->rule, by->firing);
	if (bulletin_of(f, &f->current.item.planned)->after == AFTER_DROP) {
		finish(f, by->at, FORECAST_CUT, fn, self);
	} else {
		struct waiting cut = f->current;
		cut.rest_us -= by->at.us - f->piece.us;
		cut.begun = true;
		cut.cut = cut.item.end = by->at;
		leave_air(f, by->at);
		add_arrived(f);
		vec_push(&f->waiting, cut);
	}
	start(f, (struct waiting){ .item = { .planned = *by, .waited_for = -1 } });
}

/* The current item to its end, or to what ends it; false when that lies behind `until`. */
static bool advance_on_air(struct forecast *f, wall_us until, forecast_fn *fn, void *self)
{
	const struct rule *r = rule_of(f, &f->current.item.planned);
	wall_us end = { f->piece.us + f->current.rest_us };
	wall_us border = guard_next_begin(f->station, GUARD_REFUSE, f->zone, f->piece);
	if (r->hard_end && f->current.item.planned.over.us < border.us)
		border = f->current.item.planned.over;
	bool cut_off = border.us < end.us;
	end = cut_off ? border : end;
	struct planned by;
	if (take_cutter(f, end.us < until.us ? end : until, &by)) {
		cut_by(f, &by, fn, self);
		return true;
	}
	if (end.us > until.us)
		return false;
	finish(f, end, cut_off ? FORECAST_CUT : FORECAST_AIRED, fn, self);
	return true;
}

/* To the next planned instant, when nobody waits. */
static bool skip_to_next(struct forecast *f, wall_us until)
{
	if (f->next == f->coming.n || f->coming.at[f->next].at.us >= until.us)
		return false;
	if (f->now.us < f->coming.at[f->next].at.us)
		f->now = f->coming.at[f->next].at;
	add_arrived(f);
	return true;
}

static bool advance_idle(struct forecast *f, wall_us until, forecast_fn *fn, void *self)
{
	if (f->now.us >= until.us)
		return false;
	add_arrived(f);
	size_t best = choose(f, fn, self);
	if (best == f->waiting.n)
		return skip_to_next(f, until);
	struct waiting chosen = f->waiting.at[best];
	vec_remove(&f->waiting, best);
	start(f, chosen);
	return true;
}

void forecast_run(struct forecast *f, wall_us until, forecast_fn *fn, void *self)
{
	while (f->on_air ? advance_on_air(f, until, fn, self) : advance_idle(f, until, fn, self))
		;
}
