/* Findings: everything that is wrong with some input, each with its place, all at once.
 * A finding is data: a fixed code, a message pattern in English marked with N_(), and its arguments as text.
 * finding_text() turns it into words; until then no language is chosen, so pure rooms can make findings.
 * Owner: the list copies everything it is given.  Not thread-safe. */
#ifndef LOAXA_BASE_FINDING_H
#define LOAXA_BASE_FINDING_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdio.h>

struct place {
	const char *file; /* as the user would type it; NULL = no file; owned by the list's or the station's arena */
	int line;         /* from 1; 0 = the file as a whole */
};

enum severity { FINDING_WARNING, FINDING_ERROR };

#define FINDING_ARGS 8

struct finding {
	enum severity severity;
	const char *code; /* static: "overlap", "never-fires" … (the manual lists them all) */
	char *file;
	int line;
	const char *pattern;      /* static msgid; "{1}" … "{8}" stand for the arguments */
	char *args[FINDING_ARGS]; /* NULL-terminated unless full */
};

struct findings {
	VEC(struct finding) list;
	size_t errors, warnings;
};

/* args: at most FINDING_ARGS strings, ended by NULL.
 *   finding_add(fs, FINDING_ERROR, "bad-time", at, N_("time \"{1}\" does not exist — … "), text, NULL); */
void finding_add(struct findings *, enum severity, const char *code, struct place at, const char *pattern, ...)
	__attribute__((sentinel));

/* Pattern (already translated by the caller: _(f->pattern)) with its arguments put in.  Free with mem_free. */
char *finding_text(const struct finding *, const char *pattern);

/* By file, line, errors first, code; stable. */
void findings_sort(struct findings *);
void findings_free(struct findings *); /* empties it */

#endif
