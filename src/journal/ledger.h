/* The database file behind the journal: the only code that speaks SQLite.  One writer, any number of readers.
 * A handle belongs to one thread at a time. */
#ifndef LOAXA_JOURNAL_LEDGER_H
#define LOAXA_JOURNAL_LEDGER_H

#include "journal/chain.h"

enum ledger_use {
	LEDGER_LIVE,      /* WAL, synchronous=FULL: a commit survives a power cut */
	LEDGER_REHEARSAL, /* no fsync anywhere */
	LEDGER_SALVAGE,   /* a new one, to be filled by ledger_put; no fsync */
	LEDGER_READ       /* never writes, checkpoints or locks out the writer */
};

enum ledger_trouble {
	LEDGER_OK,
	LEDGER_FULL,    /* no space left */
	LEDGER_IO,      /* the disk failed */
	LEDGER_GONE,    /* the file or its directory is not there (any more) */
	LEDGER_DENIED,  /* no right to read or write it, or a read-only file system */
	LEDGER_BUSY,    /* another program holds it */
	LEDGER_DAMAGED, /* not a database, or one that is torn */
	LEDGER_FOREIGN, /* the journal of the other mode */
	LEDGER_NEWER    /* written by a later version of the program */
};

const char *ledger_trouble_text(enum ledger_trouble); /* msgid: what — why — what to do; LEDGER_OK: "" */

struct ledger;

/* Live and rehearsal create what is missing (mode 0640).  NULL with *why set otherwise; ledger_close. */
struct ledger *ledger_open(const char *path, enum ledger_use, enum ledger_trouble *why);
void ledger_close(struct ledger **);
/* To be closed without touching its files: what SQLite does not understand of a -wal it would throw away. */
void ledger_spare(struct ledger *, bool yes);
bool ledger_is_rehearsal(const struct ledger *);

/* Gives r its seq and its hash and adds it to the open transaction, beginning one where there is none. */
enum ledger_trouble ledger_add(struct ledger *, struct chain_row *r);
/* Adds a row as it was in another journal: its seq, its hash.  Salvage only. */
enum ledger_trouble ledger_put(struct ledger *, const struct chain_row *r, const uint8_t hash[SHA256_BYTES]);
/* Ends the transaction: all its rows are there (live: on the disk), or none is. */
enum ledger_trouble ledger_commit(struct ledger *);
void ledger_rollback(struct ledger *);
/* Puts what earlier commits wrote into the database file itself, with fsync. */
enum ledger_trouble ledger_settle(struct ledger *);
/* Does the path still lead to the file that is open? */
bool ledger_in_place(const struct ledger *);

int64_t ledger_last(const struct ledger *);        /* seq of the last row, added ones counted; 0 = none */
const uint8_t *ledger_head(const struct ledger *); /* its hash */

/* All that is committed now, as a database of its own in a file that is absent or empty.  The writer goes
 * on.  Of one that was opened to be read. */
enum ledger_trouble ledger_copy(struct ledger *, const char *to);

/* The last row of kind "start" or "day" before that one; 1 when there is none. */
int64_t ledger_checkpoint(struct ledger *, int64_t before);
/* Least and greatest seq of the airings' rows planned in [from, to); false when there are none. */
bool ledger_planned(struct ledger *, int64_t from_us, int64_t to_us, int64_t *first, int64_t *last);

/* The same of all rows written in [from, to): whatever the clock did, those lie between. */
bool ledger_written(struct ledger *, int64_t from_us, int64_t to_us, int64_t *first, int64_t *last);

/* Rows with first <= seq <= last, by seq.  Strings live until the next call.  One reading at a time per ledger. */
void ledger_read(struct ledger *, int64_t first, int64_t last);
/* Rows of no airing, written in [from, to), of up to LEDGER_KINDS kinds, which end with NULL where they are fewer: by
 * seq, without going through the airings.  The kinds' names live as long as the reading. */
#define LEDGER_KINDS 16
void ledger_read_events(struct ledger *, const char *const *kinds, int64_t from_us, int64_t to_us);
bool ledger_next(struct ledger *, struct chain_row *, uint8_t hash[SHA256_BYTES]);
enum ledger_trouble ledger_end(struct ledger *); /* of the reading: OK, or why it stopped early */

#endif
