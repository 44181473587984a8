#include "schedule/civil.h"
#include "../unit.h"

START_TEST(known_days)
{
	static const struct {
		int line;
		struct civil date;
		day_num day;
		int weekday;
	} T[] = {
		{ __LINE__, { 1970, 1, 1 }, 0, 3 },
		{ __LINE__, { 1969, 12, 31 }, -1, 2 },
		{ __LINE__, { 2000, 1, 1 }, DAY_MIN, 5 },
		{ __LINE__, { 2000, 2, 29 }, 11016, 1 },
		{ __LINE__, { 2021, 7, 14 }, 18822, 2 },
		{ __LINE__, { 2100, 3, 1 }, 47541, 0 },
		{ __LINE__, { 3026, 12, 31 }, DAY_MAX, 6 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		ck_assert_msg(civil_to_day(T[i].date) == T[i].day, "row of line %d", T[i].line);
		struct civil back = civil_from_day(T[i].day);
		ck_assert_msg(back.year == T[i].date.year && back.month == T[i].date.month &&
		                      back.day == T[i].date.day,
		        "row of line %d", T[i].line);
		ck_assert_msg(day_weekday(T[i].day) == T[i].weekday, "row of line %d", T[i].line);
	}
}
END_TEST

/* Every day from 1900 on follows the one before it in the calendar and in the week. */
START_TEST(days_follow_each_other)
{
	struct civil c = { 1900, 1, 1 };
	int weekday = day_weekday(civil_to_day(c));
	for (day_num d = civil_to_day(c); d <= DAY_MAX; d++) {
		struct civil got = civil_from_day(d);
		ck_assert_msg(got.year == c.year && got.month == c.month && got.day == c.day, "day %d", d);
		ck_assert_int_eq(civil_to_day(c), d);
		ck_assert_int_eq(day_weekday(d), weekday);
		weekday = (weekday + 1) % 7;
		c.day++;
		if (!civil_valid(c))
			c = c.month == 12 ? (struct civil){ c.year + 1, 1, 1 }
			                  : (struct civil){ c.year, c.month + 1, 1 };
	}
	ck_assert_int_eq(c.year, 3027);
}
END_TEST

START_TEST(dates_that_are_not_in_the_calendar)
{
	static const struct {
		int line;
		struct civil date;
		bool valid;
	} T[] = {
		{ __LINE__, { 2021, 2, 29 }, false },
		{ __LINE__, { 2024, 2, 29 }, true },
		{ __LINE__, { 2100, 2, 29 }, false },
		{ __LINE__, { 2400, 2, 29 }, true },
		{ __LINE__, { 2021, 2, 30 }, false },
		{ __LINE__, { 2021, 4, 31 }, false },
		{ __LINE__, { 2021, 0, 1 }, false },
		{ __LINE__, { 2021, 13, 1 }, false },
		{ __LINE__, { 2021, 1, 0 }, false },
		{ __LINE__, { 2021, 12, 31 }, true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(civil_valid(T[i].date) == T[i].valid, "row of line %d", T[i].line);
}
END_TEST

UNIT_MAIN("schedule/civil", known_days, days_follow_each_other, dates_that_are_not_in_the_calendar)
