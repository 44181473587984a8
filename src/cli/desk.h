/* The desk: the station at a glance, from everything that can be known — the controller that runs, or without one the
 * accepted schedule and the log.  Reads small files; waits 2 s at most for the controller. */
#ifndef LOAXA_CLI_DESK_H
#define LOAXA_CLI_DESK_H

#include "cli/todo.h"

struct desk_look {
	wall_us now;
	bool running;            /* a controller answers */
	char *why_not;           /* it does not, and that is no plain absence: in words; may be NULL */
	struct text status;      /* the engine's object; without a controller one of the same shape with what is known */
	struct json *parsed;     /* the same */
	struct station *station; /* accepted; NULL: none */
	wall_us next_session;    /* US_NEVER: none within a week */
	int next_rule;
	struct todos todos;
};

/* state: directory; store: of prepared sound, for lengths and what is missing; NULL = the usual one. */
void desk_look(struct desk_look *, const char *state, const char *store);
void desk_look_free(struct desk_look *); /* empties it */

/* desk-view.c: for people, lines of at most so many columns, shorter when they are more than the rows of the screen (0:
 * it is none); for programs, the status object with "controller",
 * "next_session" and "todo" added. */
void desk_view(const struct desk_look *, int columns, int rows, bool colour, struct text *out);
void desk_json(const struct desk_look *, struct text *out);

#endif
