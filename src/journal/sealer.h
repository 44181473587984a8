/* Who seals: after each checkpoint that names a station it adds the row of a key that is new, and a seal.  Live the key
 * is STATE/key, made when the journal has never had one; a rehearsal's follows from its clock.  Belongs to whoever
 * writes the ledger; inside the journal only. */
#ifndef LOAXA_JOURNAL_SEALER_H
#define LOAXA_JOURNAL_SEALER_H

#include "journal/ledger.h"

enum seal_fault {
	SEAL_FINE,
	SEAL_GONE,    /* the key that seals is not there any more */
	SEAL_BROKEN,  /* its file is torn */
	SEAL_DENIED,  /* it cannot be read */
	SEAL_OTHERS,  /* it is in other hands */
	SEAL_ANOTHER, /* it is not the one that sealed until now */
	SEAL_NOT_MADE, /* none could be made or written */
	SEAL_WAS_OPEN /* rows are sealed; others could read the key until now */
};
const char *seal_fault_text(enum seal_fault); /* msgid: why — what to do; SEAL_FINE: "" */

struct sealer;
struct sealer *sealer_new(const char *state_dir); /* NULL: of a rehearsal */
void sealer_free(struct sealer **);

/* The row was just added.  What it adds belongs to the same transaction; what keeps it from sealing is a fault, what
 * keeps it from adding is returned. */
enum ledger_trouble sealer_after(struct sealer *, struct ledger *, const struct chain_row *);
/* Behind any row, live: seals where the key has come back, or another one waits; else nothing. */
enum ledger_trouble sealer_mend(struct sealer *, struct ledger *, const struct chain_row *);
/* A seal over all there is, at the instant of that row, where a key and a station are known. */
enum ledger_trouble sealer_now(struct sealer *, struct ledger *, const struct chain_row *at);
/* What became of the transaction. */
void sealer_committed(struct sealer *);
void sealer_rolled_back(struct sealer *);
enum seal_fault sealer_fault(const struct sealer *);

#endif
