/* Somebody speaks: samples come from a socket as they are said and go into a ring for each zone that hears them.
 * A thread of its own, so that a speaker who is slow, silent or dead makes nobody wait.
 *
 *   the speaker's end   gives 16-bit mono samples (native order), and is given one byte, LISTENER_GO, when the opening
 *                       is about to end: what is said from then on is heard.  At the limit another, LISTENER_LIMIT
 *   from mouth to ear   LISTENER_READY_MS, and what the two ends of the socket hold
 *   it ends             when the speaker hangs up or gives nothing for LISTENER_PATIENCE_S, when everything that was
 *                       said lies in the rings (RING_OVER); or when nobody listens any more
 *
 * All zones hear the opening first, and none a word before all have heard it; who then falls behind loses words. */
#ifndef LOAXA_SOUND_LISTENER_H
#define LOAXA_SOUND_LISTENER_H

#include "base/err.h"
#include "sound/play.h"
#include "sound/recorder.h"

#define LISTENER_GO 'g'
#define LISTENER_LIMIT 'l'
#define LISTENER_OPENING_MS 1500 /* long enough to make people listen, short enough for one who wants to speak */
#define LISTENER_READY_MS 200
#define LISTENER_RING_MS 800
#define LISTENER_PATIENCE_S 5

struct listener;

struct listener_setup {
	int pcm; /* copied */
	int rate;
	int64_t limit_ms; /* the opening with it: as long as its items are at most */
	int16_t *opening; /* taken over (mem_free); what is heard before the first word, or NULL */
	int64_t opening_frames;
	struct recorder *record; /* taken over; NULL: it is not kept */
	int notify;              /* eventfd, added to at the end */
};

/* Loop thread.  NULL: no thread or descriptor to be had; what was to be taken over is freed. */
struct listener *listener_new(const struct listener_setup *, struct err *);
/* Makes the play's ring; owned from now on. */
void listener_add(struct listener *, struct play *);
void listener_drop(struct listener *, struct play *); /* nobody else looks at it any more */
void listener_begin(struct listener *);               /* all were added */
void listener_hang_up(struct listener *);             /* the speaker hears the end; never waits */
/* Nothing is left to do: freeing does not wait.  Its recording, if there is one, is finished then. */
bool listener_done(const struct listener *);
const struct recorder *listener_recorder(const struct listener *); /* or NULL */
/* Hangs up, waits for its thread, frees the plays it still has. */
void listener_free(struct listener **);

#endif
