/* What happens on air, as lines for people: stands between the engine and the journal, passes every row on and keeps
 * the last lines.  Loop thread. */
#ifndef LOAXA_CLI_RUN_EVENTS_H
#define LOAXA_CLI_RUN_EVENTS_H

#include "base/text.h"
#include "engine/ports.h"

#define RUN_EVENTS_KEPT 64

struct run_events;

struct run_events_to {
	void *self;
	const struct station *(*station)(void *self); /* for the local time of lines; may give NULL */
	void (*line)(void *self, const char *line);   /* a new line, without its newline */
};

struct run_events *run_events_new(struct journal_port behind, struct run_events_to);
void run_events_free(struct run_events **);
struct journal_port run_events_port(struct run_events *);
void run_events_say(struct run_events *, wall_us, const char *text); /* a line of the caller's own */
/* What happened in several zones at once becomes one line: call it when a turn is over.  bad: the lines of airings that
 * ended otherwise than aired are appended there too; may be NULL. */
void run_events_flush(struct run_events *, struct text *bad);
/* The i-th newest line (0 = newest), or NULL. */
const char *run_events_line(const struct run_events *, size_t i);

#endif
