/* The two ways a journal is kept, behind journal.h.  Inside the journal only. */
#ifndef LOAXA_JOURNAL_MODE_H
#define LOAXA_JOURNAL_MODE_H

#include "journal/journal.h"
#include "journal/ledger.h"

/* Where things lie in a state directory.  To mem_free. */
char *journal_database(const char *state_dir);
char *journal_alive_record(const char *state_dir);
char *journal_mark(const char *state_dir);
char *journal_headmark(const char *state_dir);
/* Makes the directory and takes its lock: -1 with a reason when somebody else has it.  The lock lasts until the
 * descriptor is closed. */
int journal_lock(const char *state_dir, struct err *);

/* On the caller's thread. */
struct rehearsal;
struct rehearsal *rehearsal_new(const char *state_dir, const char *boot_id, struct err *);
struct journal_port rehearsal_port(struct rehearsal *);
void rehearsal_seal(struct rehearsal *, wall_us, mono_us);
struct ledger *rehearsal_ledger(struct rehearsal *);
wall_us rehearsal_alive(const struct rehearsal *);
bool rehearsal_fault(const struct rehearsal *, enum ledger_trouble *, size_t *lost);
bool rehearsal_free(struct rehearsal **); /* false: rows were lost */

#endif
