/* The sums at the foot of a log.  Pure: a function over its rows.
 *
 * airings     one bulletin in one zone: planned = aired + partial + missed + skipped + failed; tests apart
 * broadcasts  lượt: one bulletin at one planned instant, once over all zones; aired when every zone that was on got
 *             it whole.  Signature tunes, music, tests and drills never count here, nor in the figures below
 * sessions    buổi: firings of sessions with at least one broadcast aired
 * bulletins   tin bài: different bulletins of which at least one broadcast was aired
 * heard_ms    what was heard of broadcasts, each once: in the zone that heard most of it */
#ifndef LOAXA_REPORT_TALLY_H
#define LOAXA_REPORT_TALLY_H

#include "report/row.h"

struct tally {
	size_t planned, open, tests; /* open: planned, without a verdict yet; tests: in none of the others */
	size_t by_state[STATE_COUNT];
	size_t by_reason[REASON_COUNT];
	size_t broadcasts_planned, broadcasts;
	size_t zone_broadcasts; /* lượt x cụm loa: countable airings aired */
	size_t sessions, bulletins;
	int64_t heard_ms;
};

/* rows: sorted by planned instant, as report_log gives them. */
struct tally_run;
struct tally_run *tally_new(void);
/* Piece after piece; rows of one planned instant must come in one piece. */
void tally_add(struct tally_run *, const struct report_row *rows, size_t n);
struct tally tally_end(struct tally_run **); /* frees it */

struct tally tally_of(const struct report_row *rows, size_t n);

#endif
