/* The strip: a row a day, a cell an hour, each with the letter of its state, so that nothing depends on the grey. */
#include "base/i18n.h"
#include "report/grid.h"
#include "report/print/pdf-inside.h"
#include "schedule/values.h"

#include <stdio.h>

#define DAY_WIDTH 22.0
#define ROW 5.4 /* mm */

static const struct canvas_style small = { .points = 9 };

static double grey_of(enum strip_cell c)
{
	static const double greys[] = { [STRIP_NOTHING] = -1, [STRIP_AIRED] = 0.72, [STRIP_PART] = 0.88, [STRIP_MISSED] = -1,
		[STRIP_OFF] = -1, [STRIP_EXCUSED] = -1, [STRIP_EMERGENCY] = 0.5, [STRIP_OPEN] = -1 };
	return greys[c];
}

static void cell(struct page *p, enum strip_cell c, double x, double width)
{
	struct canvas_style style = { .points = 9, .width = width, .align = CANVAS_CENTRE,
		.bold = c == STRIP_MISSED || c == STRIP_EMERGENCY };
	canvas_box(p->canvas, x, p->y, width, ROW, grey_of(c), 0.1);
	if (c == STRIP_OFF)
		canvas_hatch(p->canvas, x, p->y, width, ROW, 2.2);
	if (*grid_hour_sign(c))
		page_put(p, grid_hour_sign(c), style, x, p->y + 0.8);
}

static void hours(struct page *p, double width)
{
	for (int h = 0; h < 24; h++) {
		char number[8];
		struct canvas_style style = small;
		style.width = width;
		style.align = CANVAS_CENTRE;
		snprintf(number, sizeof number, "%d", h);
		page_put(p, number, style, PAGE_LEFT + DAY_WIDTH + h * width, p->y);
	}
	p->y += ROW;
}

static void legend(struct page *p)
{
	struct text t = { 0 };
	for (int c = STRIP_AIRED; c <= STRIP_OPEN; c++)
		text_addf(&t, "%s%s: %s", t.n ? "; " : "", grid_hour_sign((enum strip_cell)c), grid_hour_words((enum strip_cell)c));
	text_addf(&t, "; %s: %s.", _("empty"), grid_hour_words(STRIP_NOTHING));
	p->y += 2;
	page_text(p, text_str(&t), (struct canvas_style){ .points = 10, .italic = true }, 0);
	text_free(&t);
}

void pdf_strip(struct page *p, const struct report *r)
{
	double width = (page_width(p) - DAY_WIDTH) / 24;
	hours(p, width);
	for (size_t i = 0; i < r->strip.n; i++) {
		char date[VALUE_BYTES];
		if (page_left(p) < ROW) {
			page_next(p);
			hours(p, width);
		}
		value_print_date(r->strip.at[i].day, date);
		page_put(p, date, small, PAGE_LEFT, p->y + 0.8);
		for (int h = 0; h < 24; h++)
			cell(p, (enum strip_cell)r->strip.at[i].hour[h], PAGE_LEFT + DAY_WIDTH + h * width, width);
		p->y += ROW;
	}
	legend(p);
}
