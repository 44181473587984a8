/* What a report is asked to be of: names and words as people type them, made into those of the schedule. */
#ifndef LOAXA_CLI_REPORT_ASKED_H
#define LOAXA_CLI_REPORT_ASKED_H

#include "cli/schedules.h"
#include "report/build.h"

/* Puts the schedules' own names where something else was typed ("Cụm loa 1", "tiếp âm").  False: there is no such thing;
 * err names those there are.  Strings point into the schedules. */
bool report_asked_names(struct report_asked *, const struct schedules *, struct err *);

/* The window of the campaign that is asked for, by itself or by a directive, or of the only one there is. */
bool report_asked_campaign(
	const struct report_asked *, const struct schedules *, day_span *, const char **title, struct err *);

#endif
