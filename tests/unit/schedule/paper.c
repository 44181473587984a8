#include "schedule/paper.h"
#include "../unit.h"

START_TEST(a_unit_says_the_rest)
{
	static const struct {
		int line;
		const char *unit, *issuer, *place, *symbol;
	} T[] = {
		{ __LINE__, "UBND phường Lộc Thọ", "Ủy ban nhân dân phường Lộc Thọ", "Lộc Thọ", "BC-UBND" },
		{ __LINE__, "Ủy ban nhân dân xã Tân Hưng", "Ủy ban nhân dân xã Tân Hưng", "Tân Hưng", "BC-UBND" },
		{ __LINE__, "UBND phường 5", "Ủy ban nhân dân phường 5", "Phường 5", "BC-UBND" },
		{ __LINE__, "UBND thành phố Nha Trang", "Ủy ban nhân dân thành phố Nha Trang", "Nha Trang", "BC-UBND" },
		{ __LINE__, "Trung tâm Văn hóa xã A", "Trung tâm Văn hóa xã A", NULL, "BC" },
		{ __LINE__, "", NULL, NULL, "BC" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct paper p, copy;
		paper_of_unit(&p, T[i].unit);
		vec_push(&p.recipients, mem_dup("Đảng ủy"));
		paper_copy(&copy, &p);
		paper_free(&p);
		const char *const pairs[][2] = { { copy.issuer, T[i].issuer }, { copy.place, T[i].place },
			{ copy.symbol, T[i].symbol } };
		for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
			ck_assert_msg(pairs[k][0] ? pairs[k][1] && !strcmp(pairs[k][0], pairs[k][1]) : !pairs[k][1],
				"row of line %d: %s", T[i].line, pairs[k][0]);
		ck_assert((copy.sign != NULL) == !strcmp(copy.symbol, "BC-UBND") && !strcmp(copy.archive, "VT"));
		ck_assert_str_eq(copy.recipients.at[0], "Đảng ủy");
		paper_free(&copy);
		ck_assert(!copy.issuer && !copy.recipients.n);
	}
}
END_TEST

UNIT_MAIN("schedule/paper", a_unit_says_the_rest)
