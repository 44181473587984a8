/* Changing bytes: layout, and that two words never grow together. */
#include "base/i18n.h"
#include "base/mem.h"
#include "config/clean.h"
#include "config/edit-inside.h"

#include <string.h>

void edit_shadow(struct edit_file *f)
{
	mem_free(f->shadow);
	f->shadow = NULL;
	if (text_bad_utf8(f->bytes, f->n) >= 0)
		return;
	struct findings fs = { 0 };
	f->shadow = mem_dup_n(f->bytes, f->n);
	if (f->n >= 3 && !memcmp(f->shadow, "\xEF\xBB\xBF", 3))
		memset(f->shadow, ' ', 3);
	clean_blank(f->shadow, f->name, &fs);
	if (fs.errors) {
		mem_free(f->shadow);
		f->shadow = NULL;
	}
	findings_free(&fs);
}

/* May stand beside another of its kind without changing what either means. */
static bool apart(char c)
{
	return !c || strchr(" \t\r\n{}=,", c);
}

static void join(struct text *t, const char *s, size_t n)
{
	if (t->n && n && !apart(t->at[t->n - 1]) && !apart(*s))
		text_add(t, " ");
	text_add_n(t, s, n);
}

void edit_splice(struct edit_file *f, size_t from, size_t to, const char *text)
{
	struct text t = { 0 };
	if (from)
		text_add_n(&t, f->bytes, from);
	join(&t, text, strlen(text));
	join(&t, f->bytes + to, f->n - to);
	size_t n = t.n;
	mem_free(f->bytes);
	f->bytes = text_take(&t);
	f->n = n;
	edit_shadow(f);
}

size_t edit_line_start(const struct edit_file *f, size_t at)
{
	while (at && f->shadow[at - 1] != '\n')
		at--;
	return at;
}

size_t edit_line_end(const struct edit_file *f, size_t at)
{
	while (at < f->n && f->shadow[at] != '\n')
		at++;
	return at;
}

bool edit_blank(const struct edit_file *f, size_t from, size_t to)
{
	while (from < to && strchr(" \t\r\n", f->bytes[from]))
		from++;
	return from == to;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t';
}

void edit_cut(struct edit_file *f, size_t from, size_t to)
{
	size_t start = edit_line_start(f, from), end = edit_line_end(f, to), before = from;
	while (before > start && is_space(f->bytes[before - 1]))
		before--;
	bool first = before == start, last = edit_blank(f, to, end);
	if (first && last) {
		from = start;
		to = end < f->n ? end + 1 : end;
	} else if (first || f->bytes[before - 1] == '{') {
		while (is_space(f->bytes[to]))
			to++;
	} else {
		from = before;
	}
	edit_splice(f, from, to, "");
}

const char *edit_newline(const struct edit_file *f)
{
	const char *at = f->shadow ? strchr(f->shadow, '\n') : NULL;
	size_t i = at ? (size_t)(at - f->shadow) : 0;
	if (at && f->bytes[i] == '\r')
		return "\r";
	return i && f->bytes[i - 1] == '\r' ? "\r\n" : "\n";
}

bool edit_can_write(const char *value)
{
	if (text_bad_utf8(value, strlen(value)) >= 0 || strstr(value, "${"))
		return false;
	for (const char *s = value; *s; s++) {
		unsigned char c = (unsigned char)*s, next = (unsigned char)s[1];
		if (c < ' ' || c == 0x7F || (c == 0xC2 && next < 0xA0))
			return false;
	}
	return true;
}

static bool stands_bare(const char *value)
{
	size_t n = strlen(value);
	return !strcmp(value, "yes") || !strcmp(value, "no") || (n && n < 10 && strspn(value, "0123456789") == n);
}

void edit_literal(struct text *t, const char *value)
{
	if (stands_bare(value)) {
		text_add(t, value);
		return;
	}
	text_add(t, "\"");
	for (const char *s = value; *s; s++) {
		if (*s == '"' || *s == '\\')
			text_add(t, "\\");
		text_add_n(t, s, 1);
	}
	text_add(t, "\"");
}

void edit_put(struct text *lines, const char *key, const char *value)
{
	if (!value)
		return;
	text_addf(lines, "%s = ", key);
	edit_literal(lines, value);
}
