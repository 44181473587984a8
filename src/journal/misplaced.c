/* Each row names its number under its hash, and the hash of the row before: given back the right two, a row that was moved
 * gives the hash that it had.  Where a row was taken out and the later ones were renumbered, the hash of the lost one is
 * nowhere any more, but the next pair still fits together, some numbers further on. */
#include "journal/misplaced.h"

#include "base/mem.h"

#include <string.h>

#define GAP_MOST 10000 /* rows taken out in one piece and covered up */

/* A row that outlives the reading. */
struct copy {
	struct chain_row row;
	char *strings;
	uint8_t hash[SHA256_BYTES];
};

struct look {
	struct ledger *ledger;
	int64_t seq;
	struct copy at, next; /* of seq, and behind it */
	struct text scratch;
};

static const char *keep(char **to, const char *s)
{
	if (!s)
		return NULL;
	char *here = *to;
	*to = stpcpy(here, s) + 1;
	return here;
}

static bool read_copy(struct ledger *l, int64_t seq, struct copy *c)
{
	ledger_read(l, seq, seq);
	bool there = ledger_next(l, &c->row, c->hash);
	if (there) {
		struct chain_row *r = &c->row;
		char *to = c->strings = mem_new_n(char,
			strlen(r->boot) + strlen(r->kind) + (r->airing ? strlen(r->airing) : 0) + strlen(r->body) + 4);
		r->boot = keep(&to, r->boot);
		r->kind = keep(&to, r->kind);
		r->airing = keep(&to, r->airing);
		r->body = keep(&to, r->body);
	}
	ledger_end(l);
	return there;
}

static void hash_as(struct look *k, const struct copy *c, int64_t seq, const uint8_t prev[SHA256_BYTES],
	uint8_t out[SHA256_BYTES])
{
	struct chain_row r = c->row;
	r.seq = seq;
	chain_hash(prev, &r, &k->scratch, out);
}

/* Where the row that stands at seq belongs; 0 = nowhere.  here: the row there is in its place, too. */
static int64_t belongs(struct look *k, bool *here)
{
	uint8_t prev[SHA256_BYTES] = { 0 }, hash[SHA256_BYTES], want[SHA256_BYTES];
	struct chain_row r;
	int64_t found = 0;
	ledger_read(k->ledger, 1, INT64_MAX);
	while (!found && ledger_next(k->ledger, &r, hash)) {
		hash_as(k, &k->at, r.seq, prev, want);
		bool as_was = !memcmp(want, hash, sizeof want);
		if (r.seq != k->seq && (as_was || !memcmp(want, k->at.hash, sizeof want))) {
			found = r.seq;
			chain_hash(prev, &r, &k->scratch, want);
			*here = !memcmp(want, hash, sizeof want);
		}
		memcpy(prev, hash, sizeof prev);
	}
	ledger_end(k->ledger);
	return found;
}

/* Neighbours that changed places have each other's hashes, with them or left behind. */
static bool neighbours_swapped(struct look *k, const uint8_t prev[SHA256_BYTES])
{
	uint8_t first[SHA256_BYTES], second[SHA256_BYTES];
	hash_as(k, &k->next, k->seq, prev, first);
	hash_as(k, &k->at, k->seq + 1, first, second);
	bool moved = !memcmp(first, k->next.hash, sizeof first) && !memcmp(second, k->at.hash, sizeof second);
	bool left = !memcmp(first, k->at.hash, sizeof first) && !memcmp(second, k->next.hash, sizeof second);
	return moved || left;
}

static bool numbered_anew(struct look *k)
{
	uint8_t want[SHA256_BYTES];
	bool fits = false;
	for (int64_t gap = 1; gap <= GAP_MOST && !fits; gap++) {
		hash_as(k, &k->next, k->seq + 1 + gap, k->at.hash, want);
		fits = !memcmp(want, k->next.hash, sizeof want);
	}
	return fits;
}

static enum bundle_wrong find(struct look *k, int64_t *row)
{
	uint8_t prev[SHA256_BYTES] = { 0 };
	struct copy before = { 0 };
	bool next = read_copy(k->ledger, k->seq + 1, &k->next), here = false;
	if (k->seq > 1 && read_copy(k->ledger, k->seq - 1, &before))
		memcpy(prev, before.hash, sizeof prev);
	mem_free(before.strings);
	if (next && neighbours_swapped(k, prev))
		return BUNDLE_SWAPPED;
	if (next && numbered_anew(k))
		return BUNDLE_MISSING;
	int64_t from = belongs(k, &here);
	if (!from)
		return BUNDLE_CHANGED;
	if (here)
		*row = from;
	return here ? BUNDLE_DOUBLED : BUNDLE_SWAPPED;
}

enum bundle_wrong misplaced_what(struct ledger *l, int64_t seq, int64_t *row)
{
	struct look k = { .ledger = l, .seq = seq };
	enum bundle_wrong what = BUNDLE_CHANGED;
	*row = seq;
	if (read_copy(l, seq, &k.at))
		what = find(&k, row);
	mem_free(k.at.strings);
	mem_free(k.next.strings);
	text_free(&k.scratch);
	return what;
}
