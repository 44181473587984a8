/* Taking in what a station handed in: one bundle that verified, as plain data, becomes rows of the book — all of it or nothing,
 * the same whatever order bundles come in and however often. */
#ifndef LOAXA_REVIEW_TAKE_H
#define LOAXA_REVIEW_TAKE_H

#include "base/clock.h"
#include "base/sha256.h"
#include "base/vec.h"
#include "report/report.h"
#include "review/store.h"

/* A seal of the station: the receiver's checkpoints. */
struct review_seal {
	int64_t seq;
	uint8_t hash[SHA256_BYTES];
	wall_us wall;
};

struct review_airing {
	const struct report_row *row;
	int64_t seq; /* of the row that says its state */
	uint8_t hash[SHA256_BYTES];
};

/* One directive on one day. */
struct review_done {
	const char *number, *issuer, *subject; /* of the report */
	day_num issued, day;
	enum met met;
	int asked, times;           /* lần; asked 0: no number was set */
	size_t planned, broadcasts; /* lượt */
	int64_t heard_ms;
};

/* Strings are the caller's. */
struct review_bundle {
	const char *station, *name, *file, *key; /* code as the receiver knows it; key: public, hexadecimal */
	char sha256[SHA256_HEX];                 /* of the file */
	bool rehearsal;
	int64_t first, last; /* seq */
	uint8_t before[SHA256_BYTES], head[SHA256_BYTES];
	wall_us to;    /* the period asked for ends there */
	day_span days; /* of which it holds everything; from > until: of none */
	VEC(struct review_seal) seals;
	VEC(struct review_airing) airings; /* of those days */
	VEC(struct review_done) done;      /* likewise */
};

/* Fills in `done` from the report of those days and the rows it was made of. */
void review_sum_up(struct review_bundle *, const struct report *, const struct report_log *);
void review_bundle_free(struct review_bundle *); /* empties its lists */

enum review_taken {
	REVIEW_TAKEN,
	REVIEW_HAD,         /* this very file was taken in before */
	REVIEW_NOTHING_NEW, /* what it holds is known, from longer bundles */
	REVIEW_TWO_PASTS, /* another row stands where this station sealed one before: `row` is the first known to differ */
	REVIEW_CUT_TAIL, /* asked up to a later time, and yet it ends before a row that is known: `row` */
	REVIEW_MIXED,    /* a rehearsal of a station that airs, or the other way round */
	REVIEW_BROKEN    /* the book cannot be written: err */
};
struct review_outcome {
	enum review_taken what;
	int64_t row;
	wall_us at;               /* of that row; .us = 0: unknown */
	int days;                 /* that are new or were renewed */
	int64_t gap_from, gap_to; /* rows before its first that nobody handed in; 0 = none */
};
struct review_outcome review_take(struct review_store *, const struct review_bundle *, wall_us now, struct err *);

/* Number of a station, made when it is new. */
int64_t review_station(struct review_store *, const char *code, const char *name, bool rehearsal);

/* Numbers written alike are the same letter: without blanks, case and marks. To mem_free. */
char *review_fold(const char *number);

#endif
