#include "journal/salvage-link.h"

#include <string.h>

bool salvage_link_holds(const struct salvage_link *before, const struct chain_row *r, const uint8_t hash[SHA256_BYTES],
	size_t nth, struct text *scratch, struct salvage_link *now)
{
	static const struct salvage_link none = { .n = 1 };
	const struct salvage_link *b = r->seq == 1 ? &none : before;
	struct salvage_link mine = { .seq = r->seq, .n = 1 };
	bool known = b->seq == r->seq - 1, holds = false;
	memcpy(mine.hash[0], hash, SHA256_BYTES);
	for (int i = 0; known && i < b->n && !holds; i++) {
		chain_hash(b->hash[i], r, scratch, mine.hash[1]);
		holds = !memcmp(mine.hash[1], hash, SHA256_BYTES);
		mine.n = 2;
	}
	/* The first row of a page behind one that is lost has only its form to speak for it; behind a spoilt row of the same
	 * page that is not enough. */
	if (!known)
		holds = nth == 0;
	*now = mine;
	return holds;
}
