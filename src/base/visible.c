#include "base/visible.h"

#include <stdint.h>

static const struct {
	uint32_t from, to;
} hidden[] = {
	{ 0, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, /* soft hyphen */
	{ 0x34F, 0x34F },                            /* grapheme joiner */
	{ 0x61C, 0x61C },                            /* Arabic mark */
	{ 0x115F, 0x1160 },                          /* fillers */
	{ 0x180B, 0x180F },                          /* Mongolian selectors */
	{ 0x200B, 0x200F },                          /* zero width, marks of direction */
	{ 0x2028, 0x202E },                          /* line separators, embeddings, overrides */
	{ 0x2060, 0x206F },                          /* joiners, isolates */
	{ 0x3164, 0x3164 },                          /* filler */
	{ 0xFE00, 0xFE0F },                          /* variation selectors */
	{ 0xFEFF, 0xFEFF },                          /* byte order mark */
	{ 0xFFA0, 0xFFA0 },                          /* filler */
	{ 0xFFF0, 0xFFFB },                          /* annotations */
	{ 0xFFFE, 0xFFFF },                          /* no characters */
	{ 0x1BCA0, 0x1BCA3 },                        /* shorthand controls */
	{ 0x1D173, 0x1D17A },                        /* musical controls */
	{ 0xE0000, 0xE0FFF },                        /* tags, more selectors */
	{ 0xF0000, 0x10FFFF },                       /* nobody's */
};

static bool hides(uint32_t c)
{
	if (c >= 0x20 && c < 0x7F)
		return false;
	for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
		if (c >= hidden[i].from && c <= hidden[i].to)
			return true;
	return false;
}

/* Next character of valid UTF-8; its bytes in *n. */
static uint32_t character(const char *s, size_t *n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t more = u[0] >= 0xF0 ? 3 : u[0] >= 0xE0 ? 2 : u[0] >= 0xC0 ? 1 : 0;
	uint32_t c = more ? u[0] & (0x3Fu >> more) : u[0];
	for (size_t i = 1; i <= more; i++)
		c = c << 6 | (u[i] & 0x3F);
	*n = more + 1;
	return c;
}

bool visible_all(const char *s)
{
	for (size_t n; *s; s += n)
		if (hides(character(s, &n)))
			return false;
	return true;
}

/* One character, or one byte that belongs to none; returns how many bytes of s that took. */
static size_t escape_one(struct text *t, const char *s, bool bad)
{
	size_t n = 1;
	uint32_t c = bad ? 0 : character(s, &n);
	if (bad || (c < 0x80 && hides(c)))
		text_addf(t, "\\x%02x", (unsigned)(unsigned char)*s);
	else if (hides(c))
		text_addf(t, "\\u{%x}", (unsigned)c);
	else if (c == '\\')
		text_add(t, "\\\\");
	else
		text_add_n(t, s, n);
	return n;
}

void visible_escape(struct text *t, const char *s, size_t bytes, size_t most)
{
	enum { LONGEST = 10 }; /* \u{10ffff} */
	size_t begin = t->n, i = 0;
	while (i < bytes && t->n - begin + LONGEST <= most) {
		long bad = text_bad_utf8(s + i, bytes - i);
		size_t good = bad < 0 ? bytes : i + (size_t)bad;
		while (i < good && t->n - begin + LONGEST <= most)
			i += escape_one(t, s + i, false);
		if (i == good && i < bytes && t->n - begin + LONGEST <= most)
			i += escape_one(t, s + i, true);
	}
	if (i < bytes)
		text_add(t, "…");
}
