/* A file of a report, whole or not at all: written beside its place, on the disk before it takes it. */
#ifndef LOAXA_CLI_REPORT_WHOLE_H
#define LOAXA_CLI_REPORT_WHOLE_H

#include "base/err.h"

#include <stddef.h>

struct report_job; /* of report-job.h */

typedef bool report_writer(const struct report_job *, const char *path, struct err *);

/* What stood there before stays until the new one is whole.  Nothing but a file is replaced. */
bool report_whole(const struct report_job *, const char *path, report_writer *, struct err *);
/* Text as such a file. */
bool report_whole_text(const char *path, const char *text, size_t bytes, struct err *);
/* Durable on the disk; false with errno. */
bool report_whole_sync(const char *path);

#endif
