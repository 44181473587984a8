/* CSV that a spreadsheet opens with its diacritics: UTF-8 with a mark, CRLF, every field quoted (RFC 4180).  The
 * columns are those of the logbook on paper; JSON has everything. */
#include "report/shapes.h"

#include "base/i18n.h"
#include "report/words.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <string.h>

static const char *const headings[] = { N_("No."), N_("date"), N_("planned"), N_("started"), N_("ended"),
	N_("length (s)"), N_("bulletin"), N_("class"), N_("priority level"), N_("carries out"), N_("zones"), N_("part"),
	N_("verdict"), N_("reason"), N_("late (s)"), N_("approved by"), N_("operator"), N_("id"), N_("remark") };

/* Does a field that goes on like this begin as a formula?  Blanks and quotes before it are no guard. */
static bool formula(const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };
	s += strspn(s, " \t\r\n\"");
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (!strncmp(s, wide[i], strlen(wide[i])))
			return true;
	return *s && strchr("=+-@", *s);
}

void report_csv_field(struct text *t, const char *value, bool last)
{
	/* What begins like this a spreadsheet would work out instead of showing it; and where its own separator is the
	 * semicolon, what comes behind one is a field. */
	const char *s = value ? value : "";
	bool guarded = formula(s) || *s == '\t' || *s == '\r';
	text_add(t, guarded ? "\"'" : "\"");
	for (const char *c = s; *c; c++) {
		if (*c == '"')
			text_add(t, "\"");
		text_add_n(t, c, 1);
		if (strchr(";\t\r\n", *c) && formula(c + 1) && !(guarded && c == s))
			text_add(t, "'");
	}
	text_add(t, last ? "\"\r\n" : "\",");
}

static void add_number(struct text *t, int64_t n)
{
	text_addf(t, "\"%" PRId64 "\",", n);
}

static void add_time(struct text *t, const struct report_row *r, wall_us at)
{
	struct text time = { 0 };
	if (at.us)
		words_time(&time, r, at);
	report_csv_field(t, text_str(&time), false);
	text_free(&time);
}

static void add_date(struct text *t, const struct report_row *r)
{
	char date[VALUE_BYTES];
	value_print_date(words_day(r, r->planned), date);
	report_csv_field(t, date, false);
}

static void add_directives(struct text *t, const struct report_row *r)
{
	struct text all = { 0 };
	words_directives(&all, r->directives, true);
	report_csv_field(t, text_str(&all), false);
	text_free(&all);
}

static void add_remark(struct text *t, const struct report_row *r, bool crossed)
{
	struct text all = { 0 };
	if (r->made_up)
		text_add(&all, _("made up"));
	if (crossed)
		text_addf(&all, "%s%s", all.n ? "; " : "", words_rehearsal());
	report_csv_field(t, text_str(&all), true);
	text_free(&all);
}

static void add_row(struct text *t, const struct report_row *r, size_t number, bool crossed)
{
	add_number(t, (int64_t)number);
	add_date(t, r);
	add_time(t, r, r->planned);
	add_time(t, r, r->started);
	add_time(t, r, r->ended);
	add_number(t, (r->heard_ms + 500) / 1000);
	report_csv_field(t, r->title ? r->title : r->bulletin, false);
	report_csv_field(t, words_class(r->class), false);
	report_csv_field(t, words_level(r->priority), false);
	add_directives(t, r);
	report_csv_field(t, r->zone_name ? r->zone_name : r->zone, false);
	report_csv_field(t, r->from, false);
	report_csv_field(t, words_state(r->state), false);
	report_csv_field(t, words_reason(r->reason), false);
	add_number(t, r->lateness_ms / 1000);
	report_csv_field(t, r->approved_by, false);
	report_csv_field(t, r->operator, false);
	report_csv_field(t, r->id, false);
	add_remark(t, r, crossed);
}

void report_csv(const struct report_log *log, const struct report_page *page, const struct report_out *out)
{
	struct text t = { 0 };
	size_t n = sizeof headings / sizeof *headings;
	text_add(&t, "\xEF\xBB\xBF");
	for (size_t i = 0; i < n; i++)
		report_csv_field(&t, _(headings[i]), i + 1 == n);
	for (size_t i = 0; i < log->rows.n; i++) {
		add_row(&t, &log->rows.at[i], i + 1, page->crossed);
		out->put(out->self, text_str(&t));
		text_clear(&t);
	}
	out->put(out->self, text_str(&t));
	text_free(&t);
}

void report_json(const struct report_log *log, const struct report_out *out)
{
	for (size_t i = 0; i < log->rows.n; i++) {
		out->put(out->self, log->rows.at[i].body);
		out->put(out->self, "\n");
	}
}
