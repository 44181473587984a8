/* What all commands share that talk to a running controller. */
#ifndef LOAXA_CLI_LIVE_H
#define LOAXA_CLI_LIVE_H

#include "control/protocol.h"

/* Asks the controller of that state directory (NULL: the usual one); says on stderr why there is no answer. */
bool live_ask(const char *state, const struct text *request, int timeout_ms, struct answer *);

/* pass: a descriptor that goes with it, or -1. */
bool live_ask_passing(const char *state, const struct text *request, int pass, int timeout_ms, struct answer *);

/* Asks for the status; false: none came, and why is said on stderr.  protocol_free_answer afterwards in any case. */
bool live_status(const char *state, int timeout_ms, struct answer *);

/* Is there a controller that answers?  Else says so on stderr. */
bool live_answers(const char *state);

/* Gives one command and prints what came of it; returns the exit code.  c->by = NULL: the user. */
int live_command(const char *state, struct command *c);

/* Who sits at the keyboard: the login name (before sudo), else "uid 1000"; to mem_free. */
char *live_user(void);

#endif
