/* The same for programs and spreadsheets: a line a station (or sum) and letter. */
#include "base/i18n.h"
#include "base/json.h"
#include "cli/review-view.h"
#include "report/shapes.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <string.h>

static const char *const kinds[] = { [REVIEW_ALL] = "all", [REVIEW_BODY] = "body", [REVIEW_STATION] = "station" };

static void date(struct text *t, const char *key, day_num day)
{
	char iso[VALUE_BYTES];
	if (day != DAY_NONE)
		value_print_iso_date(day, iso);
	json_str(t, key, day == DAY_NONE ? NULL : iso);
}

static void json_line(struct text *t, const struct review_answer *a, const struct review_line *l)
{
	json_str(t, "kind", kinds[l->kind]);
	json_str(t, "code", l->code);
	json_str(t, "name", l->title);
	json_str(t, "names_before", l->before);
	json_str(t, "body", l->above);
	json_int(t, "stations", l->stations);
	date(t, "from", a->days.from);
	date(t, "until", a->days.until);
	json_int(t, "days_due", l->expected);
	json_int(t, "days_missing", l->silent);
	date(t, "reported_until", l->last);
	json_bool(t, "sample", a->crossed);
}

static void json_cell(
	struct text *t, const struct review_line *l, const struct review_column *c, const struct review_cell *cell)
{
	json_str(t, "directive", c->number);
	json_str(t, "issuer", c->issuer);
	date(t, "issued", c->issued);
	json_str(t, "state", l->kind == REVIEW_STATION ? review_state_name(cell->state) : NULL);
	json_int(t, "stations_met", cell->stations[REVIEW_MET]);
	json_int(t, "stations_not_met", cell->stations[REVIEW_UNMET]);
	json_int(t, "stations_not_reported", cell->stations[REVIEW_SILENT]);
	json_int(t, "stations_not_asked", cell->stations[REVIEW_NOT_ASKED]);
	json_int(t, "days_asked", cell->asked);
	json_int(t, "days_met", cell->met);
	json_int(t, "days_excused", cell->excused);
	json_int(t, "days_not_met", cell->unmet);
	json_int(t, "days_not_reported", cell->silent);
	json_int(t, "times", cell->times);
	json_int(t, "times_asked", cell->times_asked);
	json_int(t, "broadcasts_planned", cell->planned);
	json_int(t, "broadcasts", cell->broadcasts);
	json_milli(t, "minutes", cell->heard_ms / 60);
	json_bool(t, "not_in_schedule", cell->unlisted);
}

void review_json(const struct review_answer *a, bool late, struct text *out)
{
	for (size_t i = 0; i < a->lines.n; i++) {
		const struct review_line *l = &a->lines.at[i];
		for (size_t k = 0; k < (late ? 1 : l->cells.n); k++) {
			if (late && (l->kind != REVIEW_STATION || !l->silent))
				continue;
			json_open(out, NULL, '{');
			json_line(out, a, l);
			if (!late)
				json_cell(out, l, &a->columns.at[k], &l->cells.at[k]);
			json_close(out, '}');
			text_add(out, "\n");
		}
	}
}

static void instant(struct text *t, const char *key, const struct tz *tz, wall_us at)
{
	char stamp[RFC3339_BYTES];
	if (at.us)
		tz_rfc3339(tz, at, stamp);
	json_str(t, key, at.us ? stamp : NULL);
}

char *review_airing_json(const struct report_row *r)
{
	struct text t = { 0 };
	struct tz *tz = tz_fixed(r->offset_s);
	json_open(&t, NULL, '{');
	json_str(&t, "id", r->id);
	json_str(&t, "kind", r->kind);
	json_str(&t, "from", r->from);
	instant(&t, "planned", tz, r->planned);
	instant(&t, "started", tz, r->started);
	instant(&t, "ended", tz, r->ended);
	json_str(&t, "station", r->station);
	json_str(&t, "station_name", r->station_name);
	json_str(&t, "zone", r->zone);
	json_str(&t, "zone_name", r->zone_name);
	json_str(&t, "bulletin", r->bulletin);
	json_str(&t, "title", r->title);
	json_str(&t, "campaign", r->campaign);
	json_open(&t, "directives", '[');
	for (const char *d = r->directives; *d; d += strcspn(d, "\n") + 1) {
		char *number = mem_dup_n(d, strcspn(d, "\n"));
		json_str(&t, NULL, number);
		mem_free(number);
	}
	json_close(&t, ']');
	json_str(&t, "class", r->class);
	json_str(&t, "priority", r->priority);
	json_str(&t, "state", r->state == STATE_OPEN ? NULL : verdict_state_name(r->state));
	json_str(&t, "reason", r->reason == REASON_NONE ? NULL : verdict_reason_name(r->reason));
	json_int(&t, "heard_ms", r->heard_ms);
	json_int(&t, "lateness_ms", r->lateness_ms);
	json_str(&t, "operator", r->operator);
	json_str(&t, "approved_by", r->approved_by);
	json_bool(&t, "made_up", r->made_up);
	json_bool(&t, "test", r->test);
	json_close(&t, '}');
	tz_free(&tz);
	return text_take(&t);
}

/* ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void number(struct text *t, int64_t n, bool last)
{
	text_addf(t, "\"%" PRId64 "\"%s", n, last ? "\r\n" : ",");
}

static void csv_line(struct text *t, const struct review_line *l)
{
	char day[VALUE_BYTES] = "";
	if (l->last != DAY_NONE)
		value_print_date(l->last, day);
	report_csv_field(t, l->kind == REVIEW_ALL ? _("SUM OF ALL") : l->above, false);
	report_csv_field(t, l->kind == REVIEW_STATION ? l->code : "", false);
	report_csv_field(t, l->title, false);
	number(t, l->stations, false);
	number(t, l->expected, false);
	number(t, l->silent, false);
	report_csv_field(t, day, false);
}

static void csv_cell(
	struct text *t, const struct review_line *l, const struct review_column *c, const struct review_cell *cell)
{
	struct text letter = { 0 };
	review_letter(&letter, c);
	report_csv_field(t, text_str(&letter), false);
	report_csv_field(t, l->kind == REVIEW_STATION ? review_word(cell->state) : "", false);
	for (enum review_state s = REVIEW_MET; s < REVIEW_STATES; s++)
		number(t, cell->stations[s], false);
	number(t, cell->asked, false);
	number(t, cell->met, false);
	number(t, cell->excused, false);
	number(t, cell->unmet, false);
	number(t, cell->silent, false);
	number(t, cell->times, false);
	number(t, cell->times_asked, false);
	number(t, cell->broadcasts, false);
	number(t, cell->planned, false);
	number(t, (cell->heard_ms + 30000) / 60000, false);
	text_free(&letter);
}

static void csv_head(bool late, struct text *t)
{
	static const char *const line[] = { N_("body"), N_("code"), N_("name"), N_("stations"), N_("days due"),
		N_("days missing"), N_("reported until") };
	static const char *const cell[] = { N_("letter"), N_("result"), N_("done"), N_("not done"), N_("not reported"),
		N_("days asked"), N_("days met"), N_("days excused"), N_("days not met"), N_("days not reported"),
		N_("times"), N_("times asked"), N_("broadcasts aired"), N_("broadcasts planned"), N_("minutes") };
	for (size_t i = 0; i < sizeof line / sizeof *line; i++)
		report_csv_field(t, _(line[i]), false);
	for (size_t i = 0; !late && i < sizeof cell / sizeof *cell; i++)
		report_csv_field(t, _(cell[i]), false);
	report_csv_field(t, _("remark"), true);
}

void review_csv(const struct review_answer *a, bool late, struct text *out)
{
	text_add(out, "\xEF\xBB\xBF");
	csv_head(late, out);
	for (size_t i = 0; i < a->lines.n; i++) {
		const struct review_line *l = &a->lines.at[i];
		for (size_t k = 0; k < (late ? 1 : l->cells.n); k++) {
			if (late && (l->kind != REVIEW_STATION || !l->silent))
				continue;
			csv_line(out, l);
			if (!late)
				csv_cell(out, l, &a->columns.at[k], &l->cells.at[k]);
			report_csv_field(out, a->crossed ? words_rehearsal() : "", true);
		}
	}
}
