/* A terminal that a view has for itself: another screen without cursor, keys one by one, and all as it was afterwards,
 * however it ends.  One at a time; the calling thread blocks the signals it hears of here. */
#ifndef LOAXA_CLI_TERMINAL_H
#define LOAXA_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

struct terminal;

/* in may be no terminal: then no key is heard.  NULL: out is none that can draw. */
struct terminal *terminal_open(int in, int out);
void terminal_close(struct terminal **);

enum terminal_event {
	TERMINAL_KEY = 1,    /* *key */
	TERMINAL_ANEW = 2,   /* nothing of what was drawn is there any more: resized, or back from Ctrl-Z */
	TERMINAL_END = 4     /* Ctrl-C, SIGTERM, the line is gone */
};
/* Waits up to that long; 0 when nothing came.  Ctrl-Z is carried out here. */
unsigned terminal_wait(struct terminal *, int timeout_ms, char *key);

int terminal_columns(const struct terminal *);
int terminal_rows(const struct terminal *);
/* Would it take anything now?  A slow line, or one stopped with Ctrl-S, is left alone. */
bool terminal_ready(const struct terminal *);
/* false: not all of it went out; the screen is then in an unknown state. */
bool terminal_say(struct terminal *, const char *s, size_t bytes);

#endif
