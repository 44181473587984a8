/* People who speak, as live playout sees them: a listener for each, found by the bulletin its items name.
 * Loop thread only. */
#ifndef LOAXA_SOUND_LIVE_SPEECH_H
#define LOAXA_SOUND_LIVE_SPEECH_H

#include "engine/ports.h"
#include "sound/listener.h"

struct live_speech;

struct live_speeches {
	VEC(struct live_speech *) all;
	char *dir; /* where what is spoken is kept, or NULL: nowhere */
	int notify;
};

/* dir: copied; notify: eventfd, added to when there is something to reap. */
void live_speeches_init(struct live_speeches *, const char *dir, int notify);
void live_speeches_free(struct live_speeches *); /* waits for the threads */

bool live_speech_listen(struct live_speeches *, const struct sound_speech *, struct err *);
/* Hangs up; what is left of it is reaped when it is done. */
void live_speech_forget(struct live_speeches *, const struct bulletin *);
struct listener *live_speech_of(const struct live_speeches *, const void *bulletin); /* or NULL */
void live_speech_begin(struct live_speeches *); /* those whose plays are all there: at the end of a turn */
bool live_speech_records(const struct live_speeches *); /* is a recording not finished yet? */
/* Takes away one that is done.  True: its recording is described in *out. */
bool live_speech_reap(struct live_speeches *, struct sound_recording *out);

#endif
