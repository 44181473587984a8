/* The journal for those who only read it: listings, reports, verification.  Opens the database read-only, in short
 * transactions, so that a running station never waits for a reader.  Any thread; a handle belongs to one. */
#ifndef LOAXA_JOURNAL_READER_H
#define LOAXA_JOURNAL_READER_H

#include "base/err.h"
#include "base/sha256.h"
#include "base/text.h"
#include "engine/ports.h"

struct journal_log;

/* Is there a journal at all? */
bool journal_log_exists(const char *state_dir);
struct journal_log *journal_log_open(const char *state_dir, struct err *);
void journal_log_close(struct journal_log **);
bool journal_log_rehearsal(const struct journal_log *);
/* Body of the last checkpoint ("start" or "day" row), appended: it names the station's zones in their order.
 * False when there is none. */
bool journal_log_checkpoint(struct journal_log *, struct text *body);

/* Rows oldest first; strings live until the next call.  One reading at a time.
 * airings: those of airings planned in [from, to); everything: those written in [from, to). */
struct journal_reader journal_log_airings(struct journal_log *, wall_us from, wall_us to);
struct journal_reader journal_log_everything(struct journal_log *, wall_us from, wall_us to);
/* Rows of no airing, of the kinds named (at most 16, then NULL), written in [from, to): found without going through years
 * of airings.  Not "progress".  The names live as long as the reading. */
struct journal_reader journal_log_events(struct journal_log *, const char *const *kinds, wall_us from, wall_us to);
/* All rows from the first of an airing planned at `from` or later on, whenever they were written: what belongs to the time
 * since then, without going through years of rows.  The latest 20,000 when no airing is. */
struct journal_reader journal_log_since(struct journal_log *, wall_us from);
/* The same, from the last checkpoint before that row on: what was so when it was written is known. */
struct journal_reader journal_log_since_checkpoint(struct journal_log *, wall_us from);
struct journal_reader journal_log_latest(struct journal_log *, int64_t rows); /* the last so many, of any instant */
/* After the last row: false when the reading stopped before its end. */
bool journal_log_done(struct journal_log *, struct err *);

/* All that is durable now, into a database file that is absent or empty, while the station goes on writing. */
bool journal_copy(const char *state_dir, const char *to, struct err *);

struct journal_check {
	int64_t rows;
	int64_t broken; /* seq of the first row that does not continue the chain; 0 = all do */
	char head[SHA256_HEX];
};
/* Walks the whole chain.  False when it is broken, or (err) cannot be read. */
bool journal_verify(const char *state_dir, struct journal_check *, struct err *);

#endif
