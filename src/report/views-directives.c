/* By directive: was it carried out, in how many lần, and why not where it was not. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/phrase.h"
#include "report/words.h"
#include "schedule/values.h"

#include <string.h>

static const char *const urgencies[] = { "thuong", "khan", "thuong-khan", "hoa-toc" };

/* "1704/STTTT-TTBCXB"; of a letter without a number: "văn bản ngày 02/8/2020 của …". */
static char *called(const struct report_directive *d)
{
	char issued[VALUE_BYTES] = "";
	if (*d->number)
		return mem_dup(d->number);
	if (d->issued != DAY_NONE)
		value_print_date(d->issued, issued);
	if (*issued && d->issuer)
		return mem_printf(_("letter of %s from %s"), issued, d->issuer);
	return mem_printf(_("letter \"%s\""), d->name);
}

static int days_short(const struct report_directive *d)
{
	return d->days_asked - d->days_met - d->days_excused - d->days_open;
}

/* ── The first line ────────────────────────────────────────────────────────────────────────────────────────── */

static const char *verdict(const struct report_directive *d)
{
	bool any = d->times || d->sums.broadcasts;
	if (!any && d->days_open < d->days_asked)
		return _("NOT CARRIED OUT");
	if (days_short(d))
		return _("CARRIED OUT, NOT ON EVERY DAY");
	if (d->days_open)
		return _("BEING CARRIED OUT");
	return d->days_asked ? _("CARRIED OUT IN FULL") : _("CARRIED OUT");
}

static void add_days_met(struct text *t, const struct report_directive *d)
{
	if (!d->days_asked) {
		text_add(t, _("; no number of times a day was set"));
		return;
	}
	text_addf(t, _(", required number reached on %d of %d days"), d->days_met, d->days_asked);
	if (d->days_excused)
		text_addf(t, ngettext(", %d day excused", ", %d days excused", d->days_excused), d->days_excused);
	if (d->days_open)
		text_addf(t, ngettext(", %d day not over", ", %d days not over", d->days_open), d->days_open);
}

void views_conclusions(const struct view *v)
{
	for (size_t i = 0; i < v->report->directives.n; i++) {
		const struct report_directive *d = &v->report->directives.at[i];
		struct text t = { 0 }, line = { 0 };
		char *name = called(d);
		text_addf(&t, "%s: %s — ", name, verdict(d));
		text_addf(&t, ngettext("%d time", "%d times", d->times), d->times);
		add_days_met(&t, d);
		text_addf(&t, "; %s.", v->report->title);
		report_paragraph(&line, text_str(&t), "", v->page->columns); /* one line where there is room */
		v->out->put(v->out->self, text_str(&line));
		text_free(&line);
		text_free(&t);
		mem_free(name);
	}
}

/* ── The table ─────────────────────────────────────────────────────────────────────────────────────────────── */

static char *asked_words(const struct report_directive *d)
{
	const struct report_directive_day *last = d->per_day.n ? &d->per_day.at[d->per_day.n - 1] : NULL;
	bool changed = false;
	for (size_t i = 0; i < d->per_day.n; i++)
		changed = changed || d->per_day.at[i].asked_min != last->asked_min;
	if (!last || (last->asked_min < 1 && last->asked_minutes < 1))
		return mem_dup("–");
	if (last->asked_min < 1)
		return mem_printf(_("%d min"), last->asked_minutes);
	if (last->asked_max > last->asked_min)
		return mem_printf("%d–%d%s", last->asked_min, last->asked_max, changed ? "*" : "");
	return mem_printf("%d%s", last->asked_min, changed ? "*" : "");
}

static void add_row(struct columns *g, const struct report_directive *d)
{
	char *name = called(d), *asked = asked_words(d);
	char share[PHRASE_BYTES];
	char *first = d->first_airing_ms >= 0 ? views_hours(d->first_airing_ms) : mem_dup("–");
	struct text heard = { 0 };
	words_minutes(&heard, d->sums.heard_ms);
	columns_cell(g, name);
	columns_cell(g, asked);
	columns_number(g, (size_t)d->times);
	columns_cellf(g, "%d/%d", d->days_met, d->days_asked);
	columns_number(g, (size_t)d->days_excused);
	columns_number(g, d->sums.broadcasts);
	columns_cell(g, *phrase_share(d->sums.broadcasts, d->sums.broadcasts_planned, share) ? share : "–");
	columns_cell(g, text_str(&heard));
	columns_cell(g, first);
	text_free(&heard);
	char *all[] = { name, asked, first };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		mem_free(all[i]);
}

/* "1704/STTTT-TTBCXB: lỡ giờ 12 lượt × cụm loa (máy tắt 12)" */
static void say_reasons(const struct view *v, const struct report_directive *d)
{
	struct text t = { 0 };
	char *name = called(d);
	const struct tally *s = &d->sums;
	size_t n = s->planned - s->by_state[STATE_AIRED] - s->open;
	text_addf(&t, _("%s, what was not aired whole, zone by zone: "), name);
	words_number(&t, n);
	for (int r = REASON_NONE + 1, k = 0; r < REASON_COUNT; r++) {
		if (!s->by_reason[r])
			continue;
		text_addf(&t, "%s%s ", k++ ? " · " : " — ", words_reason((enum reason)r));
		words_number(&t, s->by_reason[r]);
	}
	if (n)
		views_sentence(v, text_str(&t));
	mem_free(name);
	text_free(&t);
}

/* What people wrote down about that day. */
static void add_notes(struct text *t, const char *notes)
{
	for (; *notes; notes += strcspn(notes, "\n") + (strchr(notes, '\n') != NULL)) {
		text_add(t, "; ");
		text_add_n(t, notes, strcspn(notes, "\n"));
	}
}

static const struct report_day *find_day(const struct report *r, day_num day)
{
	for (size_t i = 0; i < r->per_day.n; i++)
		if (r->per_day.at[i].day == day)
			return &r->per_day.at[i];
	return NULL;
}

/* "08/7 (0/3, máy tắt; ghi chú: mất điện)" */
static void add_short_day(struct text *t, const struct report *r, const struct report_directive_day *day)
{
	char date[VALUE_BYTES];
	value_print_date(day->day, date);
	*strrchr(date, '/') = '\0';
	text_addf(t, "%s (%d/%d", date, day->times, day->asked_min > 0 ? day->asked_min : 0);
	if (day->met != MET_EXCUSED && day->why != REASON_NONE)
		text_addf(t, ", %s", words_reason(day->why));
	const struct report_day *about = find_day(r, day->day);
	if (day->met == MET_EXCUSED && about && about->exceptions)
		text_addf(t, ", %s", about->exceptions);
	if (about && about->notes)
		add_notes(t, about->notes);
	text_add(t, ")");
}

static void say_days(const struct view *v, const struct report_directive *d, enum met met, const char *words)
{
	struct text t = { 0 };
	char *name = called(d);
	for (size_t i = 0; i < d->per_day.n; i++) {
		if (d->per_day.at[i].met != met)
			continue;
		if (t.n)
			text_add(&t, " · ");
		else
			text_addf(&t, "%s, %s: ", name, words);
		add_short_day(&t, v->report, &d->per_day.at[i]);
	}
	if (t.n)
		views_sentence(v, text_str(&t));
	mem_free(name);
	text_free(&t);
}

void views_directives(const struct view *v)
{
	struct columns *g = columns_new();
	views_heading(v, _("BY DIRECTIVE"));
	columns_column(g, _("directive"), false);
	columns_column(g, _("required a day"), true);
	columns_column(g, _("times done"), true);
	columns_column(g, _("days met/required"), true);
	columns_column(g, _("excused"), true);
	columns_column(g, _("broadcasts"), true);
	columns_column(g, _("share aired"), true);
	columns_column(g, _("length"), true);
	columns_column(g, _("received to first airing"), true);
	for (size_t i = 0; i < v->report->directives.n; i++)
		add_row(g, &v->report->directives.at[i]);
	if (columns_rows(g))
		columns_print(g, v->page, v->out);
	else
		views_sentence(v, _("No directive counted in these days."));
	for (size_t i = 0; i < v->report->directives.n; i++) {
		const struct report_directive *d = &v->report->directives.at[i];
		say_days(v, d, MET_NO, _("days short"));
		say_days(v, d, MET_EXCUSED, _("days excused"));
		say_reasons(v, d);
	}
	views_sentence(v, _("* Times: firings (a session, a repeat, an order) in which at least one bulletin of the campaign was "
			    "heard whole in every zone that was on. A day is met when the times reach what is required of it; "
			    "excused when an exception took the campaign's bulletins away and it is not met."));
	columns_free(&g);
}

/* ── For programs ──────────────────────────────────────────────────────────────────────────────────────────── */

const char *views_met_name(enum met met)
{
	static const char *const names[MET_COUNT] = { "not-asked", "met", "not-met", "excused", "open" };
	return names[met];
}

static void json_days(struct text *t, const struct report_directive *d)
{
	json_open(t, "days", '[');
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		json_open(t, NULL, '{');
		views_json_day(t, "day", day->day);
		json_int(t, "asked_min", day->asked_min);
		json_int(t, "asked_max", day->asked_max);
		json_int(t, "asked_minutes", day->asked_minutes);
		json_int(t, "times", day->times);
		json_milli(t, "heard_s", day->heard_ms);
		json_str(t, "why", verdict_reason_name(day->why));
		json_str(t, "met", views_met_name(day->met));
		json_close(t, '}');
	}
	json_close(t, ']');
}

void views_directives_json(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "directive");
		json_str(&t, "number", d->number);
		json_str(&t, "name", d->name);
		json_str(&t, "campaign", d->campaign);
		json_str(&t, "campaign_title", d->campaign_title);
		json_str(&t, "issuer", d->issuer);
		json_str(&t, "subject", d->subject);
		views_json_day(&t, "issued", d->issued);
		json_str(&t, "urgency", urgencies[d->urgency]);
		json_str(&t, "received", d->received);
		json_str(&t, "report_to", d->report_to);
		json_str(&t, "set_by", d->set_by);
		views_json_day(&t, "from", d->days.from);
		views_json_day(&t, "until", d->days.until);
		json_int(&t, "times", d->times);
		json_int(&t, "times_asked", d->times_asked);
		json_int(&t, "days_asked", d->days_asked);
		json_int(&t, "days_met", d->days_met);
		json_int(&t, "days_excused", d->days_excused);
		json_int(&t, "days_open", d->days_open);
		if (d->first_airing_ms >= 0)
			json_milli(&t, "first_airing_s", d->first_airing_ms);
		else
			json_str(&t, "first_airing_s", NULL);
		views_json_sums(&t, &d->sums);
		json_days(&t, d);
		views_json_put(out, &t);
	}
	text_free(&t);
}
