/* A session's list falls into stretches: what follows one another up to the next item with a time of its own, or the
 * end.  A stretch has room for what may be put into it without making that time late, on the tightest of the days.
 * Times of the bulletin's own are put where the day is emptiest: each as far from all other airings of it as can be. */
#include "schedule/places.h"

#include "schedule/calendar.h"
#include "schedule/firings.h"
#include "schedule/plan.h"
#include "schedule/tz.h"

#include <stdlib.h>

/* So far ahead people plan: notices come and go within a campaign. */
enum { DAYS_LOOKED_AT = 92 };
enum { MINUTE = 60000, STEP = 15 * MINUTE };
/* When people are up and no one rests. */
enum {
	EARLIEST = 6 * 60 * MINUTE,
	NOON = 11 * 60 * MINUTE + 30 * MINUTE,
	AFTERNOON = 13 * 60 * MINUTE + 30 * MINUTE,
	LATEST = 19 * 60 * MINUTE
};

static int days_of(const struct places_ask *ask)
{
	int64_t n = (int64_t)ask->days.until - ask->days.from + 1;
	return n > DAYS_LOOKED_AT ? DAYS_LOOKED_AT : n < 1 ? 1 : (int)n;
}

/* ── Room in a session ── */

struct stretch {
	size_t from, end; /* of its items in the list */
	int64_t room;     /* ms, on the tightest day */
};

static int64_t within_session(const struct rule *r, tod_ms at)
{
	return at < r->start ? at + (int64_t)MS_PER_DAY : at;
}

static bool counts(const struct bulletin *b)
{
	return b->class == CLASS_ANNOUNCEMENT || b->class == CLASS_NEWS;
}

/* Narrows the stretch's room to what that day leaves. */
static void narrow(const struct calendar *c, const struct rule *r, struct stretch *s)
{
	int64_t t = r->start, limit = r->end <= r->start ? r->end + (int64_t)MS_PER_DAY : r->end;
	for (size_t i = 0; i < r->play.n; i++) {
		const struct list_item *item = &r->play.at[i];
		if (!calendar_bulletin_runs(c, item->bulletin))
			continue;
		bool anchored = item->anchor >= 0;
		if (anchored && i >= s->end) {
			limit = within_session(r, item->anchor);
			break;
		}
		t = (anchored ? within_session(r, item->anchor) : t) +
		    bulletin_ms(&c->station->bulletins.at[item->bulletin]) + r->gap_ms;
	}
	if (limit - t < s->room)
		s->room = limit - t;
}

static int64_t room_of(const struct station *st, int rule, const struct places_ask *ask, struct stretch *s)
{
	s->room = MS_PER_DAY;
	for (int d = 0; d < days_of(ask); d++) {
		struct calendar c;
		calendar_open(&c, st, ask->days.from + d);
		if (calendar_rule_runs(&c, rule))
			narrow(&c, &st->rules.at[rule], s);
		calendar_close(&c);
	}
	return s->room;
}

/* Behind the last announcement; else behind what opens the stretch, but before music and a closing tune. */
static int place_in(const struct station *st, const struct rule *r, const struct stretch *s)
{
	for (size_t i = s->end; i > s->from; i--)
		if (counts(&st->bulletins.at[r->play.at[i - 1].bulletin]))
			return (int)i - 1;
	size_t i = s->from;
	bool opens = i == 0;
	while (opens && i < s->end && i + 1 < r->play.n &&
		st->bulletins.at[r->play.at[i].bulletin].class == CLASS_SIGNATURE)
		i++;
	return opens ? (int)i - 1 : (int)s->from;
}

bool places_in_session(const struct station *st, int rule, const struct places_ask *ask, int *after)
{
	const struct rule *r = &st->rules.at[rule];
	struct stretch s = { 0 };
	*after = (int)r->play.n - 1;
	while (s.from < r->play.n) {
		s.end = s.from + 1;
		while (s.end < r->play.n && r->play.at[s.end].anchor < 0)
			s.end++;
		if (room_of(st, rule, ask, &s) >= ask->ms + r->gap_ms) {
			*after = place_in(st, r, &s);
			return true;
		}
		s.from = s.end;
	}
	return false;
}

/* ── Times a day ── */

static bool is_of(const struct station *st, int bulletin, const struct places_ask *ask)
{
	const struct bulletin *b = &st->bulletins.at[bulletin];
	bool meant = bulletin == ask->bulletin || (ask->campaign >= 0 && b->campaign == ask->campaign);
	return meant && (counts(b) || b->class == CLASS_RELAY);
}

static int by_firing(const void *pa, const void *pb)
{
	const struct planned *a = pa, *b = pb;
	if (a->firing.us != b->firing.us)
		return a->firing.us < b->firing.us ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

/* Firings of that day in which something of the campaign airs. */
static int times_on(const struct station *st, day_num day, const struct places_ask *ask)
{
	struct plan plan = { 0 };
	size_t kept = 0;
	int times = 0;
	plan_day(st, day, &plan);
	for (size_t i = 0; i < plan.items.n; i++)
		if (is_of(st, plan.items.at[i].bulletin, ask))
			plan.items.at[kept++] = plan.items.at[i];
	if (kept)
		qsort(plan.items.at, kept, sizeof *plan.items.at, by_firing);
	for (size_t i = 0; i < kept; i++)
		times += i == 0 || by_firing(&plan.items.at[i - 1], &plan.items.at[i]) != 0;
	plan_free(&plan);
	return times;
}

static bool holds_it(const struct station *st, const struct rule *r, const struct places_ask *ask)
{
	for (size_t i = 0; i < r->play.n; i++)
		if (is_of(st, r->play.at[i].bulletin, ask))
			return true;
	return false;
}

static bool speaks(const struct station *st, const struct rule *r, const char *language)
{
	bool any = false;
	for (size_t i = 0; i < r->play.n; i++) {
		const struct bulletin *b = &st->bulletins.at[r->play.at[i].bulletin];
		const char *own = b->language ? b->language : st->language;
		if (!counts(b))
			continue;
		if (!language || !own || !strcmp(own, language))
			return true;
		any = true;
	}
	return !any;
}

static int days_it_runs(const struct station *st, int rule, const struct places_ask *ask)
{
	int n = 0;
	for (int d = 0; d < days_of(ask); d++) {
		struct calendar c;
		calendar_open(&c, st, ask->days.from + d);
		n += calendar_rule_runs(&c, rule);
		calendar_close(&c);
	}
	return n;
}

struct candidate {
	struct places_session place;
	int days;
	bool everywhere;
};

/* Sessions all zones hear, and on most days, first; else as the files name them. */
static int by_worth(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;
	if (a->everywhere != b->everywhere)
		return a->everywhere ? -1 : 1;
	if (a->days != b->days)
		return a->days > b->days ? -1 : 1;
	return (a->place.rule > b->place.rule) - (a->place.rule < b->place.rule);
}

static int worst(const int *times, int n)
{
	int least = times[0];
	for (int d = 1; d < n; d++)
		least = times[d] < least ? times[d] : least;
	return least;
}

static void count_session(const struct station *st, int rule, const struct places_ask *ask, int *times)
{
	for (int d = 0; d < days_of(ask); d++) {
		struct calendar c;
		calendar_open(&c, st, ask->days.from + d);
		times[d] += calendar_rule_runs(&c, rule);
		calendar_close(&c);
	}
}

static void propose_sessions(const struct station *st, const struct places_ask *ask, struct places *out, int *times)
{
	VEC(struct candidate) all = { 0 };
	zone_set everywhere = station_all_zones(st);
	for (size_t i = 0; i < st->rules.n; i++) {
		const struct rule *r = &st->rules.at[i];
		struct candidate c = { { (int)i, -1 }, 0, (r->zones & everywhere) == everywhere };
		if (r->kind != RULE_SESSION || holds_it(st, r, ask) || !speaks(st, r, ask->language))
			continue;
		c.days = days_it_runs(st, (int)i, ask);
		if (c.days && places_in_session(st, (int)i, ask, &c.place.after))
			vec_push(&all, c);
	}
	if (all.n)
		qsort(all.at, all.n, sizeof *all.at, by_worth);
	for (size_t i = 0; i < all.n && worst(times, days_of(ask)) < ask->times; i++) {
		vec_push(&out->sessions, all.at[i].place);
		count_session(st, all.at[i].place.rule, ask, times);
	}
	vec_free(&all);
}

/* ── Times of its own ── */

struct busy {
	tod_ms from, to;
	bool own; /* the bulletin itself, or its campaign, airs then */
};

struct timeline {
	VEC(struct busy) busy;
};

static void mark(struct timeline *t, int64_t from, int64_t to, bool own)
{
	vec_push(&t->busy, (struct busy){ (tod_ms)from, (tod_ms)(to < MS_PER_DAY ? to : MS_PER_DAY), own });
}

/* A week shows what a day can hold. */
static void mark_week(const struct station *st, const struct places_ask *ask, struct timeline *t)
{
	for (int d = 0; d < days_of(ask) && d < 7; d++) {
		struct plan plan = { 0 };
		plan_day(st, ask->days.from + d, &plan);
		for (size_t i = 0; i < plan.items.n; i++) {
			const struct planned *p = &plan.items.at[i];
			tod_ms at = tz_local(st->tz, p->at).ms;
			mark(t, at, at + p->ms, is_of(st, p->bulletin, ask));
		}
		plan_free(&plan);
	}
}

static void mark_sessions(const struct station *st, const struct places *p, struct timeline *t)
{
	for (size_t i = 0; i < st->rules.n; i++) {
		const struct rule *r = &st->rules.at[i];
		if (r->kind == RULE_SESSION)
			mark(t, r->start, r->end > r->start ? r->end : MS_PER_DAY, false);
	}
	for (size_t i = 0; i < p->sessions.n; i++) {
		tod_ms at = st->rules.at[p->sessions.at[i].rule].start;
		mark(t, at, at, true);
	}
}

static bool is_quiet(const struct station *st, day_num day, tod_ms from, int64_t ms)
{
	for (int64_t at = from; at <= from + ms; at += MINUTE)
		for (size_t z = 0; z < st->zones.n; z++) {
			wall_us instant = tz_instant(st->tz, day, at);
			if (guard_at(st, GUARD_REFUSE, (int)z, instant) || guard_at(st, GUARD_WARN, (int)z, instant))
				return true;
		}
	return false;
}

/* How far the nearest airing of it is; -1: something is on air then, or quiet hours are. */
static int64_t distance(const struct station *st, const struct places_ask *ask, const struct timeline *t, tod_ms at)
{
	int64_t least = MS_PER_DAY;
	for (size_t i = 0; i < t->busy.n; i++) {
		const struct busy *b = &t->busy.at[i];
		if (at < b->to + MINUTE && at + ask->ms + MINUTE > b->from)
			return -1;
		int64_t apart = b->from > at ? b->from - at : at - b->from;
		if (b->own && apart < least)
			least = apart;
	}
	return is_quiet(st, ask->days.from, at, ask->ms) ? -1 : least;
}

static bool best_time(const struct station *st, const struct places_ask *ask, const struct timeline *t, tod_ms *out)
{
	int64_t best = -1;
	for (tod_ms at = EARLIEST; at <= LATEST; at += STEP) {
		bool up = at + ask->ms <= NOON || at >= AFTERNOON;
		int64_t apart = up ? distance(st, ask, t, at) : -1;
		if (apart > best) {
			best = apart;
			*out = at;
		}
	}
	return best >= 0;
}

static int by_time(const void *a, const void *b)
{
	return (*(const tod_ms *)a > *(const tod_ms *)b) - (*(const tod_ms *)a < *(const tod_ms *)b);
}

static void propose_repeats(const struct station *st, const struct places_ask *ask, struct places *out, int short_of)
{
	struct timeline t = { 0 };
	tod_ms at;
	mark_week(st, ask, &t);
	mark_sessions(st, out, &t);
	while (short_of-- > 0 && best_time(st, ask, &t, &at)) {
		vec_push(&out->repeats, at);
		mark(&t, at, at + ask->ms, true);
		out->found++;
	}
	if (out->repeats.n)
		qsort(out->repeats.at, out->repeats.n, sizeof *out->repeats.at, by_time);
	vec_free(&t.busy);
}

void places_propose(const struct station *st, const struct places_ask *ask, struct places *out)
{
	int times[DAYS_LOOKED_AT] = { 0 }, days = days_of(ask);
	out->sessions.n = out->repeats.n = 0;
	for (int d = 0; d < days; d++)
		times[d] = times_on(st, ask->days.from + d, ask);
	out->had = worst(times, days);
	propose_sessions(st, ask, out, times);
	out->found = worst(times, days);
	propose_repeats(st, ask, out, ask->times - out->found);
}

void places_free(struct places *p)
{
	vec_free(&p->sessions);
	vec_free(&p->repeats);
}
