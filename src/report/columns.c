#include "report/columns.h"

#include "base/mem.h"
#include "base/vec.h"
#include "report/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NARROWEST 8 /* no text column is made narrower */

struct column {
	char *heading;
	bool right;
	int width; /* of its widest cell */
};

struct columns {
	VEC(struct column) columns;
	VEC(char *) cells;
	VEC(size_t) rules; /* rows before which a line stands */
};

struct columns *columns_new(void)
{
	return mem_new(struct columns);
}

void columns_free(struct columns **columns)
{
	struct columns *g = *columns;
	if (!g)
		return;
	for (size_t i = 0; i < g->columns.n; i++)
		mem_free(g->columns.at[i].heading);
	for (size_t i = 0; i < g->cells.n; i++)
		mem_free(g->cells.at[i]);
	vec_free(&g->columns);
	vec_free(&g->cells);
	vec_free(&g->rules);
	mem_free(g);
	*columns = NULL;
}

void columns_column(struct columns *g, const char *heading, bool right)
{
	vec_push(&g->columns, (struct column){ mem_dup(heading), right, 0 });
}

void columns_cell(struct columns *g, const char *text)
{
	struct column *c = &g->columns.at[g->cells.n % g->columns.n];
	int width = text_width(text ? text : "");
	c->width = width > c->width ? width : c->width;
	vec_push(&g->cells, mem_dup(text ? text : ""));
}

void columns_cellf(struct columns *g, const char *fmt, ...)
{
	char *text;
	va_list args;
	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	va_end(args);
	columns_cell(g, text);
	mem_free(text);
}

void columns_number(struct columns *g, size_t n)
{
	struct text t = { 0 };
	words_number(&t, n);
	columns_cell(g, text_str(&t));
	text_free(&t);
}

void columns_rule(struct columns *g)
{
	vec_push(&g->rules, columns_rows(g));
}

size_t columns_rows(const struct columns *g)
{
	return g->columns.n ? g->cells.n / g->columns.n : 0;
}

/* ── Printing ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* How the columns stand on the screen there is. */
struct layout {
	int *widths, gap;
	size_t n;
};

static int total(const struct layout *l)
{
	int sum = 0;
	for (size_t i = 0; i < l->n; i++)
		sum += l->widths[i] + (i ? l->gap : 0);
	return sum;
}

/* Its longest word: a heading may stand on several lines. */
static int longest_word(const char *s)
{
	int longest = 0;
	while (*s) {
		size_t n = strcspn(s, " ");
		char *word = mem_dup_n(s, n);
		int width = text_width(word);
		longest = width > longest ? width : longest;
		mem_free(word);
		s += n + (s[n] == ' ');
	}
	return longest;
}

/* As narrow as it may be: numbers are never cut, headings not within a word. */
static int narrowest(const struct column *c)
{
	int word = longest_word(c->heading), cells = c->width;
	if (!c->right && cells > NARROWEST)
		cells = NARROWEST;
	return word > cells ? word : cells;
}

static bool shrink(const struct columns *g, struct layout *l, bool headings)
{
	size_t widest = l->n;
	for (size_t i = 0; i < l->n; i++) {
		const struct column *c = &g->columns.at[i];
		int least = narrowest(c);
		least = headings && least < c->width ? c->width : least;
		if (l->widths[i] > least && (widest == l->n || l->widths[i] > l->widths[widest]))
			widest = i;
	}
	if (widest < l->n)
		l->widths[widest]--;
	return widest < l->n;
}

/* First headings are broken over lines, then columns stand closer, then texts are cut. */
static struct layout fit(const struct columns *g, int columns)
{
	struct layout l = { .widths = mem_new_n(int, g->columns.n + 1), .gap = 2, .n = g->columns.n };
	for (size_t i = 0; i < l.n; i++) {
		int heading = text_width(g->columns.at[i].heading);
		l.widths[i] = g->columns.at[i].width > heading ? g->columns.at[i].width : heading;
	}
	while (total(&l) > columns && shrink(g, &l, true))
		;
	l.gap = total(&l) > columns ? 1 : 2;
	while (total(&l) > columns && shrink(g, &l, false))
		;
	return l;
}

static void add_cell(struct text *t, const char *cell, const struct layout *l, size_t i, bool right)
{
	bool last = i + 1 == l->n && !right && text_width(cell) <= l->widths[i];
	if (i)
		text_add_n(t, "  ", (size_t)l->gap);
	if (last)
		text_add(t, cell); /* no blanks at the end of a line */
	else
		text_add_cell(t, cell, right ? -l->widths[i] : l->widths[i]);
}

static void add_row(const struct columns *g, const struct layout *l, char *const *cells, struct text *t)
{
	for (size_t i = 0; i < l->n; i++)
		add_cell(t, cells[i], l, i, g->columns.at[i].right);
	text_add(t, "\n");
}

/* Takes as many words off the front of *s as fit; to mem_free. */
static char *take_words(const char **s, int width)
{
	const char *from = *s, *end = from;
	while (*end) {
		const char *next = end + (*end == ' ');
		next += strcspn(next, " ");
		char *line = mem_dup_n(from, (size_t)(next - from));
		bool fits = text_width(line) <= width;
		mem_free(line);
		if (!fits && end > from)
			break;
		end = next;
	}
	*s = end + (*end == ' ');
	return mem_dup_n(from, (size_t)(end - from));
}

static void add_headings(const struct columns *g, const struct layout *l, struct text *t)
{
	const char **left = mem_zero((l->n + 1) * sizeof *left);
	bool more = l->n;
	for (size_t i = 0; i < l->n; i++)
		left[i] = g->columns.at[i].heading;
	while (more) {
		more = false;
		for (size_t i = 0; i < l->n; i++) {
			char *words = take_words(&left[i], l->widths[i]);
			add_cell(t, words, l, i, g->columns.at[i].right);
			more = more || *left[i];
			mem_free(words);
		}
		text_add(t, "\n");
	}
	mem_free(left);
}

static bool has_rule(const struct columns *g, size_t row)
{
	for (size_t i = 0; i < g->rules.n; i++)
		if (g->rules.at[i] == row)
			return true;
	return false;
}

static void print_plain(const struct columns *g, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < g->cells.n; i++) {
		const struct column *c = &g->columns.at[i % g->columns.n];
		if (*g->cells.at[i])
			text_addf(&t, "%s%s%s\n", c->heading, *c->heading ? ": " : "", g->cells.at[i]);
		if ((i + 1) % g->columns.n == 0)
			text_add(&t, "\n");
	}
	out->put(out->self, text_str(&t));
	text_free(&t);
}

void columns_print(const struct columns *g, const struct report_page *page, const struct report_out *out)
{
	if (page->plain) {
		print_plain(g, out);
		return;
	}
	struct text t = { 0 };
	struct layout l = fit(g, page->columns);
	add_headings(g, &l, &t);
	for (size_t row = 0; row < columns_rows(g); row++) {
		for (int i = 0; has_rule(g, row) && i < total(&l); i++)
			text_add(&t, "─");
		text_add(&t, has_rule(g, row) ? "\n" : "");
		add_row(g, &l, g->cells.at + row * g->columns.n, &t);
	}
	out->put(out->self, text_str(&t));
	text_free(&t);
	mem_free(l.widths);
}
