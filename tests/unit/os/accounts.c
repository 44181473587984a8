/* What every machine has: an account and a group root. */
#include "base/mem.h"
#include "os/accounts.h"
#include "../unit.h"

#include <string.h>

START_TEST(accounts_of_this_machine)
{
	struct accounts *a = accounts_new();
	ck_assert_str_eq(accounts_name(a, 0), "root");
	ck_assert_ptr_null(accounts_name(a, -1));
	ck_assert_ptr_null(accounts_name(a, INT64_C(1) << 32)); /* no uid; its low half is root's */
	accounts_again(a);
	ck_assert_str_eq(accounts_name(a, 0), "root");
	accounts_free(&a);
	ck_assert_ptr_null(a);
	accounts_free(&a);
}
END_TEST

START_TEST(groups_of_this_machine)
{
	ck_assert_int_eq(accounts_group("root"), 0);
	ck_assert_int_eq(accounts_group("loaxa-khong-co"), -1);
	ck_assert_ptr_null(accounts_members("loaxa-khong-co"));
	char *members = accounts_members("root");
	ck_assert_ptr_nonnull(members);
	ck_assert_ptr_null(strstr(members, "root"));
	mem_free(members);
}
END_TEST

UNIT_MAIN("os/accounts", accounts_of_this_machine, groups_of_this_machine)
