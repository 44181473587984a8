/* A conversation: one question at a time, each with a proposal.  Enter takes the proposal, q leaves, and the end of the
 * answers leaves as well, so nothing ever waits for somebody who is gone.  Answers come from the keyboard, a pipe or a
 * file; where nobody types, each is printed behind its question, so that what was asked and answered can be read.
 * Prints to stdout.  One thread. */
#ifndef LOAXA_CLI_DIALOG_H
#define LOAXA_CLI_DIALOG_H

#include "base/err.h"

#include <stdbool.h>

#define DIALOG_ANSWER_MOST 500 /* bytes; a longer answer is asked for again */

struct dialog;
/* answers: a file with an answer a line; NULL: standard input.  NULL with err when it cannot be read. */
struct dialog *dialog_new(const char *answers, struct err *);
void dialog_free(struct dialog **);

struct dialog_question {
	const char *text;     /* what is asked, without a mark at its end: "Number of the letter" */
	const char *proposal; /* what Enter takes; "" = nothing is an answer too; NULL = there must be one */
	/* Is it an answer?  Else why says what — why — what to do, and the question is put again.  May be NULL. */
	bool (*check)(void *self, const char *answer, struct err *why);
	void *self;
};

/* The answer in NFC, without blanks around it, to mem_free; NULL when they left: q, the end of the answers, or so many
 * wrong answers that nobody is there. */
char *dialog_ask(struct dialog *, const struct dialog_question *);

enum dialog_reply { DIALOG_NO, DIALOG_YES, DIALOG_LEFT };
/* "co" / "khong", with or without their marks, "c", "k", yes, no; Enter is no answer here: what follows a yes is
 * written or goes on air. */
enum dialog_reply dialog_yes(struct dialog *, const char *text);

bool dialog_is_typed(const struct dialog *); /* does somebody sit at a terminal? */

#endif
