/* Plays by hand, now and at instants ordered ahead; see play.c.  Of the engine's own files. */
#ifndef LOAXA_ENGINE_PLAY_H
#define LOAXA_ENGINE_PLAY_H

#include "engine/engine-inside.h"

#define PLAY_TIMES_MAX 48

bool play_command(struct engine *, const struct command *, zone_set, struct err *);
/* "play-7": what of it is still to come is taken back.  false: there is no such order. */
bool play_cancel(struct engine *, const struct command *);

void play_feed(struct engine *, wall_us until); /* gives the desk what comes until then */
wall_us play_next(const struct engine *);       /* the next instant not yet given; US_NEVER */
void play_absence(struct engine *, wall_us from, wall_us to, enum reason); /* (from, to] passed unseen */
void play_recovered(struct engine *); /* what was entered before the start was given */
bool play_was_timed(const struct engine *, int number, wall_us); /* is that instant one of an order's? */
void play_adopt(struct engine *, const struct command *);        /* a new schedule is on air */
void play_forget(struct engine *);
void play_free(struct engine *);

/* What it airs in that zone; NULL: nothing there. */
const struct bulletin *play_in_zone(const struct engine *, const struct play_order *, int zone);
wall_us play_instant(const struct play_order *, int k);        /* k from 0 */
void play_add(struct engine *, const struct play_order *);     /* takes what it owns, writes it down */
void play_remove(struct engine *, size_t i);
void play_record_end(struct engine *, const struct play_order *, const struct command *, const char *reason);

/* Into a checkpoint, and from one and from rows. */
void play_write(struct text *, const struct engine *);
void play_read(struct engine *, const struct json *);
void play_read_end(struct engine *, const struct json *);

void play_status(const struct engine *, struct text *); /* "orders" */

#endif
