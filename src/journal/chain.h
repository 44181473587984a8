/* The hash chain: each row's hash is SHA-256 over the hash of the row before it and the row itself, written so that
 * no two different rows give the same bytes.  Pure; any thread. */
#ifndef LOAXA_JOURNAL_CHAIN_H
#define LOAXA_JOURNAL_CHAIN_H

#include "base/sha256.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* One row of the table, all its columns but the hash. */
struct chain_row {
	int64_t seq; /* from 1, without gaps */
	int64_t wall_us, mono_us;
	const char *boot;
	int clock; /* enum clock_state */
	const char *kind;
	const char *airing; /* or NULL */
	int64_t planned_us; /* 0 without an airing */
	const char *body;
	bool rehearsal;
};

/* prev: 32 zero bytes before the first row.  scratch is the caller's, to be used again for the next row. */
void chain_hash(
	const uint8_t prev[SHA256_BYTES], const struct chain_row *, struct text *scratch, uint8_t out[SHA256_BYTES]);

/* The parts of that form, for what else is to be hashed or signed. */
void chain_add_number(struct text *, uint64_t);
void chain_add_string(struct text *, const char *); /* or NULL */

#endif
