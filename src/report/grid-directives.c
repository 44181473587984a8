/* Letter by letter, and each letter's days. */
#include "report/grid-inside.h"

#include "base/i18n.h"
#include "report/words.h"
#include "schedule/values.h"

static void add_name(struct grid *g, const struct report_directive *d)
{
	struct text name = { 0 };
	grid_directive(&name, d);
	grid_add_code(g, text_str(&name));
	text_free(&name);
}

static void add_day(struct grid *g, day_num day)
{
	if (day == DAY_NONE)
		grid_add_empty(g, 1);
	else
		grid_add(g, GRID_DATE, day);
}

static void add_count(struct grid *g, int n)
{
	if (n < 0)
		grid_add_empty(g, 1);
	else
		grid_add(g, GRID_COUNT, n);
}

static void add_title(struct grid *g, const struct report_directive *d)
{
	grid_add_text(g, d->campaign_title ? d->campaign_title : d->campaign);
}

/* "24/6/2021: 150.829 trên 422.893": the last one known */
static void add_uptake(struct grid *g, const struct report_directive *d)
{
	struct text t = { 0 };
	if (d->uptakes.n) {
		const struct uptake *u = &d->uptakes.at[d->uptakes.n - 1];
		char date[VALUE_BYTES];
		struct text count = { 0 }, of = { 0 };
		value_print_date(u->date, date);
		words_number(&count, (size_t)u->count);
		words_number(&of, (size_t)u->of);
		text_addf(&t, u->of > 0 ? _("%s: %s of %s") : "%s: %s", date, text_str(&count), text_str(&of));
		text_free(&count);
		text_free(&of);
	}
	grid_add_text(g, text_str(&t));
	text_free(&t);
}

static void add_directive(struct grid *g, const struct report *r, const struct report_directive *d)
{
	add_name(g, d);
	add_day(g, d->issued);
	grid_add_text(g, d->issuer);
	grid_add_text(g, d->subject);
	add_title(g, d);
	add_day(g, d->days.from);
	add_day(g, d->days.until);
	grid_add(g, GRID_COUNT, d->times);
	add_count(g, d->times_asked);
	grid_add(g, GRID_COUNT, d->days_asked);
	grid_add(g, GRID_COUNT, d->days_met);
	grid_add(g, GRID_COUNT, d->days_asked - d->days_met - d->days_excused - d->days_open);
	grid_add(g, GRID_COUNT, d->days_excused);
	grid_add(g, GRID_COUNT, d->days_open);
	if (d->first_airing_ms < 0)
		grid_add_empty(g, 1);
	else
		grid_add(g, GRID_LENGTH, d->first_airing_ms);
	add_uptake(g, d);
	grid_add_tally(g, r, &d->sums);
}

void grid_fill_directives(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("Carries out"), GRID_CODE, 22);
	grid_add_column(g, _("Letter of"), GRID_DATE, 11);
	grid_add_column(g, _("Issued by"), GRID_TEXT, 22);
	grid_add_column(g, _("Subject"), GRID_TEXT, 28);
	grid_add_column(g, _("Campaign"), GRID_TEXT, 22);
	grid_add_column(g, _("Counted from"), GRID_DATE, 11);
	grid_add_column(g, _("Until"), GRID_DATE, 11);
	grid_add_column(g, _("Times aired"), GRID_COUNT, 8);
	grid_add_column(g, _("Times asked, at least"), GRID_COUNT, 8);
	grid_add_column(g, _("Days asked"), GRID_COUNT, 8);
	grid_add_column(g, _("Days met"), GRID_COUNT, 8);
	grid_add_column(g, _("Days not met"), GRID_COUNT, 8);
	grid_add_column(g, _("Days excused"), GRID_COUNT, 8);
	grid_add_column(g, _("Days not over"), GRID_COUNT, 8);
	grid_add_column(g, _("From receipt to first airing"), GRID_LENGTH, 11);
	grid_add_column(g, _("Uptake"), GRID_TEXT, 20);
	grid_tally_columns(g, r);
	for (size_t i = 0; i < r->directives.n; i++)
		add_directive(g, r, &r->directives.at[i]);
	grid_add_note(
		g, _("Time: a firing in which at least one bulletin of the campaign was aired whole. Letters of one "
		     "campaign are carried out by the same broadcasts: their figures do not add up."));
	grid_tally_notes(g);
}

void grid_fill_dates(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("Carries out"), GRID_CODE, 26);
	grid_add_column(g, _("Campaign"), GRID_TEXT, 46);
	grid_add_column(g, _("Date"), GRID_DATE, 12);
	grid_add_column(g, _("Asked, at least"), GRID_COUNT, 10);
	grid_add_column(g, _("Asked, at most"), GRID_COUNT, 10);
	grid_add_column(g, _("Times aired"), GRID_COUNT, 10);
	grid_add_column(g, _("Result"), GRID_TEXT, 14);
	grid_add_column(g, _("Minutes asked, at least"), GRID_COUNT, 10);
	grid_add_column(g, _("Total length"), GRID_MINUTES, 10);
	grid_add_column(g, _("Reason"), GRID_TEXT, 24);
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		for (size_t k = 0; k < d->per_day.n; k++) {
			const struct report_directive_day *day = &d->per_day.at[k];
			add_name(g, d);
			add_title(g, d);
			grid_add(g, GRID_DATE, day->day);
			add_count(g, day->asked_min);
			add_count(g, day->asked_max);
			grid_add(g, GRID_COUNT, day->times);
			grid_add_text(g, grid_met(day->met));
			add_count(g, day->asked_minutes);
			grid_add(g, GRID_MINUTES, day->heard_ms);
			grid_add_text(g, words_reason(day->why));
		}
	}
	grid_add_note(g, _("Excused: an exception of the schedule took away what would have met the day."));
}

/* ── Pictures ── */

static size_t pictures_of(const struct report *r, size_t directive)
{
	size_t n = 0;
	for (size_t i = 0; i < r->pictures.n; i++)
		n += r->pictures.at[i].directive == directive;
	return n;
}

static void add_picture(struct grid *g, const struct report_picture *p)
{
	struct text size = { 0 };
	text_addf(&size, "%d × %d", p->width, p->height);
	grid_add_text(g, p->name);
	grid_add_text(g, text_str(&size));
	grid_add(g, GRID_COUNT, (int64_t)((p->bytes + 1023) / 1024));
	text_free(&size);
}

void grid_fill_pictures(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("Carries out"), GRID_CODE, 30);
	grid_add_column(g, _("File"), GRID_TEXT, 40);
	grid_add_column(g, _("Size (pixels)"), GRID_TEXT, 16);
	grid_add_column(g, _("Size (kB)"), GRID_COUNT, 10);
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		if (d->pictures && !pictures_of(r, i)) {
			add_name(g, d);
			grid_add_text(g, _("MISSING: the letter asks for pictures"));
			grid_add_empty(g, 2);
		}
		for (size_t k = 0; k < r->pictures.n; k++)
			if (r->pictures.at[k].directive == i) {
				add_name(g, d);
				add_picture(g, &r->pictures.at[k]);
			}
	}
}
