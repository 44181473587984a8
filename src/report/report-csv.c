#include "report/report-csv.h"

#include "base/i18n.h"
#include "report/words.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <string.h>

static bool shown(const struct grid_column *c)
{
	return c->kind != GRID_SHARE;
}

/* "1704", "3/2", "1e5": a text that a spreadsheet would take for a number or a date. */
static bool like_a_number(const char *s)
{
	size_t n = strspn(s, "0123456789.,:;/-+%eE()$ \n");
	return !s[n] && s[strcspn(s, "0123456789")];
}

static void add_text(struct text *t, const char *s, bool last)
{
	struct text guarded = { 0 };
	if (like_a_number(s) && !strchr("+-", *s)) /* those the field guards anyway */
		text_add(&guarded, "'");
	text_add(&guarded, s);
	report_csv_field(t, text_str(&guarded), last);
	text_free(&guarded);
}

static void add_seconds(struct text *t, int64_t ms)
{
	text_addf(t, "\"%" PRId64 "\",", (ms + 500) / 1000);
}

static void add_moment(struct text *t, const struct grid_cell *c)
{
	enum { DAY_S = 86400 };
	char date[VALUE_BYTES];
	value_print_iso_date((day_num)(c->kind == GRID_DATE ? c->n : c->n / DAY_S), date);
	text_addf(t, "\"%s", date);
	if (c->kind == GRID_MOMENT)
		text_addf(t, " %02d:%02d:%02d", (int)(c->n % DAY_S / 3600), (int)(c->n / 60 % 60), (int)(c->n % 60));
	text_add(t, "\",");
}

static void add_cell(struct text *t, const struct grid_cell *c)
{
	struct text printed = { 0 };
	switch (c->kind) {
	case GRID_TEXT:
	case GRID_CODE:
		add_text(t, c->text, false);
		break;
	case GRID_COUNT:
		text_addf(t, "\"%" PRId64 "\",", c->n);
		break;
	case GRID_MINUTES:
	case GRID_LENGTH:
		add_seconds(t, c->n);
		break;
	case GRID_DATE:
	case GRID_MOMENT:
		add_moment(t, c);
		break;
	case GRID_HOUR:
		report_csv_field(t, grid_hour_words((enum strip_cell)c->n), false);
		break;
	default:
		grid_print(&printed, c);
		report_csv_field(t, text_str(&printed), false);
	}
	text_free(&printed);
}

static void add_headings(struct text *t, const struct grid *g)
{
	struct text heading = { 0 };
	report_csv_field(t, _("Station"), false);
	for (size_t i = 0; i < g->columns.n; i++) {
		const struct grid_column *c = &g->columns.at[i];
		if (!shown(c))
			continue;
		text_clear(&heading);
		text_add(&heading, c->heading);
		if (c->kind == GRID_LENGTH || c->kind == GRID_MINUTES)
			text_addf(&heading, " (%s)", _("s"));
		report_csv_field(t, text_str(&heading), false);
	}
	report_csv_field(t, _("Validity"), true);
	text_free(&heading);
}

/* "22363 Đài truyền thanh phường Lộc Thọ": a code alone would lose its zeros in a spreadsheet. */
static void add_station(struct text *t, const struct report *r)
{
	struct text raw = { 0 }, clean = { 0 };
	text_addf(&raw, "%s %s", r->station, r->name);
	grid_clean(&clean, text_str(&raw));
	add_text(t, text_str(&clean), false);
	text_free(&raw);
	text_free(&clean);
}

void report_csv_write(const struct report *r, enum grid_view view, const struct report_out *out)
{
	struct grid *g = grid_new(r, view);
	struct text t = { 0 };
	text_add(&t, "\xEF\xBB\xBF");
	add_headings(&t, g);
	for (size_t row = 0; row < grid_rows(g); row++) {
		add_station(&t, r);
		for (size_t i = 0; i < g->columns.n; i++)
			if (shown(&g->columns.at[i]))
				add_cell(&t, grid_at(g, row, i));
		report_csv_field(&t, r->crossed ? words_rehearsal() : "", true);
		out->put(out->self, text_str(&t));
		text_clear(&t);
	}
	out->put(out->self, text_str(&t));
	text_free(&t);
	grid_free(&g);
}
