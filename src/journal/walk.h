/* A state's own journal from its first row to its last, judged as a bundle is: the chain, the seals, the keys, the
 * schedules that checkpoints name.  Of journals of before there were seals only the chain.  Reads in short transactions.
 * Any thread; a handle belongs to one. */
#ifndef LOAXA_JOURNAL_WALK_H
#define LOAXA_JOURNAL_WALK_H

#include "journal/bundle.h"

struct walk;
struct walk *walk_open(const char *state_dir, struct err *);
void walk_close(struct walk **);
bool walk_next(struct walk *, struct bundle_row *); /* false: the end, or a fault; `attached` is never set */

struct walk_facts {
	int64_t rows;                                   /* good ones */
	int64_t sealed, seals;                          /* the last row that a seal covers, 0 = none; how many seals */
	char sealed_head[SHA256_HEX], head[SHA256_HEX]; /* the chain's after `sealed`, after the last good row */
	char key[BUNDLE_KEY_HEX];                       /* that seals now; "" = none */
	const char *station, *name, *timezone;          /* as the last checkpoint tells; NULL: it tells none */
	bool rehearsal, sample;
};
struct walk_facts walk_facts(const struct walk *); /* strings live as long as the walk */
/* Once walk_next() has said false.  false: the fault, or (what = BUNDLE_WHOLE) err says why it could not be read on. */
bool walk_end(const struct walk *, struct bundle_fault *, struct err *);

/* The fault as a sentence for people; tz = NULL: without local times.  Returns false. */
bool walk_say(const struct bundle_fault *, const struct tz *, struct err *);

enum bundle_trust walk_trust(const struct walk *, const char *known_key_hex);
const char *walk_key(const struct walk *, size_t i); /* public, hex, oldest first; NULL: no more */
void walk_expect(struct walk *, int64_t seq, const uint8_t head[SHA256_BYTES]);
enum bundle_checkpoint walk_expected(const struct walk *);

#endif
