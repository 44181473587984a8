/* The whole life of loaxa-relay: fetch an address, hand its sound on in real time, and when it ends or fails fetch it
 * again, a little later each time, until nobody listens any more. */
#ifndef LOAXA_SOUND_RELAY_RELAY_H
#define LOAXA_SOUND_RELAY_RELAY_H

#include "sound/relay-talk.h"

struct relay_setup {
	const char *url, *protocols;
	int rate;
	/* fd of a controller that listens, or -1: PCM to standard output, words to standard error */
	int fd;
};

/* Until the other side is gone. */
void relay_run(const struct relay_setup *);

#endif
