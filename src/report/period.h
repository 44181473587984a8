/* Over which days a report goes, as people ask for it.  Pure. */
#ifndef LOAXA_REPORT_PERIOD_H
#define LOAXA_REPORT_PERIOD_H

#include "base/err.h"
#include "schedule/civil.h"

#define PERIOD_DAYS_MOST 3700 /* ten years */

/* As typed; NULL = not said.  At most one of them is, but for from with to, and period "15-14" with month. */
struct period_asked {
	const char *month;   /* 7/2021 · 2021-07 · tháng 7/2021 · 7 */
	const char *week;    /* a day of it: 14/7/2021, or its number: 28/2021 */
	const char *quarter; /* 3/2021 · III/2021 */
	const char *half;    /* 1/2021 */
	const char *year;    /* 2021 */
	const char *period;  /* 15-14 · 15-14 7/2021: from the 15th of the month before; "campaign" is the caller's */
	const char *from, *to; /* dates, both included */
};

struct period {
	day_span days;
	char *title; /* in the user's language: "tháng 7 năm 2021"; to mem_free */
};

/* Nothing asked: the last month that was over when `today` began.  False: err says what was wrong and what to write. */
bool period_read(const struct period_asked *, day_num today, struct period *, struct err *);

/* "từ 15/6/2021 đến 14/7/2021"; to mem_free. */
char *period_span_title(day_span);

#endif
