#include "report/grid-inside.h"

#include "base/i18n.h"

static const struct {
	const char *name, *title;
	void (*fill)(struct grid *, const struct report *);
} views[GRID_VIEWS] = {
	[GRID_SUMMARY] = { "summary", N_("Summary"), grid_fill_summary },
	[GRID_DIRECTIVE] = { "directive", N_("By letter"), grid_fill_directives },
	[GRID_DATES] = { "dates", N_("Times a day"), grid_fill_dates },
	[GRID_DAY] = { "day", N_("By day"), grid_fill_days },
	[GRID_ZONE] = { "zone", N_("By zone"), grid_fill_zones },
	[GRID_OFF] = { "off", N_("Hours off"), grid_fill_off },
	[GRID_CLASS] = { "class", N_("By class and priority"), grid_fill_classes },
	[GRID_UNAIRED] = { "unaired", N_("Not aired, and why"), grid_fill_unaired },
	[GRID_LOGBOOK] = { "logbook", N_("Logbook"), grid_fill_logbook },
	[GRID_STRIP] = { "strip", N_("Hours of the days"), grid_fill_strip },
	[GRID_PICTURES] = { "pictures", N_("Pictures"), grid_fill_pictures },
};

const char *grid_name(enum grid_view view)
{
	return views[view].name;
}

const char *grid_title(enum grid_view view)
{
	return _(views[view].title);
}

struct grid *grid_new(const struct report *r, enum grid_view view)
{
	struct grid *g = mem_new(struct grid);
	g->title = grid_title(view);
	views[view].fill(g, r);
	return g;
}

void grid_free(struct grid **pg)
{
	struct grid *g = *pg;
	if (!g)
		return;
	for (size_t i = 0; i < g->cells.n; i++)
		mem_free(g->cells.at[i].text);
	for (size_t i = 0; i < g->notes.n; i++)
		mem_free(g->notes.at[i]);
	vec_free(&g->cells);
	vec_free(&g->columns);
	vec_free(&g->notes);
	mem_free(g);
	*pg = NULL;
}

size_t grid_rows(const struct grid *g)
{
	return g->columns.n ? g->cells.n / g->columns.n : 0;
}

const struct grid_cell *grid_at(const struct grid *g, size_t row, size_t column)
{
	return &g->cells.at[row * g->columns.n + column];
}

/* ── Filling ── */

void grid_add_column(struct grid *g, const char *heading, enum grid_kind kind, int width)
{
	vec_push(&g->columns, (struct grid_column){ heading, kind, width });
}

static void add_words(struct grid *g, enum grid_kind kind, const char *s)
{
	struct text clean = { 0 };
	if (s)
		grid_clean(&clean, s);
	if (clean.n)
		vec_push(&g->cells, (struct grid_cell){ .kind = kind, .text = text_take(&clean) });
	else
		grid_add_empty(g, 1);
	text_free(&clean);
}

void grid_add_text(struct grid *g, const char *s)
{
	add_words(g, GRID_TEXT, s);
}

void grid_add_code(struct grid *g, const char *s)
{
	add_words(g, GRID_CODE, s);
}

void grid_add(struct grid *g, enum grid_kind kind, int64_t n)
{
	vec_push(&g->cells, (struct grid_cell){ .kind = kind, .n = n });
}

void grid_add_empty(struct grid *g, size_t cells)
{
	for (; cells; cells--)
		vec_push(&g->cells, (struct grid_cell){ .kind = GRID_EMPTY });
}

void grid_add_note(struct grid *g, const char *note)
{
	vec_push(&g->notes, mem_dup(note));
}
