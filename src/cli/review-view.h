/* What `loaxa review` prints: for people, as JSON (one object a line), as CSV.  Whole lines to out. */
#ifndef LOAXA_CLI_REVIEW_VIEW_H
#define LOAXA_CLI_REVIEW_VIEW_H

#include "base/text.h"
#include "report/row.h"
#include "review/airings.h"
#include "review/answer.h"

struct review_page {
	int columns;          /* of the screen */
	bool plain;           /* one fact a line */
	bool all;             /* stations without anything open too, however many */
	const char *receiver; /* title; NULL */
	const char *period;   /* "tháng 7/2021" or two dates, in the user's language */
};

void review_view(const struct review_answer *, const struct review_page *, struct text *out);
/* On which days less was done than asked: a line a letter. */
void review_view_shorts(const struct review_shorts *, int columns, struct text *out);
/* Who has not handed in. */
void review_view_late(const struct review_answer *, const struct review_page *, struct text *out);

void review_json(const struct review_answer *, bool late, struct text *out);
char *review_airing_json(const struct report_row *); /* to mem_free */
void review_csv(const struct review_answer *, bool late, struct text *out);

const char *review_word(enum review_state);                      /* "đạt" */
const char *review_sign(enum review_state);                      /* one column */
void review_letter(struct text *, const struct review_column *); /* number, or "letter of DATE of ISSUER" */

#endif
