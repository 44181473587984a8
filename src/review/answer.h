/* "Was it done?" — station × directive over some days, with the sums of each body and of all.  From the summaries alone; the
 * rows behind them are review/airings.h. */
#ifndef LOAXA_REVIEW_ANSWER_H
#define LOAXA_REVIEW_ANSWER_H

#include "base/vec.h"
#include "review/store.h"
#include "schedule/receiver.h"

enum review_state {
	REVIEW_NOT_ASKED, /* the letter does not concern it in these days */
	REVIEW_MET,       /* each day asked was met or excused */
	REVIEW_UNMET,     /* one was not, or the letter is not in its schedule */
	REVIEW_SILENT,    /* nothing is unmet, but days were not handed in */
	REVIEW_STATES
};
const char *review_state_name(enum review_state); /* "met" … for JSON */

struct review_cell {
	enum review_state state;                /* of a station; of a sum: the worst of its stations */
	int stations[REVIEW_STATES];            /* how many stations are in that state; a station counts itself */
	int asked, met, excused, unmet, silent; /* days; asked = met + excused + unmet */
	int64_t times, times_asked;             /* lần; asked counts handed-in days */
	int64_t planned, broadcasts;            /* lượt */
	int64_t heard_ms;
	bool unlisted; /* asked of it, handed in, and not in its schedule */
};

enum review_kind { REVIEW_ALL, REVIEW_BODY, REVIEW_STATION };

struct review_line {
	enum review_kind kind;
	int depth;            /* 0: the sum of all */
	char *code, *title;   /* code: of a station or the body's name */
	char *above;          /* title of the body it stands in; NULL: of the receiver itself */
	char *before;         /* other titles it had in these days, ", "; NULL */
	int stations;         /* 1 of a station */
	int expected, silent; /* days it had to hand in, and days it did not (sums: of their stations) */
	day_num last;         /* last day handed in, ever; DAY_NONE */
	VEC(struct review_cell) cells;
};

struct review_column {
	char *number, *issuer, *subject;
	day_num issued; /* DAY_NONE */
	int asked;      /* the receiver's own directive, or -1: stations alone say it */
	VEC(int64_t) ids;
};

struct review_answer {
	day_span days;
	bool crossed; /* a sample, or rehearsals are among it */
	VEC(struct review_column) columns;
	VEC(struct review_line) lines; /* the sum of all first; each body before what it holds */
};

struct review_question {
	day_span days;
	day_num today;         /* days from it on are not due yet */
	const char *directive; /* its number as people type it; NULL = all */
	const struct receiver
		*receiver; /* title NULL: nobody said who receives: all stations of the book stand in one row */
};

/* NULL with a reason. */
struct review_answer *review_answer(struct review_store *, const struct review_question *, struct err *);
void review_answer_free(struct review_answer **);

/* The letters of these days, the receiver's own first; number NULL = all. */
void review_columns(struct review_store *, const struct review_question *, struct review_answer *);

#endif
