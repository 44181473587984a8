/* Inside of struct tz, shared by tz.c (asks it), tzif.c (fills it) and tz-rule.c (extends it by the footer).
 * The footer's rules are written out to the last year the program handles, so that asking is one search in
 * one immutable table and any thread may do it. */
#ifndef LOAXA_SCHEDULE_TZ_TABLE_H
#define LOAXA_SCHEDULE_TZ_TABLE_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

#define TZ_OFFSET_MAX (26 * 3600) /* RFC 8536: no real zone is farther from UTC */

struct tz_change {
	int64_t at;       /* seconds since the epoch, UTC */
	int32_t offset_s; /* in force from then on */
};

struct tz {
	int32_t first_offset_s;        /* before the first change */
	VEC(struct tz_change) changes; /* strictly ascending */
};

/* Appends what a POSIX TZ string ("<+07>-7", "CET-1CEST,M3.5.0,M10.5.0/3") says about the time after the last
 * change.  False when it is not one; the table may then be half extended. */
bool tz_rule_extend(struct tz *, const char *posix);
/* Offset in force at that second. */
int32_t tz_offset_at(const struct tz *, int64_t second);

#endif
