/* A station as commands need it: the files read, the recordings' facts filled in, the whole schedule checked.
 */
#ifndef LOAXA_CLI_LOAD_H
#define LOAXA_CLI_LOAD_H

#include "base/err.h"
#include "config/source.h"
#include "schedule/station.h"

#include <stdio.h>

struct load_options {
	const char *store; /* of prepared sound; NULL = the usual place */
	bool accepted;     /* DIR is an accepted copy: it was checked when it was accepted, and a recording that
	                * is gone since must not keep the station from starting */
	bool prepared;     /* nothing is prepared here, which may take minutes: what lacks is refused */
	bool progress;     /* draw a bar while recordings are prepared */
	const struct sources *files; /* what the files of DIR would say; NULL: what they say */
};

/* NULL when there are errors: those of the schedule in findings (sorted), what hinders the program itself in
 * err. Chooses the station's language for what is said from then on. */
struct station *load_station(const char *dir, const struct load_options *, struct findings *, struct err *);

/* "file:line: error: text", or one JSON object a line: file line severity code message. */
void load_print_findings(const struct findings *, bool json, FILE *);
/* Errors and warnings in one line, after the findings: "2 errors, 1 warning".  To mem_free. */
char *load_summary(const struct findings *);

/* What plan, dry-run and run do with a schedule that is refused: findings and summary, or err, on stderr. */
void load_complain(const struct findings *, const struct err *);

#endif
