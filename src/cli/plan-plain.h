/* The day sheet for a screen reader: one fact a line, no columns. */
#ifndef LOAXA_CLI_PLAN_PLAIN_H
#define LOAXA_CLI_PLAN_PLAIN_H

#include "schedule/station.h"

/* As plan_sheet_print(). */
void plan_plain_print(
	const struct station *, day_num from, int days, void (*put)(void *self, const char *text), void *self);

#endif
