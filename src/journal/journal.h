/* The journal: an append-only, hash-chained record of everything that happened on air — SQLite in STATE/journal.db,
 * and the `alive` record beside it.  Two modes, one format: JOURNAL_LIVE makes rows durable on a thread of its own,
 * JOURNAL_REHEARSAL is begun anew each time and committed once per virtual day on the caller's thread.
 * All calls come from one thread (the loop); none but open, read_back and close waits for the disk. */
#ifndef LOAXA_JOURNAL_JOURNAL_H
#define LOAXA_JOURNAL_JOURNAL_H

#include "base/err.h"
#include "base/sha256.h"
#include "engine/ports.h"

enum journal_mode { JOURNAL_LIVE, JOURNAL_REHEARSAL };

/* What keeps the journal from writing, while it does. */
struct journal_fault {
	size_t waiting; /* rows in memory only: lost if the power fails */
	size_t dropped; /* rows given up since the start because too many waited: the oldest progress rows first */
	wall_us since;  /* of the oldest row that waits; .us = 0 when none does */
	char why[256];  /* in the user's language */
};

/* What befell the journal that was there at the start, or is being written. */
struct journal_mishap {
	char reason[16]; /* "damaged": set aside, a new one was begun; "gone": taken away, likewise; "rows-lost": the file is
	                  * sound but ends too early; "": nothing */
	char kept[64];   /* the directory of the state directory that it is kept in; "" = none */
	int64_t last_seq, known_seq; /* of the last row that can be read; of the last that is known to have been there */
	wall_us last;                /* when the last readable row was written; .us = 0 not known */
};

struct journal;

/* Creates state_dir and the database where they are missing.  NULL with a reason when another controller has this
 * state, or when the state belongs to the other mode.  A live journal that cannot be written for any other reason
 * opens all the same, with a fault: the sound goes on. */
struct journal *journal_open(const char *state_dir, enum journal_mode, const char *boot_id, struct err *);
struct journal_port journal_port(struct journal *);

/* Live: readable when durable() advanced, or a fault arose or went; journal_quiet() takes the notice.
 * Rehearsal: -1. */
int journal_fd(const struct journal *);
void journal_quiet(struct journal *);

/* Rows from the last checkpoint (kind "start" or "day") on; from the first row when there is no checkpoint.  Live:
 * before the first append; rehearsal: at any time, uncommitted rows too.  The reader is part of the journal and
 * lives until the next read_back; appending while reading is fine. */
bool journal_read_back(struct journal *, struct journal_reader *, struct err *);

bool journal_fault(const struct journal *, struct journal_fault *); /* false: none */

/* A rehearsal is over: what was appended since its last seal is sealed.  Live the "stop" row does that. */
void journal_end(struct journal *, wall_us, mono_us);

/* What keeps rows from being sealed, or what a person must know of the key, in the user's language; NULL: nothing. */
const char *journal_seal_fault(const struct journal *);

/* In this run. */
bool journal_mishap(const struct journal *, struct journal_mishap *); /* false: none */

/* The chain's head: of what was appended (rehearsal), of what is durable (live). */
void journal_head(struct journal *, char hex[SHA256_HEX]);

/* Live: everything durable first, unless the fault lasts; then what waits is lost, and false says so. */
bool journal_close(struct journal **);

#endif
