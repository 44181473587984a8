/* The part of text.h that needs Unicode's tables (utf8proc). */
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static char *mapped(const char *s, utf8proc_option_t how)
{
	utf8proc_uint8_t *out = NULL;
	ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &out, UTF8PROC_NULLTERM | how);
	char *copy = n < 0 ? NULL : mem_dup((const char *)out);
	free(out);
	return copy;
}

char *text_nfc(const char *s)
{
	return mapped(s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* đ is a letter of its own to Unicode, not a d with a mark: no decomposition reaches it. */
static void fold_d(char *s)
{
	char *to = s;
	for (const char *from = s; *from;) {
		bool small = !strncmp(from, "đ", strlen("đ")), big = !strncmp(from, "Đ", strlen("Đ"));
		if (small || big) {
			*to++ = small ? 'd' : 'D';
			from += strlen("đ");
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
}

char *text_fold(const char *s, bool keep_case)
{
	utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK;
	if (!keep_case)
		how |= UTF8PROC_CASEFOLD;
	char *out = mapped(s, how);
	if (out)
		fold_d(out);
	return out;
}

static utf8proc_int32_t upper(utf8proc_int32_t c, void *unused)
{
	(void)unused;
	return utf8proc_toupper(c);
}

char *text_upper(const char *s)
{
	utf8proc_uint8_t *out = NULL;
	ssize_t n = utf8proc_map_custom((const utf8proc_uint8_t *)s, 0, &out,
		UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE, upper, NULL);
	char *copy = mem_dup(n < 0 ? s : (const char *)out);
	free(out);
	return copy;
}

/* Next character of s: its width in columns, its bytes in *bytes (a bad byte counts as one column). */
static int next_width(const char *s, size_t *bytes)
{
	utf8proc_int32_t c;
	ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s, -1, &c);
	*bytes = n > 0 ? (size_t)n : 1;
	return n > 0 ? utf8proc_charwidth(c) : 1;
}

int text_width(const char *s)
{
	int width = 0;
	for (size_t n; *s; s += n)
		width += next_width(s, &n);
	return width;
}

void text_add_cell(struct text *t, const char *s, int columns)
{
	int want = abs(columns), have = text_width(s);
	for (int i = have; columns < 0 && i < want; i++)
		text_add(t, " ");
	if (have <= want) {
		text_add(t, s);
	} else {
		size_t n;
		for (int used = 0; used + next_width(s, &n) < want; s += n) {
			used += next_width(s, &n);
			text_add_n(t, s, n);
		}
		text_add(t, "…");
	}
	for (int i = have; columns > 0 && i < want; i++)
		text_add(t, " ");
}
