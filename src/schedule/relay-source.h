/* What a relay's source says: a card's line-in or an address.  Pure text; nothing is opened or asked for here.
 * Only a relay names an address, and only these schemes are fetched: what is not in the list is refused by check, by
 * loaxa-relay, and (by its list of protocols) by ffmpeg, wherever an address may lead on to. */
#ifndef LOAXA_SCHEDULE_RELAY_SOURCE_H
#define LOAXA_SCHEDULE_RELAY_SOURCE_H

#include <stdbool.h>

#define RELAY_SOURCE_BYTES 1024 /* longest address, with its end */

enum relay_kind {
	RELAY_LINE,   /* "alsa:hw:CARD=Tuner" */
	RELAY_STREAM, /* "https://…" */
	RELAY_UNKNOWN /* neither */
};

enum relay_kind relay_source_kind(const char *source);
/* RELAY_LINE: the device behind "alsa:"; else the source. */
const char *relay_source_device(const char *source);
/* RELAY_STREAM: the protocols that may be used to fetch it, as ffmpeg lists them; else NULL. */
const char *relay_source_protocols(const char *source);

#endif
