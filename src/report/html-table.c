/* A view as a table.  One with very many columns lies on its side: its rows become columns, a few at a time. */
#include "report/html-inside.h"

#include "base/i18n.h"

#include <string.h>

enum { COLUMNS_MOST = 22, ROWS_BESIDE = 4 };

/* Its paragraph's class: left, centre, right. */
static const char *place(enum grid_kind kind)
{
	switch (kind) {
	case GRID_TEXT:
	case GRID_CODE:
	case GRID_EMPTY:
		return "l";
	case GRID_DATE:
	case GRID_TIME:
	case GRID_MOMENT:
	case GRID_HOUR:
		return "c";
	default:
		return "r";
	}
}

static const char *colour(const struct grid_cell *c)
{
	static const char *const colours[] = {
		[STRIP_NOTHING] = "#ffffff",
		[STRIP_AIRED] = "#c6e0b4",
		[STRIP_PART] = "#ffe699",
		[STRIP_MISSED] = "#f4b183",
		[STRIP_OFF] = "#d9d9d9",
		[STRIP_EXCUSED] = "#bdd7ee",
		[STRIP_EMERGENCY] = "#ff7c80",
		[STRIP_OPEN] = "#ffffff",
	};
	return c->kind == GRID_HOUR ? colours[c->n] : NULL;
}

static void add_cell(struct text *t, const struct grid_cell *c, bool total)
{
	struct text printed = { 0 };
	bool whole = c->kind == GRID_DATE || c->kind == GRID_TIME || c->kind == GRID_MOMENT;
	text_add(t, whole ? "<td nowrap=\"nowrap\"" : "<td");
	if (colour(c))
		text_addf(t, " bgcolor=\"%s\"", colour(c));
	if (c->kind == GRID_HOUR && c->n) {
		text_add(t, " title=\"");
		html_text(t, grid_hour_words((enum strip_cell)c->n));
		text_add(t, "\"");
	}
	text_addf(t, "><p class=\"%s\">%s", place(c->kind), total ? "<b>" : "");
	grid_print(&printed, c);
	html_text(t, text_str(&printed));
	text_addf(t, "%s</p></td>", total ? "</b>" : "");
	text_free(&printed);
}

static void add_heading(struct text *t, const struct grid_column *c, const char *scope)
{
	struct text heading = { 0 };
	grid_heading(&heading, c);
	text_addf(t, "<th scope=\"%s\" bgcolor=\"#d9e2f3\"><p class=\"c\">", scope);
	html_text(t, text_str(&heading));
	text_add(t, "</p></th>");
	text_free(&heading);
}

static void add_upright(struct text *t, const struct grid *g)
{
	size_t rows = grid_rows(g);
	text_add(t,
		"<table class=\"rows\" width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"2\">\n<thead><tr>");
	for (size_t i = 0; i < g->columns.n; i++)
		add_heading(t, &g->columns.at[i], "col");
	text_add(t, "</tr></thead>\n<tbody>\n");
	for (size_t row = 0; row < rows; row++) {
		text_add(t, "<tr>");
		for (size_t i = 0; i < g->columns.n; i++)
			add_cell(t, grid_at(g, row, i), g->total && row + 1 == rows);
		text_add(t, "</tr>\n");
	}
	text_add(t, "</tbody></table>\n");
}

static void add_lying(struct text *t, const struct grid *g)
{
	size_t rows = grid_rows(g);
	for (size_t first = 0; first < rows; first += ROWS_BESIDE) {
		text_add(t, "<table class=\"rows\" width=\"100%\" border=\"1\" cellspacing=\"0\" cellpadding=\"2\" "
			    "style=\"margin-bottom: 8pt\">\n");
		for (size_t i = 0; i < g->columns.n; i++) {
			text_add(t, "<tr>");
			add_heading(t, &g->columns.at[i], "row");
			for (size_t row = first; row < rows && row < first + ROWS_BESIDE; row++)
				add_cell(t, grid_at(g, row, i), i == 0);
			text_add(t, "</tr>\n");
		}
		text_add(t, "</table>\n");
	}
}

void html_table(struct text *t, const struct report *r, enum grid_view view)
{
	struct grid *g = grid_new(r, view);
	if (g->columns.n > COLUMNS_MOST && view != GRID_STRIP)
		add_lying(t, g);
	else
		add_upright(t, g);
	for (size_t i = 0; i < g->notes.n; i++) {
		text_add(t, "<p class=\"note\">* ");
		html_text(t, g->notes.at[i]);
		text_add(t, "</p>\n");
	}
	grid_free(&g);
}
