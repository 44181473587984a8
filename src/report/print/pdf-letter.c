/* The báo cáo on paper: Nghị định 30/2020, phụ lục I.  Sizes in points, places in mm from the upper left corner. */
#include "report/print/pdf-inside.h"

#include <string.h>

#define LEFT_WIDTH 63.0   /* issuer and number */
#define RIGHT_WIDTH 100.0 /* nation, motto, place and date */
#define SIGN_WIDTH 85.0
#define SIGN_FREE 30.0 /* for signature and seal */
#define INDENT 12.7
#define GAP 2.1 /* between paragraphs: 6 points */

static const struct canvas_style body = { .points = 14, .indent = INDENT, .spread = 1.1, .align = CANVAS_JUSTIFY };

/* A centred line in a column; returns the y beneath it. */
static double centred(struct page *p, const char *text, struct canvas_style style, double x, double width, double y)
{
	style.width = width;
	style.align = CANVAS_CENTRE;
	return y + page_put(p, text, style, x, y);
}

static void short_rule(struct page *p, double middle, double width, double y)
{
	canvas_rule(p->canvas, middle - width / 2, y, middle + width / 2, y, 0.25);
}

static double issuer(struct page *p, const struct report_letter *l, double y)
{
	const struct canvas_style bold = { .points = 13, .bold = true }, plain = { .points = 13 };
	double width = 0;
	if (l->over)
		y = centred(p, l->over, plain, PAGE_LEFT, LEFT_WIDTH, y);
	for (size_t i = 0; i < l->issuer.n; i++) {
		y = centred(p, l->issuer.at[i], bold, PAGE_LEFT, LEFT_WIDTH, y);
		width = page_line(p, l->issuer.at[i], bold);
	}
	short_rule(p, PAGE_LEFT + LEFT_WIDTH / 2, (width < LEFT_WIDTH ? width : LEFT_WIDTH) * 0.4, y + 1.2);
	return y + 2.4;
}

static double nation(struct page *p, const struct report_letter *l, double y)
{
	const struct canvas_style small = { .points = 13, .bold = true }, motto = { .points = 14, .bold = true };
	double x = PAGE_LEFT + page_width(p) - RIGHT_WIDTH;
	y = centred(p, l->nation, small, x, RIGHT_WIDTH, y);
	y = centred(p, l->motto, motto, x, RIGHT_WIDTH, y);
	short_rule(p, x + RIGHT_WIDTH / 2, page_line(p, l->motto, motto), y + 1.2);
	return y + 2.4;
}

static void head(struct page *p, const struct report_letter *l)
{
	const struct canvas_style number = { .points = 13 }, date = { .points = 14, .italic = true };
	double left = issuer(p, l, p->y), right = nation(p, l, p->y), y = (left > right ? left : right) + 1.5;
	left = centred(p, l->number, number, PAGE_LEFT, LEFT_WIDTH, y + 0.3);
	right = centred(p, l->place_date, date, PAGE_LEFT + page_width(p) - RIGHT_WIDTH, RIGHT_WIDTH, y);
	p->y = (left > right ? left : right) + 8;
}

/* "tháng 7 năm 2021" at the end of a title stays on one line: no-break spaces between its last four words. */
static char *unbroken_end(const char *title)
{
	struct text t = { 0 };
	size_t n = strlen(title), from = n;
	for (int blanks = 0; from && (blanks += title[from - 1] == ' ') < 4;)
		from--;
	for (size_t i = 0; i < n; i++)
		if (i >= from && title[i] == ' ')
			text_add(&t, "\u00A0");
		else
			text_add_n(&t, &title[i], 1);
	return text_take(&t);
}

static void title(struct page *p, const struct report_letter *l)
{
	struct canvas_style bold = { .points = 14, .bold = true, .align = CANVAS_CENTRE };
	char *whole = unbroken_end(l->title);
	page_text(p, l->kind, bold, 0.5);
	bold.width = 130;
	page_text(p, whole, bold, 1.3);
	short_rule(p, PAGE_LEFT + page_width(p) / 2, 55, p->y);
	p->y += 6;
	mem_free(whole);
}

/* Several bodies stand beneath the colon. */
static void addressees(struct page *p, const struct report_letter *l)
{
	struct canvas_style plain = { .points = 14 };
	double word = page_line(p, l->to_word, plain);
	if (l->to.n == 1) {
		char *line = mem_printf("%s %s", l->to_word, l->to.at[0]);
		plain.align = CANVAS_CENTRE;
		page_text(p, line, plain, 6);
		mem_free(line);
		return;
	}
	p->y += page_put(p, l->to_word, plain, PAGE_LEFT + 22, p->y) + 0.8;
	plain.width = page_width(p) - 22 - word;
	for (size_t i = 0; i < l->to.n; i++)
		p->y += page_put(p, l->to.at[i], plain, PAGE_LEFT + 22 + word - 1, p->y) + 0.8;
	p->y += 5;
}

static double foot_height(struct page *p, const struct report_letter *l)
{
	const struct canvas_style small = { .points = 11, .width = page_width(p) - SIGN_WIDTH };
	double left = 6, right = SIGN_FREE + 6 * (double)(l->sign.n + 1);
	for (size_t i = 0; i < l->copies.n; i++)
		left += page_height(p, l->copies.at[i], small);
	return left > right ? left : right;
}

static void foot(struct page *p, const struct report_letter *l)
{
	const struct canvas_style word = { .points = 12, .bold = true, .italic = true }, sign = { .points = 14, .bold = true };
	struct canvas_style small = { .points = 11, .width = page_width(p) - SIGN_WIDTH };
	double left = p->y, right = p->y, x = PAGE_LEFT + page_width(p) - SIGN_WIDTH;
	left += page_put(p, l->copies_word, word, PAGE_LEFT, left);
	for (size_t i = 0; i < l->copies.n; i++)
		left += page_put(p, l->copies.at[i], small, PAGE_LEFT, left);
	for (size_t i = 0; i < l->sign.n; i++)
		right = centred(p, l->sign.at[i], sign, x, SIGN_WIDTH, right);
	p->y = left > right + SIGN_FREE ? left : right + SIGN_FREE;
}

/* Nobody may be able to put another text above a signature: the last paragraph goes with it. */
static void close_with(struct page *p, const struct report_letter *l, const char *last)
{
	page_want(p, page_height(p, last, body) + 4 + foot_height(p, l));
	page_text(p, last, body, 4);
	foot(p, l);
}

static void print_line(struct page *p, const struct report_line *line)
{
	struct canvas_style style = body;
	if (line->kind == REPORT_LINE_HEADING) {
		style.bold = true;
		page_want(p, 3 * page_height(p, "Ủy", body) + GAP); /* a heading and the beginning of what it heads */
	}
	page_text(p, line->text, style, GAP);
}

void pdf_letter(struct page *p, const struct report_letter *l)
{
	page_part(p, false);
	head(p, l);
	title(p, l);
	addressees(p, l);
	for (size_t i = 0; i + 1 < l->body.n; i++)
		print_line(p, &l->body.at[i]);
	close_with(p, l, l->body.at[l->body.n - 1].text);
}
