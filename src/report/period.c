#include "report/period.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "schedule/values.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *const romans[] = { "i", "ii", "iii", "iv" };

static day_num first_of(int year, int month)
{
	return civil_to_day((struct civil){ year + (month - 1) / 12, (month - 1) % 12 + 1, 1 });
}

static bool good_year(int y)
{
	return y >= 2000 && y <= 3025;
}

/* Folded, without the words that people put around the numbers ("tháng 7 năm 2021" -> "7/2021"); to mem_free. */
static char *bare(const char *s)
{
	static const char *const words[] = { "thang", "nam", "quy", "tuan", "ngay" };
	char *folded = text_fold(s, false);
	struct text t = { 0 };
	for (const char *at = folded ? folded : ""; *at;) {
		size_t n = 0;
		for (size_t i = 0; i < sizeof words / sizeof *words && !n; i++)
			n = strncmp(at, words[i], strlen(words[i])) ? 0 : strlen(words[i]);
		bool between = n || *at == ' ' || *at == '.' || *at == '/';
		if (!between)
			text_add_n(&t, at, 1);
		else if (t.n && t.at[t.n - 1] != '/')
			text_add(&t, "/");
		at += n ? n : 1;
	}
	mem_free(folded);
	return text_take(&t);
}

/* "7/2021", "2021-07"; with a table of names, "iii/2021" too.  *year = 0 when none is said. */
static bool part_of_year(const char *s, int most, const char *const *names, int *part, int *year)
{
	char *b = bare(s), tail;
	int n = 0;
	*year = 0;
	for (int i = 0; names && i < most; i++) {
		size_t bytes = strlen(names[i]);
		if (!strncmp(b, names[i], bytes) && (b[bytes] == '/' || !b[bytes])) {
			char *digits = mem_printf("%d%s", i + 1, b + bytes);
			mem_free(b);
			b = digits;
		}
	}
	bool ok = sscanf(b, "%4d-%2d%c", year, part, &tail) == 2 && isdigit((unsigned char)*b);
	if (!ok) {
		*year = 0;
		ok = isdigit((unsigned char)*b) &&
		     ((sscanf(b, "%2d%*1[/-]%4d%n", part, year, &n) == 2 && !b[n]) || (sscanf(b, "%2d%n", part, &n) == 1 && !b[n] && !(*year = 0)));
	}
	mem_free(b);
	return ok && *part >= 1 && *part <= most && (!*year || good_year(*year));
}

/* The latest such part of a year that has begun. */
static int year_of(int part, int months, day_num today)
{
	int year = civil_from_day(today).year;
	return first_of(year, (part - 1) * months + 1) <= today ? year : year - 1;
}

static day_span months(int year, int first, int n)
{
	return (day_span){ first_of(year, first), first_of(year, first + n) - 1 };
}

static bool read_month(const char *s, day_num today, int *month, int *year)
{
	if (!part_of_year(s, 12, NULL, month, year))
		return false;
	*year = *year ? *year : year_of(*month, 1, today);
	return true;
}

static bool say_month(const char *s, day_num today, struct period *p, struct err *err)
{
	int month, year;
	if (!read_month(s, today, &month, &year))
		return err_set(err, _("\"%s\" is no month — a month has a number and a year — write e.g. --month 7/2021"), s);
	p->days = months(year, month, 1);
	p->title = mem_printf(_("month %d of %d"), month, year);
	return true;
}

/* Its Monday.  Week 1 is the one with 4 January. */
static day_num week_begin(int week, int year)
{
	day_num fourth = civil_to_day((struct civil){ year, 1, 4 });
	return fourth - day_weekday(fourth) + 7 * (week - 1);
}

static bool say_week(const char *s, day_num today, struct period *p, struct err *err)
{
	day_num day;
	int week, year;
	if (!value_date(s, &day)) {
		bool ok = part_of_year(s, 53, NULL, &week, &year);
		year = year ? year : civil_from_day(today).year;
		day = ok ? week_begin(week, year) : 0;
		if (!ok || (week == 53 && week_begin(53, year) >= week_begin(1, year + 1)))
			return err_set(err, _("\"%s\" is no week — a week is named by one of its days or by its number — "
					      "write e.g. --week 14/7/2021 or --week 28/2021"), s);
	}
	p->days.from = day - day_weekday(day);
	p->days.until = p->days.from + 6;
	char from[VALUE_BYTES], until[VALUE_BYTES];
	value_print_date(p->days.from, from);
	value_print_date(p->days.until, until);
	p->title = mem_printf(_("week from %s to %s"), from, until);
	return true;
}

static bool say_quarter(const char *s, day_num today, struct period *p, struct err *err)
{
	static const char *const printed[] = { "I", "II", "III", "IV" };
	int quarter, year;
	if (!part_of_year(s, 4, romans, &quarter, &year))
		return err_set(err, _("\"%s\" is no quarter — a quarter is I to IV of a year — write e.g. --quarter III/2021"), s);
	year = year ? year : year_of(quarter, 3, today);
	p->days = months(year, 3 * quarter - 2, 3);
	p->title = mem_printf(_("quarter %s of %d"), printed[quarter - 1], year);
	return true;
}

static bool say_half(const char *s, day_num today, struct period *p, struct err *err)
{
	int half, year;
	if (!part_of_year(s, 2, romans, &half, &year))
		return err_set(err, _("\"%s\" is no half of a year — 1 is its first six months, 2 its last — write e.g. --half 1/2021"), s);
	year = year ? year : year_of(half, 6, today);
	p->days = months(year, 6 * half - 5, 6);
	p->title = mem_printf(half == 1 ? _("first six months of %d") : _("last six months of %d"), year);
	return true;
}

static bool say_year(const char *s, day_num today, struct period *p, struct err *err)
{
	(void)today;
	int year = 0, n = 0;
	char *b = bare(s);
	bool ok = isdigit((unsigned char)*b) && sscanf(b, "%4d%n", &year, &n) == 1 && !b[n] && good_year(year);
	mem_free(b);
	if (!ok)
		return err_set(err, _("\"%s\" is no year — write e.g. --year 2021"), s);
	p->days = months(year, 1, 12);
	p->title = mem_printf(_("year %d"), year);
	return true;
}

char *period_span_title(day_span days)
{
	char from[VALUE_BYTES], until[VALUE_BYTES];
	value_print_date(days.from, from);
	value_print_date(days.until, until);
	if (days.from == days.until)
		return mem_printf(_("day %s"), from);
	return mem_printf(_("from %s to %s"), from, until);
}

/* A day that the month has not is its last one: 31-30 in a month of 30 days. */
static day_num day_of_month(int year, int month, int day)
{
	day_num last = first_of(year, month + 1) - 1, d = first_of(year, month) + day - 1;
	return d < last ? d : last;
}

/* "15-14", "15-14 7/2021": from that day of the month before to that day of the month. */
static bool say_turn(const struct period_asked *a, day_num today, struct period *p, struct err *err)
{
	int from, to, n = 0, month, year;
	const char *s = a->period, *named = a->month;
	bool ok = isdigit((unsigned char)*s) && sscanf(s, "%2d-%2d%n", &from, &to, &n) == 2 && from >= 2 && from <= 31 && to >= 1 && to < from;
	if (ok && s[n]) {
		ok = s[n] == ' ' && !named;
		named = s + n + 1;
	}
	if (ok && named) {
		ok = read_month(named, today, &month, &year);
	} else if (ok) {
		struct civil c = civil_from_day(today); /* the last one that is over */
		month = c.day > to ? c.month : c.month - 1;
		year = month ? c.year : c.year - 1;
		month = month ? month : 12;
	}
	if (!ok)
		return err_set(err, _("\"%s\" is no period — it is campaign, or two days of the month — write e.g. --period campaign or "
				      "--period 15-14 --month 7/2021"), s);
	p->days.from = month == 1 ? day_of_month(year - 1, 12, from) : day_of_month(year, month - 1, from);
	p->days.until = day_of_month(year, month, to);
	p->title = period_span_title(p->days);
	return true;
}

static bool say_dates(const struct period_asked *a, day_num today, struct period *p, struct err *err)
{
	p->days.until = today;
	if (!a->from)
		return err_set(err, _("--to alone names no period — it needs its first day as well — write e.g. --from 1/7/2021 --to %s"), a->to);
	if (!value_date(a->from, &p->days.from))
		return err_set(err, _("\"%s\" is no date — write e.g. --from 1/7/2021"), a->from);
	if (a->to && !value_date(a->to, &p->days.until))
		return err_set(err, _("\"%s\" is no date — write e.g. --to 15/7/2021"), a->to);
	if (p->days.from > p->days.until)
		return err_set(err, _("no day lies from %s to %s — the first day comes first; both are included"), a->from,
			a->to ? a->to : _("today"));
	if (p->days.until - p->days.from >= PERIOD_DAYS_MOST)
		return err_set(err, _("from %s to %s is too long — a report goes over ten years at most — name a shorter period"), a->from,
			a->to ? a->to : _("today"));
	p->title = period_span_title(p->days);
	return true;
}

static int count_asked(const struct period_asked *a)
{
	bool turn = a->period && a->month;
	return !!a->month + !!a->week + !!a->quarter + !!a->half + !!a->year + !!a->period + (a->from || a->to) - turn;
}

bool period_read(const struct period_asked *a, day_num today, struct period *p, struct err *err)
{
	*p = (struct period){ 0 };
	if (count_asked(a) > 1)
		return err_set(err, _("more than one period is asked for — a report goes over one — name only one of them, e.g. --month 7/2021"));
	if (a->period)
		return say_turn(a, today, p, err);
	if (a->week)
		return say_week(a->week, today, p, err);
	if (a->quarter)
		return say_quarter(a->quarter, today, p, err);
	if (a->half)
		return say_half(a->half, today, p, err);
	if (a->year)
		return say_year(a->year, today, p, err);
	if (a->from || a->to)
		return say_dates(a, today, p, err);
	if (a->month)
		return say_month(a->month, today, p, err);
	struct civil c = civil_from_day(first_of(civil_from_day(today).year, civil_from_day(today).month) - 1);
	p->days = months(c.year, c.month, 1);
	p->title = mem_printf(_("month %d of %d"), c.month, c.year);
	return true;
}
