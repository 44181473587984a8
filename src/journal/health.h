/* Is a journal what it should be?  Looked at before a station writes to it, in bounded time however long it is: its
 * first rows, those since its last checkpoint, some between, and what the indices say of them.  Damage elsewhere shows when it is read. */
#ifndef LOAXA_JOURNAL_HEALTH_H
#define LOAXA_JOURNAL_HEALTH_H

#include "journal/ledger.h"

/* LEDGER_OK, LEDGER_DAMAGED, or what else keeps it from being read. */
enum ledger_trouble health_check(struct ledger *);

#endif
