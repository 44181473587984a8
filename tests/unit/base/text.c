#include "base/mem.h"
#include "base/text.h"
#include "../unit.h"

#include <string.h>

START_TEST(bad_utf8_is_found_at_its_byte)
{
	static const struct {
		int line;
		const char *in;
		size_t n;
		long want;
	} T[] = {
		{ __LINE__, "Đài", 4, -1 },
		{ __LINE__, "a\xC0\x80", 3, 1 },     /* overlong */
		{ __LINE__, "\xED\xA0\x80", 3, 0 },  /* surrogate */
		{ __LINE__, "ab\xF4\x90\x80\x80", 6, 2 }, /* beyond U+10FFFF */
		{ __LINE__, "a\0b", 3, 1 },
		{ __LINE__, "\xE1\xBB", 2, 0 },      /* cut */
		{ __LINE__, "", 0, -1 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(text_bad_utf8(T[i].in, T[i].n) == T[i].want, "row of line %d", T[i].line);
}
END_TEST

START_TEST(fold_finds_vietnamese)
{
	static const struct {
		int line;
		const char *in, *want;
	} T[] = {
		{ __LINE__, "Đồng Tháp", "dong thap" },
		{ __LINE__, "HOÀ", "hoa" },
		{ __LINE__, "Mỹ Đông ơ ư", "my dong o u" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *got = text_fold(T[i].in, false);
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		mem_free(got);
	}
}
END_TEST

START_TEST(cells_count_columns_not_bytes)
{
	struct text t = { 0 };
	text_add_cell(&t, "Cụm", 5);
	text_add_cell(&t, "Cụm", -5);
	text_add_cell(&t, "phường", 4);
	ck_assert_str_eq(text_str(&t), "Cụm    Cụmphư…");
	text_free(&t);
}
END_TEST

START_TEST(distance_counts_edits)
{
	ck_assert_int_eq(text_distance("aproved-by", "approved-by", 3), 1);
	ck_assert_int_eq(text_distance("strat", "start", 3), 1);
	ck_assert_int_eq(text_distance("abc", "xyz", 2), 3);
}
END_TEST

START_TEST(capitals_keep_their_marks)
{
	static const char *const pairs[][2] = { { "phường Lộc Thọ", "PHƯỜNG LỘC THỌ" }, { "ủy ban, đặc khu", "ỦY BAN, ĐẶC KHU" },
		{ "ữ ẵ ợ ỵ 12/KH", "Ữ Ẵ Ợ Ỵ 12/KH" }, { "hoa\xCC\x80", "HOÀ" }, { "", "" }, { "\xFF", "\xFF" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		char *big = text_upper(pairs[i][0]);
		ck_assert_str_eq(big, pairs[i][1]);
		mem_free(big);
	}
}
END_TEST

UNIT_MAIN("base/text", capitals_keep_their_marks, bad_utf8_is_found_at_its_byte, fold_finds_vietnamese, cells_count_columns_not_bytes,
		distance_counts_edits)
