/* What was so when the station last ended: the journal's rows since its last checkpoint, folded. */
#ifndef LOAXA_ENGINE_PAST_H
#define LOAXA_ENGINE_PAST_H

#include "airing/airing.h"
#include "engine/ports.h"

struct engine;

/* An airing that had no verdict at the end. */
struct open_airing {
	char *id, *bulletin, *zone, *by;
	char *what; /* JSON: the contract's fields as its intent froze them */
	enum airing_kind kind;
	enum level level;
	int64_t uid;
	bool made_up, on, was_on, crashed_on;
	wall_us planned, started, on_since, cut_at;
	int64_t from_frame, reached;
	enum reason cut_reason;
	VEC(struct segment) segments;
};

struct past {
	VEC(struct open_airing) open;
	wall_us last;         /* the latest instant any trusted row shows */
	wall_us last_trusted; /* the last trusted row's */
	bool any, orderly;    /* ended by a "stop" row */
	char *boot;
	const char *marks; /* the reader's; NULL: nobody kept any */
};

/* Held and switched-off zones, emergencies, numbers and ended firings go straight into the engine. */
void past_read(struct engine *, struct past *, struct journal_reader *);
void past_close_segment(struct open_airing *, int64_t end);
void past_free(struct past *); /* empties it */

#endif
