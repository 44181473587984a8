/* Where a letter goes: so many times a day, or just where somebody says.  The whole schedule is tried with it at once, so
 * that what does not fit is said while it can still be answered otherwise. */
#include "base/i18n.h"
#include "cli/letter.h"
#include "schedule/plan.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

static const struct station *station_of(const struct letter *l)
{
	return l->draft->was;
}

static struct places_ask asked_for(const struct letter *l)
{
	const struct station *st = station_of(l);
	const char *own = l->bulletin >= 0 ? st->bulletins.at[l->bulletin].language : NULL;
	return (struct places_ask){ .ms = l->ms,
		.days = { l->days.from > l->today ? l->days.from : l->today + 1, l->days.until },
		.times = l->times_min < PLACES_TIMES_MOST ? l->times_min : PLACES_TIMES_MOST,
		.campaign = letter_campaign(l),
		.bulletin = l->bulletin,
		.language = own ? own : st->language };
}

static day_span together(day_span a, day_span b)
{
	return (day_span){ a.from < b.from ? a.from : b.from, a.until > b.until ? a.until : b.until };
}

/* As if what it joins lasted as long as the letter wants already. */
static void propose(struct letter *l)
{
	struct places_ask wanted = asked_for(l);
	struct station *st = l->draft->was;
	struct campaign *c = wanted.campaign >= 0 ? &st->campaigns.at[wanted.campaign] : NULL;
	struct bulletin *b = l->bulletin >= 0 ? &st->bulletins.at[l->bulletin] : NULL;
	day_span own = b ? b->days : l->days, whole = c ? c->days : l->days;
	if (c)
		c->days = together(whole, l->days);
	if (b)
		b->days = together(own, l->days);
	places_propose(st, &wanted, &l->places);
	if (c)
		c->days = whole;
	if (b)
		b->days = own;
}

/* "sang chieu 11h15": just there. */
static void take_where(struct letter *l, const struct letter_where *w)
{
	struct places_ask wanted = asked_for(l);
	for (size_t i = 0; i < w->sessions.n; i++) {
		struct places_session s = { .rule = w->sessions.at[i] };
		places_in_session(station_of(l), s.rule, &wanted, &s.after);
		vec_push(&l->places.sessions, s);
	}
	for (size_t i = 0; i < w->times.n; i++)
		vec_push(&l->places.repeats, w->times.at[i]);
	l->times_min = l->places.found = (int)(w->sessions.n + w->times.n);
}

/* Would the schedule be good with it? */
static bool try_it(struct letter *l, struct err *why)
{
	struct findings fresh = { 0 };
	bool ok = draft_reset(l->draft) && letter_write(l, why) && draft_check(l->draft, &fresh, why);
	for (size_t i = 0; !ok && i < fresh.list.n && !*why->text; i++) {
		const struct finding *f = &fresh.list.at[i];
		char *text = finding_text(f, _(f->pattern));
		if (f->severity == FINDING_ERROR)
			err_set(why, "%s", text);
		mem_free(text);
	}
	findings_free(&fresh);
	return ok;
}

bool letter_place(struct letter *l, const char *answer, struct err *why)
{
	struct letter_where w = { 0 };
	bool ok = true;
	l->places.sessions.n = l->places.repeats.n = 0;
	l->places.had = 0;
	l->times_max = -1;
	if (letter_times(answer, &l->times_min, &l->times_max))
		propose(l);
	else if (letter_where(answer, station_of(l), &w))
		take_where(l, &w);
	else
		ok = err_set(why,
			_("\"%s\" is no number of times, nor sessions and times of day — write for example 3, or 3-5, "
			  "or: sang chieu 11h15."),
			answer);
	vec_free(&w.sessions);
	vec_free(&w.times);
	return ok && try_it(l, why);
}

/* ── Said ── */

/* When it airs in that session on the first day that it does, within a week; false: never. */
static bool first_in(const struct letter *l, const char *rule, tod_ms *at)
{
	const struct station *is = l->draft->is;
	int r = station_rule(is, rule), b = station_bulletin(is, l->bulletin_name);
	bool found = false;
	day_num from = l->days.from > l->today ? l->days.from : l->today + 1;
	for (day_num day = from; !found && day < from + 7; day++) {
		struct plan plan = { 0 };
		plan_day(is, day, &plan);
		for (size_t i = 0; i < plan.items.n && !found; i++) {
			found = plan.items.at[i].rule == r && plan.items.at[i].bulletin == b;
			*at = tz_local(is->tz, plan.items.at[i].at).ms / 1000 * 1000;
		}
		plan_free(&plan);
	}
	return found;
}

static void say_session(const struct letter *l, const struct places_session *s)
{
	const struct station *st = station_of(l);
	const struct rule *r = &st->rules.at[s->rule];
	const struct bulletin *after = s->after < 0 ? NULL : &st->bulletins.at[r->play.at[s->after].bulletin];
	char time[VALUE_BYTES];
	tod_ms at = r->start;
	first_in(l, r->name, &at);
	value_print_time(at, time);
	if (after)
		printf(_("  session \"%s\" at %s, after \"%s\"\n"), r->name, time,
			after->title ? after->title : after->name);
	else
		printf(_("  session \"%s\" at %s, first of all\n"), r->name, time);
}

void letter_say_places(const struct letter *l)
{
	const struct places *p = &l->places;
	if (p->had)
		printf(_("Aired already: %d times a day.\n"), p->had);
	if (p->sessions.n + p->repeats.n)
		puts(_("It goes here:"));
	for (size_t i = 0; i < p->sessions.n; i++)
		say_session(l, &p->sessions.at[i]);
	for (size_t i = 0; i < p->repeats.n; i++) {
		char time[VALUE_BYTES];
		value_print_time(p->repeats.at[i], time);
		printf(_("  at %s, by itself\n"), time);
	}
	if (p->found < l->times_min)
		printf(_("No more than %d times a day can be found — sessions are full, the rest are quiet hours — "
			 "make room with: "
			 "loaxa edit.\n"),
			p->found);
}
