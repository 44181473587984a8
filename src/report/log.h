/* The airing log: journal rows folded into one row an airing — its verdict, or its intent while it has none. */
#ifndef LOAXA_REPORT_LOG_H
#define LOAXA_REPORT_LOG_H

#include "base/vec.h"
#include "engine/ports.h"
#include "report/row.h"

struct report_filter {
	const char *zone, *campaign, *directive; /* names and number; NULL = all */
	int state;                               /* enum state, or -1 = all; STATE_OPEN: those without verdict */
	bool bodies;                             /* keep each row's JSON */
};

struct report_log {
	VEC(struct report_row) rows; /* by planned instant, zone order, id */
	struct intern *strings;
	size_t unreadable; /* rows whose body is not of the contract */
};

/* Reads all rows of the reader.  checkpoint: body of the last "start" or "day" row, for the order of the zones; may
 * be NULL, then zones are in the order of their names. */
struct report_log *report_log_read(struct journal_reader *, const struct report_filter *, const char *checkpoint);
void report_log_free(struct report_log **);

#endif
