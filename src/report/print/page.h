/* A part of a paper: A4 pages with the margins and numbers of Nghị định 30/2020, filled from the top.  The number stands
 * in the middle of the top margin from the second page of the part on. */
#ifndef LOAXA_REPORT_PRINT_PAGE_H
#define LOAXA_REPORT_PRINT_PAGE_H

#include "report/print/canvas.h"

enum { PAGE_TOP = 20, PAGE_BOTTOM = 20, PAGE_LEFT = 30, PAGE_RIGHT = 15 }; /* margins, mm */

struct page {
	struct canvas *canvas;
	const char *crossing; /* across each page, or NULL */
	bool landscape;
	int number; /* of the page in its part */
	double y;   /* where the next thing goes, mm from the top of the paper */
};

void page_part(struct page *, bool landscape); /* its first page */
void page_next(struct page *);
double page_width(const struct page *); /* between the margins */
double page_left(const struct page *);  /* height that is left */
/* On to the next page, unless that much is left of this one or it is empty. */
void page_want(struct page *, double height);
bool page_fresh(const struct page *); /* nothing on it yet */

/* A paragraph over as many pages as it needs, never one line of it alone; between the margins unless the style has a
 * width.  gap: beneath it. */
void page_text(struct page *, const char *, struct canvas_style, double gap);
/* The same in a box at x that stays on its page; returns its height and leaves y alone. */
double page_put(struct page *, const char *, struct canvas_style, double x, double y);
struct canvas_text *page_lay(struct page *, const char *, struct canvas_style); /* to canvas_text_free */
double page_height(struct page *, const char *, struct canvas_style);
double page_line(struct page *, const char *, struct canvas_style); /* width in one line */

#endif
