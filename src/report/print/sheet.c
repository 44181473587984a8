/* Every sheet: title, station, (what crosses a rehearsal,) headings, rows, the total, what the words mean.  Headings stay on
 * the screen, stand on each printed page, and filter the rows; the total lies outside the filter.
 *
 * libxlsxwriter writes whatever bytes it is given into its XML: only texts of a grid, which are clean, may reach it, or
 * such as went through grid_clean. */
#include "report/print/sheet.h"

#include "base/i18n.h"
#include "base/text.h"
#include "report/grid.h"
#include "report/words.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	TITLE_ROW,
	STATION_ROW,
	CROSSED_ROW,
	HEAD_ROW,
	FIRST_ROW,
	KINDS = GRID_HOUR + 1,
	PAGE_WIDTH = 200, /* characters that still can be read on one A4 page across */
	NOTE_WIDTH = 110,
	DAY_S = MS_PER_DAY / 1000,
	ROWS_MOST = 1000000
};

/* 13/7/2021, 02/8/2020, 05/02/2021: of the months only 1 and 2 have a zero. */
enum { FORMAT_PLAIN, FORMAT_ZERO, FORMATS };

enum look { LOOK_CELL, LOOK_TOTAL, LOOK_LIST /* values of any kind, under one another */, LOOKS };

struct book {
	lxw_workbook *book;
	const struct report *report;
	lxw_error error; /* the first one */
	lxw_format *title, *station, *crossed, *head, *note;
	lxw_format *cells[KINDS][LOOKS][FORMATS];
	lxw_format *hours[STRIP_OPEN + 1];
};

static void keep(struct book *b, lxw_error e)
{
	if (b->error == LXW_NO_ERROR)
		b->error = e;
}

/* ── How it looks ── */

static lxw_format *font(struct book *b, double size, bool bold)
{
	lxw_format *f = workbook_add_format(b->book);
	format_set_font_name(f, "Times New Roman");
	format_set_font_family(f, 1);
	format_set_font_size(f, size);
	if (bold)
		format_set_bold(f);
	return f;
}

/* The separator of a date is no locale's; 42A is Vietnamese. */
static const char *number_format(enum grid_kind kind, int variant)
{
	bool zero = variant == FORMAT_ZERO;
	switch (kind) {
	case GRID_CODE:
		return "@";
	case GRID_COUNT:
		return "[$-42A]#,##0";
	case GRID_SHARE:
		return "[$-42A]0.00%";
	case GRID_MINUTES:
		return "[$-42A]#,##0.0";
	case GRID_LENGTH:
		return "[h]:mm:ss";
	case GRID_DATE:
		return zero ? "dd\\/mm\\/yyyy" : "dd\\/m\\/yyyy";
	case GRID_MOMENT:
		return zero ? "dd\\/mm\\/yyyy hh:mm:ss" : "dd\\/m\\/yyyy hh:mm:ss";
	case GRID_TIME:
		return "hh:mm:ss";
	default:
		return "General";
	}
}

static lxw_format *cell_format(struct book *b, enum grid_kind kind, enum look look, int variant)
{
	lxw_format *f = font(b, 11, look == LOOK_TOTAL);
	format_set_border(f, LXW_BORDER_THIN);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	format_set_num_format(f, number_format(kind, variant));
	if (kind == GRID_TEXT || kind == GRID_CODE) {
		format_set_text_wrap(f);
		format_set_align(f, LXW_ALIGN_LEFT);
		format_set_indent(f, 1); /* off the number beside it */
	}
	if (look == LOOK_LIST)
		format_set_align(f, LXW_ALIGN_LEFT);
	else if (kind == GRID_DATE || kind == GRID_MOMENT || kind == GRID_TIME || kind == GRID_HOUR)
		format_set_align(f, LXW_ALIGN_CENTER);
	if (look == LOOK_TOTAL)
		format_set_bg_color(f, 0xF2F2F2);
	return f;
}

static void make_cell_formats(struct book *b)
{
	static const lxw_color_t colours[] = {
		[STRIP_AIRED] = 0xC6E0B4,
		[STRIP_PART] = 0xFFE699,
		[STRIP_MISSED] = 0xF4B183,
		[STRIP_OFF] = 0xD9D9D9,
		[STRIP_EXCUSED] = 0xBDD7EE,
		[STRIP_EMERGENCY] = 0xFF7C80,
		[STRIP_OPEN] = 0xFFFFFF,
	};
	for (int k = 0; k < KINDS; k++)
		for (int l = 0; l < LOOKS; l++)
			for (int v = 0; v < FORMATS; v++)
				b->cells[k][l][v] = cell_format(b, (enum grid_kind)k, (enum look)l, v);
	for (int c = STRIP_NOTHING; c <= STRIP_OPEN; c++) {
		b->hours[c] = cell_format(b, GRID_HOUR, LOOK_CELL, FORMAT_PLAIN);
		if (c != STRIP_NOTHING)
			format_set_bg_color(b->hours[c], colours[c]);
	}
}

static void make_formats(struct book *b)
{
	b->title = font(b, 14, true);
	b->station = font(b, 12, false);
	b->crossed = font(b, 12, true);
	format_set_font_color(b->crossed, LXW_COLOR_RED);
	b->head = font(b, 11, true);
	format_set_text_wrap(b->head);
	format_set_border(b->head, LXW_BORDER_THIN);
	format_set_align(b->head, LXW_ALIGN_CENTER);
	format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
	format_set_bg_color(b->head, 0xD9E2F3);
	b->note = font(b, 10, false);
	format_set_italic(b->note);
	format_set_text_wrap(b->note);
	format_set_align(b->note, LXW_ALIGN_VERTICAL_TOP);
	make_cell_formats(b);
}

/* ── Cells ── */

static void write_text(struct book *b, lxw_worksheet *s, lxw_row_t row, lxw_col_t col, const char *text, lxw_format *f)
{
	struct text clean = { 0 }, t = { 0 };
	grid_clean(&clean, text ? text : "");
	int room = 100; /* a cell has no room for more than that */
	for (const char *c = text_str(&clean); *c; c++) {
		bool escape = *c == '_' && c[1] == 'x'; /* "_x202E_" would be read as that character */
		text_add(&t, escape && room-- > 0 ? "_x005F" : "");
		text_add_n(&t, c, !escape || room >= 0);
	}
	keep(b, worksheet_write_string(s, row, col, text_str(&t), f));
	text_free(&clean);
	text_free(&t);
}

static double number_of(const struct grid_cell *c)
{
	static const double epoch = 25569; /* 1970-01-01, as a spreadsheet counts days */
	switch (c->kind) {
	case GRID_SHARE:
		return (double)c->n / 10000;
	case GRID_MINUTES:
		return (double)c->n / 60000;
	case GRID_LENGTH:
		return (double)((c->n + 500) / 1000) / DAY_S;
	case GRID_DATE:
		return epoch + (double)c->n;
	case GRID_MOMENT:
		return epoch + (double)c->n / DAY_S;
	case GRID_TIME:
		return (double)c->n / DAY_S;
	default:
		return (double)c->n;
	}
}

static int variant_of(const struct grid_cell *c)
{
	if (c->kind != GRID_DATE && c->kind != GRID_MOMENT)
		return FORMAT_PLAIN;
	day_num day = (day_num)(c->kind == GRID_DATE ? c->n : c->n / DAY_S);
	return civil_from_day(day).month <= 2 ? FORMAT_ZERO : FORMAT_PLAIN;
}

static void write_cell(
	struct book *b, lxw_worksheet *s, lxw_row_t row, lxw_col_t col, const struct grid_cell *c, enum look look)
{
	lxw_format *f = b->cells[c->kind][look][variant_of(c)];
	switch (c->kind) {
	case GRID_EMPTY:
		keep(b, worksheet_write_blank(s, row, col, f));
		break;
	case GRID_TEXT:
	case GRID_CODE:
		write_text(b, s, row, col, c->text, f);
		break;
	case GRID_HOUR:
		write_text(b, s, row, col, grid_hour_sign((enum strip_cell)c->n), b->hours[c->n]);
		break;
	default:
		keep(b, worksheet_write_number(s, row, col, number_of(c), f));
	}
}

/* ── Sheets ── */

/* In a header or footer "&" commands. */
static void add_plain(struct text *t, const char *s)
{
	struct text cut = { 0 };
	grid_short(&cut, s, 50);
	for (const char *c = text_str(&cut); *c; c++) {
		text_add(t, *c == '&' ? "&" : "");
		text_add_n(t, c, 1);
	}
	text_free(&cut);
}

static void set_page(struct book *b, lxw_worksheet *s, bool across, int pages)
{
	struct text foot = { 0 }, head = { 0 };
	worksheet_set_paper(s, 9); /* A4 */
	worksheet_set_margins(s, 0.8, 0.6, 0.8, 0.75);
	if (across)
		worksheet_set_landscape(s);
	worksheet_fit_to_pages(s, (uint16_t)pages, 0);
	if (b->report->crossed) {
		text_addf(&head, "&C&\"Times New Roman,Bold\"&12&KFF0000%s", words_rehearsal());
		keep(b, worksheet_set_header(s, text_str(&head)));
	}
	text_add(&foot, "&L&\"Times New Roman,Italic\"&9");
	add_plain(&foot, b->report->name);
	text_add(&foot, " – ");
	add_plain(&foot, b->report->title);
	text_add(&foot, "&R&\"Times New Roman,Regular\"&9&P/&N");
	keep(b, worksheet_set_footer(s, text_str(&foot)));
	text_free(&foot);
	text_free(&head);
}

static void write_top(struct book *b, lxw_worksheet *s, const char *title)
{
	const struct report *r = b->report;
	struct text t = { 0 };
	text_addf(&t, "%s – %s", title, r->title ? r->title : "");
	write_text(b, s, TITLE_ROW, 0, text_str(&t), b->title);
	text_clear(&t);
	text_addf(&t, "%s (%s)", r->name ? r->name : "", r->station);
	if (r->filter)
		text_addf(&t, " – %s: %s", _("Only"), r->filter);
	write_text(b, s, STATION_ROW, 0, text_str(&t), b->station);
	if (r->crossed)
		write_text(b, s, CROSSED_ROW, 0, words_rehearsal(), b->crossed);
	text_free(&t);
}

static int width_of(const struct grid *g)
{
	int width = 0;
	for (size_t i = 0; i < g->columns.n; i++)
		width += g->columns.at[i].width;
	return width;
}

/* Programs that do not measure a sheet before they show it would cut its lines off. */
static void set_height(struct book *b, lxw_worksheet *s, lxw_row_t row, int lines)
{
	enum { LINES_MOST = 27 }; /* a row is at most 409 points high */
	if (lines > 1)
		keep(b, worksheet_set_row(s, row, 15.0 * (lines < LINES_MOST ? lines : LINES_MOST), NULL));
}

static void write_head(struct book *b, lxw_worksheet *s, const struct grid *g)
{
	int most = 1;
	for (size_t i = 0; i < g->columns.n; i++) {
		const struct grid_column *c = &g->columns.at[i];
		lxw_col_t col = (lxw_col_t)i;
		struct text heading = { 0 };
		grid_heading(&heading, c);
		int lines = grid_lines(text_str(&heading), c->width);
		keep(b, worksheet_set_column(s, col, col, c->width + 1, NULL));
		write_text(b, s, HEAD_ROW, col, text_str(&heading), b->head);
		text_free(&heading);
		most = lines > most ? lines : most;
	}
	set_height(b, s, HEAD_ROW, most);
}

/* Under the table, over so many columns that a line is not too long to read; a merged cell does not grow by itself. */
static void write_notes(struct book *b, lxw_worksheet *s, const struct grid *g, lxw_row_t row)
{
	int width = 0, columns = 0;
	while ((size_t)columns < g->columns.n && width < NOTE_WIDTH)
		width += g->columns.at[columns++].width + 1;
	for (size_t i = 0; i < g->notes.n; i++, row++) {
		struct text t = { 0 };
		text_addf(&t, "* %s", g->notes.at[i]);
		if (columns > 1)
			keep(b, worksheet_merge_range(s, row, 0, row, (lxw_col_t)(columns - 1), "", b->note));
		write_text(b, s, row, 0, text_str(&t), b->note);
		set_height(b, s, row, grid_lines(text_str(&t), width));
		text_free(&t);
	}
}

/* rows: those that can be filtered. */
static void set_up(struct book *b, lxw_worksheet *s, const struct grid *g, lxw_row_t rows)
{
	int pages = 1 + width_of(g) / PAGE_WIDTH;
	if (rows)
		keep(b, worksheet_autofilter(s, HEAD_ROW, 0, HEAD_ROW + rows, (lxw_col_t)(g->columns.n - 1)));
	worksheet_freeze_panes(s, FIRST_ROW, 1);
	keep(b, worksheet_repeat_rows(s, HEAD_ROW, HEAD_ROW));
	if (pages > 1)
		keep(b, worksheet_repeat_columns(s, 0, 0));
	keep(b, worksheet_ignore_errors(s, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
	set_page(b, s, width_of(g) > NOTE_WIDTH, pages);
}

static lxw_worksheet *new_sheet(struct book *b, const char *name)
{
	lxw_worksheet *s = workbook_add_worksheet(b->book, name);
	if (!s)
		keep(b, LXW_ERROR_SHEETNAME_LENGTH_EXCEEDED);
	return s;
}

static void write_row(struct book *b, lxw_worksheet *s, const struct grid *g, size_t row, enum look look)
{
	int most = 1;
	for (size_t i = 0; i < g->columns.n; i++) {
		const struct grid_cell *c = grid_at(g, row, i);
		int lines = c->text ? grid_lines(c->text, g->columns.at[i].width + 2) : 1;
		write_cell(b, s, FIRST_ROW + (lxw_row_t)row, (lxw_col_t)i, c, look);
		most = lines > most ? lines : most;
	}
	set_height(b, s, FIRST_ROW + (lxw_row_t)row, most);
}

static void write_view(struct book *b, enum grid_view view)
{
	struct grid *g = grid_new(b->report, view);
	size_t rows = grid_rows(g);
	lxw_worksheet *s = rows || view != GRID_PICTURES ? new_sheet(b, g->title) : NULL;
	if (rows > ROWS_MOST)
		keep(b, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
	if (s && b->error == LXW_NO_ERROR) {
		write_top(b, s, g->title);
		write_head(b, s, g);
		for (size_t row = 0; row < rows; row++)
			write_row(b, s, g, row,
				view == GRID_SUMMARY          ? LOOK_LIST
				: g->total && row + 1 == rows ? LOOK_TOTAL
							      : LOOK_CELL);
		set_up(b, s, g, (lxw_row_t)(rows - g->total));
		write_notes(b, s, g, FIRST_ROW + (lxw_row_t)rows + 1);
	}
	grid_free(&g);
}

/* ── Charts ── */

/* The columns of GRID_DATES; a chart's height in rows of the sheet. */
enum { DATE_COLUMN = 2, ASKED_COLUMN = 3, TIMES_COLUMN = 5, CHART_ROWS = 17, CHARTS_MOST = 100 };

static void add_series(lxw_chart *chart, lxw_row_t first, lxw_row_t last, bool asked)
{
	const char *data = grid_title(GRID_DATES);
	lxw_col_t column = asked ? ASKED_COLUMN : TIMES_COLUMN;
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_chart_fill fill = { .color = 0x4472C4, .none = asked };
	lxw_chart_line line = { .color = 0xC00000, .width = 1.5F };
	chart_series_set_categories(series, data, first, DATE_COLUMN, last, DATE_COLUMN);
	chart_series_set_values(series, data, first, column, last, column);
	chart_series_set_name(series, asked ? _("Asked, at least") : _("Times aired"));
	chart_series_set_fill(series, &fill);
	if (asked)
		chart_series_set_line(series, &line);
}

/* What was asked is a frame, what was done fills it: a frame that is not full is a day that lacks something. */
static lxw_chart *draw(struct book *b, const struct report_directive *d, lxw_row_t first)
{
	lxw_row_t last = first + (lxw_row_t)d->per_day.n - 1;
	lxw_chart *chart = workbook_add_chart(b->book, LXW_CHART_COLUMN);
	lxw_chart_font small = { .name = "Times New Roman", .size = 10 };
	lxw_chart_font large = { .name = "Times New Roman", .size = 12, .bold = LXW_TRUE };
	struct text name = { 0 }, title = { 0 };
	grid_directive(&name, d);
	grid_short(&title, text_str(&name), 120);
	add_series(chart, first, last, false);
	add_series(chart, first, last, true);
	chart_set_series_overlap(chart, 100);
	chart_set_series_gap(chart, 40);
	chart_title_set_name(chart, text_str(&title));
	chart_title_set_name_font(chart, &large);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	chart_legend_set_font(chart, &small);
	chart_axis_set_num_format(chart->x_axis, "d\\/m");
	chart_axis_set_num_font(chart->x_axis, &small);
	chart_axis_set_num_font(chart->y_axis, &small);
	chart_axis_set_min(chart->y_axis, 0);
	chart_axis_set_major_unit(chart->y_axis, 1);
	text_free(&name);
	text_free(&title);
	return chart;
}

static void write_charts(struct book *b)
{
	lxw_worksheet *s = new_sheet(b, _("Chart"));
	lxw_chart_options size = { .x_scale = 1.35, .y_scale = 1.1, .object_position = LXW_OBJECT_MOVE_DONT_SIZE };
	lxw_row_t first = FIRST_ROW, place = HEAD_ROW;
	if (!s)
		return;
	write_top(b, s, _("Times aired each day"));
	for (size_t i = 0; i < b->report->directives.n && i < CHARTS_MOST; i++) {
		const struct report_directive *d = &b->report->directives.at[i];
		if (d->per_day.n) {
			keep(b, worksheet_insert_chart_opt(s, place, 0, draw(b, d, first), &size));
			place += CHART_ROWS;
		}
		first += (lxw_row_t)d->per_day.n;
	}
	set_page(b, s, false, 1);
}

/* ── The book ── */

/* Dated by the end of what it tells, not by the hour it was printed. */
static void set_properties(struct book *b)
{
	const struct report *r = b->report;
	struct text title = { 0 }, author = { 0 };
	grid_short(&title, r->title, 200);
	grid_short(&author, r->name, 200);
	lxw_doc_properties p = {
		.title = title.at ? title.at : NULL,
		.author = author.at ? author.at : NULL,
		.created = (time_t)(r->days.until + 1) * DAY_S,
	};
	keep(b, workbook_set_properties(b->book, &p));
	text_free(&title);
	text_free(&author);
}

static bool refuse(const struct report *r, lxw_error e, int why, struct err *err)
{
	if (r->logbook.n > ROWS_MOST || r->unaired.n > ROWS_MOST)
		return err_set(err,
			_("The spreadsheet was NOT written: there are more rows than a sheet takes (%d) — ask for a "
			  "shorter "
			  "time, or take --csv."),
			ROWS_MOST);
	return err_set(err,
		_("The spreadsheet was NOT written: %s — see whether there is room on the disk, then try again."),
		why ? strerror(why) : lxw_strerror(e));
}

bool sheet_write(const struct report *r, const char *path, struct err *err)
{
	FILE *probe = fopen(path, "wb"); /* the library would complain on standard error */
	if (!probe)
		return refuse(r, LXW_ERROR_CREATING_XLSX_FILE, errno, err);
	fclose(probe);
	struct book b = { .book = workbook_new(path), .report = r };
	if (!b.book)
		return refuse(r, LXW_ERROR_MEMORY_MALLOC_FAILED, 0, err);
	make_formats(&b);
	set_properties(&b);
	write_view(&b, GRID_SUMMARY);
	write_charts(&b);
	for (int v = GRID_DIRECTIVE; v < GRID_VIEWS; v++)
		write_view(&b, (enum grid_view)v);
	errno = 0;
	lxw_error closed = workbook_close(b.book);
	int why = closed ? errno : 0;
	keep(&b, closed);
	if (b.error == LXW_NO_ERROR)
		return true;
	unlink(path);
	return refuse(r, b.error, why, err);
}
