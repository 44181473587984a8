/* The parts of a PDF, each on pages of its own. */
#ifndef LOAXA_REPORT_PRINT_PDF_INSIDE_H
#define LOAXA_REPORT_PRINT_PDF_INSIDE_H

#include "report/letter.h"
#include "report/print/page.h"

void pdf_letter(struct page *, const struct report_letter *);
void pdf_appendices(struct page *, const struct report *, const struct report_letter *);
void pdf_form(struct page *, const struct report *, const struct report_letter *);
void pdf_logbook(struct page *, const struct report *, const struct report_letter *);

/* Pieces of the appendices. */
void pdf_chart(struct page *, const struct report_directive *);
void pdf_pictures(struct page *, const struct report *);
void pdf_strip(struct page *, const struct report *);

#endif
