/* A relay's address as a live source: loaxa-relay fetches it, in a process of its own that may do nothing else. */
#ifndef LOAXA_SOUND_LIVE_STREAM_H
#define LOAXA_SOUND_LIVE_STREAM_H

#include "sound/live-source.h"

/* setup: what = the address, program = path of loaxa-relay, or of the socket (*.sock) on which a service manager
 * starts it. */
extern const struct live_feed_ops live_stream_ops;

#endif
