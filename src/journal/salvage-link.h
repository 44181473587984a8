/* Is a row found in a damaged journal what was written?  Asked row by row.  Pure; any thread. */
#ifndef LOAXA_JOURNAL_SALVAGE_LINK_H
#define LOAXA_JOURNAL_SALVAGE_LINK_H

#include "journal/chain.h"

/* A row's hash as the next one must have used it: as it stands there, and as its row gives it.  One of them may be spoilt. */
struct salvage_link {
	int64_t seq; /* 0: of no row */
	int n;
	uint8_t hash[2][SHA256_BYTES];
};

/* before: of the row found last, whichever that is.  nth: the row's place on its page, from 0.  now: of this row. */
bool salvage_link_holds(const struct salvage_link *before, const struct chain_row *, const uint8_t hash[SHA256_BYTES],
	size_t nth, struct text *scratch, struct salvage_link *now);

#endif
