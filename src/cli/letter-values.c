#include "cli/letter-values.h"

#include "base/text.h"
#include "schedule/values.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { DAYS_MOST = 1100, TIMES_MOST = 100 };

static char *trimmed(const char *s, size_t n)
{
	while (n && strchr(" .,", s[n - 1]))
		n--;
	while (n && *s == ' ') {
		s++;
		n--;
	}
	return mem_dup_n(s, n);
}

/* ── Dates ── */

/* "13/7": two numbers. */
static bool date_of_year(const char *s, int year, day_num *out)
{
	int day, month, n = 0;
	if (sscanf(s, "%2d/%2d%n", &day, &month, &n) != 2 || s[n])
		return false;
	struct civil c = { year, month, day };
	if (!civil_valid(c))
		return false;
	*out = civil_to_day(c);
	return *out >= DAY_MIN && *out <= DAY_MAX;
}

bool letter_date(const char *s, day_num today, day_num *out)
{
	int year = civil_from_day(today).year;
	bool found = false;
	if (value_date(s, out))
		return true;
	for (int y = year - 1; y <= year + 1; y++) {
		day_num day;
		if (date_of_year(s, y, &day) && (!found || abs(day - today) < abs(*out - today))) {
			*out = day;
			found = true;
		}
	}
	return found;
}

/* "30 ngày", "30 ngay", "30d" */
static bool count_of_days(const char *s, day_num today, day_span *out)
{
	char *plain = text_fold(s, false);
	int days = 0, n = 0;
	bool ok = sscanf(plain, "%4d%n", &days, &n) == 1 && days > 0 && days <= DAYS_MOST;
	const char *unit = plain + n + strspn(plain + n, " ");
	ok = ok && (!strcmp(unit, "ngay") || !strcmp(unit, "d") || !strcmp(unit, "days"));
	if (ok)
		*out = (day_span){ today + 1, today + days };
	mem_free(plain);
	return ok;
}

static bool both_dates(const char *s, size_t left, const char *right, day_num today, day_span *out)
{
	char *a = trimmed(s, left), *b = trimmed(right, strlen(right));
	const char *from = strncmp(a, "từ ", strlen("từ ")) ? a : a + strlen("từ ");
	bool ok = letter_date(from, today, &out->from) && letter_date(b, today, &out->until);
	/* "14/7 - 31/8/2021": the year is the other's, or the one before */
	if (ok && !value_date(from, &(day_num){ 0 }) && value_date(b, &out->until)) {
		int year = civil_from_day(out->until).year;
		ok = date_of_year(from, year, &out->from) &&
		     (out->from <= out->until || date_of_year(from, year - 1, &out->from));
	}
	mem_free(a);
	mem_free(b);
	return ok;
}

bool letter_days(const char *s, day_num today, day_span *out)
{
	static const char *const between[] = { "đến hết", "đến", "den", "..", "–", " - ", "-" };
	*out = (day_span){ today + 1, 0 };
	if (letter_date(s, today, &out->until) || count_of_days(s, today, out))
		return out->from <= out->until && out->until - out->from < DAYS_MOST;
	for (size_t i = 0; i < sizeof between / sizeof *between; i++)
		for (const char *at = s; (at = strstr(at, between[i])) != NULL; at++)
			if (both_dates(s, (size_t)(at - s), at + strlen(between[i]), today, out))
				return out->from <= out->until && out->until - out->from < DAYS_MOST;
	return false;
}

char *letter_received(const char *s, day_num today)
{
	char *text = trimmed(s, strlen(s)), *out = NULL, date[VALUE_BYTES], time[VALUE_BYTES];
	char *space = strrchr(text, ' ');
	day_num day = today;
	tod_ms at = -1;
	bool ok = value_time(text, &at) || letter_date(text, today, &day);
	if (!ok && space) {
		*space = '\0';
		ok = letter_date(text, today, &day) && value_time(space + 1, &at);
	}
	value_print_date(day, date);
	if (at >= 0)
		value_print_time(at, time);
	if (ok)
		out = mem_printf("%s%s%s", date, at >= 0 ? " " : "", at >= 0 ? time : "");
	mem_free(text);
	return out;
}

/* ── Times a day ── */

static bool is_filler(const char *word)
{
	static const char *const words[] = { "", "-", "..", "tu", "den", "lan", "ngay", "it", "nhat", "moi", "toi",
		"thieu" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(word, words[i]))
			return true;
	return false;
}

bool letter_times(const char *s, int *min, int *max)
{
	char *plain = text_fold(s, false);
	int numbers[2] = { -1, -1 }, n = 0;
	bool ok = true;
	for (char *at; (at = strstr(plain, "–"));)
		memcpy(at, "-  ", strlen("–"));
	for (const char *at = plain; ok && *at;) {
		size_t digits = strspn(at, "0123456789"), other = strcspn(at, "0123456789 /");
		char *word = mem_dup_n(at, digits ? digits : other);
		if (digits)
			ok = digits < 4 && n < 2;
		else
			ok = is_filler(word);
		if (ok && digits)
			numbers[n++] = atoi(word);
		at += digits ? digits : other;
		at += strspn(at, " /");
		mem_free(word);
	}
	mem_free(plain);
	*min = numbers[0];
	*max = numbers[1];
	return ok && n && *min > 0 && *min <= TIMES_MOST && (*max < 0 || (*min <= *max && *max <= TIMES_MOST));
}

const char *letter_urgency(const char *s)
{
	static const char *const words[] = { "thuong", "khan", "thuong-khan", "hoa-toc" };
	char *plain = text_fold(s, false);
	const char *found = NULL;
	for (char *c = plain; *c; c++)
		*c = *c == ' ' ? '-' : *c;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(plain, words[i]))
			found = words[i];
	mem_free(plain);
	return found;
}

static bool add_where(const char *word, const struct station *st, struct letter_where *out)
{
	int rule = station_rule(st, word);
	tod_ms at;
	if (rule >= 0 && st->rules.at[rule].kind == RULE_SESSION)
		vec_push(&out->sessions, rule);
	else if (value_time(word, &at))
		vec_push(&out->times, at);
	else
		return false;
	return true;
}

bool letter_where(const char *s, const struct station *st, struct letter_where *out)
{
	bool ok = true;
	out->sessions.n = out->times.n = 0;
	while (ok && *(s += strspn(s, " ,"))) {
		size_t n = strcspn(s, " ,");
		char *word = mem_dup_n(s, n);
		ok = add_where(word, st, out);
		mem_free(word);
		s += n;
	}
	if (!ok)
		out->sessions.n = out->times.n = 0;
	return ok && out->sessions.n + out->times.n > 0;
}

void letter_approval(const char *s, char **by, char **via)
{
	const char *parted = strchr(s, ';');
	*by = trimmed(s, parted ? (size_t)(parted - s) : strlen(s));
	*via = parted ? trimmed(parted + 1, strlen(parted + 1)) : NULL;
	if (*via && !**via) {
		mem_free(*via);
		*via = NULL;
	}
}

char *letter_name(const char *s, size_t most)
{
	char *plain = text_fold(s, false);
	struct text t = { 0 };
	for (const char *c = plain; *c && t.n < most; c++) {
		if (isalnum((unsigned char)*c) && (unsigned char)*c < 0x80)
			text_add_n(&t, c, 1);
		else if (t.n && t.at[t.n - 1] != '-')
			text_add(&t, "-");
	}
	while (t.n && t.at[t.n - 1] == '-')
		t.at[--t.n] = '\0';
	mem_free(plain);
	return text_take(&t);
}
