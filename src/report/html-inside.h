/* What the files of the page share. */
#ifndef LOAXA_REPORT_HTML_INSIDE_H
#define LOAXA_REPORT_HTML_INSIDE_H

#include "report/grid.h"
#include "report/letter.h"

/* Cleaned and escaped, for text and attributes; a line feed becomes a break. */
void html_text(struct text *, const char *);
/* The báo cáo itself: head, I to IV, foot. */
void html_letter(struct text *, const struct report_letter *);
/* A view: its table and notes. */
void html_table(struct text *, const struct report *, enum grid_view);
/* The days of a directive as a drawing. */
void html_chart(struct text *, const struct report_directive *);
/* What was attached, as it is. */
void html_pictures(struct text *, const struct report *);

#endif
