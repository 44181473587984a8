/* A stick written by an old Windows, by a Mac (NFD) and by a phone may hold all three kinds of names at once. */
#include "cli/import-name.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* windows-1258 is Latin-1, but for these; 0 = not used.  Tones stand behind their letter, as marks that combine. */
static const uint16_t from_0x80[32] = { 0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0,
	0x2039, 0x0152, 0, 0, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0, 0x203A,
	0x0153, 0, 0, 0x0178 };
static const struct {
	uint8_t byte;
	uint16_t code;
} letters[] = { { 0xC3, 0x0102 }, { 0xCC, 0x0300 }, { 0xD0, 0x0110 }, { 0xD2, 0x0309 }, { 0xD5, 0x01A0 },
	{ 0xDD, 0x01AF }, { 0xDE, 0x0303 }, { 0xE3, 0x0103 }, { 0xEC, 0x0301 }, { 0xF0, 0x0111 }, { 0xF2, 0x0323 },
	{ 0xF5, 0x01A1 }, { 0xFD, 0x01B0 }, { 0xFE, 0x20AB } };

static unsigned code_of(uint8_t byte)
{
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].byte == byte)
			return letters[i].code;
	return byte >= 0x80 && byte < 0xA0 ? from_0x80[byte - 0x80] : byte;
}

static void add_code(struct text *t, unsigned c)
{
	char out[3];
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		text_add_n(t, out, 2);
	} else {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		text_add_n(t, out, 3);
	}
}

static char *from_1258(const char *name)
{
	struct text t = { 0 };
	for (const unsigned char *p = (const unsigned char *)name; *p; p++) {
		unsigned c = code_of(*p);
		if (*p < 0x80)
			text_add_n(&t, (const char *)p, 1);
		else if (c)
			add_code(&t, c);
		else
			text_add(&t, "_");
	}
	char *raw = text_take(&t), *nfc = text_nfc(raw);
	mem_free(raw);
	return nfc;
}

/* Bytes of a character that would steer the terminal or turn the direction of writing (U+0080..9F, U+061C,
 * U+200B..200F, U+2028..202E, U+2060..2069, U+FEFF); 0 = it is harmless. */
static size_t unruly(const unsigned char *p)
{
	if (p[0] < 0x20 || p[0] == 0x7F)
		return 1;
	if ((p[0] == 0xC2 && p[1] < 0xA0) || (p[0] == 0xD8 && p[1] == 0x9C))
		return 2;
	if (p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0x8B && p[2] <= 0x8F) || (p[2] >= 0xA8 && p[2] <= 0xAE)))
		return 3;
	if (p[0] == 0xE2 && p[1] == 0x81 && p[2] >= 0xA0 && p[2] <= 0xA9)
		return 3;
	return p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF ? 3 : 0;
}

char *import_name_shown(const char *name)
{
	char *s = text_bad_utf8(name, strlen(name)) < 0 ? text_nfc(name) : from_1258(name);
	struct text t = { 0 };
	for (const char *p = s ? s : "_"; *p;) {
		size_t bad = unruly((const unsigned char *)p);
		if (bad)
			text_add(&t, "_");
		else
			text_add_n(&t, p, 1);
		p += bad ? bad : 1;
	}
	mem_free(s);
	return text_take(&t);
}

static const char *without_folder(const char *name)
{
	const char *slash = strrchr(name, '/');
	return slash && slash[1] ? slash + 1 : name;
}

static bool plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

size_t import_name_stem(const char *name)
{
	const char *dot = strrchr(name, '.');
	if (!dot || dot == name || strlen(dot) > 6 || !dot[1])
		return strlen(name);
	for (const char *p = dot + 1; *p; p++)
		if (!plain((char)(*p | 0x20)))
			return strlen(name);
	return (size_t)(dot - name);
}

/* Long names end at a dash where one is near. */
static size_t cut(const char *s, size_t n)
{
	if (n <= IMPORT_NAME_MOST)
		return n;
	n = IMPORT_NAME_MOST;
	for (size_t at = n; at > IMPORT_NAME_MOST / 2; at--)
		if (s[at] == '-')
			return at;
	return n;
}

char *import_name_safe(const char *name)
{
	char *shown = import_name_shown(without_folder(name)), *stem = mem_dup_n(shown, import_name_stem(shown));
	char *folded = text_fold(stem, false);
	struct text t = { 0 };
	for (const char *p = folded ? folded : ""; *p; p++) {
		if (plain(*p))
			text_add_n(&t, p, 1);
		else if (t.n && t.at[t.n - 1] != '-')
			text_add(&t, "-");
	}
	size_t n = cut(text_str(&t), t.n);
	while (n && t.at[n - 1] == '-')
		n--;
	char *safe = n ? mem_dup_n(t.at, n) : mem_dup("ban-thu");
	text_free(&t);
	mem_free(shown);
	mem_free(stem);
	mem_free(folded);
	return safe;
}

char *import_name_title(const char *name)
{
	char *shown = import_name_shown(without_folder(name)), *title = mem_dup_n(shown, import_name_stem(shown));
	for (char *p = title; *p; p++)
		if (*p == '_')
			*p = ' ';
	for (size_t n = strlen(title); n > 1 && title[n - 1] == ' ';)
		title[--n] = '\0';
	mem_free(shown);
	return title;
}

bool import_name_is_safe(const char *name)
{
	size_t n = strlen(name);
	for (const char *p = name; *p; p++)
		if (!plain(*p) && (*p != '-' || p[1] == '-'))
			return false;
	return n && n <= IMPORT_NAME_MOST && name[0] != '-' && name[n - 1] != '-';
}
