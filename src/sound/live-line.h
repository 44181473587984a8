/* A card's line-in or microphone as a live source.  It must run at the output's rate: the controller does not resample.
 * Two channels become one, half of each. */
#ifndef LOAXA_SOUND_LIVE_LINE_H
#define LOAXA_SOUND_LIVE_LINE_H

#include "sound/live-source.h"

/* setup: what = ALSA's name of the device: "hw:CARD=Tuner".  alsa_setup() before it. */
extern const struct live_feed_ops live_line_ops;

#endif
