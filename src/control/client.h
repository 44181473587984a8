/* The other side: one request to a running controller, one answer.  Any thread; waits up to the given time. */
#ifndef LOAXA_CONTROL_CLIENT_H
#define LOAXA_CONTROL_CLIENT_H

#include "control/protocol.h"

/* request: one line with its newline.  false: err says in words why there is no answer (no controller …). */
/* pass: a descriptor that goes with it, or -1; stays the caller's. */
bool client_ask_passing(
	const char *socket_path, const struct text *request, int pass, int timeout_ms, struct answer *, struct err *);
bool client_ask(const char *socket_path, const struct text *request, int timeout_ms, struct answer *, struct err *);

#endif
