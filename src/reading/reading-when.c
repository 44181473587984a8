/* Dates and times.  13/7/2021, 13-7-2021, 13.7.2021, 2021-07-13, 7/2021, 31/7; 5h30, 5g30, 05:30, 05:30:15. */
#include "reading/letters.h"
#include "reading/reading-inside.h"

#include <string.h>

struct date {
	int day, month, year; /* 0: not said */
	size_t bytes;
};

static bool day_is_there(int day, int month)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* Up to three numbers parted by the same sign. */
struct numbers {
	int v[3], n;
	size_t digits[3], bytes;
	char sign;
};

static void read_numbers(const char *s, struct numbers *p)
{
	*p = (struct numbers){ 0 };
	while (p->n < 3) {
		const char *from = s + p->bytes + (p->n > 0);
		size_t n = reading_digits(from);
		if (n < 1 || n > 4)
			break;
		p->v[p->n] = (int)reading_value(from, n);
		p->digits[p->n++] = n;
		p->bytes = (size_t)(from - s) + n;
		if (p->n == 1)
			p->sign = s[p->bytes];
		if (!p->sign || !strchr("/-.", p->sign) || s[p->bytes] != p->sign)
			break;
	}
}

static bool is_year(const struct numbers *p, int i)
{
	return p->digits[i] == 4 && p->v[i] >= 1000;
}

/* "2/3 số hộ", "hơn 1/2", "24/7" are no dates. */
static bool is_share(const struct reading *r, const struct numbers *p)
{
	if (reading_after(r, "ngày mùng mồng từ đến tới hết trước sau sáng trưa chiều tối đêm qua lễ"))
		return false;
	/* a house, not a day */
	if (reading_after(r, "nhà kiệt hẻm ngõ ngách thửa lô tờ"))
		return true;
	return reading_next(r->at + p->bytes, "số dân hộ diện tổng thời quãng thành chặng đại hội") ||
	       reading_after(r, "hơn khoảng gần chiếm được quá giảm tăng bằng đạt") || (p->v[0] == 24 && p->v[1] == 7);
}

static bool find_date(const struct reading *r, struct date *d)
{
	struct numbers p;
	read_numbers(r->at, &p);
	const char *end = r->at + p.bytes;
	*d = (struct date){ .bytes = p.bytes };
	if (reading_digit(*end) || letters_one(end))
		return false;
	if (p.n == 3 && p.sign == '-' && is_year(&p, 0))
		*d = (struct date){ p.v[2], p.v[1], p.v[0], p.bytes };
	else if (p.n == 3 && is_year(&p, 2))
		*d = (struct date){ p.v[0], p.v[1], p.v[2], p.bytes };
	else if (p.n == 3 && p.sign == '/' && p.digits[2] == 2)
		*d = (struct date){ p.v[0], p.v[1], 2000 + p.v[2], p.bytes };
	else if (p.n == 2 && p.sign == '/' && is_year(&p, 1) && p.digits[0] < 3 && p.v[0] >= 1 && p.v[0] <= 12)
		*d = (struct date){ 0, p.v[0], p.v[1], p.bytes };
	else if (p.n == 2 && p.sign == '/' && p.digits[0] < 3 && p.digits[1] < 3 && !is_share(r, &p))
		*d = (struct date){ p.v[0], p.v[1], 0, p.bytes };
	return d->month && (!d->day || day_is_there(d->day, d->month));
}

static void say_date(struct reading *r, const struct date *d)
{
	bool mung_said = reading_after(r, "mùng mồng");
	if (d->day) {
		/* a street may be called after a day */
		bool street = reading_after(r, "đường phố");
		if (!mung_said && !street && !reading_after(r, "ngày"))
			reading_say(r, "ngày");
		if (d->day <= 10 && !mung_said && !street)
			reading_say(r, r->style->mung);
		reading_say_number(r, (uint64_t)d->day);
	}
	if (d->day || !reading_after(r, "tháng"))
		reading_say(r, "tháng");
	if (d->month == 4)
		reading_say(r, "tư");
	else
		reading_say_number(r, (uint64_t)d->month);
	if (!d->year)
		return;
	reading_say(r, "năm");
	reading_say_number(r, (uint64_t)d->year);
}

/* ── Times ── */

struct clock_time {
	int hour, minute, second; /* second -1: not said */
	size_t bytes;
};

static bool two_digits(const char *s, int *out)
{
	if (reading_digits(s) != 2)
		return false;
	*out = (int)reading_value(s, 2);
	return *out < 60;
}

static bool find_time(const struct reading *r, struct clock_time *t)
{
	const char *s = r->at;
	size_t n = reading_digits(s), at = n + 1;
	*t = (struct clock_time){ .second = -1 };
	if (n < 1 || n > 2 || reading_value(s, n) > 24)
		return false;
	t->hour = (int)reading_value(s, n);
	bool colon = s[n] == ':', h = s[n] == 'h' || s[n] == 'H', g = s[n] == 'g' || s[n] == 'G';
	if ((!colon && !h && !g) || letters_one(s + at) || (colon && reading_after(r, "lệ số")))
		return false;
	if (two_digits(s + at, &t->minute))
		at += 2;
	else if (!h || reading_digit(s[at]))
		return false;
	if (colon && s[at] == ':' && two_digits(s + at + 1, &t->second))
		at += 3;
	t->bytes = at + (s[at] == '\'');
	return !reading_digit(s[at]) && !letters_one(s + at);
}

static void say_time(struct reading *r, const struct clock_time *t)
{
	bool minutes_said = reading_next(r->at, "phút");
	reading_say_number(r, (uint64_t)t->hour);
	reading_say(r, "giờ");
	if (!t->minute && t->second <= 0)
		return;
	reading_say_number(r, (uint64_t)t->minute);
	if (!minutes_said && (t->minute < 10 || t->second > 0))
		reading_say(r, "phút");
	if (t->second > 0) {
		reading_say_number(r, (uint64_t)t->second);
		reading_say(r, "giây");
	}
}

/* "21-27/7": the first is a day, too. */
static bool first_day(struct reading *r)
{
	size_t n = reading_digits(r->at), gap = r->at[n] == ' ';
	const char *dash = r->at + n + gap;
	size_t bytes = *dash == '-' ? 1 : !strncmp(dash, "–", strlen("–")) ? strlen("–") : 0;
	struct reading there = { .at = dash + bytes + gap };
	struct date d;
	int day = n == 1 || n == 2 ? (int)reading_value(r->at, n) : 0;
	if (!day || !bytes || (gap && dash[bytes] != ' ') || !find_date(&there, &d) || d.day <= day)
		return false;
	if (!reading_after(r, "ngày mùng mồng"))
		reading_say(r, "ngày");
	if (day <= 10 && !reading_after(r, "mùng mồng"))
		reading_say(r, r->style->mung);
	reading_say_number(r, (uint64_t)day);
	r->at += n;
	return true;
}

bool reading_when(struct reading *r)
{
	struct date d;
	struct clock_time t;
	if (!reading_digit(*r->at))
		return false;
	if (find_time(r, &t)) {
		r->at += t.bytes;
		say_time(r, &t);
		return true;
	}
	if (first_day(r))
		return true;
	if (!find_date(r, &d))
		return false;
	r->at += d.bytes;
	say_date(r, &d);
	return true;
}
