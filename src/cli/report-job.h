/* What is to be written, for those who write it. */
#ifndef LOAXA_CLI_REPORT_JOB_H
#define LOAXA_CLI_REPORT_JOB_H

#include "cli/options.h"
#include "report/report.h"

/* What the writer of a file may need besides the figures. */
struct report_job {
	const struct report *report;
	const char *state_dir;
	struct option_list pictures; /* "1704=loa.jpg" */
};

#endif
