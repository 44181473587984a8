/* POSIX TZ strings with the extensions of RFC 8536 (section 3.3.1): quoted names, hours up to 167 and below
 * zero. Their two changes a year are written out to the last year the program handles. */
#include "schedule/civil.h"
#include "schedule/tz-table.h"

enum { S_PER_DAY = 86400, FIRST_YEAR = 1970, LAST_YEAR = 3027 };

enum rule_form {
	RULE_MONTH_WEEK_DAY, /* Mm.w.d: w = 5 is the last one, d = 0 Sunday */
	RULE_JULIAN,         /* Jn: 1..365, the leap day is never counted */
	RULE_DAY_OF_YEAR     /* n: 0..365 */
};

struct change_rule {
	enum rule_form form;
	int month, week, day;
	int32_t time_s; /* on the local clock before the change */
};

struct posix {
	int32_t standard_s, summer_s; /* east of UTC */
	struct change_rule to_summer, to_standard;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool number(const char **p, int min, int max, int *out)
{
	int v = 0, n = 0;
	for (; is_digit(**p) && n < 4; (*p)++, n++)
		v = v * 10 + (**p - '0');
	*out = v;
	return n > 0 && v >= min && v <= max;
}

static bool sign(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

static bool zone_name(const char **p)
{
	const char *start = *p;
	if (sign(p, '<')) {
		while (is_letter(**p) || is_digit(**p) || **p == '+' || **p == '-')
			(*p)++;
		return *p - start > 3 && sign(p, '>');
	}
	while (is_letter(**p))
		(*p)++;
	return *p - start >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool clock_time(const char **p, int hours_max, int32_t *out)
{
	int h, m = 0, s = 0;
	bool negative = **p == '-';
	if (negative || **p == '+')
		(*p)++;
	if (!number(p, 0, hours_max, &h))
		return false;
	if (sign(p, ':') && (!number(p, 0, 59, &m) || (sign(p, ':') && !number(p, 0, 59, &s))))
		return false;
	*out = (h * 3600 + m * 60 + s) * (negative ? -1 : 1);
	return true;
}

static bool change_day(const char **p, struct change_rule *r)
{
	if (sign(p, 'M')) {
		r->form = RULE_MONTH_WEEK_DAY;
		return number(p, 1, 12, &r->month) && sign(p, '.') && number(p, 1, 5, &r->week) && sign(p, '.') &&
		       number(p, 0, 6, &r->day);
	}
	r->form = sign(p, 'J') ? RULE_JULIAN : RULE_DAY_OF_YEAR;
	return number(p, r->form == RULE_JULIAN, 365, &r->day);
}

static bool change_rule(const char **p, struct change_rule *r)
{
	r->time_s = 2 * 3600;
	return sign(p, ',') && change_day(p, r) && (!sign(p, '/') || clock_time(p, 167, &r->time_s));
}

/* has_summer tells whether the rules are there at all. */
static bool parse(const char *s, struct posix *z, bool *has_summer)
{
	int32_t west;
	if (!zone_name(&s) || !clock_time(&s, 24, &west))
		return false;
	z->standard_s = -west;
	*has_summer = *s != '\0';
	if (!*has_summer)
		return true;
	if (!zone_name(&s))
		return false;
	z->summer_s = z->standard_s + 3600;
	if (*s != ',') {
		if (!clock_time(&s, 24, &west))
			return false;
		z->summer_s = -west;
	}
	return change_rule(&s, &z->to_summer) && change_rule(&s, &z->to_standard) && !*s;
}

static day_num rule_day(const struct change_rule *r, int year)
{
	day_num new_year = civil_to_day((struct civil){ year, 1, 1 });
	if (r->form == RULE_DAY_OF_YEAR)
		return new_year + r->day;
	if (r->form == RULE_JULIAN) {
		bool after_leap_day = r->day >= 60 && civil_valid((struct civil){ year, 2, 29 });
		return new_year + r->day - 1 + after_leap_day;
	}
	day_num first = civil_to_day((struct civil){ year, r->month, 1 });
	int monday_based = (r->day + 6) % 7;
	day_num day = first + (monday_based - day_weekday(first) + 7) % 7 + (r->week - 1) * 7;
	struct civil c = civil_from_day(day);
	return c.month == r->month ? day : day - 7;
}

static struct tz_change change_in(const struct change_rule *r, int year, int32_t before_s, int32_t after_s)
{
	int64_t local = (int64_t)rule_day(r, year) * S_PER_DAY + r->time_s;
	return (struct tz_change){ local - before_s, after_s };
}

/* A rule whose summer lasts into the next one ("all year summer time") takes back the end written before it.
 */
static void append(struct tz *tz, size_t from_file, struct tz_change c)
{
	while (tz->changes.n > from_file && tz->changes.at[tz->changes.n - 1].at >= c.at)
		tz->changes.n--;
	size_t n = tz->changes.n;
	if (n && tz->changes.at[n - 1].at >= c.at)
		return;
	if (c.offset_s != (n ? tz->changes.at[n - 1].offset_s : tz->first_offset_s))
		vec_push(&tz->changes, c);
}

static int year_of(int64_t second)
{
	return civil_from_day((day_num)(second / S_PER_DAY)).year;
}

bool tz_rule_extend(struct tz *tz, const char *posix)
{
	struct posix z = { 0 };
	bool has_summer;
	if (!parse(posix, &z, &has_summer))
		return false;
	size_t n = tz->changes.n;
	int year = n ? year_of(tz->changes.at[n - 1].at) : FIRST_YEAR;
	if (!has_summer) {
		if (!n)
			tz->first_offset_s = z.standard_s;
		return true;
	}
	for (year = year < FIRST_YEAR ? FIRST_YEAR : year; year <= LAST_YEAR; year++) {
		struct tz_change up = change_in(&z.to_summer, year, z.standard_s, z.summer_s);
		struct tz_change down = change_in(&z.to_standard, year, z.summer_s, z.standard_s);
		append(tz, n, up.at <= down.at ? up : down);
		append(tz, n, up.at <= down.at ? down : up);
	}
	return true;
}
