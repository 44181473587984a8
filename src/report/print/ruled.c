#include "report/print/ruled.h"

#include "base/vec.h"
#include "report/phrase.h"

#include <string.h>

#define PAD 1.0    /* mm between a rule and the text beside it */
#define PAD_Y 0.6  /* the same above and below */
#define THICK 0.18 /* of rules */

struct column {
	char *heading;
	double share, width, x;
	enum canvas_align align;
};

struct group {
	int from, until;
	char *heading;
};

struct ruled {
	double points, keep; /* keep: mm beneath the last row */
	VEC(struct column) columns;
	VEC(struct group) groups;
	VEC(char *) cells;
	VEC(size_t) strong; /* rows */
};

/* A row laid out: one text a column. */
struct row {
	struct canvas_text **at;
	int lines; /* of the highest cell */
	double height;
};

struct ruled *ruled_new(double points)
{
	struct ruled *t = mem_new(struct ruled);
	t->points = points;
	return t;
}

void ruled_free(struct ruled **ruled)
{
	struct ruled *t = *ruled;
	if (!t)
		return;
	for (size_t i = 0; i < t->columns.n; i++)
		mem_free(t->columns.at[i].heading);
	for (size_t i = 0; i < t->groups.n; i++)
		mem_free(t->groups.at[i].heading);
	for (size_t i = 0; i < t->cells.n; i++)
		mem_free(t->cells.at[i]);
	vec_free(&t->columns);
	vec_free(&t->groups);
	vec_free(&t->cells);
	vec_free(&t->strong);
	mem_free(t);
	*ruled = NULL;
}

void ruled_column(struct ruled *t, const char *heading, double share, enum canvas_align align)
{
	vec_push(&t->columns, (struct column){ .heading = mem_dup(heading), .share = share, .align = align });
}

int ruled_columns(const struct ruled *t)
{
	return (int)t->columns.n;
}

void ruled_group(struct ruled *t, int from, int until, const char *heading)
{
	vec_push(&t->groups, (struct group){ from, until, mem_dup(heading) });
}

void ruled_cell(struct ruled *t, const char *text)
{
	vec_push(&t->cells, mem_dup(text ? text : ""));
}

void ruled_words(struct ruled *t, const char *words)
{
	size_t n = words && *words ? 1 : 0;
	while (n && ((unsigned char)words[n] & 0xC0) == 0x80)
		n++;
	char *first = mem_dup_n(n ? words : "", n), *big = text_upper(first);
	char *all = mem_printf("%s%s", big, n ? words + n : "");
	ruled_cell(t, all);
	mem_free(first);
	mem_free(big);
	mem_free(all);
}

void ruled_number(struct ruled *t, size_t n)
{
	char number[PHRASE_BYTES];
	ruled_cell(t, phrase_number(n, number));
}

void ruled_strong(struct ruled *t)
{
	vec_push(&t->strong, t->cells.n / t->columns.n);
}

void ruled_keep(struct ruled *t, double height)
{
	t->keep = height;
}

int ruled_rows(const struct ruled *t)
{
	return (int)(t->cells.n / t->columns.n);
}

static bool is_strong(const struct ruled *t, size_t row)
{
	for (size_t i = 0; i < t->strong.n; i++)
		if (t->strong.at[i] == row)
			return true;
	return false;
}

static void share_out(struct ruled *t, const struct page *p)
{
	double sum = 0, x = PAGE_LEFT;
	for (size_t i = 0; i < t->columns.n; i++)
		sum += t->columns.at[i].share;
	for (size_t i = 0; i < t->columns.n; i++) {
		struct column *c = &t->columns.at[i];
		c->width = page_width(p) * c->share / sum;
		c->x = x;
		x += c->width;
	}
}

static struct row lay_row(const struct ruled *t, struct page *p, char *const *texts, bool bold, bool head)
{
	struct row r = { .at = mem_new_n(struct canvas_text *, t->columns.n) };
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = &t->columns.at[i];
		r.at[i] = page_lay(p, texts[i],
			(struct canvas_style){ .points = t->points, .width = c->width - 2 * PAD,
				.align = head ? CANVAS_CENTRE : c->align, .bold = bold });
		int lines = canvas_lines(r.at[i]);
		double height = canvas_height(r.at[i], 0, lines) + 2 * PAD_Y;
		r.lines = lines > r.lines ? lines : r.lines;
		r.height = height > r.height ? height : r.height;
	}
	return r;
}

static void drop_row(const struct ruled *t, struct row *r)
{
	for (size_t i = 0; i < t->columns.n; i++)
		canvas_text_free(&r->at[i]);
	mem_free(r->at);
}

/* Lines from .. until - 1 of each cell. */
static void draw_row(const struct ruled *t, struct page *p, const struct row *r, int from, int until, double height)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = &t->columns.at[i];
		int last = canvas_lines(r->at[i]) < until ? canvas_lines(r->at[i]) : until;
		canvas_put(p->canvas, r->at[i], from, last, c->x + PAD, p->y + PAD_Y);
		canvas_box(p->canvas, c->x, p->y, c->width, height, -1, THICK);
	}
	p->y += height;
}

/* ── The head ── */

static const struct group *group_of(const struct ruled *t, int column)
{
	for (size_t i = 0; i < t->groups.n; i++)
		if (t->groups.at[i].from <= column && column < t->groups.at[i].until)
			return &t->groups.at[i];
	return NULL;
}

static double group_width(const struct ruled *t, const struct group *g)
{
	return t->columns.at[g->until - 1].x + t->columns.at[g->until - 1].width - t->columns.at[g->from].x;
}

static double groups_height(const struct ruled *t, struct page *p, const struct canvas_style *bold)
{
	double highest = 0;
	for (size_t i = 0; i < t->groups.n; i++) {
		struct canvas_style style = *bold;
		style.width = group_width(t, &t->groups.at[i]) - 2 * PAD;
		double height = page_height(p, t->groups.at[i].heading, style) + 2 * PAD_Y;
		highest = height > highest ? height : highest;
	}
	return highest;
}

static void draw_head(const struct ruled *t, struct page *p, const struct row *head)
{
	struct canvas_style bold = { .points = t->points, .bold = true, .align = CANVAS_CENTRE };
	double above = groups_height(t, p, &bold), whole = above + head->height;
	for (size_t i = 0; i < t->columns.n; i++) {
		const struct column *c = &t->columns.at[i];
		const struct group *g = group_of(t, (int)i);
		double y = p->y + (g ? above : 0), height = g ? head->height : whole;
		double text = canvas_height(head->at[i], 0, canvas_lines(head->at[i]));
		canvas_box(p->canvas, c->x, y, c->width, height, -1, THICK);
		canvas_put(p->canvas, head->at[i], 0, canvas_lines(head->at[i]), c->x + PAD, y + (height - text) / 2);
		if (!g || g->from != (int)i)
			continue;
		bold.width = group_width(t, g) - 2 * PAD;
		canvas_box(p->canvas, c->x, p->y, bold.width + 2 * PAD, above, -1, THICK);
		page_put(p, g->heading, bold, c->x + PAD, p->y + PAD_Y);
	}
	p->y += whole;
}

static struct row lay_head(const struct ruled *t, struct page *p)
{
	char **texts = mem_new_n(char *, t->columns.n);
	for (size_t i = 0; i < t->columns.n; i++)
		texts[i] = t->columns.at[i].heading;
	struct row head = lay_row(t, p, texts, true, true);
	mem_free(texts);
	return head;
}

/* ── The body ── */

/* As many lines as fit, page after page: of a row that is higher than a page. */
static void draw_torn(const struct ruled *t, struct page *p, const struct row *r, const struct row *head)
{
	double line = r->height / r->lines;
	for (int from = 0, until; from < r->lines; from = until) {
		int fit = (int)((page_left(p) - 2 * PAD_Y) / line);
		until = fit < 1 ? from + 1 : from + fit;
		until = until < r->lines ? until : r->lines;
		draw_row(t, p, r, from, until, (until - from) * line + 2 * PAD_Y);
		if (until < r->lines) {
			page_next(p);
			draw_head(t, p, head);
		}
	}
}

void ruled_print(struct ruled *t, struct page *p)
{
	share_out(t, p);
	struct row head = lay_head(t, p), row, after = { 0 };
	size_t n = (size_t)ruled_rows(t);
	row = n ? lay_row(t, p, t->cells.at, is_strong(t, 0), false) : after;
	page_want(p, 2 * head.height + (n ? row.height : 0) + (n == 1 ? t->keep : 0));
	draw_head(t, p, &head);
	for (size_t i = 0; i < n; i++, row = after) {
		bool last = i + 1 == n;
		if (!last)
			after = lay_row(t, p, t->cells.at + (i + 1) * t->columns.n, is_strong(t, i + 1), false);
		/* The last but one takes the last along, and what is kept with it. */
		double want = row.height + (i + 2 == n ? after.height : 0) + (i + 2 >= n ? t->keep : 0);
		if (page_left(p) < want && i) {
			page_next(p);
			draw_head(t, p, &head);
		}
		if (page_left(p) < row.height)
			draw_torn(t, p, &row, &head);
		else
			draw_row(t, p, &row, 0, row.lines, row.height);
		drop_row(t, &row);
	}
	drop_row(t, &head);
}
