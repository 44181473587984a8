/* Each shape as a file of that very name; false: err says why, and none may be left. */
#ifndef LOAXA_CLI_REPORT_WRITE_H
#define LOAXA_CLI_REPORT_WRITE_H

#include "base/err.h"
#include "report/grid.h"

struct report_job; /* of report-job.h */

bool report_write_sheet(const struct report_job *, const char *path, struct err *);
bool report_write_page(const struct report_job *, const char *path, struct err *);
bool report_write_csv(const struct report_job *, enum grid_view, const char *path, struct err *);

#endif
