#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A cut in the middle of a Vietnamese letter would print as rubbish. */
static void cut_at_character(char *text, size_t n)
{
	while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
		n--;
	text[n] = '\0';
}

bool err_set(struct err *err, const char *fmt, ...)
{
	if (!err)
		return false;
	va_list ap;
	va_start(ap, fmt);
	char line[sizeof err->text + 4];
	vsnprintf(line, sizeof line, fmt, ap);
	va_end(ap);
	if (strlen(line) >= sizeof err->text)
		cut_at_character(line, sizeof err->text - 1);
	memcpy(err->text, line, strlen(line) + 1);
	return false;
}
