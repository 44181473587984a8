/* What a plan comes to, counted as the reports will count what was aired: broadcasts and minutes once over
 * all zones, signature, music and tests never. */
#ifndef LOAXA_CLI_PLAN_SUMS_H
#define LOAXA_CLI_PLAN_SUMS_H

#include "base/text.h"
#include "cli/plan-rows.h"

struct plan_sums;
struct plan_sums *plan_sums_new(const struct station *);
void plan_sums_free(struct plan_sums **);

/* Rows of one firing come one after the other. */
void plan_sums_add(struct plan_sums *, const struct plan_row *);
void plan_sums_print(const struct plan_sums *, const char *heading, struct text *out); /* one line */
/* A line for each campaign open that day: how often, and whether that is what is required. */
void plan_sums_print_campaigns(const struct plan_sums *, day_num, struct text *out);

#endif
