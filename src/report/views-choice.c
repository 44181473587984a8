#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

static const struct {
	const char *name;
	void (*table)(const struct view *);
	void (*json)(const struct report *, const struct report_out *);
	bool summary; /* part of the summary on a terminal */
} views[VIEW_COUNT] = {
	[VIEW_DIRECTIVE] = { "directive", views_directives, views_directives_json, true },
	[VIEW_DAY] = { "day", views_days, views_days_json, true },
	[VIEW_ZONE] = { "zone", views_zones, views_zones_json, false },
	[VIEW_CLASS] = { "class", views_classes, views_classes_json, false },
	[VIEW_UNAIRED] = { "unaired", views_unaired, views_unaired_json, false },
	[VIEW_LOGBOOK] = { "logbook", views_logbook, views_logbook_json, false },
	[VIEW_STRIP] = { "strip", views_strip, views_strip_json, false },
};

const char *views_name(enum report_view view)
{
	return views[view].name;
}

/* ── What views share ──────────────────────────────────────────────────────────────────────────────────────── */

#define WIDEST 110

void views_heading(const struct view *v, const char *words)
{
	char *line = mem_printf("\n%s\n", words);
	v->out->put(v->out->self, line);
	mem_free(line);
}

void views_sentence(const struct view *v, const char *words)
{
	struct text t = { 0 };
	report_paragraph(&t, words, "", v->page->columns < WIDEST ? v->page->columns : WIDEST);
	v->out->put(v->out->self, text_str(&t));
	text_free(&t);
}

void views_verdict_columns(struct columns *g)
{
	columns_column(g, _("planned"), true);
	for (int s = STATE_AIRED; s < STATE_COUNT; s++)
		columns_column(g, words_state((enum state)s), true);
}

void views_verdict_cells(struct columns *g, const struct tally *sums)
{
	columns_number(g, sums->planned);
	for (int s = STATE_AIRED; s < STATE_COUNT; s++)
		columns_number(g, sums->by_state[s]);
}

void views_figure_columns(struct columns *g)
{
	columns_column(g, _("sessions"), true);
	columns_column(g, _("broadcasts"), true);
	columns_column(g, _("length"), true);
	views_verdict_columns(g);
}

void views_figures(struct columns *g, const struct tally *s)
{
	struct text heard = { 0 };
	columns_number(g, s->sessions);
	columns_number(g, s->broadcasts);
	words_minutes(&heard, s->heard_ms);
	columns_cell(g, text_str(&heard));
	text_free(&heard);
	views_verdict_cells(g, s);
}

char *views_hours(int64_t ms)
{
	int64_t minutes = (ms + 30000) / 60000;
	if (minutes < 60)
		return mem_printf(_("%d min"), (int)minutes);
	return minutes % 60 ? mem_printf(_("%d h %d min"), (int)(minutes / 60), (int)(minutes % 60))
			    : mem_printf(_("%d h"), (int)(minutes / 60));
}

void views_json_sums(struct text *t, const struct tally *s)
{
	json_int(t, "planned", (int64_t)s->planned);
	for (int st = STATE_AIRED; st < STATE_COUNT; st++)
		json_int(t, verdict_state_name((enum state)st), (int64_t)s->by_state[st]);
	json_int(t, "open", (int64_t)s->open);
	json_int(t, "tests", (int64_t)s->tests);
	json_open(t, "reasons", '{');
	for (int r = REASON_NONE + 1; r < REASON_COUNT; r++)
		if (s->by_reason[r])
			json_int(t, verdict_reason_name((enum reason)r), (int64_t)s->by_reason[r]);
	json_close(t, '}');
	json_int(t, "sessions", (int64_t)s->sessions);
	json_int(t, "broadcasts_planned", (int64_t)s->broadcasts_planned);
	json_int(t, "broadcasts", (int64_t)s->broadcasts);
	json_int(t, "bulletins", (int64_t)s->bulletins);
	json_milli(t, "heard_s", s->heard_ms);
	json_int(t, "zone_broadcasts", (int64_t)s->zone_broadcasts);
}

void views_json_day(struct text *t, const char *key, day_num day)
{
	char iso[VALUE_BYTES];
	if (day != DAY_NONE)
		value_print_iso_date(day, iso);
	json_str(t, key, day == DAY_NONE ? NULL : iso);
}

void views_json_instant(struct text *t, const char *key, const struct report *r, wall_us at)
{
	char stamp[RFC3339_BYTES];
	if (at.us)
		tz_rfc3339(r->tz, at, stamp);
	json_str(t, key, at.us ? stamp : NULL);
}

void views_json_put(const struct report_out *out, struct text *t)
{
	json_close(t, '}');
	text_add(t, "\n");
	out->put(out->self, text_str(t));
	text_clear(t);
}

/* ── On a terminal ─────────────────────────────────────────────────────────────────────────────────────────── */

static void head(const struct view *v)
{
	const struct report *r = v->report;
	struct text t = { 0 };
	text_addf(&t, "\n%s (%s)", r->name, r->station);
	if (r->names_before)
		text_addf(&t, _(", before: %s"), r->names_before);
	text_addf(&t, " — %s", r->title);
	views_sentence(v, text_str(&t) + 1);
	text_clear(&t);
	if (r->filtered) {
		text_addf(&t, _("Only a part: %s."), r->filter);
		views_sentence(v, text_str(&t));
	}
	text_clear(&t);
	if (r->begins.us) {
		char day[VALUE_BYTES];
		value_print_date(tz_local(r->tz, r->begins).day, day);
		text_addf(&t, _("The journal begins on %s: of the days before nothing is known."), day);
		views_sentence(v, text_str(&t));
	}
	text_free(&t);
}

void views_table(const struct report *r, enum report_view view, const struct report_page *page, const struct report_out *out)
{
	struct view v = { view == VIEW_SUMMARY, r, page, out };
	views_conclusions(&v);
	if (r->crossed)
		views_sentence(&v, words_rehearsal());
	if (r->directives.n)
		out->put(out->self, "\n");
	head(&v);
	for (int i = VIEW_SUMMARY + 1; i < VIEW_COUNT; i++)
		if (views[i].table && (view == VIEW_SUMMARY ? views[i].summary : i == (int)view))
			views[i].table(&v);
	report_sums(&r->sums, page, out);
}

/* ── For programs ──────────────────────────────────────────────────────────────────────────────────────────── */

static void json_head(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "kind", "report");
	json_str(&t, "station", r->station);
	json_str(&t, "station_name", r->name);
	json_str(&t, "names_before", r->names_before);
	json_str(&t, "unit", r->unit);
	json_str(&t, "reports_to", r->reports_to);
	json_str(&t, "period", r->title);
	views_json_day(&t, "from", r->days.from);
	views_json_day(&t, "until", r->days.until);
	views_json_instant(&t, "made", r, r->made);
	views_json_instant(&t, "begins", r, r->begins);
	json_bool(&t, "rehearsal", r->crossed);
	json_str(&t, "filter", r->filter);
	json_str(&t, "seal", r->seal);
	views_json_sums(&t, &r->sums);
	views_json_put(out, &t);
	text_free(&t);
}

void views_json(const struct report *r, enum report_view view, const struct report_out *out)
{
	json_head(r, out);
	for (int i = VIEW_SUMMARY + 1; i < VIEW_COUNT; i++)
		if (views[i].json && (view == VIEW_SUMMARY || i == (int)view))
			views[i].json(r, out);
}
