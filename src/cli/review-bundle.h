/* One bundle's file, read to its end and verified, as what the book keeps of it. */
#ifndef LOAXA_CLI_REVIEW_BUNDLE_H
#define LOAXA_CLI_REVIEW_BUNDLE_H

#include "cli/schedules.h"
#include "journal/bundle.h"
#include "report/build.h"
#include "review/take.h"

struct review_read {
	struct bundle *bundle;
	struct review_bundle out; /* strings belong to the rest */
	struct journal_copy *rows;
	struct schedules schedules;
	struct report_log *log;
	struct report *report;
	size_t unheard_of; /* airings that the schedule planned and no row tells of */
	wall_us unheard_from;
};

/* False: it does not verify, or cannot be understood; err says why, in full.  What was read is freed by
 * review_read_free() either way. */
bool review_read(struct review_read *, const char *path, struct err *);
/* After it was decided whose it is: the figures.  False: err. */
bool review_read_figures(struct review_read *, struct err *);
void review_read_free(struct review_read *); /* empties it */

#endif
