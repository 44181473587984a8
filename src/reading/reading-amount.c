/* Numbers that count something, and those that are dialled.  A dot parts thousands (150.829), a comma the rest
 * (35,67%), as it is written in Vietnam. */
#include "reading/letters.h"
#include "reading/reading-inside.h"

#include <string.h>

enum { MOST_DIGITS = 18 };

/* ── Telephones ── */

struct phone {
	size_t bytes, digits, groups, group[6], start[6];
};

static bool parts_phone(char c)
{
	return c == ' ' || c == '.' || c == '-';
}

/* Groups of two digits and more, parted by one sign each. */
static void read_phone(const char *s, struct phone *p)
{
	*p = (struct phone){ 0 };
	for (size_t at = 0;;) {
		size_t n = reading_digits(s + at);
		if (n < 2 || p->groups == 6)
			break;
		p->start[p->groups] = at;
		p->group[p->groups++] = n;
		p->digits += n;
		p->bytes = at + n;
		if (!parts_phone(s[p->bytes]))
			break;
		at = p->bytes + 1;
	}
}

static bool is_phone(const struct reading *r, const struct phone *p, bool plus)
{
	const char *s = r->at + plus, *end = s + p->bytes;
	if (letters_one(end) || *end == '/' || (*end == ',' && reading_digit(end[1])))
		return false;
	if (plus)
		return p->digits >= 9 && p->digits <= 15;
	if (s[0] == '0')
		return p->digits >= 9 && p->digits <= 11;
	if ((!strncmp(s, "1800", 4) || !strncmp(s, "1900", 4)) && p->group[0] != 6)
		return p->digits == 8 || p->digits == 10;
	bool dialled = reading_after(r, "gọi thoại đt hotline nóng zalo fax") ||
		       (reading_after(r, "đài") && !strcmp(r->before2, "tổng"));
	bool help = p->digits == 3 && !strncmp(s, "11", 2) &&
		    (reading_after(r, "cứu cháy hỏa hoả") || (reading_after(r, "an") && !strcmp(r->before2, "công")));
	if (help)
		return true;
	return dialled && p->groups == 1 && p->digits >= 3 && p->digits <= 8;
}

/* Ten digits without a gap are said as four, three, three. */
static void say_group(struct reading *r, const char *s, size_t n)
{
	for (size_t at = 0; at < n;) {
		size_t left = n - at, k = left > 6 ? 4 : left > 4 ? 3 : left;
		if (at)
			reading_pause(r);
		reading_say_digits(r, s + at, k);
		at += k;
	}
}

bool reading_phone(struct reading *r)
{
	struct phone p;
	bool plus = r->at[0] == '+';
	const char *s = r->at + plus;
	read_phone(s, &p);
	/* "0905 123 456 30 người": what is too long with the last group may be right without it */
	while (p.groups > 1 && !is_phone(r, &p, plus)) {
		p.groups--;
		p.digits -= p.group[p.groups];
		p.bytes = p.start[p.groups - 1] + p.group[p.groups - 1];
	}
	if (!p.groups || !is_phone(r, &p, plus))
		return false;
	if (plus)
		reading_say(r, "cộng");
	for (size_t i = 0; i < p.groups; i++) {
		if (i)
			reading_pause(r);
		say_group(r, s + p.start[i], p.group[i]);
	}
	r->at = s + p.bytes;
	return true;
}

/* ── Amounts ── */

struct amount {
	char whole[MOST_DIGITS + 1];
	size_t n;             /* digits of it */
	const char *fraction; /* NULL: none */
	size_t fraction_n;
	char sign; /* between the two */
	size_t bytes;
	bool grouped; /* its thousands are parted */
};

/* "150.829", "1,500,000": groups of three behind the first. */
static size_t grouped(const char *s, char sign, int least)
{
	size_t at = reading_digits(s);
	int groups = 0;
	if (at < 1 || at > 3 || s[0] == '0')
		return 0;
	while (s[at] == sign && reading_digits(s + at + 1) == 3) {
		at += 4;
		groups++;
	}
	return groups >= least && groups < 6 && !(s[at] == sign && reading_digit(s[at + 1])) ? at : 0;
}

static void read_amount(const char *s, struct amount *a)
{
	size_t dots = grouped(s, '.', 1), commas = grouped(s, ',', 2);
	*a = (struct amount){ .bytes = dots ? dots : commas ? commas : reading_digits(s), .grouped = dots || commas };
	for (size_t i = 0; i < a->bytes; i++)
		if (reading_digit(s[i]) && a->n <= MOST_DIGITS)
			a->whole[a->n < MOST_DIGITS ? a->n : MOST_DIGITS - 1] = s[i], a->n++;
	char sign = s[a->bytes];
	size_t n = sign == ',' || (sign == '.' && !a->grouped) ? reading_digits(s + a->bytes + 1) : 0;
	if (!n || s[a->bytes + 1 + n] == sign)
		n = n && reading_digit(s[a->bytes + 2 + n]) ? 0 : n;
	if (!n)
		return;
	a->fraction = s + a->bytes + 1;
	a->fraction_n = n;
	a->sign = sign;
	a->bytes += 1 + n;
}

static void say_whole(struct reading *r, const char *s, const struct amount *a)
{
	bool as_written = a->n > 2 && a->whole[0] == '0';
	if (a->n > MOST_DIGITS || as_written)
		reading_say_digits(r, s, reading_digits(s));
	else
		reading_say_number(r, reading_value(a->whole, a->n));
}

static void say_fraction(struct reading *r, const struct amount *a)
{
	reading_say(r, a->sign == ',' ? "phẩy" : "chấm");
	if (a->fraction_n > 2 || a->fraction[0] == '0')
		reading_say_digits(r, a->fraction, a->fraction_n);
	else
		reading_say_number(r, reading_value(a->fraction, a->fraction_n));
}

/* What the word before makes of a plain number; true when it was said. */
static bool say_in_place(struct reading *r, const struct amount *a)
{
	uint64_t v = reading_value(a->whole, a->n < MOST_DIGITS ? a->n : MOST_DIGITS);
	if (a->fraction || a->grouped || a->n > 2)
		return false;
	if (v == 4 && reading_after(r, "thứ tháng quý"))
		reading_say(r, "tư");
	else if (v == 1 && reading_after(r, "thứ"))
		reading_say(r, "nhất");
	else if (v >= 1 && v <= 10 && reading_after(r, "ngày")) {
		reading_say(r, r->style->mung);
		reading_say_number(r, v);
	} else if (v < 10 && a->n == 2 && reading_after(r, "giờ") && !reading_next(r->at, "phút")) {
		reading_say_number(r, v);
		reading_say(r, "phút");
	} else {
		return false;
	}
	return true;
}

static void say_unit(struct reading *r)
{
	size_t bytes, space = *r->at == ' ';
	const char *words = table_match(r->table, TABLE_UNITS, r->at + space, &bytes);
	if (!words)
		return;
	r->at += space + bytes;
	reading_say(r, words);
}

static bool is_part(const struct amount *above, const struct amount *below)
{
	if (above->n > 2 || below->n > 2)
		return false;
	uint64_t a = reading_value(above->whole, above->n), b = reading_value(below->whole, below->n);
	return a < b && b <= 10;
}

/* "3/4 dân số", "150.829/422.893 dân", "kiệt 10/5/3" */
static void say_share(struct reading *r, const struct amount *above)
{
	struct amount below;
	for (int i = 0; r->at[0] == '/' && !above->fraction && reading_digit(r->at[1]) && i < 8; i++) {
		read_amount(r->at + 1, &below);
		if (below.fraction)
			return;
		bool part = i == 0 && is_part(above, &below) && r->at[1 + below.bytes] != '/';
		reading_say(r, part ? "phần" : "trên");
		if (part && below.n == 1 && below.whole[0] == '4')
			reading_say(r, "tư");
		else
			say_whole(r, r->at + 1, &below);
		r->at += 1 + below.bytes;
	}
}

bool reading_amount(struct reading *r)
{
	struct amount a;
	const char *s = r->at;
	if (!reading_digit(*s))
		return false;
	read_amount(s, &a);
	r->at += a.bytes;
	if (say_in_place(r, &a))
		return true;
	say_whole(r, s, &a);
	if (a.fraction)
		say_fraction(r, &a);
	say_share(r, &a);
	say_unit(r);
	return true;
}
