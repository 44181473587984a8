/* A long time month by month: what the summary shows instead of hundreds of days. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/mem.h"

#define BAR 24 /* columns of a month that got all its lần */

static bool same_month(day_num a, day_num b)
{
	struct civil x = civil_from_day(a), y = civil_from_day(b);
	return x.year == y.year && x.month == y.month;
}

static void add_month(struct columns *g, day_num day)
{
	struct civil c = civil_from_day(day);
	columns_cellf(g, "%d/%d", c.month, c.year);
}

/* ── Lần ───────────────────────────────────────────────────────────────────────────────────────────────────── */

struct month {
	int times, asked, met, days; /* lần done and required; days met and required */
};

static void add_day(struct month *m, const struct report_directive_day *d)
{
	bool counts = d->met != MET_NOT_ASKED;
	m->times += d->times;
	m->asked += d->asked_min > 0 && counts ? d->asked_min : 0;
	m->met += d->met == MET_YES;
	m->days += counts;
}

static char *bar(const struct month *m)
{
	struct text t = { 0 };
	int full = m->asked ? (m->times < m->asked ? m->times : m->asked) * BAR / m->asked : 0;
	for (int i = 0; m->asked && i < BAR; i++)
		text_add(&t, i < full ? "█" : "░");
	return text_take(&t);
}

static void draw(const struct view *v, const struct report_directive *d)
{
	struct columns *g = columns_new();
	char *heading = mem_printf(_("TIMES A MONTH — %s"), d->campaign_title);
	views_heading(v, heading);
	columns_column(g, _("month"), false);
	columns_column(g, _("times/required"), true);
	columns_column(g, _("days met/required"), true);
	if (!v->page->plain)
		columns_column(g, "", false);
	for (size_t i = 0, end; i < d->per_day.n; i = end) {
		struct month m = { 0 };
		for (end = i; end < d->per_day.n && same_month(d->per_day.at[i].day, d->per_day.at[end].day); end++)
			add_day(&m, &d->per_day.at[end]);
		char *blocks = bar(&m);
		add_month(g, d->per_day.at[i].day);
		columns_cellf(g, "%d/%d", m.times, m.asked);
		columns_cellf(g, "%d/%d", m.met, m.days);
		if (!v->page->plain)
			columns_cell(g, blocks);
		mem_free(blocks);
	}
	columns_print(g, v->page, v->out);
	columns_free(&g);
	mem_free(heading);
}

/* ── Figures ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* But for tin bài: a bulletin of two days is one. */
static void add_sums(struct tally *to, const struct tally *s)
{
	to->planned += s->planned;
	for (int st = 0; st < STATE_COUNT; st++)
		to->by_state[st] += s->by_state[st];
	to->sessions += s->sessions;
	to->broadcasts += s->broadcasts;
	to->heard_ms += s->heard_ms;
}

void views_months(const struct view *v)
{
	const struct report *r = v->report;
	for (size_t i = 0; i < r->directives.n; i++)
		if (views_stands_for(r, i))
			draw(v, &r->directives.at[i]);
	struct columns *g = columns_new();
	views_heading(v, _("BY MONTH"));
	columns_column(g, _("month"), false);
	views_figure_columns(g);
	for (size_t i = 0, end; i < r->per_day.n; i = end) {
		struct tally sums = { 0 };
		for (end = i; end < r->per_day.n && same_month(r->per_day.at[i].day, r->per_day.at[end].day); end++)
			add_sums(&sums, &r->per_day.at[end].sums);
		add_month(g, r->per_day.at[i].day);
		views_figures(g, &sums);
	}
	columns_rule(g);
	columns_cell(g, _("TOTAL"));
	views_figures(g, &r->sums);
	columns_print(g, v->page, v->out);
	views_sentence(v, _("Day by day: --view day."));
	columns_free(&g);
}
