/* A row of a journal that does not continue the chain: was it changed where it stands, or does it belong elsewhere?  Only
 * asked when something is wrong: it may go through all rows once.  Inside the journal only. */
#ifndef LOAXA_JOURNAL_MISPLACED_H
#define LOAXA_JOURNAL_MISPLACED_H

#include "journal/bundle.h"
#include "journal/ledger.h"

/* seq is the first row that is wrong.  BUNDLE_CHANGED; BUNDLE_SWAPPED: another row stands there, and this one elsewhere;
 * BUNDLE_DOUBLED: *row stands there a second time; BUNDLE_MISSING: *row is gone and the later ones were numbered anew. */
enum bundle_wrong misplaced_what(struct ledger *, int64_t seq, int64_t *row);

#endif
