/* The log for people: a day under its heading, one line an item, its zones folded into that line where they fared
 * alike — so that a day of a commune is one screen. */
#include "report/shapes.h"

#include "base/i18n.h"
#include "report/words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum column { PLANNED, LATE, LENGTH, RULE, TITLE, DIRECTIVE, ZONES, VERDICT, COLUMNS };

static const char *const headings[COLUMNS] = { N_("planned"), N_("late"), N_("length"), N_("part"), N_("bulletin"),
	N_("directive"), N_("zones"), N_("verdict") };

#define GAP 2

/* Zones that fared alike with one item. */
struct line {
	const struct report_row *row; /* the first of them */
	size_t zones, of;             /* how many, out of how many of the item */
	int64_t late_ms, heard_ms;    /* the most of them */
};

static bool alike(const struct report_row *a, const struct report_row *b)
{
	return report_row_same_item(a, b) && a->state == b->state && a->reason == b->reason &&
	       a->made_up == b->made_up && a->lateness_ms / 1000 == b->lateness_ms / 1000;
}

static struct line fold(const struct report_row *at, size_t n, size_t i)
{
	struct line line = { .row = &at[i] };
	for (size_t k = 0; k < n; k++) {
		line.of += report_row_same_item(&at[i], &at[k]);
		if (!alike(&at[i], &at[k]))
			continue;
		line.zones++;
		line.late_ms = at[k].lateness_ms > line.late_ms ? at[k].lateness_ms : line.late_ms;
		line.heard_ms = at[k].heard_ms > line.heard_ms ? at[k].heard_ms : line.heard_ms;
	}
	return line;
}

static bool told_before(const struct report_row *at, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (alike(&at[k], &at[i]))
			return true;
	return false;
}

/* ── A zone that fared alike all day ──
 * Said once under the day's heading instead of beside every item: a cluster that is off for repair. */

struct silence {
	const char *zone;
	const struct report_row *row; /* the first of them */
	size_t items;                 /* 0: something was heard there, or not all fared alike */
};

struct silences {
	VEC(struct silence) zones;
};

static struct silence *silence_of(struct silences *all, const char *zone)
{
	for (size_t i = 0; i < all->zones.n; i++)
		if (!strcmp(all->zones.at[i].zone, zone))
			return &all->zones.at[i];
	vec_push(&all->zones, (struct silence){ .zone = zone });
	return &all->zones.at[all->zones.n - 1];
}

static void look_at(struct silences *all, const struct report_row *r)
{
	struct silence *z = silence_of(all, r->zone);
	bool first = !z->row;
	if (first)
		z->row = r;
	bool silent = r->state > STATE_AIRED && !r->frames_played;
	bool same = first || (z->items && z->row->state == r->state && z->row->reason == r->reason);
	z->items = silent && same ? z->items + 1 : 0;
}

static bool is_silent(struct silences *all, const char *zone)
{
	return all->zones.n > 1 && silence_of(all, zone)->items > 1;
}

/* ── Cells ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_late(struct text *t, const struct line *l)
{
	int64_t s = l->late_ms / 1000;
	if (l->row->started.us && s >= 60)
		text_addf(t, "+%" PRId64 ":%02" PRId64, s / 60, s % 60);
	else if (l->row->started.us && s > 0)
		text_addf(t, "+%" PRId64 "s", s);
}

/* Two words never mixed: a test of loudspeakers, and a drill. */
static bool is_drill(const struct report_row *r)
{
	return !strcmp(r->from, "drill");
}

/* "session:sang" -> "sang"; what cut in is named as such. */
static void add_rule(struct text *t, const struct report_row *r)
{
	const char *colon = strchr(r->from, ':');
	if (!strncmp(r->from, "emergency", 9))
		text_addf(t, "%s ", _("EMERGENCY"));
	text_add(t, colon ? colon + 1 : is_drill(r) ? words_event("drill") : _("by hand"));
}

static void add_zones(struct text *t, const struct line *l)
{
	if (l->zones == 1)
		text_add(t, l->row->zone_name ? l->row->zone_name : l->row->zone);
	else if (l->zones == l->of)
		text_addf(t, _("%zu zones"), l->zones);
	else
		text_addf(t, _("%zu of %zu zones"), l->zones, l->of);
}

static void add_verdict(struct text *t, const struct report_row *r)
{
	text_addf(t, "%s %s", words_state_sign(r->state), words_state(r->state));
	if (r->reason != REASON_NONE)
		text_addf(t, ": %s", words_reason(r->reason));
	if (r->made_up)
		text_addf(t, " (%s)", _("made up"));
	if (r->test)
		text_addf(t, " (%s)", is_drill(r) ? words_event("drill") : words_class("test"));
	if (r->operator&& strcmp(r->kind ? r->kind : "", "planned"))
		text_addf(t, " · %s", r->operator);
}

static void fill(const struct line *l, struct text cells[COLUMNS])
{
	words_time(&cells[PLANNED], l->row, l->row->planned);
	add_late(&cells[LATE], l);
	if (l->row->frames_played > 0)
		words_length(&cells[LENGTH], l->heard_ms);
	add_rule(&cells[RULE], l->row);
	text_add(&cells[TITLE], l->row->title ? l->row->title : l->row->bulletin);
	words_directives(&cells[DIRECTIVE], l->row->directives, false);
	add_zones(&cells[ZONES], l);
	add_verdict(&cells[VERDICT], l->row);
}

/* ── Layout ────────────────────────────────────────────────────────────────────────────────────────────────── */

struct table {
	const struct report_log *log;
	const struct report_out *out;
	int columns, widths[COLUMNS];
	bool measuring;                  /* first pass: widths only */
	bool plain;
	const struct remarks *remarks;   /* or NULL */
	const struct report_row *before; /* of the line before, under the same heading */
};

static void put(const struct table *t, const char *s)
{
	t->out->put(t->out->self, s);
}

/* Columns that nobody fills vanish; a narrow screen loses first what is said elsewhere.  The verdict is broken into
 * lines, not cut. */
static void fit(struct table *t)
{
	static const struct {
		enum column column;
		int least; /* 0: the column goes */
	} shrink[] = { { TITLE, 24 }, { DIRECTIVE, 0 }, { VERDICT, 24 }, { TITLE, 16 }, { RULE, 9 }, { ZONES, 11 } };
	int total = -GAP;
	for (int c = 0; c < COLUMNS; c++) {
		int w = text_width(_(headings[c]));
		if (t->widths[c] && t->widths[c] < w)
			t->widths[c] = w;
		total += t->widths[c] ? t->widths[c] + GAP : 0;
	}
	for (size_t i = 0; i < sizeof shrink / sizeof *shrink; i++) {
		int *width = &t->widths[shrink[i].column], over = total - t->columns, give = *width - shrink[i].least;
		if (over <= 0 || give <= 0)
			continue;
		int taken = over < give && shrink[i].least ? over : give;
		*width -= taken;
		total -= taken + (*width ? 0 : GAP);
	}
}

static void put_cells(const struct table *t, const char *const cells[COLUMNS])
{
	struct text line = { 0 };
	for (int c = 0; c < COLUMNS; c++) {
		if (!t->widths[c])
			continue;
		bool right = c == LATE || c == LENGTH;
		text_add_cell(&line, cells[c], right ? -t->widths[c] : t->widths[c]);
		if (c + 1 < COLUMNS)
			text_add(&line, "  ");
	}
	while (line.n && line.at[line.n - 1] == ' ')
		line.at[--line.n] = '\0';
	text_add(&line, "\n");
	put(t, text_str(&line));
	text_free(&line);
}

/* "05:30:00, sang, Mở đầu chương trình, 6 cụm loa, đã phát" */
static void put_spoken(const struct table *t, const char *const cells[COLUMNS])
{
	struct text line = { 0 };
	for (int c = 0; c < COLUMNS; c++)
		if (*cells[c])
			text_addf(&line, "%s%s", line.n ? ", " : "", cells[c]);
	text_add(&line, "\n");
	put(t, text_str(&line));
	text_free(&line);
}

/* What explains a day stands below its heading, what explains an airing below its line. */
static void put_remark(const struct table *t, const char *indent, const struct remark *r)
{
	struct text out = { 0 };
	report_paragraph(&out, r->text, indent, t->columns);
	put(t, text_str(&out));
	text_free(&out);
}

static void put_remarks_of_day(const struct table *t, day_num day)
{
	for (size_t i = 0; t->remarks && i < t->remarks->list.n; i++)
		if (t->remarks->list.at[i].day == day)
			put_remark(t, "  ", &t->remarks->list.at[i]);
}

static void put_remarks_of_airing(const struct table *t, const char *id)
{
	for (size_t i = 0; t->remarks && i < t->remarks->list.n; i++) {
		const char *airing = t->remarks->list.at[i].airing;
		if (airing && !strcmp(airing, id))
			put_remark(t, "    ", &t->remarks->list.at[i]);
	}
}

static void put_heading(const struct table *t, day_num day)
{
	struct text head = { 0 };
	const char *cells[COLUMNS];
	text_add(&head, "\n");
	words_date(&head, day);
	text_add(&head, "\n");
	put(t, text_str(&head));
	text_free(&head);
	put_remarks_of_day(t, day);
	for (int c = 0; c < COLUMNS; c++)
		cells[c] = _(headings[c]);
	if (!t->plain)
		put_cells(t, cells);
}

static void put_silences(const struct table *t, struct silences *all)
{
	struct text line = { 0 };
	for (size_t i = 0; i < all->zones.n; i++) {
		const struct silence *z = &all->zones.at[i];
		if (!is_silent(all, z->zone))
			continue;
		text_clear(&line);
		text_addf(&line, "%s: %s %s: %s ", z->row->zone_name ? z->row->zone_name : z->zone,
			words_state_sign(z->row->state), words_state(z->row->state), words_reason(z->row->reason));
		text_addf(&line, _("(the whole day, %zu items)"), z->items);
		text_add(&line, "\n");
		put(t, text_str(&line));
	}
	text_free(&line);
}

/* The cells, the verdict broken where its column ends. */
static void put_row(const struct table *t, const char *strings[COLUMNS])
{
	struct text verdict = { 0 };
	char *save = NULL;
	report_paragraph(&verdict, strings[VERDICT], "", t->widths[VERDICT]);
	for (char *piece = strtok_r(verdict.at, "\n", &save); piece; piece = strtok_r(NULL, "\n", &save)) {
		strings[VERDICT] = piece;
		put_cells(t, strings);
		for (int c = 0; c < COLUMNS; c++)
			strings[c] = "";
	}
	text_free(&verdict);
}

static void put_line(struct table *t, const struct line *l)
{
	struct text cells[COLUMNS] = { 0 };
	const char *strings[COLUMNS];
	bool again = t->before && report_row_same_item(t->before, l->row);
	fill(l, cells);
	for (int c = 0; c < COLUMNS; c++) {
		int w = text_width(text_str(&cells[c]));
		bool repeats = again && (c == PLANNED || c == RULE || c == TITLE || c == DIRECTIVE);
		if (t->measuring && w > t->widths[c])
			t->widths[c] = w;
		strings[c] = repeats && !t->plain ? "" : text_str(&cells[c]);
	}
	if (!t->measuring && t->plain)
		put_spoken(t, strings);
	else if (!t->measuring)
		put_row(t, strings);
	for (int c = 0; c < COLUMNS; c++)
		text_free(&cells[c]);
	t->before = l->row;
}

/* The rows of one planned instant, an item's lines next to each other. */
static void put_instant(struct table *t, const struct report_row *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bool begun = false;
		for (size_t k = 0; k < i; k++)
			begun = begun || report_row_same_item(&at[k], &at[i]);
		for (size_t k = i; k < n && !begun; k++) {
			if (!report_row_same_item(&at[i], &at[k]) || told_before(at, k))
				continue;
			struct line line = fold(at, n, k);
			put_line(t, &line);
			for (size_t z = 0; z < n && !t->measuring; z++)
				if (alike(&at[k], &at[z]))
					put_remarks_of_airing(t, at[z].id);
		}
	}
}

static void put_day(struct table *t, const struct report_row *at, size_t n)
{
	struct silences silences = { 0 };
	VEC(struct report_row) shown = { 0 };
	for (size_t i = 0; i < n; i++)
		look_at(&silences, &at[i]);
	for (size_t i = 0; i < n; i++)
		if (!is_silent(&silences, at[i].zone))
			vec_push(&shown, at[i]);
	if (!t->measuring) {
		put_heading(t, words_day(at, at->planned));
		put_silences(t, &silences);
	}
	t->before = NULL;
	for (size_t i = 0, end; i < shown.n; i = end) {
		for (end = i; end < shown.n && shown.at[end].planned.us == shown.at[i].planned.us;)
			end++;
		put_instant(t, shown.at + i, end - i);
	}
	t->before = NULL;
	vec_free(&shown);
	vec_free(&silences.zones);
}

static void put_days(struct table *t)
{
	const struct report_row *rows = t->log->rows.at;
	for (size_t i = 0, end; i < t->log->rows.n; i = end) {
		day_num day = words_day(&rows[i], rows[i].planned);
		for (end = i; end < t->log->rows.n && words_day(&rows[end], rows[end].planned) == day;)
			end++;
		put_day(t, rows + i, end - i);
	}
}

void report_table(const struct report_log *log, const struct report_page *page, const struct report_out *out)
{
	struct table t = { .log = log, .out = out, .columns = page->columns, .plain = page->plain, .measuring = true, .remarks = page->remarks };
	struct text head = { 0 };
	const struct report_row *first = log->rows.n ? log->rows.at : NULL;
	if (page->crossed)
		text_addf(&head, "%s\n", words_rehearsal());
	text_add(&head, _("AIRING LOG"));
	if (first)
		text_addf(&head, " — %s (%s)", first->station_name ? first->station_name : "",
			first->station ? first->station : "");
	text_add(&head, "\n");
	put(&t, text_str(&head));
	text_free(&head);
	put_days(&t);
	fit(&t);
	t.measuring = false;
	put_days(&t);
}
