/* From left to right, one thing at a time: an abbreviation of the table, an address, something with digits, a word, a
 * sign.  What a number means depends on the word before it, so the last two are remembered. */
#include "reading/reading.h"

#include "base/mem.h"
#include "reading/letters.h"
#include "reading/reading-inside.h"

#include <string.h>

/* ── What is said ── */

static char last(const struct text *t)
{
	return t->n ? t->at[t->n - 1] : '\n';
}

static bool in_list(const char *word, size_t n, const char *list)
{
	for (const char *p = list; *p;) {
		size_t k = strcspn(p, " ");
		if (k == n && !memcmp(p, word, n))
			return true;
		p += k + (p[k] == ' ');
	}
	return false;
}

bool reading_after(const struct reading *r, const char *words)
{
	return r->before[0] && in_list(r->before, strlen(r->before), words);
}

bool reading_next(const char *s, const char *words)
{
	s += strspn(s, " ");
	size_t n = letters_run(s);
	char *word = letters_small(s, n);
	bool found = n && in_list(word, strlen(word), words);
	mem_free(word);
	return found;
}

static void remember(struct reading *r, const char *words)
{
	const char *space = strrchr(words, ' '), *word = space ? space + 1 : words;
	char *small = letters_small(word, strlen(word));
	memcpy(r->before2, r->before, sizeof r->before2);
	r->before[0] = '\0';
	if (strlen(small) < sizeof r->before)
		memcpy(r->before, small, strlen(small) + 1);
	mem_free(small);
}

static void forget(struct reading *r)
{
	r->before[0] = r->before2[0] = '\0';
}

void reading_say(struct reading *r, const char *words)
{
	if (!*words)
		return;
	if (!strchr(" \n", last(&r->out)))
		text_add(&r->out, " ");
	text_add(&r->out, words);
	remember(r, words);
}

void reading_say_number(struct reading *r, uint64_t n)
{
	struct text t = { 0 };
	number_words(&t, n, r->style);
	reading_say(r, text_str(&t));
	text_free(&t);
}

void reading_say_digits(struct reading *r, const char *digits, size_t n)
{
	struct text t = { 0 };
	number_digits(&t, digits, n);
	reading_say(r, text_str(&t));
	text_free(&t);
}

/* A stop takes the place of a weaker one that stands there already. */
static void stop(struct reading *r, char sign)
{
	static const char strength[] = ",;:.!?";
	while (last(&r->out) == ' ')
		r->out.at[--r->out.n] = '\0';
	char before = last(&r->out);
	if (before == '\n')
		return;
	const char *was = strchr(strength, before), *is = strchr(strength, sign);
	if (was && is <= was)
		return;
	if (was)
		r->out.at[r->out.n - 1] = sign;
	else
		text_add_n(&r->out, &sign, 1);
}

void reading_pause(struct reading *r)
{
	stop(r, ',');
}

static void new_line(struct reading *r)
{
	while (last(&r->out) == ' ' || last(&r->out) == ',')
		r->out.at[--r->out.n] = '\0';
	size_t n = r->out.n;
	if (n && !(r->out.at[n - 1] == '\n' && (n < 2 || r->out.at[n - 2] == '\n')))
		text_add(&r->out, "\n");
	forget(r);
}

/* ── Words ── */

void reading_spell(struct reading *r, const char *s, size_t n)
{
	for (size_t at = 0, one; at < n && (one = letters_one(s + at)); at += one) {
		char *small = letters_small(s + at, one);
		const char *name = table_get(r->table, TABLE_LETTERS, small, strlen(small));
		reading_say(r, name ? name : small);
		mem_free(small);
	}
}

static void say_small(struct reading *r, const char *s, size_t n)
{
	char *small = letters_small(s, n);
	reading_say(r, small);
	mem_free(small);
}

void reading_say_short(struct reading *r, const char *s, size_t n)
{
	const char *words = table_get(r->table, TABLE_WORDS, s, n);
	if (words)
		reading_say(r, words);
	else if (n > 1 && letters_syllable(s, n))
		say_small(r, s, n);
	else
		reading_spell(r, s, n);
}

/* "khóa XIII", "quý IV", "lần thứ I"; "II. Nhiệm vụ" */
static bool roman(struct reading *r, size_t n)
{
	int v = letters_roman(r->at, n);
	bool heads = !r->before[0] && (r->at[n] == '.' || r->at[n] == ')');
	if (!v ||
		!(heads || reading_after(r, "khóa khoá kỳ kì thứ quý phần chương mục kỷ loại cấp hạng vùng nhóm độ đợt "
					    "lục tiết đoạn bảng điều khối tổ tầng")))
		return false;
	if (v == 4 && reading_after(r, "thứ quý"))
		reading_say(r, "tư");
	else if (v == 1 && reading_after(r, "thứ"))
		reading_say(r, "nhất");
	else
		reading_say_number(r, (uint64_t)v);
	return true;
}

/* "STTTT", "TTg", but not "YouTube" */
static bool mostly_capitals(const char *s, size_t n)
{
	size_t letters = 0, capitals = 0;
	for (size_t at = 0, one; at < n && (one = letters_one(s + at)); at += one) {
		capitals += letters_capital(s + at);
		letters++;
	}
	return letters > 1 && capitals * 2 > letters;
}

static void say_as_it_is(struct reading *r, size_t n)
{
	char *as_it_is = mem_dup_n(r->at, n);
	reading_say(r, as_it_is);
	mem_free(as_it_is);
}

static void word(struct reading *r)
{
	size_t n = letters_run(r->at), first = letters_one(r->at);
	bool capitals = letters_all_capital(r->at, n);
	bool numeral = capitals && roman(r, n);
	if (!numeral && n == first && capitals)
		reading_spell(r, r->at, n);
	else if (!numeral && mostly_capitals(r->at, n))
		reading_say_short(r, r->at, n);
	else if (!numeral)
		say_as_it_is(r, n);
	r->at += n;
}

/* ── Addresses ── */

static bool in_address(char c)
{
	return reading_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-_.@/", c));
}

/* Only what ends in a name that addresses end in: "Hết.Xin mời" is a missing space. */
static size_t address_bytes(const char *s)
{
	size_t n = 0, host = 0;
	while (in_address(s[n]))
		n++;
	while (n && strchr(".-_/", s[n - 1]))
		n--;
	while (host < n && s[host] != '/')
		host++;
	size_t tail = host;
	while (tail && s[tail - 1] != '.')
		tail--;
	return tail > 1 && in_list(s + tail, host - tail, "vn com net org gov edu info") ? n : 0;
}

static const char *of_table(const struct reading *r, const char *s, size_t n)
{
	const char *words = table_get(r->table, TABLE_WORDS, s, n);
	char *capital = mem_dup_n(s, n);
	if (!words && n && *capital >= 'a' && *capital <= 'z') {
		*capital = (char)(*capital - 'a' + 'A');
		words = table_get(r->table, TABLE_WORDS, capital, n);
	}
	mem_free(capital);
	return words;
}

static void say_label(struct reading *r, const char *s, size_t n)
{
	const char *words = of_table(r, s, n);
	size_t letters = letters_run(s) < n ? letters_run(s) : n;
	if (words)
		reading_say(r, words);
	else if (letters == n && (n > 4 || letters_syllable(s, n)))
		say_small(r, s, n);
	else
		for (size_t at = 0; at < n; at += letters ? letters : 1) {
			letters = letters_one(s + at);
			if (letters)
				reading_spell(r, s + at, letters);
			else
				reading_say_digits(r, s + at, 1);
		}
}

bool reading_address(struct reading *r)
{
	const char *s = r->at;
	size_t scheme = !strncmp(s, "https://", 8) ? 8 : !strncmp(s, "http://", 7) ? 7 : 0;
	size_t n = address_bytes(s + scheme);
	if (!n)
		return false;
	s += scheme;
	for (size_t at = 0; at < n;) {
		size_t k = 0;
		while (at + k < n && !strchr("-_.@/", s[at + k]))
			k++;
		if (k)
			say_label(r, s + at, k);
		at += k;
		if (at < n)
			reading_say(r, s[at] == '.' ? "chấm" : s[at] == '@' ? "a còng" : "gạch");
		at += at < n;
	}
	r->at = s + n;
	return true;
}

/* ── Signs ── */

struct sign {
	const char *sign, *words; /* words NULL: a short pause */
};

static const struct sign signs[] = { { "%", "phần trăm" }, { "‰", "phần nghìn" }, { "&", "và" }, { "+", "cộng" },
	{ "=", "bằng" }, { "≥", "từ" }, { "≤", "không quá" }, { ">", "hơn" }, { "<", "dưới" }, { "@", "a còng" },
	{ "°", "độ" }, { "(", NULL }, { ")", NULL }, { "–", NULL }, { "—", NULL }, { "/", NULL }, { "-", NULL },
	{ "•", NULL }, { "|", NULL }, { "[", NULL }, { "]", NULL } };

static bool begins_time(const char *s)
{
	return reading_digit(*s) || (*s == 'T' && s[1] >= '2' && s[1] <= '7') || !strncmp(s, "CN", 2) ||
	       reading_next(s, "thứ tháng ngày");
}

/* Between two numbers, "-" means "đến": 8h-10h, 2020 – 2021, T2-T6. */
static bool up_to(struct reading *r)
{
	const char *s = r->at;
	size_t dash = *s == '-' ? 1 : !strncmp(s, "–", 3) ? 3 : 0;
	if (!dash || s == r->text)
		return false;
	bool gap = s[-1] == ' ', gap_after = s[dash] == ' ';
	const char *left = gap ? s - 2 : s - 1;
	if (gap != gap_after || left < r->text || !begins_time(s + dash + gap_after))
		return false;
	if (!reading_digit(*left) && !(strchr("hHgG%", *left) && left > r->text && reading_digit(left[-1])))
		return false;
	reading_say(r, "đến");
	r->at += dash;
	return true;
}

static bool below_zero(struct reading *r)
{
	bool after_space = r->at == r->text || r->at[-1] == ' ' || r->at[-1] == '(';
	size_t n = r->at[0] == '-' ? reading_digits(r->at + 1) : 0;
	const char *unit = r->at + 1 + n + (n && r->at[1 + n] == ' ');
	if (!after_space || !n || (strncmp(unit, "°", 2) && strncmp(unit, "℃", 3) && strncmp(unit, "độ", 4)))
		return false;
	reading_say(r, "âm");
	r->at++;
	return true;
}

/* "2 lần/ngày", "1,2 tấn/ha" -> một; "12 người/50 hộ" -> trên */
static bool for_each(struct reading *r)
{
	size_t bytes;
	if (*r->at != '/' || r->at == r->text || strchr(" \n", r->at[-1]) || r->at[1] == ' ')
		return false;
	const char *words = table_match(r->table, TABLE_UNITS, r->at + 1, &bytes);
	if (reading_digit(r->at[1])) {
		reading_say(r, "trên");
	} else if (words && letters_one(r->at + 1)) {
		reading_say(r, "một");
		reading_say(r, words);
		r->at += bytes;
	} else if (reading_next(r->at + 1,
			   "ngày giờ lần tháng năm tuần phút giây đêm buổi lượt quý vụ mùa hộ người em cháu suất "
			   "bao tấn tạ lít cái chiếc xe xã thôn đợt")) {
		reading_say(r, "một");
	} else {
		return false;
	}
	r->at++;
	return true;
}

/* "vắc-xin" is one word; "tỷ lệ 1:50" */
static bool joins(struct reading *r)
{
	if (r->at == r->text)
		return false;
	bool hyphen = *r->at == '-' && letters_one(r->at + 1) && !strchr(" \n", r->at[-1]) && !reading_digit(r->at[-1]);
	bool ratio = *r->at == ':' && reading_digit(r->at[-1]) && reading_digit(r->at[1]);
	if (ratio)
		reading_say(r, "trên");
	r->at += hyphen || ratio;
	return hyphen || ratio;
}

static size_t char_bytes(const char *s)
{
	unsigned char c = (unsigned char)*s;
	size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	return strnlen(s, n);
}

static void sign(struct reading *r)
{
	if (up_to(r) || below_zero(r) || for_each(r) || joins(r))
		return;
	size_t n = char_bytes(r->at);
	if (*r->at == '\n') {
		new_line(r);
	} else if (strchr(".,;:!?", *r->at)) {
		stop(r, *r->at);
		if (*r->at != ':')
			forget(r);
	} else if (!strncmp(r->at, "…", n)) {
		stop(r, '.');
		forget(r);
	}
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (strncmp(r->at, signs[i].sign, n) || strlen(signs[i].sign) != n)
			continue;
		if (signs[i].words)
			reading_say(r, signs[i].words);
		else
			reading_pause(r);
	}
	r->at += n;
}

/* ── All of it ── */

static bool of_the_table(struct reading *r)
{
	size_t n;
	const char *words = table_match(r->table, TABLE_WORDS, r->at, &n);
	if (!words)
		return false;
	reading_say(r, words);
	r->at += n;
	return true;
}

/* "100 triệu m³" */
static bool unit_of_many(struct reading *r)
{
	size_t n = 0;
	bool many = letters_one(r->at) && reading_after(r, "triệu tỷ tỉ nghìn ngàn trăm vạn");
	const char *words = many ? table_match(r->table, TABLE_UNITS, r->at, &n) : NULL;
	if (words)
		reading_say(r, words);
	r->at += words ? n : 0;
	return words;
}

static void one(struct reading *r)
{
	bool fresh = r->at == r->text || !reading_digit(r->at[-1]);
	if (reading_paper(r) || (fresh && (reading_address(r) || of_the_table(r))))
		return;
	if (reading_phone(r) || reading_when(r) || reading_amount(r) || unit_of_many(r))
		return;
	if (letters_one(r->at))
		word(r);
	else
		sign(r);
}

char *reading_words(const char *text, const struct table *table)
{
	char *nfc = text_bad_utf8(text, strlen(text)) < 0 ? text_nfc(text) : NULL;
	if (!nfc)
		return NULL;
	struct reading r = { .text = nfc, .at = nfc, .table = table, .style = table_style(table) };
	while (*r.at)
		one(&r);
	while (r.out.n && strchr(" \n,", last(&r.out)))
		r.out.at[--r.out.n] = '\0';
	mem_free(nfc);
	return text_take(&r.out);
}
