/* What is missing: what was not aired and why, and when nothing could be heard. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/phrase.h"
#include "report/off-times.h"
#include "report/words.h"
#include "schedule/tz.h"

#include <string.h>

/* ── When nothing could be heard ── */

static void add_off(struct columns *g, const struct report *r, const char *where, const struct report_off *o)
{
	struct text span = { 0 };
	char *length = views_hours((o->to.us - o->from.us) / US_PER_MS);
	phrase_span(&span, r->tz, o->from, o->to);
	columns_cell(g, where);
	columns_cell(g, text_str(&span));
	columns_cell(g, length);
	columns_cell(g, o->why ? o->why : "");
	mem_free(length);
	text_free(&span);
}

void views_off(const struct view *v)
{
	const struct report *r = v->report;
	struct columns *g = columns_new();
	struct off_times times = { 0 };
	columns_column(g, _("where"), false);
	columns_column(g, _("when"), false);
	columns_column(g, _("length"), true);
	columns_column(g, _("why"), false);
	off_times_of(r, &times);
	for (size_t i = 0; i < times.list.n; i++)
		add_off(g, r, times.list.at[i].where, times.list.at[i].off);
	if (columns_rows(g)) {
		views_heading(v, _("WHEN NOTHING COULD BE HEARD"));
		columns_print(g, v->page, v->out);
	}
	columns_free(&g);
	off_times_free(&times);
}

/* ── What was not aired ── */

static void add_planned(struct columns *g, const struct report_unaired *u)
{
	struct text t = { 0 };
	struct report_row at = { .offset_s = u->offset_s };
	views_add_date(&t, words_day(&at, u->planned));
	columns_cell(g, text_str(&t));
	text_clear(&t);
	words_time(&t, &at, u->planned);
	columns_cell(g, text_str(&t));
	text_free(&t);
}

void views_unaired(const struct view *v)
{
	const struct report *r = v->report;
	struct columns *g = columns_new();
	views_heading(v, _("WHAT WAS NOT AIRED, AND WHY"));
	columns_column(g, _("day"), false);
	columns_column(g, _("planned"), false);
	columns_column(g, _("bulletin"), false);
	columns_column(g, _("zones"), false);
	columns_column(g, _("verdict"), false);
	columns_column(g, _("note"), false);
	for (size_t i = 0; i < r->unaired.n; i++) {
		const struct report_unaired *u = &r->unaired.at[i];
		add_planned(g, u);
		columns_cell(g, u->title);
		columns_cell(g, u->zones);
		columns_cellf(g, "%s %s%s%s", words_state_sign(u->state), words_state(u->state),
			u->reason != REASON_NONE ? ": " : "", words_reason(u->reason));
		columns_cell(g, u->note ? u->note : "");
	}
	if (r->unaired.n)
		columns_print(g, v->page, v->out);
	else
		views_sentence(v, _("Everything that was planned was aired whole."));
	columns_free(&g);
	views_off(v);
}

void views_unaired_json(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->unaired.n; i++) {
		const struct report_unaired *u = &r->unaired.at[i];
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "unaired");
		views_json_instant(&t, "planned", r, u->planned);
		json_str(&t, "title", u->title);
		json_str(&t, "zones", u->zones);
		json_str(&t, "directives", u->directives);
		json_str(&t, "state", verdict_state_name(u->state));
		json_str(&t, "reason", verdict_reason_name(u->reason));
		json_str(&t, "note", u->note);
		views_json_put(out, &t);
	}
	for (size_t i = 0; i < r->station_off.n; i++) {
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "station-off");
		views_json_instant(&t, "from", r, r->station_off.at[i].from);
		views_json_instant(&t, "to", r, r->station_off.at[i].to);
		json_str(&t, "why", r->station_off.at[i].why);
		views_json_put(out, &t);
	}
	text_free(&t);
}
