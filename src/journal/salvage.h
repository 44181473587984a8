/* What can be read of a damaged journal: its latest rows at once, so that a start knows what was on air; all of them
 * as a journal of their own, which takes as long as the disk does.
 * A row is believed when it continues the chain (salvage-link.h).
 * Any thread; no state. */
#ifndef LOAXA_JOURNAL_SALVAGE_H
#define LOAXA_JOURNAL_SALVAGE_H

#include "base/err.h"
#include "base/vec.h"
#include "journal/chain.h"

#include <stdatomic.h>

struct salvage_row {
	struct chain_row row;
	uint8_t hash[SHA256_BYTES];
	char *strings; /* the row's, in one block */
	size_t order;  /* as it was found */
	size_t nth;    /* on its page */
	bool good;
};

struct salvage_tail {
	VEC(struct salvage_row)
	rows;                       /* by seq, from the last readable checkpoint on; without one: what was looked at */
	int64_t last, last_wall_us; /* of the last readable row; 0 = none */
	uint8_t head[SHA256_BYTES]; /* its hash */
};

/* Reads at most 16 MB of the file, from its end, and 16 MB of its -wal. */
void salvage_tail_read(const char *database, struct salvage_tail *);
void salvage_tail_free(struct salvage_tail *); /* empties it */

struct salvage_range {
	int64_t first, last;
};

struct salvage_sum {
	int64_t rows, last_wall_us;
	VEC(struct salvage_range) there; /* seqs, ascending; gaps between them are lost */
};

/* Into a new journal at `to`, whose directory is there.  False when stopped or (err) it cannot be written; then nothing
 * is left at `to`. */
bool salvage_copy(const char *database, const char *to, const atomic_bool *stop, struct salvage_sum *, struct err *);
void salvage_sum_free(struct salvage_sum *); /* empties it */

#endif
