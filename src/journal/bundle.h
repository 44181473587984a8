/* The bundle: one file with a contiguous run of a journal's rows, up to a seal of the station, and what somebody far
 * away needs to check and to understand them: the schedule in force at its beginning, the station's keys, what was
 * asked for.  The same rows and the same request give the same bytes.  Layout: loaxa-bundle(5).
 * The reader trusts nothing: it checks each row as it hands it over, but that the rows are the station's is known only
 * at a seal, and that the file is whole only at its end.  So: keep what was read apart, until bundle_end() says true.
 * Any thread; a handle belongs to one. */
#ifndef LOAXA_JOURNAL_BUNDLE_H
#define LOAXA_JOURNAL_BUNDLE_H

#include "base/err.h"
#include "engine/ports.h"
#include "journal/chain.h"
#include "schedule/tz.h"

/* ── What is wrong with one ────────────────────────────────────────────────────────────────────────────────── */

enum bundle_wrong {
	BUNDLE_WHOLE,   /* nothing */
	BUNDLE_NO_FILE, /* it cannot be read: errno in `row` */
	BUNDLE_NONE,    /* no bundle at all */
	BUNDLE_NEWER,   /* a later version of the program wrote it */
	BUNDLE_CUT,     /* it ends early: `row` is the first that is not there */
	BUNDLE_MORE,    /* bytes behind its end */
	BUNDLE_CHANGED, /* `row` is not what it was */
	BUNDLE_MISSING, /* `row` is not there, later ones are */
	BUNDLE_DOUBLED, /* `row` stands there twice */
	BUNDLE_SWAPPED, /* `row` does not stand in its place */
	BUNDLE_SEAL,    /* the seal in `row` is not that of the rows before it: one since the seal before was changed */
	BUNDLE_KEY,     /* the key in `row` was not sealed by the one before */
	BUNDLE_SCHEDULE, /* the schedule in force at its beginning is not the one that `row` names */
	BUNDLE_UNSEALED  /* no seal at its end */
};

struct bundle_fault {
	enum bundle_wrong what;
	int64_t row, since; /* since: of BUNDLE_SEAL, the first row that may be the changed one */
	wall_us at;         /* when that row was written, or the last good one before; .us = 0: not known */
};

/* The fault as a sentence for people; station = NULL: not known; tz = NULL: without local times.  Returns false. */
bool bundle_say(const struct bundle_fault *, const char *station, const struct tz *, struct err *);

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────── */

#define BUNDLE_KEY_HEX 65 /* a public key, with the terminating NUL */

/* What the file says of itself.  All but from and to is held against the rows; strings live as long as the bundle. */
struct bundle_facts {
	const char *station;      /* code */
	const char *const *names; /* the names it bore, the latest last; at least one */
	size_t names_n;
	const char *timezone;
	wall_us from, to;                                 /* the period asked for: [from, to) */
	int64_t first, last;                              /* seq */
	uint8_t before[SHA256_BYTES], head[SHA256_BYTES]; /* the chain's, before the first row and after the last */
	char key[BUNDLE_KEY_HEX];                         /* that sealed its last row */
	bool rehearsal, sample;                           /* neither is evidence of anything */
};

struct bundle_row {
	struct chain_row row;       /* strings live until the next call */
	uint8_t hash[SHA256_BYTES]; /* of an attached row: all 0, for nothing says what came before it */
	bool attached;              /* a schedule or key row of before the first one; these come first */
};

struct bundle;

/* NULL with the fault set: no bundle, or changed at its head. */
struct bundle *bundle_open(const char *path, struct bundle_fault *);
void bundle_close(struct bundle **);
const struct bundle_facts *bundle_facts(const struct bundle *);
/* false: the end, or a fault. */
bool bundle_next(struct bundle *, struct bundle_row *);
/* The same for those who read a journal; attached rows included. */
struct journal_reader bundle_reader(struct bundle *);
/* Once bundle_next() has said false: is the file whole, and are all its rows sealed?  Before that: false. */
bool bundle_end(const struct bundle *, struct bundle_fault *);
int64_t bundle_seals(const struct bundle *); /* read so far */

/* ── Whose is it?  After bundle_end() said true ────────────────────────────────────────────────────────────── */

enum bundle_trust {
	BUNDLE_TRUSTED,  /* sealed by that key, or by one that it sealed */
	BUNDLE_LOST_KEY, /* the station says that key was lost: ask it, by telephone, for its new one */
	BUNDLE_STRANGER  /* sealed by a key that has nothing to do with it */
};
enum bundle_trust bundle_trust(const struct bundle *, const char *known_key_hex);
const char *bundle_key(const struct bundle *, size_t i); /* public, hex, oldest first; NULL: no more */

/* A checkpoint that the receiver noted earlier. */
enum bundle_checkpoint {
	BUNDLE_SAME,    /* the chain goes through it */
	BUNDLE_OTHER,   /* another row stands there: the past was rewritten */
	BUNDLE_BEFORE,  /* it lies before the first row: nothing can be said */
	BUNDLE_CUT_TAIL /* the station had been further already: its end is missing */
};
/* Before the first bundle_next(): what to look out for; then, at the end, what became of it. */
void bundle_expect(struct bundle *, int64_t seq, const uint8_t head[SHA256_BYTES]);
enum bundle_checkpoint bundle_expected(const struct bundle *);

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────── */

struct bundle_written {
	int64_t first, last; /* rows that went in; last is a seal */
	int64_t left_out;    /* later rows, which no seal covers yet */
	wall_us left_from;   /* of the first of them */
	wall_us sealed;      /* when the last seal was made */
	int64_t bytes;
	char head[SHA256_HEX]; /* the chain's after `last`: with it the checkpoint that the receiver notes */
	bool rehearsal, sample;
};

/* Everything of airings planned in [from, to), and all rows from the last checkpoint before to the first seal after.
 * The file is written whole or not at all (path: in a directory that is there).  false: err says why. */
bool bundle_write(
	const char *state_dir, wall_us from, wall_us to, const char *path, struct bundle_written *, struct err *);

#endif
