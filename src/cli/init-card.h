/* The sound cards a new station may play on: listed with numbers, chosen by numbers. */
#ifndef LOAXA_CLI_INIT_CARD_H
#define LOAXA_CLI_INIT_CARD_H

#include "base/err.h"
#include "cli/devices.h"
#include "cli/init-station.h"

/* A line each: "  1  USB Audio Device (alsa:hw:CARD=Device): 2 channels", and what to do where there is none. */
void init_card_list(const struct devices *, FILE *);
/* What Enter takes: "1" where a card opens, else "0". */
const char *init_card_proposal(const struct devices *);
/* "1", "1 2", "0" (no sound yet), or sinks as they are written: "alsa:hw:CARD=Device".  false: why says what to do. */
bool init_card_choose(const struct devices *, const char *answer, struct init_station *, struct err *why);
/* Each output gets so many channels as its zones need and its device has. */
void init_card_fit(struct init_station *);

#endif
