#include "base/visible.h"
#include "../unit.h"

#include <string.h>

static const struct {
	int line;
	const char *in;
	bool visible;
	const char *escaped;
} rows[] = {
	{ __LINE__, "", true, "" },
	{ __LINE__, "Người trực đài — 5h30", true, "Người trực đài — 5h30" },
	{ __LINE__, "Ngu\xCC\x9B\xC6\xA1i", true, "Ngu\xCC\x9B\xC6\xA1i" }, /* decomposed */
	{ __LINE__, "loa 📢", true, "loa 📢" },
	{ __LINE__, "a\\b", true, "a\\\\b" },
	{ __LINE__, "a\x1b[31m", false, "a\\x1b[31m" },
	{ __LINE__, "a\nb\tc\x7f", false, "a\\x0ab\\x09c\\x7f" },
	{ __LINE__, "a\xC2\x9B" "b", false, "a\\u{9b}b" },
	{ __LINE__, "a\u200Bb", false, "a\\u{200b}b" },
	{ __LINE__, "a\u202Eb", false, "a\\u{202e}b" },
	{ __LINE__, "a\u2066b\u2069", false, "a\\u{2066}b\\u{2069}" },
	{ __LINE__, "\uFEFF", false, "\\u{feff}" },
	{ __LINE__, "\U000E0041", false, "\\u{e0041}" },
	{ __LINE__, "\U0010FFFF", false, "\\u{10ffff}" },
};

START_TEST(what_hides_is_found_and_escaped)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct text t = { 0 };
		ck_assert_msg(visible_all(rows[i].in) == rows[i].visible, "row of line %d", rows[i].line);
		visible_escape(&t, rows[i].in, strlen(rows[i].in), 1000);
		ck_assert_msg(!strcmp(text_str(&t), rows[i].escaped), "row of line %d: %s", rows[i].line, text_str(&t));
		text_free(&t);
	}
}
END_TEST

START_TEST(whatever_bytes_give_short_clean_text)
{
	unsigned seed = 20210713;
	for (int round = 0; round < 20000; round++) {
		char bytes[64];
		size_t n = (size_t)(round % 64);
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] = (char)(seed >> 16);
		}
		struct text t = { 0 };
		visible_escape(&t, bytes, n, 60);
		ck_assert_int_eq(text_bad_utf8(text_str(&t), t.n), -1);
		ck_assert(visible_all(text_str(&t)));
		ck_assert_uint_le(t.n, 60 + strlen("…"));
		text_free(&t);
	}
	struct text t = { 0 };
	visible_escape(&t, "a\0b\xFF", 4, 100);
	ck_assert_str_eq(text_str(&t), "a\\x00b\\xff");
	text_free(&t);
}
END_TEST

UNIT_MAIN("base/visible", what_hides_is_found_and_escaped, whatever_bytes_give_short_clean_text)
