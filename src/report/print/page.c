#include "report/print/page.h"

#include <stdio.h>

enum { A4_SHORT = 210, A4_LONG = 297 };
#define NUMBER_Y 10.0 /* of the page number, in the top margin */
#define ALONE 2       /* lines of a paragraph that may not stand alone: fewer than this */

static double paper_height(const struct page *p)
{
	return p->landscape ? A4_SHORT : A4_LONG;
}

static double paper_width(const struct page *p)
{
	return p->landscape ? A4_LONG : A4_SHORT;
}

/* Words of people may hold anything; those of the program hold nothing that would be changed here. */
static struct canvas_text *lay(struct page *p, const char *words, const struct canvas_style *style)
{
	struct text fit = { 0 };
	canvas_fit(p->canvas, &fit, words);
	struct canvas_text *t = canvas_lay(p->canvas, text_str(&fit), style);
	text_free(&fit);
	return t;
}

static void begin(struct page *p)
{
	canvas_page(p->canvas, paper_width(p), paper_height(p));
	if (p->crossing)
		canvas_across(p->canvas, p->crossing);
	p->y = PAGE_TOP;
	if (p->number > 1) {
		char number[16];
		snprintf(number, sizeof number, "%d", p->number);
		page_put(p, number,
			(struct canvas_style){ .points = 13, .width = page_width(p), .align = CANVAS_CENTRE }, PAGE_LEFT,
			NUMBER_Y);
	}
}

void page_part(struct page *p, bool landscape)
{
	p->landscape = landscape;
	p->number = 1;
	begin(p);
}

void page_next(struct page *p)
{
	p->number++;
	begin(p);
}

double page_width(const struct page *p)
{
	return paper_width(p) - PAGE_LEFT - PAGE_RIGHT;
}

double page_left(const struct page *p)
{
	return paper_height(p) - PAGE_BOTTOM - p->y;
}

bool page_fresh(const struct page *p)
{
	return p->y <= PAGE_TOP;
}

void page_want(struct page *p, double height)
{
	if (page_left(p) < height && !page_fresh(p))
		page_next(p);
}

/* How many of the lines from `from` on belong on this page. */
static int fitting(const struct page *p, const struct canvas_text *t, int from)
{
	int n = canvas_lines(t), until = from;
	while (until < n && canvas_height(t, from, until + 1) <= page_left(p))
		until++;
	if (until < n && n - until < ALONE)
		until = n - ALONE;
	if (until - from < ALONE && until < n)
		until = from;
	if (until <= from && page_fresh(p))
		until = from + 1; /* a line higher than the page, or a last pair that would never fit */
	return until;
}

void page_text(struct page *p, const char *text, struct canvas_style style, double gap)
{
	style.width = style.width > 0 ? style.width : page_width(p);
	struct canvas_text *t = lay(p, text, &style);
	double x = PAGE_LEFT + (style.align == CANVAS_CENTRE ? (page_width(p) - style.width) / 2 : 0);
	for (int from = 0, until; from < canvas_lines(t); from = until) {
		until = fitting(p, t, from);
		canvas_put(p->canvas, t, from, until, x, p->y);
		p->y += canvas_height(t, from, until);
		if (until < canvas_lines(t))
			page_next(p);
	}
	p->y += gap;
	canvas_text_free(&t);
}

struct canvas_text *page_lay(struct page *p, const char *text, struct canvas_style style)
{
	return lay(p, text, &style);
}

double page_put(struct page *p, const char *text, struct canvas_style style, double x, double y)
{
	struct canvas_text *t = lay(p, text, &style);
	double height = canvas_height(t, 0, canvas_lines(t));
	canvas_put(p->canvas, t, 0, canvas_lines(t), x, y);
	canvas_text_free(&t);
	return height;
}

double page_height(struct page *p, const char *text, struct canvas_style style)
{
	style.width = style.width > 0 ? style.width : page_width(p);
	struct canvas_text *t = lay(p, text, &style);
	double height = canvas_height(t, 0, canvas_lines(t));
	canvas_text_free(&t);
	return height;
}

double page_line(struct page *p, const char *text, struct canvas_style style)
{
	style.width = 0;
	style.align = CANVAS_LEFT;
	struct canvas_text *t = lay(p, text, &style);
	double width = canvas_width(t);
	canvas_text_free(&t);
	return width;
}
