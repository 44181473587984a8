/* Any text and any table: words come out that are UTF-8, without a digit that no table put there, without a control
 * character, and not endlessly many. */
#include "reading/reading.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool truth)
{
	if (!truth)
		abort();
}

static void read_aloud(const char *text, const struct table *t, bool own_rows)
{
	char *words = reading_words(text, t);
	if (!words)
		return;
	size_t n = strlen(words);
	demand(text_bad_utf8(words, n) < 0);
	demand(own_rows || n <= 64 + 64 * strlen(text));
	for (const char *p = words; *p; p++)
		demand(((unsigned char)*p >= ' ' || *p == '\n') && *p != 0x7F);
	demand(own_rows || !strpbrk(words, "0123456789%/()@"));
	free(words);
}

/* Up to the first NUL: a table; behind it: the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = malloc(n + 1);
	memcpy(s, data, n);
	s[n] = '\0';
	size_t first = strlen(s);
	struct table *t = table_new();
	read_aloud(first < n ? s + first + 1 : s, t, false);
	table_read(t, s, first);
	demand(table_rows(t) <= TABLE_ROWS_MOST);
	read_aloud(first < n ? s + first + 1 : s, t, true);
	table_free(&t);
	free(s);
	return 0;
}
