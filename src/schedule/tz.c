/* Local time and instants, from the table of changes.  Seconds inside, µs outside. */
#include "schedule/tz.h"

#include "schedule/tz-table.h"

#include <stdio.h>

#define S_PER_DAY 86400
/* A local time beyond it has no instant that fits, whatever the zone. */
#define LOCAL_MS_MAX (INT64_MAX / US_PER_MS - TZ_OFFSET_MAX * INT64_C(1000))

struct tz *tz_fixed(int32_t offset_s)
{
	struct tz *tz = mem_new(struct tz);
	tz->first_offset_s = offset_s;
	return tz;
}

void tz_free(struct tz **ptz)
{
	if (!*ptz)
		return;
	vec_free(&(*ptz)->changes);
	mem_free(*ptz);
	*ptz = NULL;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Number of changes at or before that second. */
static size_t changes_until(const struct tz *tz, int64_t second)
{
	size_t low = 0, high = tz->changes.n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (tz->changes.at[mid].at <= second)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Offset between change n - 1 and change n. */
static int32_t offset_after(const struct tz *tz, size_t n)
{
	return n ? tz->changes.at[n - 1].offset_s : tz->first_offset_s;
}

int32_t tz_offset_at(const struct tz *tz, int64_t second)
{
	return offset_after(tz, changes_until(tz, second));
}

int32_t tz_offset(const struct tz *tz, wall_us at)
{
	return tz_offset_at(tz, floor_div(at.us, US_PER_S));
}

/* The answer is the first instant at which the local clock shows this much or more: that is the first one of
 * a repeated hour, and the end of the gap for a missing one.  No clock was that far ahead TZ_OFFSET_MAX
 * earlier. */
wall_us tz_instant(const struct tz *tz, day_num day, int64_t ms_of_day)
{
	int64_t local_ms = (int64_t)day * MS_PER_DAY + ms_of_day;
	if (local_ms > LOCAL_MS_MAX)
		return (wall_us){ US_NEVER };
	int64_t local = local_ms * US_PER_MS;
	size_t n = changes_until(tz, floor_div(local, US_PER_S) - TZ_OFFSET_MAX);
	for (; n < tz->changes.n; n++)
		if ((tz->changes.at[n].at + offset_after(tz, n)) * US_PER_S > local)
			break;
	int64_t us = local - offset_after(tz, n) * US_PER_S;
	if (n && us < tz->changes.at[n - 1].at * US_PER_S)
		us = tz->changes.at[n - 1].at * US_PER_S;
	return (wall_us){ us };
}

static struct local local_with_offset(wall_us at, int32_t offset_s)
{
	int64_t second = floor_div(at.us, US_PER_S);
	int64_t us = at.us - second * US_PER_S;
	int64_t day = floor_div(second + offset_s, S_PER_DAY);
	int64_t second_of_day = second + offset_s - day * S_PER_DAY;
	return (struct local){
		.day = (day_num)day,
		.ms = (tod_ms)(second_of_day * 1000 + us / US_PER_MS),
		.us = (int32_t)(us % US_PER_MS),
		.offset_s = offset_s,
	};
}

struct local tz_local(const struct tz *tz, wall_us at)
{
	return local_with_offset(at, tz_offset(tz, at));
}

/* Written offsets have minutes only; an old local mean time is shown by the nearest of them, the instant
 * stays. */
static struct local local_written(const struct tz *tz, wall_us at)
{
	return local_with_offset(at, tz_offset(tz, at) / 60 * 60);
}

void tz_rfc3339(const struct tz *tz, wall_us at, char out[RFC3339_BYTES])
{
	struct local l = local_written(tz, at);
	struct civil c = civil_from_day(l.day);
	int s = l.ms / 1000, minutes = l.offset_s / 60, ahead = minutes < 0 ? -minutes : minutes;
	snprintf(out, RFC3339_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%c%02d:%02d", c.year, c.month, c.day, s / 3600,
		s / 60 % 60, s % 60, l.ms % 1000, minutes < 0 ? '-' : '+', ahead / 60, ahead % 60);
}

void tz_compact(const struct tz *tz, wall_us at, char out[RFC3339_BYTES])
{
	struct local l = local_written(tz, at);
	struct civil c = civil_from_day(l.day);
	int s = l.ms / 1000, minutes = l.offset_s / 60, ahead = minutes < 0 ? -minutes : minutes;
	snprintf(out, RFC3339_BYTES, "%04d%02d%02dT%02d%02d%02d%c%02d%02d", c.year, c.month, c.day, s / 3600,
		s / 60 % 60, s % 60, minutes < 0 ? '-' : '+', ahead / 60, ahead % 60);
}
