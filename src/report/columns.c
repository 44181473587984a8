#include "report/columns.h"

#include "base/mem.h"
#include "base/vec.h"
#include "report/words.h"

#include <stdarg.h>
#include <stdio.h>

#define GAP 2
#define NARROWEST 8 /* no column is made narrower */

struct column {
	char *heading;
	bool right;
	int width;
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
	vec_push(&g->columns, (struct column){ mem_dup(heading), right, text_width(heading) });
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

static int total(const int *widths, size_t n)
{
	int sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += widths[i] + (i ? GAP : 0);
	return sum;
}

/* Numbers are never cut. */
static void fit(const struct columns *g, int *widths, int columns)
{
	for (size_t i = 0; i < g->columns.n; i++)
		widths[i] = g->columns.at[i].width;
	while (total(widths, g->columns.n) > columns) {
		size_t widest = g->columns.n;
		for (size_t i = 0; i < g->columns.n; i++)
			if (!g->columns.at[i].right && widths[i] > NARROWEST &&
				(widest == g->columns.n || widths[i] > widths[widest]))
				widest = i;
		if (widest == g->columns.n)
			return;
		widths[widest]--;
	}
}

static void add_line(const struct columns *g, const int *widths, char *const *cells, struct text *t)
{
	for (size_t i = 0; i < g->columns.n; i++) {
		const char *cell = cells ? cells[i] : g->columns.at[i].heading;
		bool last = i + 1 == g->columns.n && !g->columns.at[i].right && text_width(cell) <= widths[i];
		if (i)
			text_add(t, "  ");
		if (last)
			text_add(t, cell); /* no blanks at the end of a line */
		else
			text_add_cell(t, cell, g->columns.at[i].right ? -widths[i] : widths[i]);
	}
	text_add(t, "\n");
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
	int *widths = mem_new_n(int, g->columns.n + 1);
	fit(g, widths, page->columns);
	add_line(g, widths, NULL, &t);
	for (size_t row = 0; row < columns_rows(g); row++) {
		for (int i = 0; has_rule(g, row) && i < total(widths, g->columns.n); i++)
			text_add(&t, "─");
		text_add(&t, has_rule(g, row) ? "\n" : "");
		add_line(g, widths, g->cells.at + row * g->columns.n, &t);
	}
	out->put(out->self, text_str(&t));
	text_free(&t);
	mem_free(widths);
}
