/* Time zones: TZif version 2+ bytes (RFC 8536) with their POSIX footer, read by the caller, interpreted here.
 * Pure. Repeated local time: the first one counts.  Missing local time: the first valid instant after the
 * gap. */
#ifndef LOAXA_SCHEDULE_TZ_H
#define LOAXA_SCHEDULE_TZ_H

#include "base/clock.h"
#include "schedule/civil.h"

#include <stddef.h>

struct tz;

struct tz *tz_new(const void *tzif, size_t bytes); /* NULL when these are no TZif bytes; copies what it needs */
struct tz *tz_fixed(int32_t offset_s);             /* tests, and UTC */
void tz_free(struct tz **);

int32_t tz_offset(const struct tz *, wall_us);                     /* seconds east of UTC at that instant */
wall_us tz_instant(const struct tz *, day_num, int64_t ms_of_day); /* ms may be outside 0..1 day; too far off: US_NEVER */

struct local {
	day_num day;
	tod_ms ms;
	int32_t us;       /* µs beyond ms, 0..999 */
	int32_t offset_s; /* in force */
};
struct local tz_local(const struct tz *, wall_us);

/* "2021-07-14T05:30:00.000+07:00" (RFC 3339 as every listing prints it) into out. */
#define RFC3339_BYTES 40
void tz_rfc3339(const struct tz *, wall_us, char out[RFC3339_BYTES]);
/* "20210714T053000+0700", the firing part of an airing id. */
void tz_compact(const struct tz *, wall_us, char out[RFC3339_BYTES]);

#endif
