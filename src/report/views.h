/* The views of a report on a terminal, as CSV and as JSON. */
#ifndef LOAXA_REPORT_VIEWS_H
#define LOAXA_REPORT_VIEWS_H

#include "report/report.h"
#include "report/shapes.h"

enum report_view { VIEW_SUMMARY, VIEW_DIRECTIVE, VIEW_DAY, VIEW_ZONE, VIEW_CLASS, VIEW_UNAIRED, VIEW_LOGBOOK, VIEW_STRIP, VIEW_COUNT };

const char *views_name(enum report_view); /* "directive"; of the summary NULL */

void views_table(const struct report *, enum report_view, const struct report_page *, const struct report_out *);
/* One object a line: one of kind "report", then those of the view; of the summary all. */
void views_json(const struct report *, enum report_view, const struct report_out *);

#endif
