/* Civil dates and times of day (proleptic Gregorian).  Pure.
 * A day is a number, so that "the next day" is + 1 and a day can be compared. */
#ifndef LOAXA_SCHEDULE_CIVIL_H
#define LOAXA_SCHEDULE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day_num; /* days since 1970-01-01; the program handles the years 2000 to 3026 */
typedef int32_t tod_ms;  /* milliseconds since local midnight, 0 .. 86'400'000 */

#define DAY_MIN 10957  /* 2000-01-01 */
#define DAY_MAX 386060 /* 3026-12-31 */
#define DAY_NONE INT32_MIN
#define MS_PER_DAY 86400000

struct civil {
	int year, month, day; /* month 1..12, day 1..31 */
};

bool civil_valid(struct civil); /* such a date is in the calendar, whatever the year */
day_num civil_to_day(struct civil);
struct civil civil_from_day(day_num);
int day_weekday(day_num); /* 0 = Monday (T2) … 6 = Sunday (CN) */

typedef struct {
	day_num from, until; /* both inclusive; DAY_MIN .. DAY_MAX when not limited */
} day_span;

static inline bool day_in(day_span s, day_num d)
{
	return s.from <= d && d <= s.until;
}

#endif
