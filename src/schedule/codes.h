/* The fixed codes of findings, as `check --json` prints them and the manual lists them.  A code is never
 * renamed. */
#ifndef LOAXA_SCHEDULE_CODES_H
#define LOAXA_SCHEDULE_CODES_H

#include "base/finding.h"

struct finding_code {
	const char *name;
	enum severity severity;
	const char *what; /* English msgid, a line, for help and the manual */
};

/* Codes of the whole-schedule check, by severity, then alphabet; ended by a NULL name. */
extern const struct finding_code schedule_codes[];

#endif
