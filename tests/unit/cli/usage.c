#include "cli/usage.h"
#include "../unit.h"

#include <string.h>

#define EDIT "session NAME (--add BULLETIN [--after BULLETIN] | --remove BULLETIN) [DIR] [--store DIR]"
#define PLAY "BULLETIN [--zones A,B] [--level test|normal|priority] [--at TIME [--times N --every DURATION]] [--by NAME]"
#define APPROVE "BULLETIN… --by \"NAME, OFFICE\" [--via PAPER] [DIR]"
#define LOG "[--from TIME] [--events] [--json|--csv] [--state DIR]"

/* what: of the last word; of: the option or the fixed word before it */
static const struct {
	int line;
	const char *args;
	char *words[6];
	enum usage_kind kind;
	const char *what, *of;
} rows[] = {
	{ __LINE__, PLAY, { "" }, USAGE_OPERAND, "BULLETIN", "" },
	{ __LINE__, PLAY, { "b", "" }, USAGE_OPERAND, "", "" },
	{ __LINE__, PLAY, { "b", "--zones", "" }, USAGE_VALUE, "A,B", "--zones" },
	{ __LINE__, PLAY, { "--level", "n" }, USAGE_VALUE, "test|normal|priority", "--level" },
	{ __LINE__, PLAY, { "--by", "x", "" }, USAGE_OPERAND, "BULLETIN", "" },
	{ __LINE__, PLAY, { "b", "--times", "" }, USAGE_VALUE, "N", "--times" },
	{ __LINE__, EDIT, { "" }, USAGE_OPERAND, "session", "" },
	{ __LINE__, EDIT, { "session", "" }, USAGE_OPERAND, "NAME", "session" },
	{ __LINE__, EDIT, { "session", "sang", "--after", "" }, USAGE_VALUE, "BULLETIN", "--after" },
	{ __LINE__, EDIT, { "session", "sang", "--remove", "b", "" }, USAGE_OPERAND, "DIR", "" },
	{ __LINE__, "ZONE…|all [--yes] [--by NAME]", { "a", "b", "" }, USAGE_OPERAND, "ZONE|all", "" },
	{ __LINE__, "ZONE…|all [--yes] [--by NAME]", { "--yes", "" }, USAGE_OPERAND, "ZONE|all", "" },
	{ __LINE__, "ZONE… N [--by NAME]", { "a", "" }, USAGE_OPERAND, "ZONE|N", "" },
	{ __LINE__, "ZONE… N [--by NAME]", { "a", "b", "" }, USAGE_OPERAND, "ZONE", "" },
	{ __LINE__, APPROVE, { "a", "--by", "" }, USAGE_VALUE, "\"NAME, OFFICE\"", "--by" },
	{ __LINE__, APPROVE, { "a", "" }, USAGE_OPERAND, "BULLETIN|DIR", "" },
	{ __LINE__, APPROVE, { "--by", "x, y", "" }, USAGE_OPERAND, "BULLETIN", "" },
	{ __LINE__, "ZONE… --reason TEXT [--by NAME]", { "--reason", "" }, USAGE_VALUE, "TEXT", "--reason" },
	{ __LINE__, "FILE... [--trim] [--dir DIR]", { "x", "--trim", "" }, USAGE_OPERAND, "FILE", "" },
	{ __LINE__, LOG, { "--json", "" }, USAGE_OPERAND, "", "" },
	{ __LINE__, "", { "" }, USAGE_OPERAND, "", "" },
};

START_TEST(the_place_of_the_cursor_is_found)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t n = 0;
		while (n < 6 && rows[i].words[n])
			n++;
		struct usage_place p = usage_place(rows[i].args, rows[i].words, n);
		ck_assert_msg(p.kind == rows[i].kind && !strcmp(p.what, rows[i].what) && !strcmp(p.of, rows[i].of),
			"row of line %d: %d %s of %s", rows[i].line, p.kind, p.what, p.of);
	}
}
END_TEST

START_TEST(options_are_listed_with_their_values)
{
	static const char *const want[][2] = { { "--add", "BULLETIN" }, { "--after", "BULLETIN" }, { "--remove", "BULLETIN" },
		{ "--store", "DIR" } };
	char name[32], value[64];
	size_t i = 0;
	for (; usage_option(EDIT, i, name, value); i++) {
		ck_assert_str_eq(name, want[i][0]);
		ck_assert_str_eq(value, want[i][1]);
	}
	ck_assert_uint_eq(i, 4);
	ck_assert(usage_option(LOG, 2, name, value));
	ck_assert_str_eq(name, "--json");
	ck_assert(usage_option(LOG, 3, name, value));
	ck_assert_str_eq(name, "--csv");
}
END_TEST

START_TEST(alternatives_are_taken_apart)
{
	char one[64];
	ck_assert(usage_alternative("test|normal|priority", 2, one));
	ck_assert_str_eq(one, "priority");
	ck_assert(!usage_alternative("test|normal|priority", 3, one));
	ck_assert(!usage_alternative("", 0, one));
}
END_TEST

UNIT_MAIN("cli/usage", the_place_of_the_cursor_is_found, options_are_listed_with_their_values,
		alternatives_are_taken_apart)
