/* Whose seals are believed: keys that somebody compared with the station, or that a believed key sealed. */
#ifndef LOAXA_REVIEW_KEYS_H
#define LOAXA_REVIEW_KEYS_H

#include "base/clock.h"
#include "base/vec.h"
#include "review/store.h"

struct review_key {
	char *public; /* hexadecimal */
	bool trusted; /* else only seen in a bundle */
};

struct review_keys {
	VEC(struct review_key) list;
};

void review_keys_read(struct review_store *, const char *station, struct review_keys *); /* appends */
void review_keys_free(struct review_keys *);                                             /* empties it */

/* Inside of a transaction.  A key once trusted stays so.  how: for those who look later: "telephone", "sealed". */
void review_key_put(
	struct review_store *, int64_t station, const char *public, bool trusted, const char *how, wall_us now);

#endif
