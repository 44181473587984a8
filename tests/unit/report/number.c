#include "report/number.h"
#include "../unit.h"

START_TEST(however_it_is_typed)
{
	static const struct {
		int line;
		const char *typed, *number;
		bool means;
	} T[] = {
		{ __LINE__, "1704/STTTT-TTBCXB", "1704/STTTT-TTBCXB", true },
		{ __LINE__, "1704", "1704/STTTT-TTBCXB", true },
		{ __LINE__, "170", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "704", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "1704 / stttt", "1704/STTTT-TTBCXB", true },
		{ __LINE__, "1704 STTTT TTBCXB", "1704/STTTT-TTBCXB", true },
		{ __LINE__, "1704/STT", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "1704/STTTT-TTBCXB-2", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "Công văn số 1704", "1704/STTTT-TTBCXB", true },
		{ __LINE__, "cv 1704/sttTT", "1704/STTTT-TTBCXB", true },
		{ __LINE__, "  4172", "4172 /UBND-VHTT", true },
		/* marks: NFC, or a letter and its marks apart */
		{ __LINE__, "1706/sgddt-vp", "1706/SGDĐT-VP", true },
		{ __LINE__, "1706/SGDĐT", "1706/SGDĐT-VP", true },
		{ __LINE__, "39/2020", "39/2020/TT-BTTTT", true },
		{ __LINE__, "39/20", "39/2020/TT-BTTTT", false },
		/* a number that begins with letters is not found by its digits alone */
		{ __LINE__, "QĐ-1246", "QĐ-1246/2021", true },
		{ __LINE__, "1246", "QĐ-1246/2021", false },
		{ __LINE__, "", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "/", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "công văn số", "1704/STTTT-TTBCXB", false },
		{ __LINE__, "1704", "", false },
		{ __LINE__, "", "", false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(number_means(T[i].typed, T[i].number) == T[i].means, "line %d: \"%s\" and \"%s\"", T[i].line,
				T[i].typed, T[i].number);
}
END_TEST

UNIT_MAIN("report/number", however_it_is_typed)
