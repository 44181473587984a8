/* Known gaps and overlaps, and every zone of the installed tzdata against the C library. */
#include "base/mem.h"
#include "base/text.h"
#include "schedule/tz.h"
#include "schedule/values.h"
#include "../unit.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ZONEINFO "/usr/share/zoneinfo"
#define COUNT(t) (sizeof(t) / sizeof *(t))

static struct tz *load(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return NULL;
	static char bytes[1 << 16];
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	return tz_new(bytes, n);
}

static struct tz *zone(const char *name)
{
	char *path = mem_printf(ZONEINFO "/%s", name);
	struct tz *tz = load(path);
	ck_assert_msg(tz != NULL, "%s", path);
	mem_free(path);
	return tz;
}

START_TEST(gaps_and_overlaps)
{
	static const struct {
		int line;
		const char *zone, *local, *want;
	} T[] = {
		/* ordinary hours */
		{ __LINE__, "Asia/Ho_Chi_Minh", "2021-07-14T05:30", "2021-07-14T05:30:00.000+07:00" },
		{ __LINE__, "Europe/Berlin", "2025-07-01T05:30", "2025-07-01T05:30:00.000+02:00" },
		{ __LINE__, "Asia/Kathmandu", "3026-12-31T23:59:59.999", "3026-12-31T23:59:59.999+05:45" },
		/* missing hour: the first valid instant after the gap */
		{ __LINE__, "Europe/Berlin", "2025-03-30T01:59:59.999", "2025-03-30T01:59:59.999+01:00" },
		{ __LINE__, "Europe/Berlin", "2025-03-30T02:00", "2025-03-30T03:00:00.000+02:00" },
		{ __LINE__, "Europe/Berlin", "2025-03-30T02:30", "2025-03-30T03:00:00.000+02:00" },
		{ __LINE__, "Europe/Berlin", "2025-03-30T03:00", "2025-03-30T03:00:00.000+02:00" },
		{ __LINE__, "Europe/Berlin", "3026-03-26T02:30", "3026-03-26T03:00:00.000+02:00" },
		/* repeated hour: its first pass */
		{ __LINE__, "Europe/Berlin", "2025-10-26T01:59", "2025-10-26T01:59:00.000+02:00" },
		{ __LINE__, "Europe/Berlin", "2025-10-26T02:00", "2025-10-26T02:00:00.000+02:00" },
		{ __LINE__, "Europe/Berlin", "2025-10-26T02:59:59.999", "2025-10-26T02:59:59.999+02:00" },
		{ __LINE__, "Europe/Berlin", "2025-10-26T03:00", "2025-10-26T03:00:00.000+01:00" },
		{ __LINE__, "Europe/Berlin", "2025-10-26T02:30+01:00", "2025-10-26T02:30:00.000+01:00" },
		{ __LINE__, "America/New_York", "2024-11-03T01:30", "2024-11-03T01:30:00.000-04:00" },
		{ __LINE__, "America/New_York", "2024-03-10T02:15", "2024-03-10T03:00:00.000-04:00" },
		/* half an hour only */
		{ __LINE__, "Australia/Lord_Howe", "2024-10-06T02:15", "2024-10-06T02:30:00.000+11:00" },
		{ __LINE__, "Australia/Lord_Howe", "2024-10-06T02:30", "2024-10-06T02:30:00.000+11:00" },
		{ __LINE__, "Australia/Lord_Howe", "2024-04-07T01:45", "2024-04-07T01:45:00.000+11:00" },
		/* midnight itself is missing */
		{ __LINE__, "America/Santiago", "2024-09-08T00:00", "2024-09-08T01:00:00.000-03:00" },
		{ __LINE__, "Asia/Beirut", "2024-03-31T00:30", "2024-03-31T01:00:00.000+03:00" },
		/* the change of hours before midnight, -1:00 in the footer */
		{ __LINE__, "America/Nuuk", "2026-03-28T23:30", "2026-03-29T00:00:00.000-01:00" },
		/* a whole day that never was */
		{ __LINE__, "Pacific/Apia", "2011-12-30T05:30", "2011-12-31T00:00:00.000+14:00" },
		{ __LINE__, "Pacific/Apia", "2011-12-29T05:30", "2011-12-29T05:30:00.000-10:00" },
		/* a day that was twice */
		{ __LINE__, "Pacific/Kwajalein", "2021-07-14T05:30", "2021-07-14T05:30:00.000+12:00" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct tz *tz = zone(T[i].zone);
		wall_us at;
		char got[RFC3339_BYTES];
		ck_assert_msg(value_instant(T[i].local, tz, &at), "row of line %d", T[i].line);
		tz_rfc3339(tz, at, got);
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		tz_free(&tz);
	}
}
END_TEST

START_TEST(days_may_be_overrun)
{
	struct tz *tz = zone("Europe/Berlin");
	char got[RFC3339_BYTES];
	day_num day = civil_to_day((struct civil){ 2025, 3, 29 });
	tz_rfc3339(tz, tz_instant(tz, day, 26 * INT64_C(3600000)), got);
	ck_assert_str_eq(got, "2025-03-30T03:00:00.000+02:00");
	tz_rfc3339(tz, tz_instant(tz, day, -1), got);
	ck_assert_str_eq(got, "2025-03-28T23:59:59.999+01:00");
	tz_free(&tz);
}
END_TEST

START_TEST(a_local_time_too_far_off_has_no_instant)
{
	struct tz *west = tz_fixed(-26 * 3600);
	ck_assert_int_eq(tz_instant(west, INT32_MAX, 0).us, US_NEVER);
	struct local last = tz_local(west, (wall_us){ US_NEVER });
	ck_assert_int_gt(tz_instant(west, last.day - 2, last.ms).us, 0);
	ck_assert_int_lt(tz_instant(west, last.day - 2, last.ms).us, US_NEVER);
	tz_free(&west);
}
END_TEST

START_TEST(instants_are_split_and_written)
{
	struct tz *tz = tz_fixed(7 * 3600);
	wall_us at = { INT64_C(1626215400123456) };
	struct local l = tz_local(tz, at);
	ck_assert(l.day == 18822 && l.ms == 19800123 && l.us == 456 && l.offset_s == 25200);
	l = tz_local(tz, (wall_us){ -1 });
	ck_assert(l.day == 0 && l.ms == 7 * 3600000 - 1 && l.us == 999);
	char out[RFC3339_BYTES];
	tz_compact(tz, at, out);
	ck_assert_str_eq(out, "20210714T053000+0700");
	tz_free(&tz);
	ck_assert_ptr_null(tz);
	tz_free(&tz);

	tz = tz_fixed(-(3 * 3600 + 30 * 60));
	tz_rfc3339(tz, at, out);
	ck_assert_str_eq(out, "2021-07-13T19:00:00.123-03:30");
	tz_free(&tz);
	tz = tz_fixed(-(44 * 60 +
	                30)); /* Liberia until 1972: seconds cannot be written, the instant must stay right */
	tz_rfc3339(tz, (wall_us){ 0 }, out);
	ck_assert_str_eq(out, "1969-12-31T23:16:00.000-00:44");
	tz_free(&tz);
}
END_TEST

/* A TZif file with no changes and this footer. */
static struct tz *from_footer(const char *footer, int32_t first_offset_s)
{
	static const char empty_v1[44] = "TZif2";
	char head[44] = "TZif2";
	char type[6] = { 0 };
	struct text t = { 0 };
	for (int i = 0; i < 4; i++)
		type[i] = (char)((uint32_t)first_offset_s >> (24 - 8 * i));
	head[39] = 1; /* one type */
	head[43] = 1; /* one character of names */
	char v1[44];
	memcpy(v1, empty_v1, sizeof v1);
	v1[39] = v1[43] = 1;
	text_add_n(&t, v1, sizeof v1);
	text_add_n(&t, "\0\0\0\0\0\0\0", 7);
	text_add_n(&t, head, sizeof head);
	text_add_n(&t, type, sizeof type);
	text_add_n(&t, "", 1);
	text_addf(&t, "\n%s\n", footer);
	struct tz *tz = tz_new(t.at, t.n);
	text_free(&t);
	return tz;
}

START_TEST(footers)
{
	static const struct {
		int line;
		const char *footer, *utc;
		int want; /* offset in minutes; INT32_MIN: the footer must be refused */
	} T[] = {
		{ __LINE__, "<+07>-7", "2021-07-14T00:00Z", 420 },
		{ __LINE__, "ICT-7", "2021-07-14T00:00Z", 420 },
		{ __LINE__, "<-0330>3:30", "2021-07-14T00:00Z", -210 },
		{ __LINE__, "CET-1CEST,M3.5.0,M10.5.0/3", "2099-07-01T00:00Z", 120 },
		{ __LINE__, "CET-1CEST,M3.5.0,M10.5.0/3", "2099-01-01T00:00Z", 60 },
		/* southern half: summer over the new year */
		{ __LINE__, "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2099-01-01T00:00Z", 660 },
		{ __LINE__, "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2099-07-01T00:00Z", 630 },
		/* Irish winter time is the "summer" of its rule */
		{ __LINE__, "IST-1GMT0,M10.5.0,M3.5.0/1", "2099-07-01T00:00Z", 60 },
		{ __LINE__, "IST-1GMT0,M10.5.0,M3.5.0/1", "2099-01-01T00:00Z", 0 },
		/* hours below zero and beyond a day */
		{ __LINE__, "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -120 },
		{ __LINE__, "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00Z", -60 },
		{ __LINE__, "EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 120 },
		{ __LINE__, "EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00Z", 180 },
		/* days of the year: with and without the leap day */
		{ __LINE__, "AAA0BBB,J60/0,J300/0", "2024-02-29T23:59Z", 0 },
		{ __LINE__, "AAA0BBB,J60/0,J300/0", "2024-03-01T00:00Z", 60 },
		{ __LINE__, "AAA0BBB,J59/0,J300/0", "2024-02-28T00:00Z", 60 },
		{ __LINE__, "AAA0BBB,59/0,300/0", "2024-02-29T00:00Z", 60 },
		{ __LINE__, "AAA0BBB,59/0,300/0", "2023-03-01T00:00Z", 60 },
		{ __LINE__, "AAA0BBB,59/0,300/0", "2023-02-28T23:59Z", 0 },
		/* summer all year round */
		{ __LINE__, "EST5EDT,0/0,J365/25", "2030-01-01T05:00Z", -240 },
		{ __LINE__, "EST5EDT,0/0,J365/25", "2030-12-31T23:59Z", -240 },
		{ __LINE__, "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "3026-07-01T00:00Z", -120 },
		{ __LINE__, "", "2021-07-14T00:00Z", 99 },
		{ __LINE__, "IC-7", NULL, 0 },
		{ __LINE__, "ICT", NULL, 0 },
		{ __LINE__, "ICT-25", NULL, 0 },
		{ __LINE__, "<+07-7", NULL, 0 },
		{ __LINE__, "CET-1CEST", NULL, 0 },
		{ __LINE__, "CET-1CEST,M3.5.0", NULL, 0 },
		{ __LINE__, "CET-1CEST,M13.5.0,M10.5.0", NULL, 0 },
		{ __LINE__, "CET-1CEST,M3.6.0,M10.5.0", NULL, 0 },
		{ __LINE__, "CET-1CEST,M3.5.7,M10.5.0", NULL, 0 },
		{ __LINE__, "CET-1CEST,J0,J300", NULL, 0 },
		{ __LINE__, "CET-1CEST,366,1", NULL, 0 },
		{ __LINE__, "CET-1CEST,M3.5.0/168,M10.5.0", NULL, 0 },
		{ __LINE__, "CET-1CEST,M3.5.0,M10.5.0x", NULL, 0 },
	};
	struct tz *utc = tz_fixed(0);
	for (size_t i = 0; i < COUNT(T); i++) {
		struct tz *tz = from_footer(T[i].footer, 99 * 60);
		ck_assert_msg((tz != NULL) == (T[i].utc != NULL), "row of line %d", T[i].line);
		wall_us at;
		if (tz && value_instant(T[i].utc, utc, &at))
			ck_assert_msg(tz_offset(tz, at) == T[i].want * 60, "row of line %d: %d", T[i].line,
			        tz_offset(tz, at));
		tz_free(&tz);
	}
	tz_free(&utc);
}
END_TEST

START_TEST(what_is_no_tzif_is_refused)
{
	char *path = ZONEINFO "/Europe/Berlin";
	char whole[8192], bytes[8192];
	FILE *f = fopen(path, "rb");
	ck_assert_ptr_nonnull(f);
	size_t n = fread(whole, 1, sizeof whole, f);
	fclose(f);
	struct tz *tz = tz_new(whole, n);
	ck_assert_ptr_nonnull(tz);
	tz_free(&tz);
	for (size_t cut = 0; cut < n; cut++) {
		char *part = malloc(
		        cut + 1); /* exact size, so that the address sanitizer sees one byte too many */
		memcpy(part, whole, cut);
		tz = tz_new(part, cut);
		ck_assert_msg(tz == NULL, "cut at %zu", cut);
		free(part);
	}
	memcpy(bytes, whole, n);
	bytes[0] = 'X';
	ck_assert_ptr_null(tz_new(bytes, n));
	ck_assert_ptr_null(tz_new("", 0));
}
END_TEST

static long libc_offset(int64_t second)
{
	time_t t = (time_t)second;
	struct tm tm;
	localtime_r(&t, &tm);
	return tm.tm_gmtoff;
}

/* First second with the offset of `high`; the two have different ones. */
static int64_t libc_change(int64_t low, int64_t high)
{
	long after = libc_offset(high);
	while (high - low > 1) {
		int64_t mid = low + (high - low) / 2;
		if (libc_offset(mid) == after)
			high = mid;
		else
			low = mid;
	}
	return high;
}

/* Local times around a change: what the C library's offsets say is the first instant that shows them. */
static void compare_around(const char *path, const struct tz *tz, int64_t change)
{
	long before = libc_offset(change - 1), after = libc_offset(change);
	static const int steps[] = { -5400, -1800, -1, 0, 1, 899, 1800, 3599, 3600, 5400 };
	for (size_t i = 0; i < COUNT(steps); i++) {
		for (int side = 0; side < 2; side++) {
			int64_t local = change + (side ? after : before) + steps[i];
			int64_t want = local - before < change ? local - before : local - after;
			if (want < change && libc_offset(want) != before)
				continue; /* another change near by */
			if (want >= change + 5400)
				continue;
			want = local - before >= change && want < change ? change : want;
			int64_t day = local / 86400;
			wall_us got = tz_instant(tz, (day_num)day, (local - day * 86400) * 1000);
			ck_assert_msg(got.us == want * US_PER_S, "%s: local second %ld: %ld, libc %ld", path,
			        (long)local, (long)(got.us / US_PER_S), (long)want);
		}
	}
}

static void compare(const char *path, const struct tz *tz, int64_t from, int64_t to, int64_t step, bool edges)
{
	long last = libc_offset(from);
	for (int64_t t = from; t < to; t += step) {
		long want = libc_offset(t);
		ck_assert_msg(tz_offset(tz, (wall_us){ t * US_PER_S }) == want, "%s at %ld", path, (long)t);
		if (want != last && edges) {
			int64_t change = libc_change(t - step, t);
			ck_assert_int_eq(
			        tz_offset(tz, (wall_us){ change * US_PER_S - 1 }), libc_offset(change - 1));
			ck_assert_int_eq(tz_offset(tz, (wall_us){ change * US_PER_S }), libc_offset(change));
			compare_around(path, tz, change);
		}
		last = want;
	}
}

static int zones_compared;

static int compare_file(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)at;
	struct tz *tz = kind == FTW_F ? load(path) : NULL;
	if (!tz)
		return 0;
	const int64_t y2000 = 946684800, y2041 = 2240524800, y2400 = 13569465600, y3027 = 33355929600;
	char *setting = mem_printf(":%s", path);
	setenv("TZ", setting, 1);
	tzset();
	compare(path, tz, y2000, y2041, 5 * 86400 + 3600, true);
	compare(path, tz, y2400, y2400 + 2 * 31536000, 86400 * 3, true);
	compare(path, tz, y2041, y3027, 171 * 86400 + 4321, false);
	mem_free(setting);
	tz_free(&tz);
	zones_compared++;
	return 0;
}

START_TEST(all_of_tzdata_agrees_with_the_c_library)
{
	static const char *const parts[] = { "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic",
		"Australia", "Etc", "Europe", "Indian", "Pacific" };
	for (size_t i = 0; i < COUNT(parts); i++) {
		char *dir = mem_printf(ZONEINFO "/%s", parts[i]);
		nftw(dir, compare_file, 8, FTW_PHYS);
		mem_free(dir);
	}
	ck_assert_int_gt(zones_compared, 300);
}
END_TEST

UNIT_MAIN("schedule/tz", gaps_and_overlaps, days_may_be_overrun, a_local_time_too_far_off_has_no_instant, instants_are_split_and_written, footers,
        what_is_no_tzif_is_refused, all_of_tzdata_agrees_with_the_c_library)
