#include "reading/number.h"

static const char *const digits[10] = { "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín" };

static void add(struct text *t, const char *word)
{
	if (t->n && t->at[t->n - 1] != ' ')
		text_add(t, " ");
	text_add(t, word);
}

/* The last digit, which sounds different behind mười and behind mươi. */
static void unit(struct text *t, unsigned tens, unsigned u, const struct number_style *st)
{
	if (u == 1 && tens > 1)
		add(t, "mốt");
	else if (u == 4 && tens > 1)
		add(t, st->tu);
	else if (u == 5 && tens > 0)
		add(t, "lăm");
	else if (u)
		add(t, digits[u]);
}

/* 1..999; inner: something bigger stands before it, so its hundreds are said even when there are none. */
static void three(struct text *t, unsigned n, bool inner, const struct number_style *st)
{
	unsigned hundreds = n / 100, tens = n / 10 % 10, u = n % 10;
	if (hundreds || inner) {
		add(t, digits[hundreds]);
		add(t, "trăm");
	}
	if (tens > 1) {
		add(t, digits[tens]);
		add(t, "mươi");
	} else if (tens == 1) {
		add(t, "mười");
	} else if (u && (hundreds || inner)) {
		add(t, st->linh);
	}
	unit(t, tens, u, st);
}

static void below_billion(struct text *t, uint32_t n, bool inner, const struct number_style *st)
{
	const char *const names[] = { "triệu", st->nghin, NULL };
	const uint32_t parts[] = { n / 1000000, n / 1000 % 1000, n % 1000 };
	for (int i = 0; i < 3; i++) {
		if (!parts[i])
			continue;
		three(t, parts[i], inner, st);
		if (names[i])
			add(t, names[i]);
		inner = true;
	}
}

void number_words(struct text *t, uint64_t n, const struct number_style *st)
{
	struct text words = { 0 };
	uint64_t billions = n / 1000000000;
	if (billions) {
		below_billion(&words, (uint32_t)(billions % 1000000000), false, st);
		add(&words, "tỷ");
	}
	below_billion(&words, (uint32_t)(n % 1000000000), billions > 0, st);
	text_add(t, n ? words.at : digits[0]);
	text_free(&words);
}

void number_digits(struct text *t, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text_addf(t, "%s%s", i ? " " : "", digits[(s[i] - '0') % 10]);
}
