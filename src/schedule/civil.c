/* Days and dates.  The year is counted from March, so that the leap day is its last one: then a day's number
 * is a polynomial and no table of months is needed (Fliegel and Van Flandern's idea, floor divisions
 * throughout). */
#include "schedule/civil.h"

enum { DAYS_PER_ERA = 146097, ERA_YEARS = 400, EPOCH_FROM_MARCH_0000 = 719468 };

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool civil_valid(struct civil c)
{
	static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	if (c.month < 1 || c.month > 12 || c.day < 1)
		return false;
	return c.day <= days[c.month - 1] + (c.month == 2 && is_leap(c.year));
}

day_num civil_to_day(struct civil c)
{
	int64_t y = c.year - (c.month <= 2);
	int64_t era = (y >= 0 ? y : y - (ERA_YEARS - 1)) / ERA_YEARS;
	int64_t year_of_era = y - era * ERA_YEARS;
	int64_t day_of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (day_num)(era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_MARCH_0000);
}

struct civil civil_from_day(day_num day)
{
	int64_t z = (int64_t)day + EPOCH_FROM_MARCH_0000;
	int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
	int64_t day_of_era = z - era * DAYS_PER_ERA;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month_from_march = (5 * day_of_year + 2) / 153;
	int month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
	return (struct civil){
		.year = (int)(year_of_era + era * ERA_YEARS) + (month <= 2),
		.month = month,
		.day = (int)(day_of_year - (153 * month_from_march + 2) / 5) + 1,
	};
}

int day_weekday(day_num day)
{
	int from_thursday = day % 7; /* 1970-01-01 was a Thursday */
	return (from_thursday + 3 + 7) % 7;
}
