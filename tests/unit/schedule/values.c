#include "schedule/tz.h"
#include "schedule/values.h"
#include "../unit.h"

#include <string.h>

#define BAD (-1) /* the text must be refused */
#define COUNT(t) (sizeof(t) / sizeof *(t))

START_TEST(times)
{
	static const struct {
		int line;
		const char *in;
		int want; /* seconds */
	} T[] = {
		{ __LINE__, "5h30", 19800 },
		{ __LINE__, "5H30", 19800 },
		{ __LINE__, "5g30", 19800 },
		{ __LINE__, "05h30", 19800 },
		{ __LINE__, "5h", 18000 },
		{ __LINE__, "0h", 0 },
		{ __LINE__, "08h05", 29100 },
		{ __LINE__, "05:30", 19800 },
		{ __LINE__, "5:30", 19800 },
		{ __LINE__, "05:30:15", 19815 },
		{ __LINE__, "17 giờ 30", 63000 },
		{ __LINE__, "17 giờ 30 phút", 63000 },
		{ __LINE__, "17 gio", 61200 },
		{ __LINE__, "23:59:59", 86399 },
		{ __LINE__, "24:00", BAD },
		{ __LINE__, "25:61", BAD },
		{ __LINE__, "25h30", BAD },
		{ __LINE__, "5h60", BAD },
		{ __LINE__, "5h3", BAD },
		{ __LINE__, "05:30:60", BAD },
		{ __LINE__, "5", BAD },
		{ __LINE__, "", BAD },
		{ __LINE__, " 5h30", BAD },
		{ __LINE__, "5h30 ", BAD },
		{ __LINE__, "5h30x", BAD },
		{ __LINE__, "-5h30", BAD },
		{ __LINE__, "005h30", BAD },
		{ __LINE__, "05:30:15:00", BAD },
		{ __LINE__, "99999999999h", BAD },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		tod_ms got = BAD * 1000;
		bool ok = value_time(T[i].in, &got);
		ck_assert_msg(ok == (T[i].want != BAD) && got == T[i].want * 1000, "row of line %d: %d",
		        T[i].line, got);
	}
}
END_TEST

START_TEST(windows)
{
	static const struct {
		int line;
		const char *in;
		int from, to; /* hours */
	} T[] = {
		{ __LINE__, "8h-10h", 8, 10 },
		{ __LINE__, "08:00-10:00", 8, 10 },
		{ __LINE__, "8h - 10h", 8, 10 },
		{ __LINE__, "8h–10h", 8, 10 },
		{ __LINE__, "8h..10h", 8, 10 },
		{ __LINE__, "22h-2h", 22, 2 },
		{ __LINE__, "22h-0h", 22, 0 },
		{ __LINE__, "8 giờ - 10 giờ", 8, 10 },
		{ __LINE__, "8h", BAD, BAD },
		{ __LINE__, "8h-", BAD, BAD },
		{ __LINE__, "8h-24h", BAD, BAD },
		{ __LINE__, "8h-10h-12h", BAD, BAD },
		{ __LINE__, "8h10h", BAD, BAD },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct window w = { BAD * 3600000, BAD * 3600000 };
		bool ok = value_window(T[i].in, &w);
		ck_assert_msg(ok == (T[i].from != BAD) && w.from == T[i].from * 3600000 &&
		                      w.to == T[i].to * 3600000,
		        "row of line %d", T[i].line);
	}
}
END_TEST

START_TEST(dates)
{
	static const struct {
		int line;
		const char *in, *iso; /* NULL: refused */
	} T[] = {
		{ __LINE__, "13/7/2021", "2021-07-13" },
		{ __LINE__, "13/07/2021", "2021-07-13" },
		{ __LINE__, "2021-07-13", "2021-07-13" },
		{ __LINE__, "01/1/2000", "2000-01-01" },
		{ __LINE__, "31/12/3026", "3026-12-31" },
		{ __LINE__, "29/2/2024", "2024-02-29" },
		{ __LINE__, "29/2/2023", NULL },
		{ __LINE__, "30/02/2021", NULL },
		{ __LINE__, "31/12/1999", NULL },
		{ __LINE__, "1/1/3027", NULL },
		{ __LINE__, "2021-7-13", NULL },
		{ __LINE__, "13/7/21", NULL },
		{ __LINE__, "13-7-2021", NULL },
		{ __LINE__, "13/7/2021 ", NULL },
		{ __LINE__, "13/7", NULL },
		{ __LINE__, "", NULL },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		day_num day = DAY_NONE;
		char iso[VALUE_BYTES] = "";
		bool ok = value_date(T[i].in, &day);
		ck_assert_msg(ok == (T[i].iso != NULL), "row of line %d", T[i].line);
		if (ok)
			value_print_iso_date(day, iso);
		ck_assert_msg(!ok || !strcmp(iso, T[i].iso), "row of line %d: %s", T[i].line, iso);
	}
}
END_TEST

START_TEST(durations)
{
	static const struct {
		int line;
		const char *in;
		int64_t want;
		const char *printed;
	} T[] = {
		{ __LINE__, "0s", 0, "0s" },
		{ __LINE__, "30s", 30000, "30s" },
		{ __LINE__, "75s", 75000, "75s" },
		{ __LINE__, "20.457s", 20457, "20.457s" },
		{ __LINE__, "10m", 600000, "10m" },
		{ __LINE__, "1h30", 5400000, "1h30m" },
		{ __LINE__, "1h30m", 5400000, "1h30m" },
		{ __LINE__, "1h15s", 3615000, "1h15s" },
		{ __LINE__, "2m5s", 125000, "2m5s" },
		{ __LINE__, "2h", 7200000, "2h" },
		{ __LINE__, "24h", 86400000, "24h" },
		{ __LINE__, "7d", 604800000, "7d" },
		{ __LINE__, "1d12h", 129600000, "36h" },
		{ __LINE__, "90 phút", 5400000, "1h30m" },
		{ __LINE__, "1 giờ 30 phút", 5400000, "1h30m" },
		{ __LINE__, "", BAD, NULL },
		{ __LINE__, "30", BAD, NULL },
		{ __LINE__, "1h90", BAD, NULL },
		{ __LINE__, "5m30", BAD, NULL },
		{ __LINE__, "30m1h", BAD, NULL },
		{ __LINE__, "5m5m", BAD, NULL },
		{ __LINE__, "1.500h", BAD, NULL },
		{ __LINE__, "-5m", BAD, NULL },
		{ __LINE__, "5 m x", BAD, NULL },
		{ __LINE__, "1h30.500", BAD, NULL },
		{ __LINE__, "9999999s", BAD, NULL },
		{ __LINE__, "3660d", INT64_C(3660) * 86400000, "3660d" },
		{ __LINE__, "3660d1s", BAD, NULL },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		int64_t got = BAD;
		char printed[VALUE_BYTES] = "";
		bool ok = value_duration(T[i].in, &got);
		ck_assert_msg(ok == (T[i].want != BAD) && got == T[i].want, "row of line %d", T[i].line);
		if (ok)
			value_print_duration(got, printed);
		ck_assert_msg(
		        !ok || !strcmp(printed, T[i].printed), "row of line %d: %s", T[i].line, printed);
	}
}
END_TEST

START_TEST(weekdays)
{
	static const struct {
		int line;
		const char *in;
		int want;
	} T[] = {
		{ __LINE__, "T2", 0x01 },
		{ __LINE__, "t3", 0x02 },
		{ __LINE__, "CN", 0x40 },
		{ __LINE__, "T2..T7", 0x3F },
		{ __LINE__, "T2-T6", 0x1F },
		{ __LINE__, "T2..CN", 0x7F },
		{ __LINE__, "T7..T2", 0x61 },
		{ __LINE__, "CN..T2", 0x41 },
		{ __LINE__, "T2,T4,CN", 0x45 },
		{ __LINE__, "T2, T4 , CN", 0x45 },
		{ __LINE__, "T2..T4,T7", 0x27 },
		{ __LINE__, "mon..sat", 0x3F },
		{ __LINE__, "sun", 0x40 },
		{ __LINE__, "Monday", 0x01 },
		{ __LINE__, "sat..mon", 0x61 },
		{ __LINE__, "all", 0x7F },
		{ __LINE__, "T1", BAD },
		{ __LINE__, "T8", BAD },
		{ __LINE__, "T2..", BAD },
		{ __LINE__, "T2,,T3", BAD },
		{ __LINE__, "T2 T3", BAD },
		{ __LINE__, "", BAD },
		{ __LINE__, "T2..T3..T4", BAD },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		uint8_t got = 0;
		bool ok = value_weekdays(T[i].in, &got);
		ck_assert_msg(ok == (T[i].want != BAD) && got == (ok ? T[i].want : 0), "row of line %d: %x",
		        T[i].line, got);
	}
}
END_TEST

START_TEST(ranges)
{
	static const struct {
		int line;
		const char *in;
		int min, max;
	} T[] = {
		{ __LINE__, "3", 3, -1 },
		{ __LINE__, "2..5", 2, 5 },
		{ __LINE__, "2 .. 5", 2, 5 },
		{ __LINE__, "2-5", 2, 5 },
		{ __LINE__, "30..120", 30, 120 },
		{ __LINE__, "08", 8, -1 },
		{ __LINE__, "5..2", BAD, BAD },
		{ __LINE__, "2..", BAD, BAD },
		{ __LINE__, "..5", BAD, BAD },
		{ __LINE__, "x", BAD, BAD },
		{ __LINE__, "", BAD, BAD },
		{ __LINE__, "2..5..7", BAD, BAD },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		int min = BAD, max = BAD;
		bool ok = value_range(T[i].in, &min, &max);
		ck_assert_msg(ok == (T[i].min != BAD) && min == T[i].min && max == T[i].max, "row of line %d",
		        T[i].line);
	}
}
END_TEST

START_TEST(numbers_names_and_yes_or_no)
{
	int64_t n = 7;
	ck_assert(value_number("08", 0, 100, &n) && n == 8);
	ck_assert(value_number("010", 0, 100, &n) && n == 10);
	ck_assert(value_number("-3", -5, 5, &n) && n == -3);
	static const char *const bad_numbers[] = { "", "-", "101", "0x10", "1 ", " 1", "1e2", "+1", "-1",
		"99999999999999999999" };
	for (size_t i = 0; i < COUNT(bad_numbers); i++)
		ck_assert_msg(!value_number(bad_numbers[i], 0, 100, &n) && n == -3, "%s", bad_numbers[i]);

	ck_assert(value_name("nhac-lai_2.b"));
	ck_assert(value_name("123456789012345678901234567890123456789012345678"));
	ck_assert(!value_name("1234567890123456789012345678901234567890123456789"));
	ck_assert(!value_name("") && !value_name("Sang") && !value_name("sáng") && !value_name("a b") &&
	          !value_name("a/b"));

	bool b = false;
	ck_assert(value_bool("yes", &b) && b);
	ck_assert(value_bool("không", &b) && !b);
	ck_assert(value_bool("có", &b) && b);
	ck_assert(value_bool("OFF", &b) && !b);
	ck_assert(!value_bool("", &b) && !value_bool("yes ", &b) && !value_bool("1", &b));
}
END_TEST

START_TEST(instants)
{
	struct tz *tz = tz_fixed(7 * 3600);
	static const struct {
		int line;
		const char *in, *want;
	} T[] = {
		{ __LINE__, "2021-07-14T05:41:10.500", "2021-07-14T05:41:10.500+07:00" },
		{ __LINE__, "2021-07-14T05:41", "2021-07-14T05:41:00.000+07:00" },
		{ __LINE__, "2021-07-14 05:41", "2021-07-14T05:41:00.000+07:00" },
		{ __LINE__, "2021-07-14", "2021-07-14T00:00:00.000+07:00" },
		{ __LINE__, "14/7/2021T5h30", "2021-07-14T05:30:00.000+07:00" },
		{ __LINE__, "2021-07-14T05:41+00:00", "2021-07-14T12:41:00.000+07:00" },
		{ __LINE__, "2021-07-14T05:41-01:30", "2021-07-14T14:11:00.000+07:00" },
		{ __LINE__, "2021-07-14T22:41Z", "2021-07-15T05:41:00.000+07:00" },
		{ __LINE__, "2021-07-14T24:00", NULL },
		{ __LINE__, "2021-02-30T05:41", NULL },
		{ __LINE__, "2021-07-14T", NULL },
		{ __LINE__, "2021-07-14T05:41x", NULL },
		{ __LINE__, "2021-07-14T05:41:10.500+7", NULL },
		{ __LINE__, "05:41", NULL },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		wall_us at = { 0 };
		char got[RFC3339_BYTES] = "";
		bool ok = value_instant(T[i].in, tz, &at);
		ck_assert_msg(ok == (T[i].want != NULL), "row of line %d", T[i].line);
		tz_rfc3339(tz, at, got);
		ck_assert_msg(!ok || !strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
	}
	tz_free(&tz);
}
END_TEST

START_TEST(dates_and_times_are_printed_as_letters_do)
{
	static const struct {
		int line;
		const char *iso, *want;
	} D[] = {
		{ __LINE__, "2021-07-14", "14/7/2021" },
		{ __LINE__, "2020-08-02", "02/8/2020" },
		{ __LINE__, "2021-02-05", "05/02/2021" },
		{ __LINE__, "2021-01-31", "31/01/2021" },
		{ __LINE__, "2021-10-01", "01/10/2021" },
	};
	char got[VALUE_BYTES];
	for (size_t i = 0; i < COUNT(D); i++) {
		day_num day;
		ck_assert(value_date(D[i].iso, &day));
		value_print_date(day, got);
		ck_assert_msg(!strcmp(got, D[i].want), "row of line %d: %s", D[i].line, got);
	}
	value_print_time(19800000, got);
	ck_assert_str_eq(got, "05:30");
	value_print_time(19815000, got);
	ck_assert_str_eq(got, "05:30:15");
	value_print_time(19815007, got);
	ck_assert_str_eq(got, "05:30:15.007");
}
END_TEST

UNIT_MAIN("schedule/values", times, windows, dates, durations, weekdays, ranges, numbers_names_and_yes_or_no,
        instants, dates_and_times_are_printed_as_letters_do)
