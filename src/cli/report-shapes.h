/* The shapes a report can take, in one table: an option each. */
#ifndef LOAXA_CLI_REPORT_SHAPES_H
#define LOAXA_CLI_REPORT_SHAPES_H

#include "base/err.h"
#include "cli/report-job.h"

struct report_file {
	const char *option; /* "pdf"; NULL ends the table */
	const char *made;   /* msgid, what it is: "report as PDF" */
	bool (*write)(const struct report_job *, const char *path, struct err *);
};

extern const struct report_file report_files[];
#define REPORT_FILES_MOST 8

#endif
