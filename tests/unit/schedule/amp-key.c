#include "schedule/amp-key.h"
#include "../unit.h"

#include <string.h>

static const struct row {
	int line;
	const char *text;
	int kind; /* -1: none */
	const char *chip;
	int gpio_line;
} T[] = {
	{ __LINE__, "gpio:gpiochip0/17", AMP_KEY_GPIO, "gpiochip0", 17 },
	{ __LINE__, "gpio:INT33FC:00/0", AMP_KEY_GPIO, "INT33FC:00", 0 },
	{ __LINE__, "gpio:0123456789012345678901234567890/1023", AMP_KEY_GPIO, "0123456789012345678901234567890", 1023 },
	{ __LINE__, "gpio:01234567890123456789012345678901/1", -1, "", 0 },
	{ __LINE__, "gpio:gpiochip0/1024", -1, "", 0 },
	{ __LINE__, "gpio:gpiochip0/-1", -1, "", 0 },
	{ __LINE__, "gpio:gpiochip0/", -1, "", 0 },
	{ __LINE__, "gpio:gpiochip0", -1, "", 0 },
	{ __LINE__, "gpio:/17", -1, "", 0 },
	{ __LINE__, "gpio:/dev/gpiochip0/17", -1, "", 0 },
	{ __LINE__, "command:/usr/local/bin/amp", AMP_KEY_COMMAND, "", -1 },
	{ __LINE__, "command: usbrelay A_1", AMP_KEY_COMMAND, "", -1 },
	{ __LINE__, "command:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", AMP_KEY_COMMAND, "", -1 },
	{ __LINE__, "command:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", -1, "", 0 },
	{ __LINE__, "command:", -1, "", 0 },
	{ __LINE__, "command: \t", -1, "", 0 },
	{ __LINE__, "relay:1", -1, "", 0 },
	{ __LINE__, "", -1, "", 0 },
};

START_TEST(keys)
{
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct amp_key key;
		bool known = amp_key(T[i].text, &key);
		ck_assert_msg(known == (T[i].kind >= 0), "row of line %d", T[i].line);
		if (!known)
			continue;
		ck_assert_msg((int)key.kind == T[i].kind, "row of line %d", T[i].line);
		ck_assert_msg(!strcmp(key.chip, T[i].chip) && key.line == T[i].gpio_line, "row of line %d", T[i].line);
	}
}
END_TEST

START_TEST(words_of_a_command)
{
	static const char *const words[] = { "a", "-b", "c" };
	struct amp_key key;
	int n = 0, length;
	ck_assert(amp_key("command:  a -b\tc ", &key));
	for (const char *at = key.command, *w; (w = amp_key_word(&at, &length)); n++)
		ck_assert(n < 3 && (size_t)length == strlen(words[n]) && !strncmp(w, words[n], (size_t)length));
	ck_assert_int_eq(n, 3);
}
END_TEST

UNIT_MAIN("schedule/amp-key", keys, words_of_a_command)
