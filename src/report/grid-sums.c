/* The figures once for the whole report, and day by day, zone by zone, class by class. */
#include "report/grid-inside.h"

#include "base/i18n.h"
#include "report/phrase.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

/* ── Summary: a word and what stands beside it ── */

static void add_line(struct grid *g, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	grid_add_text(g, name);
	grid_add_text(g, value);
}

static void add_figure(struct grid *g, const char *name, enum grid_kind kind, int64_t n)
{
	grid_add_text(g, name);
	grid_add(g, kind, n);
}

static void add_sums(struct grid *g, const struct tally *s)
{
	add_figure(g, _("Sessions"), GRID_COUNT, (int64_t)s->sessions);
	add_figure(g, _("Broadcasts planned"), GRID_COUNT, (int64_t)s->broadcasts_planned);
	add_figure(g, _("Broadcasts aired"), GRID_COUNT, (int64_t)s->broadcasts);
	if (s->broadcasts_planned)
		add_figure(g, _("Share aired"), GRID_SHARE, (int64_t)(s->broadcasts * 10000 / s->broadcasts_planned));
	add_figure(g, _("Bulletins"), GRID_COUNT, (int64_t)s->bulletins);
	add_figure(g, _("Total length (minutes)"), GRID_MINUTES, s->heard_ms);
	add_figure(g, _("Broadcasts × zones"), GRID_COUNT, (int64_t)s->zone_broadcasts);
	add_figure(g, _("Planned, zone by zone"), GRID_COUNT, (int64_t)s->planned);
	for (int k = STATE_AIRED; k < STATE_COUNT; k++) {
		struct text name = { 0 };
		text_addf(&name, "– %s", words_state((enum state)k));
		add_figure(g, text_str(&name), GRID_COUNT, (int64_t)s->by_state[k]);
		text_free(&name);
	}
	if (s->open)
		add_figure(g, _("Not decided yet"), GRID_COUNT, (int64_t)s->open);
}

void grid_fill_summary(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("What"), GRID_TEXT, 40);
	grid_add_column(g, _("Value"), GRID_TEXT, 60);
	add_line(g, _("Station"), r->name);
	grid_add_text(g, _("Code of the station"));
	grid_add_code(g, r->station);
	add_line(g, _("Names in this time"), r->names_before);
	add_line(g, _("Unit"), r->unit);
	add_line(g, _("Reports to"), r->reports_to);
	add_line(g, _("Period"), r->title);
	add_figure(g, _("From"), GRID_DATE, r->days.from);
	add_figure(g, _("Until"), GRID_DATE, r->days.until);
	add_line(g, _("Only"), r->filter);
	add_sums(g, &r->sums);
	add_line(g, _("Seal"), r->seal);
	grid_tally_notes(g);
}

/* ── Day by day ── */

void grid_fill_days(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("Date"), GRID_DATE, 12);
	grid_add_column(g, _("On duty"), GRID_TEXT, 16);
	grid_tally_columns(g, r);
	grid_add_column(g, _("Exceptions"), GRID_TEXT, 14);
	grid_add_column(g, _("Remark"), GRID_TEXT, 20);
	for (size_t i = 0; i < r->per_day.n; i++) {
		const struct report_day *d = &r->per_day.at[i];
		grid_add(g, GRID_DATE, d->day);
		grid_add_text(g, d->duty);
		grid_add_tally(g, r, &d->sums);
		grid_add_text(g, d->exceptions);
		grid_add_text(g, d->notes);
	}
	grid_add_text(g, _("Total"));
	grid_add_empty(g, 1);
	grid_add_tally(g, r, &r->sums);
	grid_add_empty(g, 2);
	g->total = true;
	grid_tally_notes(g);
	grid_add_note(g, _("A bulletin aired on several days is one in the total."));
}

/* ── Zone by zone ── */

void grid_fill_zones(struct grid *g, const struct report *r)
{
	int64_t off_ms = 0, periods = 0;
	grid_add_column(g, _("Zone"), GRID_TEXT, 20);
	grid_add_column(g, _("Area"), GRID_TEXT, 16);
	grid_add_column(g, _("Speakers"), GRID_COUNT, 8);
	grid_add_column(g, _("Off periods"), GRID_COUNT, 8);
	grid_add_column(g, _("Off for"), GRID_LENGTH, 11);
	grid_tally_columns(g, r);
	int speakers = 0;
	for (size_t i = 0; i < r->zones.n; i++) {
		const struct report_zone *z = &r->zones.at[i];
		grid_add_text(g, z->title ? z->title : z->name);
		grid_add_text(g, z->area);
		if (z->speakers)
			grid_add(g, GRID_COUNT, z->speakers);
		else
			grid_add_empty(g, 1);
		grid_add(g, GRID_COUNT, (int64_t)z->off.n);
		grid_add(g, GRID_LENGTH, z->off_ms);
		grid_add_tally(g, r, &z->sums);
		speakers += z->speakers;
		periods += (int64_t)z->off.n;
		off_ms += z->off_ms;
	}
	grid_add_text(g, _("Total"));
	grid_add_empty(g, 1);
	grid_add(g, GRID_COUNT, speakers);
	grid_add(g, GRID_COUNT, periods);
	grid_add(g, GRID_LENGTH, off_ms);
	grid_add_tally(g, r, &r->sums);
	g->total = true;
	grid_add_note(g, _("Zones hear the same broadcasts: in the total each of them, and its length, counts once."));
	grid_tally_notes(g);
}

static void add_off(struct grid *g, const struct report *r, const char *where, const struct report_off *off)
{
	wall_us ends[] = { off->from, off->to };
	grid_add_text(g, where);
	for (size_t i = 0; i < 2; i++) {
		struct local at = tz_local(r->tz, ends[i]);
		grid_add(g, GRID_MOMENT, (int64_t)at.day * (MS_PER_DAY / 1000) + at.ms / 1000);
	}
	grid_add(g, GRID_LENGTH, (off->to.us - off->from.us) / US_PER_MS);
	grid_add_text(g, off->why);
}

void grid_fill_off(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("Zone"), GRID_TEXT, 30);
	grid_add_column(g, _("From"), GRID_MOMENT, 20);
	grid_add_column(g, _("Until"), GRID_MOMENT, 20);
	grid_add_column(g, _("Off for"), GRID_LENGTH, 14);
	grid_add_column(g, _("Reason"), GRID_TEXT, 40);
	for (size_t i = 0; i < r->station_off.n; i++)
		add_off(g, r, _("The whole station"), &r->station_off.at[i]);
	for (size_t i = 0; i < r->zones.n; i++)
		for (size_t k = 0; k < r->zones.at[i].off.n; k++)
			add_off(g, r, r->zones.at[i].title, &r->zones.at[i].off.at[k]);
}

/* ── Class by class ── */

void grid_fill_classes(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("Class"), GRID_TEXT, 16);
	grid_add_column(g, _("Priority level"), GRID_TEXT, 14);
	grid_add_column(g, _("Language"), GRID_TEXT, 14);
	grid_tally_columns(g, r);
	for (size_t i = 0; i < r->classes.n; i++) {
		const struct report_class *c = &r->classes.at[i];
		grid_add_text(g, words_class(class_name(c->class)));
		grid_add_text(g, words_level(level_name(c->level)));
		grid_add_text(g, c->language ? phrase_language(c->language) : NULL);
		grid_add_tally(g, r, &c->sums);
	}
	grid_add_text(g, _("Total"));
	grid_add_empty(g, 2);
	grid_add_tally(g, r, &r->sums);
	g->total = true;
	grid_tally_notes(g);
	grid_add_note(g, _("A session with bulletins of several classes is one in the total."));
}
