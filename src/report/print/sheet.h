/* The report as a workbook (XLSX): a sheet for each view, with real dates and numbers, and a chart of each letter's days.
 * The same report gives the same bytes. */
#ifndef LOAXA_REPORT_PRINT_SHEET_H
#define LOAXA_REPORT_PRINT_SHEET_H

#include "base/err.h"
#include "report/report.h"

/* Writes that very file; false leaves none.  The caller sees to it that a file of before is not lost. */
bool sheet_write(const struct report *, const char *path, struct err *);

#endif
