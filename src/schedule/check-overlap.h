/* overlap: two firings that want the same zone at the same time.  Private to schedule/. */
#ifndef LOAXA_SCHEDULE_CHECK_OVERLAP_H
#define LOAXA_SCHEDULE_CHECK_OVERLAP_H

#include "schedule/check-parts.h"
#include "schedule/forecast.h"

struct check_overlap;
struct check_overlap *check_overlap_new(const struct check *);
/* An item as its zone's forecast gave it; others than late, cut and lost ones are passed over. */
void check_overlap_add(struct check_overlap *, const struct forecast_item *);
void check_overlap_report(const struct check_overlap *);
void check_overlap_free(struct check_overlap **);

#endif
