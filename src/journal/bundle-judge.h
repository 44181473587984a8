/* What a bundle's rows must agree on among themselves: seals, keys, the schedule in force, who the station is.  Inside the
 * journal only. */
#ifndef LOAXA_JOURNAL_BUNDLE_JUDGE_H
#define LOAXA_JOURNAL_BUNDLE_JUDGE_H

#include "journal/bundle-inside.h"

struct bundle_judge {
	struct bundle_identity identity; /* as the rows tell it */
	char schedule[SHA256_HEX];       /* of the last schedule row's body; "" = none yet */
	struct {
		struct bundle_key {
			char public[BUNDLE_KEY_HEX];
			bool lost; /* the one before was, and could not seal it */
		} * at;
		size_t n, cap;
	} keys;                   /* in their order */
	int64_t sealed, seals;    /* the last row that is a good seal, and how many are */
	char station[NAME_BYTES]; /* that it names */
};

/* Rows in order, attached ones first.  prev: the chain's hash before it.  false with what, row, since and at. */
bool bundle_judge_row(
	struct bundle_judge *, const struct chain_row *, const uint8_t prev[SHA256_BYTES], struct bundle_fault *);
/* After the row `last`: is it a seal, by that key, and is the station who the head says? */
bool bundle_judge_end(const struct bundle_judge *, const struct bundle_identity *, const char *key, int64_t last,
	struct bundle_fault *);
enum bundle_trust bundle_judge_trust(const struct bundle_judge *, const char *known_key_hex);
void bundle_judge_free(struct bundle_judge *); /* empties it */

#endif
