/* The live journal's database, opened for writing — or, when what is there is damaged, set aside and begun anew; then a
 * row of kind "journal", the new one's first, says what became of the one before:
 *   reason    damaged | gone | rows-lost        kept     the directory it is kept in, or null (aside.h)
 *   last_seq, last_hash, last_wall_us           of the last row that can be read of it; 0 and "" = none
 *   known_seq                                   of the last row that was made durable, as far as is known
 * rows-lost: the file is sound, but ends before known_seq; it goes on after such a row.
 * Whichever thread owns the ledger. */
#ifndef LOAXA_JOURNAL_BEGIN_H
#define LOAXA_JOURNAL_BEGIN_H

#include "journal/journal.h"
#include "journal/ledger.h"
#include "journal/salvage.h"

#define BEGIN_KIND "journal"

struct begin {
	const char *state_dir, *boot;
	bool damaged; /* known to be: it is not looked at again */
};

/* NULL with *why set.  What happened to the journal that was there; reason "" = nothing. */
struct ledger *begin_ledger(const struct begin *, struct journal_mishap *, enum ledger_trouble *why);

/* Where the ledger has no checkpoint yet, what a start needs to know lies in the one before it: its last rows; else none. */
void begin_before(struct ledger *, const char *state_dir, struct salvage_tail *);

#endif
