#include "cli/page.h"

#include "base/mem.h"
#include "cli/wrap.h"

#include <string.h>

static void add_lines(struct page *p, enum page_style style, struct text *lines)
{
	for (const char *s = text_str(lines); *s;) {
		size_t n = strcspn(s, "\n");
		vec_push(&p->rows, (struct page_row){ style, mem_dup_n(s, n) });
		s += n + (s[n] == '\n');
	}
	text_free(lines);
}

void page_add(struct page *p, int columns, enum page_style style, const char *text)
{
	struct text line = { 0 };
	wrap_line(&line, columns, text);
	add_lines(p, style, &line);
}

void page_add_sentence(struct page *p, int columns, enum page_style style, const char *first, const char *text)
{
	struct text lines = { 0 };
	wrap_sentence(&lines, columns, first, text);
	add_lines(p, style, &lines);
}

void page_free(struct page *p)
{
	for (size_t i = 0; i < p->rows.n; i++)
		mem_free(p->rows.at[i].text);
	vec_free(&p->rows);
}

static bool same_row(const struct page_row *a, const struct page_row *b)
{
	return a->style == b->style && !strcmp(a->text, b->text);
}

bool page_equal(const struct page *a, const struct page *b)
{
	bool same = a->rows.n == b->rows.n;
	for (size_t i = 0; same && i < a->rows.n; i++)
		same = same_row(&a->rows.at[i], &b->rows.at[i]);
	return same;
}

/* ── What changed ── */

static bool begins_cell(const char *s)
{
	if (!*s)
		return true;
	if (((unsigned char)*s & 0xC0) == 0x80)
		return false;
	size_t n = 1;
	while (((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	char one[8] = "";
	memcpy(one, s, n < sizeof one ? n : sizeof one - 1);
	return text_width(one) > 0; /* a mark belongs to the letter before it */
}

/* Bytes of the beginning that both have, up to a whole cell of both. */
static size_t common_head(const char *a, const char *b)
{
	size_t n = 0;
	while (a[n] && a[n] == b[n])
		n++;
	while (n && (!begins_cell(a + n) || !begins_cell(b + n)))
		n--;
	return n;
}

/* The same of the end; of what follows the head. */
static size_t common_tail(const char *a, const char *b)
{
	size_t la = strlen(a), lb = strlen(b), n = 0;
	while (n < la && n < lb && a[la - n - 1] == b[lb - n - 1])
		n++;
	while (n && (!begins_cell(a + la - n) || !begins_cell(b + lb - n)))
		n--;
	return n;
}

static const char *const styles[] = { "", "\033[1m", "\033[1;31m", "\033[33m", "\033[2m" };
static const char *const grey[] = { "", "\033[1m", "\033[1m", "", "" };

/* from: 0-based column; clear: something of before stands behind it. */
static void put(struct text *out, int row, int column, const struct page_row *r, const char *s, size_t bytes, bool clear,
	bool colour)
{
	const char *style = (colour ? styles : grey)[r->style];
	text_addf(out, "\033[%d;%dH", row + 1, column + 1);
	if (bytes) {
		text_add(out, style);
		text_add_n(out, s, bytes);
		text_add(out, *style ? "\033[0m" : "");
	}
	if (clear)
		text_add(out, "\033[K");
}

static void repaint_row(
	struct text *out, int row, const struct page_row *old, const struct page_row *new, bool colour)
{
	if (same_row(old, new))
		return;
	size_t head = old->style == new->style ? common_head(old->text, new->text) : 0;
	char *before = mem_dup_n(new->text, head);
	const char *from = old->text + head, *to = new->text + head;
	size_t tail = old->style == new->style ? common_tail(from, to) : 0;
	/* The end stays where it was only if what changed is as wide as before. */
	char *was = mem_dup_n(from, strlen(from) - tail), *is = mem_dup_n(to, strlen(to) - tail);
	if (text_width(was) != text_width(is))
		tail = 0;
	put(out, row, text_width(before), new, to, strlen(to) - tail, text_width(from) > text_width(to), colour);
	mem_free(is);
	mem_free(was);
	mem_free(before);
}

void page_repaint(const struct page *before, const struct page *after, int rows, bool colour, struct text *out)
{
	static const struct page_row none = { PAGE_PLAIN, "" };
	if (!before)
		text_add(out, "\033[0m\033[H\033[2J");
	for (int i = 0; i < rows; i++) {
		const struct page_row *old = before && (size_t)i < before->rows.n ? &before->rows.at[i] : &none;
		const struct page_row *new = (size_t)i < after->rows.n ? &after->rows.at[i] : &none;
		repaint_row(out, i, old, new, colour);
	}
}
