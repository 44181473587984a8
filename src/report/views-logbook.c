/* The logbook on a terminal: a day under its heading, with whoever was on duty. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/words.h"

static void add_clock(struct columns *g, const struct report_entry *e, wall_us at)
{
	struct text t = { 0 };
	struct report_row local = { .offset_s = e->offset_s };
	if (at.us)
		words_time(&t, &local, at);
	columns_cell(g, text_str(&t));
	text_free(&t);
}

static void add_verdict(struct columns *g, const struct report_entry *e)
{
	columns_cellf(g, "%s %s%s%s", words_state_sign(e->state), words_state(e->state), e->reason != REASON_NONE ? ": " : "",
		words_reason(e->reason));
}

static void add_entry(struct columns *g, const struct report_entry *e)
{
	struct text length = { 0 };
	if (e->heard_ms)
		words_length(&length, e->heard_ms);
	add_clock(g, e, e->planned);
	add_clock(g, e, e->started);
	columns_cell(g, text_str(&length));
	columns_cell(g, e->title);
	columns_cell(g, words_class(class_name(e->class)));
	columns_cell(g, e->directives ? e->directives : "");
	columns_cell(g, e->zones ? e->zones : "");
	if (e->nth)
		columns_number(g, (size_t)e->nth);
	else
		columns_cell(g, "");
	add_verdict(g, e);
	columns_cell(g, e->operator ? e->operator : "");
	columns_cell(g, e->note ? e->note : "");
	text_free(&length);
}

static struct columns *headings(void)
{
	static const struct {
		const char *word;
		bool right;
	} all[] = { { N_("planned"), false }, { N_("begun"), false }, { N_("length"), true }, { N_("bulletin"), false },
		{ N_("class"), false }, { N_("directive"), false }, { N_("zones"), false }, { N_("time no."), true },
		{ N_("verdict"), false }, { N_("by order of"), false }, { N_("note"), false } };
	struct columns *g = columns_new();
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		columns_column(g, _(all[i].word), all[i].right);
	return g;
}

static void put_day(const struct view *v, const struct report_day *d)
{
	struct text t = { 0 };
	words_date(&t, d->day);
	views_heading(v, text_str(&t));
	text_clear(&t);
	text_addf(&t, _("On duty: %s"), d->duty ? d->duty : "—");
	views_sentence(v, text_str(&t));
	text_clear(&t);
	if (d->notes)
		views_sentence(v, d->notes);
	text_free(&t);
}

void views_logbook(const struct view *v)
{
	const struct report *r = v->report;
	views_heading(v, _("LOGBOOK"));
	size_t i = 0;
	for (size_t d = 0; d < r->per_day.n; d++) {
		struct columns *g = headings();
		while (i < r->logbook.n && r->logbook.at[i].day < r->per_day.at[d].day)
			i++;
		for (; i < r->logbook.n && r->logbook.at[i].day == r->per_day.at[d].day; i++)
			add_entry(g, &r->logbook.at[i]);
		put_day(v, &r->per_day.at[d]);
		if (columns_rows(g))
			columns_print(g, v->page, v->out);
		else
			views_sentence(v, _("Nothing was planned or ordered."));
		columns_free(&g);
	}
}

void views_logbook_json(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->logbook.n; i++) {
		const struct report_entry *e = &r->logbook.at[i];
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "entry");
		views_json_day(&t, "day", e->day);
		views_json_instant(&t, "planned", r, e->planned);
		views_json_instant(&t, "started", r, e->started);
		views_json_instant(&t, "ended", r, e->ended);
		json_milli(&t, "heard_s", e->heard_ms);
		json_str(&t, "title", e->title);
		json_str(&t, "class", class_name(e->class));
		json_str(&t, "priority", level_name(e->level));
		json_str(&t, "campaign", e->campaign);
		json_str(&t, "directives", e->directives);
		json_str(&t, "zones", e->zones);
		json_int(&t, "nth", e->nth);
		json_str(&t, "state", verdict_state_name(e->state));
		json_str(&t, "reason", verdict_reason_name(e->reason));
		json_str(&t, "approved_by", e->approved_by);
		json_str(&t, "operator", e->operator);
		json_str(&t, "note", e->note);
		views_json_put(out, &t);
	}
	text_free(&t);
}
