/* Listening in the studio: one bulletin, or any file, on one sink that no village hears, by this process alone.  The
 * running controller has no part in it, so nothing that happens here can touch the air. */
#ifndef LOAXA_CLI_EAR_H
#define LOAXA_CLI_EAR_H

#include "base/err.h"
#include "schedule/station.h"

struct ear {
	const struct output *output; /* its sink, rate, channels, high-pass; name and monitor do not count */
	const char *sink;            /* instead of the output's, or NULL */
	const char *audio_dir;
	const char *store;
	const struct bulletin *bulletin; /* the names of its recordings; nothing else of it is needed */
	bool as_was; /* those of their sha256 and no others: as they were aired, whatever the files of that name are now */
};

struct ear_heard {
	int64_t heard_ms, total_ms;
	bool stopped; /* by Ctrl-C */
};

/* Prepares what is not prepared yet, then plays, until the end or SIGINT or SIGTERM.  begun is told once the sound is
 * on its way.  false: err says why. */
bool ear_listen(
	const struct ear *, void (*begun)(void *self, int64_t total_ms), void *self, struct ear_heard *, struct err *);

#endif
