/* A live station's journal: the loop hands rows over in memory, one thread makes them durable.  Inside the journal
 * only; see journal.h for what the calls promise. */
#ifndef LOAXA_JOURNAL_LIVE_H
#define LOAXA_JOURNAL_LIVE_H

#include "journal/journal.h"
#include "journal/ledger.h"
#include "journal/sealer.h"

struct live;

/* NULL only for what waiting does not mend: the state of a rehearsal, or of a newer version. */
struct live *live_new(const char *state_dir, const char *boot_id, struct err *);
struct journal_port live_port(struct live *);
struct ledger *live_ledger(struct live *);  /* before the first append; NULL later, or while it cannot be opened */
wall_us live_alive(const struct live *);    /* the record found at the start */
const char *live_mark(const struct live *); /* the mark found at the start, or NULL */
const char *live_state_dir(const struct live *);
void live_mishap(const struct live *, struct journal_mishap *);
int live_fd(const struct live *);
void live_quiet(struct live *);
bool live_fault(const struct live *, enum ledger_trouble *, struct journal_fault *); /* numbers only; may be NULL */
enum seal_fault live_seal_fault(const struct live *);
void live_head(const struct live *, char hex[SHA256_HEX]);
bool live_free(struct live **); /* false: rows were lost */

#endif
