/* The day sheet: what is planned, for people.  By firing in time order, with the silence between them, what
 * meets what, who waits for whom, and the day's sums. */
#ifndef LOAXA_CLI_PLAN_SHEET_H
#define LOAXA_CLI_PLAN_SHEET_H

#include "base/text.h"
#include "schedule/station.h"

struct plan_sheet_how {
	int columns;   /* of the terminal */
	bool emphasis; /* headings in bold */
};

/* The sheets of `days` days from `from` on; put is called with one day's text at a time. */
void plan_sheet_print(const struct station *, day_num from, int days, const struct plan_sheet_how *,
	void (*put)(void *self, const char *text), void *self);

#endif
