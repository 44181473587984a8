/* Readers of single values.  A small cursor walks over the text; a reader succeeds only when the cursor
 * stands at the end, so nothing is ever read in part.  Vietnamese words count with and without their marks.
 */
#include "schedule/values.h"

#include "schedule/tz.h"

#include <string.h>
#include <strings.h>

/* One or more decimal digits, at most `most` of them. */
static bool digits(const char **p, int most, int64_t *out)
{
	int64_t v = 0;
	int n = 0;
	for (; **p >= '0' && **p <= '9'; (*p)++) {
		if (++n > most)
			return false;
		v = v * 10 + (**p - '0');
	}
	*out = v;
	return n > 0;
}

static bool exactly(const char **p, int count, int64_t *out)
{
	const char *start = *p;
	return digits(p, count, out) && *p - start == count;
}

/* Steps over the word; ASCII letters in any case. */
static bool word(const char **p, const char *w)
{
	size_t n = strlen(w);
	if (strncasecmp(*p, w, n) != 0)
		return false;
	*p += n;
	return true;
}

static bool any_word(const char **p, const char *const *words)
{
	for (; *words; words++)
		if (word(p, *words))
			return true;
	return false;
}

static void blanks(const char **p)
{
	while (**p == ' ')
		(*p)++;
}

static bool dash(const char **p)
{
	static const char *const dashes[] = { "..", "-", "–", NULL };
	blanks(p);
	if (!any_word(p, dashes))
		return false;
	blanks(p);
	return true;
}

static bool hour_word(const char **p)
{
	static const char *const words[] = { "giờ", "gio", "h", "g", NULL };
	const char *start = *p;
	blanks(p);
	if (any_word(p, words))
		return true;
	*p = start;
	return false;
}

/* Minutes behind an hour word, if there are any: "30", "30 phút". */
static bool minutes_after_hour(const char **p, int64_t *minute)
{
	static const char *const words[] = { "phút", "phut", "p", NULL };
	const char *start = *p;
	blanks(p);
	if (**p < '0' || **p > '9') {
		*p = start;
		return true;
	}
	if (!exactly(p, 2, minute))
		return false;
	const char *behind = *p;
	blanks(p);
	if (!any_word(p, words))
		*p = behind;
	return true;
}

static bool minutes_after_colon(const char **p, int64_t *minute, int64_t *ms)
{
	int64_t s = 0, fraction = 0;
	if (!exactly(p, 2, minute))
		return false;
	if (word(p, ":") && !exactly(p, 2, &s))
		return false;
	if (word(p, ".") && !exactly(p, 3, &fraction))
		return false;
	*ms = s * 1000 + fraction;
	return s < 60;
}

static bool time_part(const char **p, tod_ms *out)
{
	int64_t hour, minute = 0, ms = 0;
	if (!digits(p, 2, &hour))
		return false;
	if (hour_word(p) ? !minutes_after_hour(p, &minute) : !word(p, ":") || !minutes_after_colon(p, &minute, &ms))
		return false;
	*out = (tod_ms)((hour * 60 + minute) * 60000 + ms);
	return hour < 24 && minute < 60;
}

bool value_time(const char *s, tod_ms *out)
{
	tod_ms t;
	if (!time_part(&s, &t) || *s)
		return false;
	*out = t;
	return true;
}

bool value_window(const char *s, struct window *out)
{
	struct window w;
	if (!time_part(&s, &w.from) || !dash(&s) || !time_part(&s, &w.to) || *s)
		return false;
	*out = w;
	return true;
}

static bool iso_date(const char **p, struct civil *c)
{
	int64_t y, m, d;
	if (!exactly(p, 4, &y) || !word(p, "-") || !exactly(p, 2, &m) || !word(p, "-") || !exactly(p, 2, &d))
		return false;
	*c = (struct civil){ (int)y, (int)m, (int)d };
	return true;
}

static bool slash_date(const char **p, struct civil *c)
{
	int64_t y, m, d;
	if (!digits(p, 2, &d) || !word(p, "/") || !digits(p, 2, &m) || !word(p, "/") || !exactly(p, 4, &y))
		return false;
	*c = (struct civil){ (int)y, (int)m, (int)d };
	return true;
}

static bool date_part(const char **p, day_num *out)
{
	const char *start = *p;
	struct civil c;
	if (!iso_date(p, &c)) {
		*p = start;
		if (!slash_date(p, &c))
			return false;
	}
	if (!civil_valid(c))
		return false;
	*out = civil_to_day(c);
	return *out >= DAY_MIN && *out <= DAY_MAX;
}

bool value_date(const char *s, day_num *out)
{
	day_num day;
	if (!date_part(&s, &day) || *s)
		return false;
	*out = day;
	return true;
}

/* Largest first: each unit may follow only a larger one. */
static const struct unit {
	const char *words[5];
	int64_t ms;
} units[] = {
	{ { "ngày", "ngay", "d", NULL }, MS_PER_DAY },
	{ { "giờ", "gio", "h", NULL }, 3600000 },
	{ { "phút", "phut", "min", "m", NULL }, 60000 },
	{ { "giây", "giay", "s", NULL }, 1000 },
};
enum { UNIT_COUNT = sizeof units / sizeof *units, UNIT_HOUR = 1, UNIT_SECOND = 3 };

/* Nothing a station does takes ten years; more is a slip of the pen. */
#define DURATION_MS_MOST (INT64_C(3660) * MS_PER_DAY)

/* Steps over one unit from `from` on; UNIT_COUNT when there is none. */
static size_t unit_part(const char **p, size_t from)
{
	for (size_t i = from; i < UNIT_COUNT; i++)
		if (any_word(p, units[i].words))
			return i;
	return UNIT_COUNT;
}

bool value_duration(const char *s, int64_t *out_ms)
{
	int64_t sum = 0;
	size_t next = 0;
	do {
		int64_t n, fraction = 0;
		if (!digits(&s, 6, &n))
			return false;
		bool has_fraction = word(&s, ".");
		if (has_fraction && !exactly(&s, 3, &fraction))
			return false;
		blanks(&s);
		if (!*s && next == UNIT_HOUR + 1 && n < 60 && !has_fraction) { /* "1h30" */
			sum += n * 60000;
			break;
		}
		size_t unit = unit_part(&s, next);
		if (unit == UNIT_COUNT || (has_fraction && unit != UNIT_SECOND))
			return false;
		sum += n * units[unit].ms + fraction;
		next = unit + 1;
		blanks(&s);
	} while (*s);
	if (sum > DURATION_MS_MOST)
		return false;
	*out_ms = sum;
	return true;
}

bool value_bool(const char *s, bool *out)
{
	static const char *const yes[] = { "yes", "true", "on", "có", "co" };
	static const char *const no[] = { "no", "false", "off", "không", "khong" };
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
		bool is_yes = !strcasecmp(s, yes[i]);
		if (is_yes || !strcasecmp(s, no[i])) {
			*out = is_yes;
			return true;
		}
	}
	return false;
}

bool value_range(const char *s, int *min, int *max)
{
	int64_t low, high = -1;
	if (!digits(&s, 6, &low) || (*s && (!dash(&s) || !digits(&s, 6, &high) || *s || high < low)))
		return false;
	*min = (int)low;
	*max = (int)high;
	return true;
}

bool value_number(const char *s, int64_t min, int64_t max, int64_t *out)
{
	bool negative = word(&s, "-");
	int64_t n;
	if (!digits(&s, 18, &n) || *s)
		return false;
	n = negative ? -n : n;
	if (n < min || n > max)
		return false;
	*out = n;
	return true;
}

bool value_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789._-");
	return n > 0 && n < NAME_BYTES && !s[n];
}

/* One of the seven, longest spelling first so that "monday" is not "mon" with a rest. */
static bool weekday_part(const char **p, int *day)
{
	static const char *const names[7][4] = {
		{ "monday", "mon", "T2", NULL },
		{ "tuesday", "tue", "T3", NULL },
		{ "wednesday", "wed", "T4", NULL },
		{ "thursday", "thu", "T5", NULL },
		{ "friday", "fri", "T6", NULL },
		{ "saturday", "sat", "T7", NULL },
		{ "sunday", "sun", "CN", NULL },
	};
	for (*day = 0; *day < 7; (*day)++)
		if (any_word(p, names[*day]))
			return true;
	return false;
}

static bool weekday_range(const char **p, uint8_t *bits)
{
	int first, last;
	if (!weekday_part(p, &first))
		return false;
	last = first;
	if (dash(p) && !weekday_part(p, &last))
		return false;
	for (int d = first;; d = (d + 1) % 7) {
		*bits |= (uint8_t)(1U << d);
		if (d == last)
			return true;
	}
}

bool value_weekdays(const char *s, uint8_t *bits)
{
	uint8_t found = 0;
	if (!strcasecmp(s, "all")) {
		*bits = 0x7F;
		return true;
	}
	do {
		blanks(&s);
		if (!weekday_range(&s, &found))
			return false;
		blanks(&s);
	} while (word(&s, ","));
	if (*s)
		return false;
	*bits = found;
	return true;
}

/* "+07:00" or "Z" behind an instant says which of two equal local times is meant. */
static bool offset_part(const char **p, int64_t *ms)
{
	int64_t h, m;
	bool west = **p == '-';
	if (word(p, "Z")) {
		*ms = 0;
		return true;
	}
	if (!word(p, west ? "-" : "+") || !exactly(p, 2, &h) || !word(p, ":") || !exactly(p, 2, &m))
		return false;
	*ms = (h * 60 + m) * (west ? -60000 : 60000);
	return h < 24 && m < 60;
}

bool value_instant(const char *s, const struct tz *tz, wall_us *out)
{
	day_num day;
	tod_ms ms = 0;
	if (!date_part(&s, &day))
		return false;
	if (*s && ((!word(&s, "T") && !word(&s, " ")) || !time_part(&s, &ms)))
		return false;
	if (!*s) {
		*out = tz_instant(tz, day, ms);
		return true;
	}
	int64_t offset_ms;
	if (!offset_part(&s, &offset_ms) || *s)
		return false;
	*out = (wall_us){ ((int64_t)day * MS_PER_DAY + ms - offset_ms) * US_PER_MS };
	return true;
}
