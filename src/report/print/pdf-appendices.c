/* The phụ lục of a báo cáo, numbered I, II … as they come: what was asked and done letter by letter, the figures by day,
 * zone and class, what was not aired, the hours of the days.  In each the total is the last row. */
#include "base/i18n.h"
#include "report/grid.h"
#include "report/phrase.h"
#include "report/off-times.h"
#include "report/print/figures.h"
#include "report/print/pdf-inside.h"
#include "report/print/ruled.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

#define POINTS 10.0 /* of tables */

static const struct canvas_style bold = { .points = 14, .bold = true, .align = CANVAS_CENTRE },
				 italic = { .points = 11.5, .italic = true, .align = CANVAS_CENTRE },
				 caption = { .points = 12, .bold = true }, note = { .points = 10, .italic = true };

struct appendix {
	struct page *page;
	const struct report *report;
	const struct report_letter *letter;
	int number;
};

static void begin(struct appendix *a, const char *title, bool landscape)
{
	static const char *const roman[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII" };
	char *name = mem_printf(_("Appendix %s"), roman[++a->number]), *big = text_upper(title);
	page_part(a->page, landscape);
	page_text(a->page, name, bold, 0.5);
	page_text(a->page, big, bold, 0.5);
	page_text(a->page, a->report->title, bold, 0.5);
	if (a->letter->part)
		page_text(a->page, a->letter->part, bold, 0.5);
	page_text(a->page, a->letter->attached, italic, 4);
	mem_free(name);
	mem_free(big);
}

static void footnotes(struct appendix *a)
{
	a->page->y += 2;
	for (size_t i = 0; i < a->letter->footnotes.n; i++) {
		char *line = mem_printf("* %s", a->letter->footnotes.at[i]);
		page_text(a->page, line, note, 0.3);
		mem_free(line);
	}
}

/* The row begins with a number, or with "Tổng cộng" after so many empty ones. */
static void total(struct ruled *t, int empty)
{
	ruled_strong(t);
	ruled_cell(t, NULL);
	ruled_cell(t, _("Total"));
	for (int i = 0; i < empty; i++)
		ruled_cell(t, NULL);
}

static void done(struct ruled *t, struct page *p)
{
	ruled_print(t, p);
	ruled_free(&t);
}

/* ── Letter by letter ── */

static void letter_cell(struct ruled *t, const struct report_directive *d)
{
	struct text name = { 0 };
	phrase_letter(&name, d, false);
	ruled_cell(t, text_str(&name));
	text_free(&name);
}

static void asked_cell(struct ruled *t, const struct report_directive *d)
{
	const struct report_directive_day *first = d->per_day.n ? &d->per_day.at[0] : NULL;
	char asked[32] = "";
	if (first && first->asked_min >= 0 && first->asked_max > first->asked_min)
		snprintf(asked, sizeof asked, "%d–%d", first->asked_min, first->asked_max);
	else if (first && first->asked_min >= 0)
		snprintf(asked, sizeof asked, "≥ %d", first->asked_min);
	else if (first && first->asked_minutes > 0)
		snprintf(asked, sizeof asked, _("≥ %d min"), first->asked_minutes);
	ruled_cell(t, asked);
}

static void count_cell(struct ruled *t, int n)
{
	if (n < 0)
		ruled_cell(t, NULL);
	else
		ruled_number(t, (size_t)n);
}

static void first_cell(struct ruled *t, const struct report_directive *d)
{
	struct text first = { 0 };
	if (d->first_airing_ms >= 0)
		phrase_hours(&first, d->first_airing_ms);
	ruled_cell(t, text_str(&first));
	text_free(&first);
}

static void asked_and_done(struct appendix *a)
{
	struct ruled *t = ruled_new(POINTS + 1);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("Carries out"), 76, CANVAS_LEFT);
	ruled_column(t, _("Asked a day"), 17, CANVAS_CENTRE);
	ruled_column(t, _("Asked in all"), 17, CANVAS_RIGHT);
	ruled_column(t, _("Times done"), 17, CANVAS_RIGHT);
	ruled_column(t, _("Asked for"), 17, CANVAS_RIGHT);
	ruled_column(t, _("Met"), 15, CANVAS_RIGHT);
	ruled_column(t, _("Not met"), 17, CANVAS_RIGHT);
	ruled_column(t, _("Excused"), 17, CANVAS_RIGHT);
	ruled_column(t, _("Not over"), 17, CANVAS_RIGHT);
	ruled_column(t, _("First aired after receipt"), 32, CANVAS_CENTRE);
	ruled_group(t, 2, 5, _("Times (lần)"));
	ruled_group(t, 5, 10, _("Days"));
	for (size_t i = 0; i < a->report->directives.n; i++) {
		const struct report_directive *d = &a->report->directives.at[i];
		ruled_number(t, i + 1);
		letter_cell(t, d);
		asked_cell(t, d);
		count_cell(t, d->times_asked);
		count_cell(t, d->times);
		count_cell(t, d->days_asked);
		count_cell(t, d->days_met);
		count_cell(t, d->days_asked - d->days_met - d->days_excused - d->days_open);
		count_cell(t, d->days_excused);
		count_cell(t, d->days_open);
		first_cell(t, d);
	}
	page_text(a->page, _("1. What was asked, and what was done"), caption, 1.5);
	done(t, a->page);
}

static void aired_for(struct appendix *a)
{
	const struct report *r = a->report;
	struct ruled *t = ruled_new(POINTS);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("Carries out"), 62, CANVAS_LEFT);
	figures_columns(t, r, FIGURES_ALL);
	for (size_t i = 0; i < r->directives.n; i++) {
		ruled_number(t, i + 1);
		letter_cell(t, &r->directives.at[i]);
		figures_cells(t, r, &r->directives.at[i].sums, FIGURES_ALL);
	}
	ruled_strong(t);
	ruled_cell(t, NULL);
	ruled_cell(t, r->filtered ? _("Total") : _("Total of all bulletins"));
	figures_cells(t, r, &r->sums, FIGURES_ALL);
	a->page->y += 4;
	page_want(a->page, 45);
	page_text(a->page, _("2. What was aired for them"), caption, 1.5);
	done(t, a->page);
	a->page->y += 1;
	page_text(a->page,
		_("* One broadcast may carry out several letters, and others carry out none: the total is not the sum of "
		  "the rows."),
		note, 0.3);
}

/* The letters of a campaign are carried out by the same airings: its chart is that of the one with most days. */
static bool drawn_by_another(const struct report *r, size_t i)
{
	const struct report_directive *d = &r->directives.at[i];
	for (size_t k = 0; k < r->directives.n; k++) {
		const struct report_directive *o = &r->directives.at[k];
		if (k != i && !strcmp(o->campaign, d->campaign) &&
			(o->per_day.n > d->per_day.n || (o->per_day.n == d->per_day.n && k < i)))
			return true;
	}
	return false;
}

static void by_letter(struct appendix *a)
{
	begin(a, _("Results letter by letter"), true);
	asked_and_done(a);
	aired_for(a);
	footnotes(a);
	for (size_t i = 0; i < a->report->directives.n; i++)
		if (a->report->directives.at[i].per_day.n && !drawn_by_another(a->report, i))
			pdf_chart(a->page, &a->report->directives.at[i]);
}

/* ── Day by day ── */

static void remark_cell(struct ruled *t, const struct report_day *d)
{
	struct text s = { 0 };
	if (d->exceptions && *d->exceptions)
		text_addf(&s, "%s: %s", _("Exception"), d->exceptions);
	if (d->notes && *d->notes)
		text_addf(&s, "%s%s", s.n ? "\n" : "", d->notes);
	ruled_cell(t, text_str(&s));
	text_free(&s);
}

static void by_day(struct appendix *a)
{
	const struct report *r = a->report;
	struct ruled *t = ruled_new(POINTS);
	begin(a, _("Results day by day"), true);
	ruled_column(t, _("Date"), 20, CANVAS_CENTRE);
	ruled_column(t, _("On duty"), 26, CANVAS_LEFT);
	figures_columns(t, r, FIGURES_ALL);
	ruled_column(t, _("Remark"), 42, CANVAS_LEFT);
	for (size_t i = 0; i < r->per_day.n; i++) {
		const struct report_day *d = &r->per_day.at[i];
		char date[VALUE_BYTES];
		value_print_date(d->day, date);
		ruled_cell(t, date);
		ruled_cell(t, d->duty);
		figures_cells(t, r, &d->sums, FIGURES_ALL);
		remark_cell(t, d);
	}
	ruled_strong(t);
	ruled_cell(t, _("Total"));
	ruled_cell(t, NULL);
	figures_cells(t, r, &r->sums, FIGURES_ALL);
	ruled_cell(t, NULL);
	done(t, a->page);
	footnotes(a);
}

/* ── Zone by zone ── */

static void off_row(struct ruled *t, const struct report *r, const char *where, const struct report_off *off)
{
	char from[PHRASE_BYTES], to[PHRASE_BYTES];
	struct text length = { 0 };
	phrase_hours(&length, (off->to.us - off->from.us) / US_PER_MS);
	ruled_number(t, (size_t)ruled_rows(t) + 1);
	ruled_cell(t, where);
	ruled_cell(t, phrase_instant(r->tz, off->from, from));
	ruled_cell(t, phrase_instant(r->tz, off->to, to));
	ruled_cell(t, text_str(&length));
	ruled_words(t, off->why);
	text_free(&length);
}

static void off_periods(struct appendix *a)
{
	const struct report *r = a->report;
	struct off_times times = { 0 };
	struct ruled *t = ruled_new(POINTS + 1);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("Zone"), 50, CANVAS_LEFT);
	ruled_column(t, _("From"), 45, CANVAS_CENTRE);
	ruled_column(t, _("Until"), 45, CANVAS_CENTRE);
	ruled_column(t, _("How long"), 42, CANVAS_CENTRE);
	ruled_column(t, _("Reason"), 60, CANVAS_LEFT);
	off_times_of(r, &times);
	for (size_t i = 0; i < times.list.n; i++)
		off_row(t, r, times.list.at[i].where, times.list.at[i].off);
	off_times_free(&times);
	a->page->y += 4;
	page_want(a->page, 35);
	page_text(a->page, _("2. When nothing could be heard"), caption, 1.5);
	if (ruled_rows(t))
		done(t, a->page);
	else {
		ruled_free(&t);
		page_text(a->page, _("At no time."), (struct canvas_style){ .points = 13 }, 1);
	}
}

static void by_zone(struct appendix *a)
{
	const struct report *r = a->report;
	struct ruled *t = ruled_new(POINTS);
	size_t speakers = 0;
	begin(a, _("Results zone by zone"), true);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("Zone"), 38, CANVAS_LEFT);
	ruled_column(t, _("Area"), 38, CANVAS_LEFT);
	ruled_column(t, _("Speakers"), 13, CANVAS_RIGHT);
	figures_columns(t, r, FIGURES_OF_ZONE);
	for (size_t i = 0; i < r->zones.n; i++) {
		const struct report_zone *z = &r->zones.at[i];
		ruled_number(t, i + 1);
		ruled_cell(t, z->title);
		ruled_cell(t, z->area);
		count_cell(t, z->speakers ? z->speakers : -1);
		figures_cells(t, r, &z->sums, FIGURES_OF_ZONE);
		speakers += (size_t)z->speakers;
	}
	total(t, 1);
	count_cell(t, speakers ? (int)speakers : -1);
	figures_cells(t, r, &r->sums, FIGURES_OF_ZONE);
	page_text(a->page, _("1. What each zone got"), caption, 1.5);
	done(t, a->page);
	a->page->y += 1;
	page_text(a->page, _("* Zones hear the same broadcasts: in the total each of them, and its length, counts once."), note, 0.3);
	off_periods(a);
	footnotes(a);
}

/* ── Class by class ── */

static void by_class(struct appendix *a)
{
	const struct report *r = a->report;
	struct ruled *t = ruled_new(POINTS);
	begin(a, _("Results by class and priority"), true);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("Class"), 26, CANVAS_LEFT);
	ruled_column(t, _("Priority level"), 26, CANVAS_LEFT);
	ruled_column(t, _("Language"), 17, CANVAS_CENTRE);
	figures_columns(t, r, FIGURES_ALL);
	for (size_t i = 0; i < r->classes.n; i++) {
		const struct report_class *c = &r->classes.at[i];
		ruled_number(t, i + 1);
		ruled_words(t, words_class(class_name(c->class)));
		ruled_words(t, words_level(level_name(c->level)));
		ruled_words(t, phrase_language(c->language));
		figures_cells(t, r, &c->sums, FIGURES_ALL);
	}
	total(t, 2);
	figures_cells(t, r, &r->sums, FIGURES_ALL);
	done(t, a->page);
	footnotes(a);
}

/* ── What was not aired ── */

static void not_aired(struct appendix *a)
{
	const struct report *r = a->report;
	struct ruled *t = ruled_new(POINTS + 1);
	begin(a, _("What was not aired whole, and why"), true);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("Planned for"), 24, CANVAS_CENTRE);
	ruled_column(t, _("Bulletin"), 48, CANVAS_LEFT);
	ruled_column(t, _("Carries out"), 42, CANVAS_LEFT);
	ruled_column(t, _("Zones"), 42, CANVAS_LEFT);
	ruled_column(t, _("Verdict"), 22, CANVAS_LEFT);
	ruled_column(t, _("Reason"), 28, CANVAS_LEFT);
	ruled_column(t, _("Remark"), 36, CANVAS_LEFT);
	for (size_t i = 0; i < r->unaired.n; i++) {
		const struct report_unaired *u = &r->unaired.at[i];
		char date[VALUE_BYTES], clock[PHRASE_BYTES];
		value_print_date(tz_local(r->tz, u->planned).day, date);
		char *when = mem_printf("%s %s", phrase_clock(r->tz, u->planned, clock), date);
		ruled_number(t, i + 1);
		ruled_cell(t, when);
		ruled_cell(t, u->title);
		ruled_cell(t, u->directives);
		ruled_cell(t, u->zones);
		ruled_words(t, words_state(u->state));
		ruled_words(t, words_reason(u->reason));
		ruled_words(t, u->note);
		mem_free(when);
	}
	done(t, a->page);
}

static void hours(struct appendix *a)
{
	begin(a, _("The hours of each day"), false);
	pdf_strip(a->page, a->report);
}

static void pictures(struct appendix *a)
{
	begin(a, _("Pictures"), false);
	pdf_pictures(a->page, a->report);
}

void pdf_appendices(struct page *p, const struct report *r, const struct report_letter *l)
{
	struct appendix a = { p, r, l, 0 };
	const struct {
		bool wanted;
		void (*print)(struct appendix *);
	} all[] = { { r->directives.n > 0, by_letter }, { true, by_day }, { true, by_zone }, { r->classes.n > 0, by_class },
		{ r->unaired.n > 0, not_aired }, { r->strip.n > 0, hours },
		{ r->pictures.n > 0, pictures } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].wanted)
			all[i].print(&a);
}
