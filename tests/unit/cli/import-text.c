/* Texts as Notepad, a Mac and Word leave them on a stick. */
#include "cli/import-text.h"

#include "../unit.h"
#include "base/mem.h"

#include <string.h>

#define BYTES(s) (s), sizeof(s) - 1

static const struct {
	int line;
	const char *bytes;
	size_t n;
	const char *want; /* NULL: refused */
} T[] = {
	{ __LINE__, BYTES("Kính thưa bà con.\n"), "Kính thưa bà con.\n" },
	{ __LINE__, BYTES("\xEF\xBB\xBFmột\r\nhai\rba\tbốn"), "một\nhai\nba bốn" },
	{ __LINE__, BYTES("Ba\xCC\x83o"), "Bão" },
	{ __LINE__,
		BYTES("\xFF\xFE"
		      "B\0\xE3\0o\0\r\0\n\0"),
		"Bão\n" },
	{ __LINE__,
		BYTES("\xFE\xFF"
		      "\0B\x1E\xA1\0n"),
		"Bạn" },
	{ __LINE__, BYTES("\xFF\xFE\x3D\xD8\x00\xDE"), "\xF0\x9F\x98\x80" },
	{ __LINE__,
		BYTES("\xFF\xFE\x3D\xD8"
		      "A\0"),
		NULL },                       /* half a character */
	{ __LINE__, BYTES("Ba\xDEo"), NULL }, /* an older code */
	{ __LINE__, BYTES("PK\x03\x04"), NULL },
	{ __LINE__, BYTES("a\0b"), NULL },
	{ __LINE__, BYTES(""), NULL },
	{ __LINE__, BYTES(" \n \r\n"), NULL },
	{ __LINE__, BYTES("\xFF\xFE"), NULL },
};

START_TEST(texts)
{
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err err = { "" };
		char *got = import_text_clean(T[i].bytes, T[i].n, &err);
		if (T[i].want)
			ck_assert_msg(
				got && !strcmp(got, T[i].want), "row %d: \"%s\"", T[i].line, got ? got : err.text);
		else
			ck_assert_msg(!got && err.text[0], "row %d: \"%s\"", T[i].line, got);
		mem_free(got);
	}
}
END_TEST

START_TEST(too_long)
{
	struct err err = { "" };
	char *big = mem_zero(IMPORT_TEXT_MOST + 2);
	memset(big, 'a', IMPORT_TEXT_MOST + 1);
	char *most = import_text_clean(big, IMPORT_TEXT_MOST, &err);
	ck_assert_ptr_nonnull(most);
	ck_assert_ptr_null(import_text_clean(big, IMPORT_TEXT_MOST + 1, &err));
	mem_free(most);
	mem_free(big);
}
END_TEST

UNIT_MAIN("cli/import-text", texts, too_long)
