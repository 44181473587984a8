/* Numbers as they are said. */
#include "reading/number.h"

#include "../unit.h"

#include <string.h>

static const struct number_style north = { "linh", "nghìn", "tư", "mùng" }, south = { "lẻ", "ngàn", "bốn", "mồng" };

static const struct {
	int line;
	uint64_t n;
	const char *words;
} T[] = {
	{ __LINE__, 0, "không" },
	{ __LINE__, 1, "một" },
	{ __LINE__, 4, "bốn" },
	{ __LINE__, 5, "năm" },
	{ __LINE__, 10, "mười" },
	{ __LINE__, 11, "mười một" },
	{ __LINE__, 14, "mười bốn" },
	{ __LINE__, 15, "mười lăm" },
	{ __LINE__, 20, "hai mươi" },
	{ __LINE__, 21, "hai mươi mốt" },
	{ __LINE__, 24, "hai mươi tư" },
	{ __LINE__, 25, "hai mươi lăm" },
	{ __LINE__, 55, "năm mươi lăm" },
	{ __LINE__, 91, "chín mươi mốt" },
	{ __LINE__, 100, "một trăm" },
	{ __LINE__, 101, "một trăm linh một" },
	{ __LINE__, 104, "một trăm linh bốn" },
	{ __LINE__, 105, "một trăm linh năm" },
	{ __LINE__, 110, "một trăm mười" },
	{ __LINE__, 111, "một trăm mười một" },
	{ __LINE__, 115, "một trăm mười lăm" },
	{ __LINE__, 121, "một trăm hai mươi mốt" },
	{ __LINE__, 555, "năm trăm năm mươi lăm" },
	{ __LINE__, 1000, "một nghìn" },
	{ __LINE__, 1001, "một nghìn không trăm linh một" },
	{ __LINE__, 1010, "một nghìn không trăm mười" },
	{ __LINE__, 1015, "một nghìn không trăm mười lăm" },
	{ __LINE__, 1050, "một nghìn không trăm năm mươi" },
	{ __LINE__, 1100, "một nghìn một trăm" },
	{ __LINE__, 1704, "một nghìn bảy trăm linh bốn" },
	{ __LINE__, 2021, "hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, 2024, "hai nghìn không trăm hai mươi tư" },
	{ __LINE__, 10000, "mười nghìn" },
	{ __LINE__, 15000, "mười lăm nghìn" },
	{ __LINE__, 21000, "hai mươi mốt nghìn" },
	{ __LINE__, 100000, "một trăm nghìn" },
	{ __LINE__, 105005, "một trăm linh năm nghìn không trăm linh năm" },
	{ __LINE__, 150829, "một trăm năm mươi nghìn tám trăm hai mươi chín" },
	{ __LINE__, 422893, "bốn trăm hai mươi hai nghìn tám trăm chín mươi ba" },
	{ __LINE__, 1000000, "một triệu" },
	{ __LINE__, 1000001, "một triệu không trăm linh một" },
	{ __LINE__, 1050000, "một triệu không trăm năm mươi nghìn" },
	{ __LINE__, 1005000, "một triệu không trăm linh năm nghìn" },
	{ __LINE__, 2500000, "hai triệu năm trăm nghìn" },
	{ __LINE__, 1000000000, "một tỷ" },
	{ __LINE__, 1000000005, "một tỷ không trăm linh năm" },
	{ __LINE__, 21000000000, "hai mươi mốt tỷ" },
	{ __LINE__, 1500000000000, "một nghìn năm trăm tỷ" },
	{ __LINE__, NUMBER_MOST,
		"chín trăm chín mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ chín trăm "
		"chín "
		"mươi chín triệu chín trăm chín mươi chín nghìn chín trăm chín mươi chín" },
};

static void is(int line, uint64_t n, const struct number_style *style, const char *want)
{
	struct text t = { 0 };
	number_words(&t, n, style);
	ck_assert_msg(!strcmp(text_str(&t), want), "row %d: \"%s\", not \"%s\"", line, text_str(&t), want);
	text_free(&t);
}

START_TEST(words)
{
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		is(T[i].line, T[i].n, &north, T[i].words);
}
END_TEST

START_TEST(in_the_south)
{
	is(__LINE__, 1704, &south, "một ngàn bảy trăm lẻ bốn");
	is(__LINE__, 24, &south, "hai mươi bốn");
	is(__LINE__, 21, &south, "hai mươi mốt");
}
END_TEST

START_TEST(one_by_one)
{
	struct text t = { 0 };
	number_digits(&t, "0905", 4);
	ck_assert_str_eq(text_str(&t), "không chín không năm");
	text_free(&t);
}
END_TEST

UNIT_MAIN("reading/number", words, in_the_south, one_by_one)
