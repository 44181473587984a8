/* The text of the báo cáo, I to IV, drafted from the figures: what was asked and how the station is made; what was
 * done; what stood in the way; what would help.  It claims nothing that the figures do not say: a chairman signs it. */
#include "base/i18n.h"
#include "report/letter-inside.h"
#include "report/phrase.h"
#include "report/off-times.h"
#include "report/words.h"
#include "schedule/values.h"

#include <string.h>

#define DAYS_NAMED 8  /* days without what was asked that are named one by one */
#define SPANS_NAMED 8 /* of those times; the appendix has all */

static void add(struct report_letter *l, enum report_line_kind kind, char *text)
{
	vec_push(&l->body, (struct report_line){ kind, text });
}

static void heading(struct report_letter *l, const char *text)
{
	add(l, REPORT_LINE_HEADING, mem_dup(text));
}

/* "- …": takes what the text holds. */
static void item(struct report_letter *l, struct text *t)
{
	add(l, REPORT_LINE_ITEM, mem_printf("- %s", text_str(t)));
	text_clear(t);
}

static void paragraph(struct report_letter *l, struct text *t)
{
	add(l, REPORT_LINE_TEXT, text_take(t));
}

/* Has a directive before this one the same letter? */
static bool told(const struct report *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (phrase_same_letter(&r->directives.at[k], &r->directives.at[i]))
			return true;
	return false;
}

static bool campaign_told(const struct report *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(r->directives.at[k].campaign, r->directives.at[i].campaign))
			return true;
	return false;
}

static void opening(struct report_letter *l, const struct report *r, const char *unit, const char *subject)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->directives.n; i++) {
		if (told(r, i))
			continue;
		text_add(&t, t.n ? "; " : _("Carrying out "));
		phrase_letter(&t, &r->directives.at[i], true);
	}
	text_add(&t, t.n ? ", " : "");
	text_addf(&t, _("%s reports the results of %s as follows:"), unit, subject);
	paragraph(l, &t);
}

/* ── I ── */

static void the_station(struct report_letter *l, const struct report *r)
{
	struct text t = { 0 };
	size_t speakers = 0;
	for (size_t i = 0; i < r->zones.n; i++)
		speakers += (size_t)r->zones.at[i].speakers;
	text_addf(&t, _("%s airs in %zu zones"), r->name, r->zones.n);
	if (speakers)
		text_addf(&t, _(" with %zu loudspeakers"), speakers);
	text_add(&t, ".");
	item(l, &t);
	text_free(&t);
}

static void what_was_asked(struct report_letter *l, const struct report_directive *d)
{
	const struct report_directive_day *first = d->per_day.n ? &d->per_day.at[0] : NULL;
	char from[VALUE_BYTES], until[VALUE_BYTES];
	struct text t = { 0 };
	if (!first)
		return;
	value_print_date(d->days.from, from);
	value_print_date(d->days.until, until);
	text_addf(&t, _("Campaign “%s”, from %s to %s of this period"), d->campaign_title, from, until);
	if (first->asked_min >= 0 && first->asked_max > first->asked_min)
		text_addf(&t, _(": %d to %d times a day"), first->asked_min, first->asked_max);
	else if (first->asked_min >= 0)
		text_addf(&t, _(": at least %d times a day"), first->asked_min);
	else if (first->asked_minutes > 0)
		text_addf(&t, _(": at least %d minutes a day"), first->asked_minutes);
	if ((first->asked_min >= 0 || first->asked_minutes > 0) && d->set_by && *d->set_by)
		text_addf(&t, _(", set by %s"), d->set_by);
	text_add(&t, ".");
	item(l, &t);
	text_free(&t);
}

static void first_airing(struct report_letter *l, const struct report_directive *d)
{
	struct text t = { 0 };
	if (d->first_airing_ms < 0)
		return;
	phrase_letter_again(&t, d);
	text_add(&t, _(": first aired "));
	phrase_hours(&t, d->first_airing_ms);
	text_add(&t, _(" after it was received."));
	item(l, &t);
	text_free(&t);
}

/* Relays are the province's and the nation's own words: nobody here approves them. */
static void approvals(struct report_letter *l, const struct report *r)
{
	size_t aired = 0, approved = 0;
	for (size_t i = 0; i < r->logbook.n; i++) {
		const struct report_entry *e = &r->logbook.at[i];
		bool own = e->class == CLASS_ANNOUNCEMENT || e->class == CLASS_NEWS;
		aired += own && e->state == STATE_AIRED;
		approved += own && e->state == STATE_AIRED && e->approved_by;
	}
	struct text t = { 0 };
	text_add(&t, _("Every bulletin of the station's own was approved before it was aired."));
	if (aired && aired == approved)
		item(l, &t);
	text_free(&t);
}

static void work(struct report_letter *l, const struct report *r)
{
	heading(l, _("I. How it was carried out"));
	the_station(l, r);
	for (size_t i = 0; i < r->directives.n; i++)
		if (!campaign_told(r, i))
			what_was_asked(l, &r->directives.at[i]);
	for (size_t i = 0; i < r->directives.n; i++)
		if (!told(r, i))
			first_airing(l, &r->directives.at[i]);
	approvals(l, r);
}

/* ── II ── */

static void totals(struct report_letter *l, const struct report *r)
{
	const struct tally *s = &r->sums;
	char sessions[PHRASE_BYTES], lots[PHRASE_BYTES], of[PHRASE_BYTES], bulletins[PHRASE_BYTES], minutes[PHRASE_BYTES],
		percent[PHRASE_BYTES];
	struct text t = { 0 };
	if (r->filtered && r->filter)
		text_addf(&t, _("Of %s: "), r->filter);
	else
		text_add(&t, _("In all: "));
	text_addf(&t, _("%s sessions, %s broadcasts, %s bulletins, %s minutes"), phrase_number(s->sessions, sessions),
		phrase_number(s->broadcasts, lots), phrase_number(s->bulletins, bulletins), phrase_minutes(s->heard_ms, minutes));
	if (s->broadcasts_planned)
		text_addf(&t, _("; %s of the %s broadcasts planned"),
			phrase_share(s->broadcasts, s->broadcasts_planned, percent),
			phrase_number(s->broadcasts_planned, of));
	text_add(&t, ".");
	item(l, &t);
	text_free(&t);
}

/* "; chưa đạt 2 ngày (20/7/2021, 21/7/2021)" */
static void days_of(struct text *t, const struct report_directive *d, enum met met)
{
	size_t n = 0, named = 0;
	for (size_t i = 0; i < d->per_day.n; i++)
		n += d->per_day.at[i].met == met;
	if (!n)
		return;
	text_add(t, "; ");
	if (met == MET_NO)
		text_addf(t, _("%zu days not met"), n);
	else if (met == MET_EXCUSED)
		text_addf(t, _("%zu days excused"), n);
	else
		text_addf(t, _("%zu days not over yet"), n);
	for (size_t i = 0; n <= DAYS_NAMED && i < d->per_day.n; i++) {
		char date[VALUE_BYTES];
		if (d->per_day.at[i].met != met)
			continue;
		value_print_date(d->per_day.at[i].day, date);
		text_addf(t, "%s%s", named++ ? ", " : " (", date);
	}
	text_add(t, named ? ")" : "");
}

static void result_of(struct report_letter *l, const struct report_directive *d)
{
	char lots[PHRASE_BYTES], minutes[PHRASE_BYTES];
	struct text t = { 0 };
	phrase_letter_again(&t, d);
	text_add(&t, ": ");
	if (d->times_asked >= 0)
		text_addf(&t, _("aired %d times (at least %d asked), %d of %d days met"), d->times, d->times_asked, d->days_met,
			d->days_asked);
	else if (d->days_asked)
		text_addf(&t, _("aired %d times, %d of %d days met"), d->times, d->days_met, d->days_asked);
	else
		text_addf(&t, _("aired %d times"), d->times);
	days_of(&t, d, MET_NO);
	days_of(&t, d, MET_EXCUSED);
	days_of(&t, d, MET_OPEN);
	text_addf(&t, _("; %s broadcasts, %s minutes."), phrase_number(d->sums.broadcasts, lots),
		phrase_minutes(d->sums.heard_ms, minutes));
	item(l, &t);
	text_free(&t);
}

static void emergencies(struct report_letter *l, const struct report *r)
{
	char n[PHRASE_BYTES];
	size_t broadcasts = 0;
	for (size_t i = 0; i < r->classes.n; i++)
		broadcasts += r->classes.at[i].level == LEVEL_EMERGENCY ? r->classes.at[i].sums.broadcasts : 0;
	struct text t = { 0 };
	text_addf(&t, _("Emergencies: %s broadcasts."), phrase_number(broadcasts, n));
	if (broadcasts)
		item(l, &t);
	text_free(&t);
}

static void uptakes(struct report_letter *l, const struct report_directive *d)
{
	char date[VALUE_BYTES], count[PHRASE_BYTES], of[PHRASE_BYTES], percent[PHRASE_BYTES];
	struct text t = { 0 };
	for (size_t i = 0; i < d->uptakes.n; i++) {
		const struct uptake *u = &d->uptakes.at[i];
		value_print_date(u->date, date);
		text_addf(&t, _("Figure of campaign “%s” on %s: %s of %s, %s."), d->campaign_title, date,
			phrase_number((size_t)u->count, count), phrase_number((size_t)u->of, of),
			phrase_percent(u->count, u->of, percent));
		item(l, &t);
	}
	text_free(&t);
}

static void results(struct report_letter *l, const struct report *r)
{
	struct text t = { 0 };
	heading(l, _("II. Results"));
	totals(l, r);
	for (size_t i = 0; i < r->directives.n; i++)
		result_of(l, &r->directives.at[i]);
	emergencies(l, r);
	for (size_t i = 0; i < r->directives.n; i++)
		if (!campaign_told(r, i))
			uptakes(l, &r->directives.at[i]);
	text_add(&t, _("Details are in the appendices and the table attached."));
	paragraph(l, &t);
}

/* ── III ── */

static size_t not_whole(const struct tally *s)
{
	return s->broadcasts_planned - s->broadcasts;
}

/* Most frequent first. */
static void reasons(struct report_letter *l, const struct tally *s)
{
	bool done[REASON_COUNT] = { false };
	char n[PHRASE_BYTES];
	struct text t = { 0 };
	for (;;) {
		int most = REASON_NONE;
		for (int k = REASON_NONE + 1; k < REASON_COUNT; k++)
			if (!done[k] && s->by_reason[k] && (!most || s->by_reason[k] > s->by_reason[most]))
				most = k;
		if (!most)
			break;
		done[most] = true;
		text_addf(&t, "%s%s: %s", t.n ? "; " : _("Reasons, counted zone by zone: "), words_reason((enum reason)most),
			phrase_number(s->by_reason[most], n));
	}
	text_add(&t, ".");
	if (t.n > 1)
		item(l, &t);
	text_free(&t);
}

static void silent_times(struct report_letter *l, const struct report *r)
{
	struct off_times all = { 0 };
	struct text t = { 0 };
	off_times_of(r, &all);
	for (size_t i = 0; i < all.list.n && i < SPANS_NAMED; i++) {
		const struct report_off *off = all.list.at[i].off;
		text_addf(&t, _("%s could not be heard "), all.list.at[i].where);
		phrase_span(&t, r->tz, off->from, off->to);
		if (off->why && *off->why)
			text_addf(&t, ": %s", off->why);
		text_add(&t, ".");
		item(l, &t);
	}
	if (all.list.n > SPANS_NAMED) {
		text_addf(&t, _("Nothing could be heard at %zu more times, see the appendix."), all.list.n - SPANS_NAMED);
		item(l, &t);
	}
	off_times_free(&all);
	text_free(&t);
}

static void excused(struct report_letter *l, const struct report *r)
{
	char date[VALUE_BYTES];
	struct text t = { 0 };
	for (size_t i = 0; i < r->per_day.n; i++) {
		const char *why = r->per_day.at[i].exceptions;
		if (!why || !*why)
			continue;
		value_print_date(r->per_day.at[i].day, date);
		text_addf(&t, "%s%s (%s)", t.n ? ", " : _("The schedule was changed for the day on "), date, why);
	}
	text_add(&t, ".");
	if (t.n > 1)
		item(l, &t);
	text_free(&t);
}

static void difficulties(struct report_letter *l, const struct report *r)
{
	struct text t = { 0 };
	char n[PHRASE_BYTES], of[PHRASE_BYTES];
	size_t before;
	heading(l, _("III. Difficulties"));
	before = l->body.n;
	if (not_whole(&r->sums)) {
		text_addf(&t, _("Of %s broadcasts planned, %s were not aired whole in every zone that was on."),
			phrase_number(r->sums.broadcasts_planned, of), phrase_number(not_whole(&r->sums), n));
		item(l, &t);
		reasons(l, &r->sums);
	}
	silent_times(l, r);
	excused(l, r);
	text_add(&t, _("The log of this period shows none."));
	if (l->body.n == before)
		item(l, &t);
	text_free(&t);
}

/* ── IV ── */

static void zones_to_mend(struct report_letter *l, const struct report *r)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->zones.n; i++)
		if (r->zones.at[i].off_ms >= MS_PER_DAY) {
			text_add(&t, t.n ? ", " : _("Support is asked for to mend these zones: "));
			text_add(&t, r->zones.at[i].title);
		}
	text_add(&t, ".");
	if (t.n > 1)
		item(l, &t);
	text_free(&t);
}

static void proposals(struct report_letter *l, const struct report *r)
{
	const size_t *by = r->sums.by_reason;
	const struct {
		bool needed;
		const char *words;
	} asks[] = {
		{ by[REASON_STATION_OFF] + by[REASON_POWER_CUT] > 0, _("Support is asked for a reserve supply of power.") },
		{ by[REASON_DEVICE_LOST] > 0, _("Support is asked for to inspect and replace sound equipment.") },
	};
	struct text t = { 0 };
	heading(l, _("IV. Proposals"));
	size_t before = l->body.n;
	zones_to_mend(l, r);
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++) {
		text_add(&t, asks[i].words);
		if (asks[i].needed)
			item(l, &t);
		text_clear(&t);
	}
	text_add(&t, _("None."));
	if (l->body.n == before)
		item(l, &t);
	text_free(&t);
}

void report_letter_body(struct report_letter *l, const struct report *r, const char *unit, const char *subject)
{
	struct text t = { 0 };
	opening(l, r, unit, subject);
	work(l, r);
	results(l, r);
	difficulties(l, r);
	proposals(l, r);
	text_addf(&t, _("This is the report of %s on the results of %s./."), unit, subject);
	paragraph(l, &t);
}
