/* The chart of a campaign: its lần of each day as bars (its minutes, where only these are asked), and what was asked as a
 * line across them; the uptake beside it.
 * Told apart on any copier: met is grey, not met white, excused hatched. */
#include "base/i18n.h"
#include "report/phrase.h"
#include "report/print/pdf-inside.h"
#include "report/print/ruled.h"
#include "schedule/values.h"

#include <stdio.h>

#define HEIGHT 46.0 /* mm of the bars' field */
#define AXIS 8.0    /* left of it, for numbers */
#define UPTAKE 66.0 /* right of it, where there is one */
#define LABEL 4.5   /* mm that a day's number needs */

static const struct canvas_style small = { .points = 9 }, caption = { .points = 12, .bold = true };

struct field {
	double x, y, width; /* y: of its foot */
	double step;        /* mm a lần or minute */
	int top;            /* highest number */
	bool minutes;
};

static bool in_minutes(const struct report_directive *d)
{
	for (size_t i = 0; i < d->per_day.n; i++)
		if (d->per_day.at[i].asked_min > 0)
			return false;
	return d->per_day.n && d->per_day.at[d->per_day.n - 1].asked_minutes > 0;
}

static int done_on(const struct field *f, const struct report_directive_day *day)
{
	return f->minutes ? (int)(day->heard_ms / 60000) : day->times;
}

static int asked_on(const struct field *f, const struct report_directive_day *day)
{
	return f->minutes ? day->asked_minutes : day->asked_min;
}

static int highest(const struct field *f, const struct report_directive *d)
{
	int top = 1;
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		top = done_on(f, day) > top ? done_on(f, day) : top;
		top = asked_on(f, day) > top ? asked_on(f, day) : top;
		top = day->asked_max > top ? day->asked_max : top;
	}
	return top;
}

static void label(struct page *p, const char *text, double x, double y, double width, enum canvas_align align)
{
	struct canvas_style style = small;
	style.width = width;
	style.align = align;
	page_put(p, text, style, x, y);
}

static void axis(struct page *p, const struct field *f)
{
	int every = f->top > 10 ? (f->top + 9) / 10 : 1;
	for (int n = 0; n <= f->top; n += every) {
		char number[16];
		double y = f->y - n * f->step;
		snprintf(number, sizeof number, "%d", n);
		label(p, number, f->x - AXIS, y - 1.9, AXIS - 1.5, CANVAS_RIGHT);
		canvas_rule(p->canvas, f->x - 1, y, f->x, y, 0.15);
	}
	canvas_rule(p->canvas, f->x, f->y - f->top * f->step - 2, f->x, f->y, 0.2);
	canvas_rule(p->canvas, f->x, f->y, f->x + f->width, f->y, 0.2);
}

static void bar(struct page *p, const struct field *f, const struct report_directive_day *day, double x, double width)
{
	double height = done_on(f, day) * f->step, gap = width * 0.15;
	double w = width - 2 * gap;
	canvas_box(p->canvas, x + gap, f->y - height, w, height, day->met == MET_YES ? 0.6 : -1, 0.15);
	if (day->met != MET_EXCUSED)
		return;
	double high = asked_on(f, day) > 0 ? asked_on(f, day) * f->step : f->step;
	canvas_hatch(p->canvas, x + gap, f->y - high, w, high, 1.2);
}

static void asked(struct page *p, const struct field *f, const struct report_directive_day *day, double x, double width)
{
	double least = f->y - asked_on(f, day) * f->step;
	if (asked_on(f, day) > 0)
		canvas_rule(p->canvas, x, least, x + width, least, 0.5);
	if (!f->minutes && day->asked_max > day->asked_min)
		canvas_rule(p->canvas, x, f->y - day->asked_max * f->step, x + width, f->y - day->asked_max * f->step, 0.15);
}

static void bars(struct page *p, const struct field *f, const struct report_directive *d)
{
	double width = f->width / (double)d->per_day.n;
	int every = (int)(LABEL / width) + 1;
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		double x = f->x + (double)i * width;
		bar(p, f, day, x, width);
		asked(p, f, day, x, width);
		struct civil c = civil_from_day(day->day);
		if (i % (size_t)every)
			continue;
		char number[24];
		snprintf(number, sizeof number, every == 1 && c.day != 1 && i ? "%d" : "%d/%d", c.day, c.month);
		label(p, number, x - 4, f->y + 0.8, width + 8, CANVAS_CENTRE);
	}
}

/* A sample of each, and its words. */
static void legend(struct page *p, const struct field *f)
{
	const struct {
		const char *words;
		double grey;
		bool hatch, line;
	} signs[] = { { _("day met"), 0.6, false, false }, { _("day not met"), -1, false, false },
		{ _("day excused"), -1, true, false }, { _("asked, at least"), -1, false, true } };
	double x = f->x, y = f->y + 6.5;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (signs[i].line)
			canvas_rule(p->canvas, x, y + 1.7, x + 5, y + 1.7, 0.5);
		else
			canvas_box(p->canvas, x, y + 0.5, 5, 2.6, signs[i].grey, 0.15);
		if (signs[i].hatch)
			canvas_hatch(p->canvas, x, y + 0.5, 5, 2.6, 1.2);
		page_put(p, signs[i].words, small, x + 6.5, y);
		x += 14 + page_line(p, signs[i].words, small);
	}
}

/* What people did, beside what was aired for it: no claim that the one comes of the other. */
static void uptakes(struct page *p, const struct report_directive *d, double x, double y)
{
	struct canvas_style bold = small, cell = small;
	bold.bold = true;
	bold.width = cell.width = UPTAKE - 8;
	y += page_put(p, _("Figures of the campaign"), bold, x, y) + 1;
	for (size_t i = 0; i < d->uptakes.n; i++) {
		const struct uptake *u = &d->uptakes.at[i];
		char date[VALUE_BYTES], count[PHRASE_BYTES], of[PHRASE_BYTES], percent[PHRASE_BYTES];
		value_print_date(u->date, date);
		char *line = mem_printf("%s: %s/%s (%s)", date, phrase_number((size_t)u->count, count),
			phrase_number((size_t)u->of, of), phrase_percent(u->count, u->of, percent));
		y += page_put(p, line, cell, x, y) + 0.6;
		canvas_box(p->canvas, x, y, UPTAKE - 8, 2.6, -1, 0.15);
		canvas_box(p->canvas, x, y, (UPTAKE - 8) * (double)u->count / (double)u->of, 2.6, 0.6, 0.15);
		y += 5;
		mem_free(line);
	}
}

void pdf_chart(struct page *p, const struct report_directive *d)
{
	p->y += 5;
	page_want(p, HEIGHT + 28);
	struct field f = { .minutes = in_minutes(d) };
	char *title = f.minutes ? mem_printf(_("Minutes of each day against what was asked: %s"), d->campaign_title)
				: mem_printf(_("Times (lần) of each day against what was asked: %s"), d->campaign_title);
	page_text(p, title, caption, 4);
	double right = d->uptakes.n ? UPTAKE : 0;
	f.x = PAGE_LEFT + AXIS;
	f.width = page_width(p) - AXIS - right;
	f.top = highest(&f, d);
	f.step = HEIGHT / f.top;
	f.y = p->y + HEIGHT;
	axis(p, &f);
	bars(p, &f, d);
	legend(p, &f);
	if (right > 0)
		uptakes(p, d, PAGE_LEFT + page_width(p) - UPTAKE + 8, p->y);
	p->y = f.y + 12;
	mem_free(title);
}
