/* The papers of a report as PDF, A4. */
#ifndef LOAXA_REPORT_PRINT_PDF_H
#define LOAXA_REPORT_PRINT_PDF_H

#include "base/err.h"
#include "base/text.h"
#include "report/report.h"

enum pdf_part {
	PDF_LETTER = 1,     /* the báo cáo */
	PDF_APPENDICES = 2, /* its phụ lục: letters with charts, days, zones, classes, what was not aired, the strip */
	PDF_FORM = 4,       /* the biểu thống kê */
	PDF_LOGBOOK = 8,    /* a page a day */
	PDF_REPORT = PDF_LETTER | PDF_APPENDICES | PDF_FORM
};

/* parts: sum of enum pdf_part, in the order above.  False when the typeface is not there. */
bool pdf_make(const struct report *, unsigned parts, struct text *bytes, struct err *);
/* Writes that very file; false leaves none.  The caller sees to it that a file of before is not lost. */
bool pdf_write(const struct report *, unsigned parts, const char *path, struct err *);

#endif
