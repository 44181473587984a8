/* A view of a report as CSV: UTF-8 with a mark, CRLF, every field quoted.  Dates are 2021-07-14, lengths whole seconds and
 * shares left out, because a spreadsheet in another country's way reads 02/8/2020 and 35,67% as something else.  What looks
 * like a formula, or is a text that looks like a number, begins with an apostrophe. */
#ifndef LOAXA_REPORT_REPORT_CSV_H
#define LOAXA_REPORT_REPORT_CSV_H

#include "report/grid.h"
#include "report/shapes.h"

/* Not of GRID_SUMMARY, whose lines are of different kinds. */
void report_csv_write(const struct report *, enum grid_view, const struct report_out *);

#endif
