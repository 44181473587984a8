/* What is on air next in a zone: the order among those that wait, and who may cut whom (rules 3, 4, 7).  Pure. */
#ifndef LOAXA_AIRING_CHOOSE_H
#define LOAXA_AIRING_CHOOSE_H

#include "airing/airing.h"

#include <stddef.h>

/* < 0: a goes on air before b.  Never 0 for two different airings of one zone. */
int choose_compare(const struct airing *a, const struct airing *b);
/* The one among the zone's airings that goes on air now, or NULL.  on_air: what has the air; only one that may take it
 * away is chosen then.  NULL: the zone is idle. */
struct airing *choose_next(struct airing *const *of_zone, size_t n, const struct airing *on_air);

#endif
