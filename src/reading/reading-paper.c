/* The number of a document, as announcers say it: the number, the year, whose it is.  The signs between are not said:
 * "1704/STTTT-TTBCXB" -> "một nghìn bảy trăm linh bốn của Sở Thông tin và Truyền thông, …". */
#include "base/mem.h"
#include "reading/letters.h"
#include "reading/reading-inside.h"

#include <string.h>

/* Letters and digits of one part: "NĐ", "TTg", "QH15". */
static size_t part_bytes(const char *s)
{
	size_t n = letters_run(s);
	return n ? n + reading_digits(s + n) : 0;
}

/* Begins with a capital and has another, or is the only one: "CP", "TTg", "BCĐ". */
static bool is_part(const char *s)
{
	return letters_capital(s) && part_bytes(s) > 1;
}

static size_t whole(const char *s, size_t *number, size_t *year)
{
	size_t at = *number = reading_digits(s);
	*year = 0;
	if (!at || at > 6)
		return 0;
	if (s[at] == '/' && reading_digits(s + at + 1) == 4 && (s[at + 5] == '/' || s[at + 5] == '-'))
		*year = at + 1, at += 5;
	bool slash = s[at] == '/';
	if ((!slash && s[at] != '-') || !is_part(s + at + 1))
		return 0;
	while (strchr("/-", s[at]) && s[at] && is_part(s + at + 1)) {
		slash = slash || s[at] == '/';
		at += 1 + part_bytes(s + at + 1);
	}
	return slash ? at : 0;
}

/* Has it been said just before the number: "Nghị quyết 16/NQ-CP", "Công văn số 1234-CV/TU"? */
static bool said_already(const struct text *out, size_t bytes, const char *words)
{
	char *before = mem_dup_n(text_str(out), bytes), *fold = text_fold(before, false),
	     *want = text_fold(words, false);
	size_t n = strlen(fold), k = strlen(want);
	if (n >= 3 && !strcmp(fold + n - 3, " so"))
		n -= 3;
	bool said = n >= k && !memcmp(fold + n - k, want, k);
	mem_free(before);
	mem_free(fold);
	mem_free(want);
	return said;
}

/* The table writes bodies with a capital (Chính phủ), kinds of documents without (nghị định). */
struct saying {
	size_t before; /* bytes said before the number */
	bool body;     /* one has been named */
};

static void say_part(struct reading *r, const char *s, struct saying *how)
{
	size_t n = part_bytes(s), letters = letters_run(s);
	const char *words = table_get(r->table, TABLE_WORDS, s, n);
	if (!words)
		words = table_get(r->table, TABLE_WORDS, s, letters);
	else
		letters = n;
	bool body = words && letters_capital(words);
	if (words && !body && said_already(&r->out, how->before, words))
		return;
	if (body && !how->body)
		reading_say(r, "của");
	else
		reading_pause(r);
	how->body = how->body || body;
	reading_say_short(r, s, letters);
	if (n == letters)
		return;
	if (body) /* 29/2021/QH15 */
		reading_say(r, "khóa");
	reading_say_number(r, reading_value(s + letters, n - letters < 18 ? n - letters : 18));
}

bool reading_paper(struct reading *r)
{
	size_t number, year;
	const char *s = r->at;
	size_t bytes = whole(s, &number, &year);
	struct saying how = { r->out.n, false };
	if (!bytes)
		return false;
	r->at += bytes;
	if (s[0] == '0')
		reading_say_digits(r, s, number);
	else
		reading_say_number(r, reading_value(s, number));
	if (year) {
		reading_say(r, "năm");
		reading_say_number(r, reading_value(s + year, 4));
	}
	for (size_t at = year ? year + 4 : number; at < bytes; at += 1 + part_bytes(s + at + 1))
		say_part(r, s + at + 1, &how);
	reading_pause(r);
	return true;
}
