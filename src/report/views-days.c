/* By day: the lần of each campaign as bars against what was required, then the figures. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/words.h"
#include "schedule/values.h"

#include <string.h>

#define BAR_MOST 40 /* columns */

void views_add_date(struct text *t, day_num day)
{
	static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };
	char date[VALUE_BYTES];
	value_print_date(day, date);
	char *year = strrchr(date, '/');
	*year = '\0';
	text_addf(t, "%s %s", date, _(weekdays[day_weekday(day)]));
}

/* A screen reader would spell the sign out. */
static const char *met_word(enum met met, bool plain)
{
	static const char *const words[MET_COUNT] = { N_("not required"), N_("✓ met"), N_("✗ short"), N_("– excused"),
		N_("… not over") };
	const char *word = _(words[met]), *blank = met == MET_NOT_ASKED ? NULL : strchr(word, ' ');
	return plain && blank ? blank + 1 : word;
}

static void add_blocks(struct text *t, const char *block, int n)
{
	for (int i = 0; i < n; i++)
		text_add(t, block);
}

/* ██████│██ four times of three required; ████░░│ two of three */
static void add_bar(struct text *t, const struct report_directive_day *d, int most)
{
	int unit = most <= BAR_MOST / 2 ? 2 : 1;
	int asked = d->asked_min > 0 ? d->asked_min : 0, times = d->times < BAR_MOST ? d->times : BAR_MOST;
	asked = asked < BAR_MOST ? asked : BAR_MOST;
	add_blocks(t, "█", unit * (times < asked ? times : asked));
	add_blocks(t, "░", unit * (times < asked ? asked - times : 0));
	text_add(t, asked ? "│" : "");
	add_blocks(t, "█", unit * (times > asked ? times - asked : 0));
}

static int most_of(const struct report_directive *d)
{
	int most = 0;
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		most = day->times > most ? day->times : most;
		most = day->asked_min > most ? day->asked_min : most;
	}
	return most;
}

static const char *why(const struct report *r, const struct report_directive_day *d)
{
	for (size_t i = 0; d->met == MET_EXCUSED && i < r->per_day.n; i++)
		if (r->per_day.at[i].day == d->day)
			return r->per_day.at[i].exceptions;
	return NULL;
}

static void add_met(struct text *t, const struct view *v, const struct report_directive_day *day)
{
	text_add(t, met_word(day->met, v->page->plain));
	if (why(v->report, day))
		text_addf(t, " (%s)", why(v->report, day));
}

static void add_times(struct text *t, const struct report_directive_day *day)
{
	text_addf(t, day->asked_min > 0 ? "%d/%d" : "%d", day->times, day->asked_min);
}

/* "13/7 T3: 3/3, đạt" */
static void say_days(const struct view *v, const struct report_directive *d)
{
	struct text t = { 0 };
	for (size_t i = 0; i < d->per_day.n; i++) {
		views_add_date(&t, d->per_day.at[i].day);
		text_add(&t, ": ");
		add_times(&t, &d->per_day.at[i]);
		text_add(&t, ", ");
		add_met(&t, v, &d->per_day.at[i]);
		text_add(&t, "\n");
	}
	v->out->put(v->out->self, text_str(&t));
	text_free(&t);
}

static void draw_days(const struct view *v, const struct report_directive *d)
{
	int most = most_of(d);
	struct columns *g = columns_new();
	columns_column(g, _("day"), false);
	columns_column(g, _("times/required"), true);
	columns_column(g, "", false);
	columns_column(g, "", false);
	for (size_t i = 0; i < d->per_day.n; i++) {
		struct text cells[4] = { 0 };
		views_add_date(&cells[0], d->per_day.at[i].day);
		add_times(&cells[1], &d->per_day.at[i]);
		add_bar(&cells[2], &d->per_day.at[i], most);
		add_met(&cells[3], v, &d->per_day.at[i]);
		for (size_t k = 0; k < 4; k++) {
			columns_cell(g, text_str(&cells[k]));
			text_free(&cells[k]);
		}
	}
	columns_print(g, v->page, v->out);
	views_sentence(v, _("██ aired · ░░ lacking · │ required"));
	columns_free(&g);
}

static void draw(const struct view *v, const struct report_directive *d)
{
	char *heading = mem_printf(_("TIMES A DAY — %s"), d->campaign_title);
	views_heading(v, heading);
	(v->page->plain ? say_days : draw_days)(v, d);
	mem_free(heading);
}

bool views_stands_for(const struct report *r, size_t i)
{
	const struct report_directive *d = &r->directives.at[i];
	for (size_t k = 0; k < r->directives.n; k++) {
		const struct report_directive *other = &r->directives.at[k];
		bool longer = other->per_day.n > d->per_day.n || (other->per_day.n == d->per_day.n && k < i);
		if (k != i && !strcmp(other->campaign, d->campaign) && longer)
			return false;
	}
	return true;
}

static void print_figures(const struct view *v)
{
	struct columns *g = columns_new();
	views_heading(v, _("BY DAY"));
	columns_column(g, _("day"), false);
	views_figure_columns(g);
	columns_column(g, _("exception"), false);
	for (size_t i = 0; i < v->report->per_day.n; i++) {
		const struct report_day *d = &v->report->per_day.at[i];
		struct text date = { 0 };
		if (v->report->filtered && !d->sums.planned && !d->exceptions)
			continue;
		views_add_date(&date, d->day);
		columns_cell(g, text_str(&date));
		views_figures(g, &d->sums);
		columns_cell(g, d->exceptions);
		text_free(&date);
	}
	columns_rule(g);
	columns_cell(g, _("TOTAL"));
	views_figures(g, &v->report->sums);
	columns_cell(g, "");
	columns_print(g, v->page, v->out);
	columns_free(&g);
}

void views_days(const struct view *v)
{
	if (v->summary && v->report->per_day.n > VIEWS_DAYS_MOST) {
		views_months(v);
		return;
	}
	for (size_t i = 0; i < v->report->directives.n; i++)
		if (views_stands_for(v->report, i))
			draw(v, &v->report->directives.at[i]);
	print_figures(v);
}

void views_days_json(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->per_day.n; i++) {
		const struct report_day *d = &r->per_day.at[i];
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "day");
		views_json_day(&t, "day", d->day);
		json_str(&t, "duty", d->duty);
		json_str(&t, "notes", d->notes);
		json_str(&t, "exceptions", d->exceptions);
		views_json_sums(&t, &d->sums);
		views_json_put(out, &t);
	}
	text_free(&t);
}
