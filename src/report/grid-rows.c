/* Row by row: what was not aired, the logbook, and the hours of the days. */
#include "report/grid-inside.h"

#include "base/i18n.h"
#include "report/words.h"

enum { DAY_S = MS_PER_DAY / 1000 };

static int64_t local_s(wall_us at, int32_t offset_s)
{
	return at.us / US_PER_S + offset_s;
}

static void add_clock(struct grid *g, wall_us at, int32_t offset_s)
{
	if (at.us)
		grid_add(g, GRID_TIME, local_s(at, offset_s) % DAY_S);
	else
		grid_add_empty(g, 1);
}

void grid_fill_unaired(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("No."), GRID_COUNT, 6);
	grid_add_column(g, _("Date"), GRID_DATE, 12);
	grid_add_column(g, _("Planned"), GRID_TIME, 10);
	grid_add_column(g, _("Bulletin"), GRID_TEXT, 36);
	grid_add_column(g, _("Carries out"), GRID_CODE, 24);
	grid_add_column(g, _("Zones"), GRID_TEXT, 30);
	grid_add_column(g, _("Verdict"), GRID_TEXT, 16);
	grid_add_column(g, _("Reason"), GRID_TEXT, 24);
	grid_add_column(g, _("Remark"), GRID_TEXT, 36);
	for (size_t i = 0; i < r->unaired.n; i++) {
		const struct report_unaired *u = &r->unaired.at[i];
		grid_add(g, GRID_COUNT, (int64_t)i + 1);
		grid_add(g, GRID_DATE, local_s(u->planned, u->offset_s) / DAY_S);
		add_clock(g, u->planned, u->offset_s);
		grid_add_text(g, u->title);
		grid_add_code(g, u->directives);
		grid_add_text(g, u->zones);
		grid_add_text(g, words_state(u->state));
		grid_add_text(g, words_reason(u->reason));
		grid_add_text(g, u->note);
	}
}

/* ── Logbook ── */

static const char *duty_of(const struct report *r, day_num day)
{
	int64_t i = (int64_t)day - r->days.from;
	return i >= 0 && i < (int64_t)r->per_day.n && r->per_day.at[i].day == day ? r->per_day.at[i].duty : NULL;
}

static void add_entry(struct grid *g, const struct report *r, const struct report_entry *e, size_t number)
{
	grid_add(g, GRID_COUNT, (int64_t)number);
	grid_add(g, GRID_DATE, e->day);
	add_clock(g, e->planned, e->offset_s);
	add_clock(g, e->started, e->offset_s);
	add_clock(g, e->ended, e->offset_s);
	grid_add(g, GRID_LENGTH, e->heard_ms);
	grid_add_text(g, e->title);
	grid_add_text(g, words_class(class_name(e->class)));
	grid_add_text(g, words_level(level_name(e->level)));
	grid_add_code(g, e->directives);
	grid_add_text(g, e->zones);
	if (e->nth)
		grid_add(g, GRID_COUNT, e->nth);
	else
		grid_add_empty(g, 1);
	grid_add_text(g, words_state(e->state));
	grid_add_text(g, words_reason(e->reason));
	grid_add_text(g, e->approved_by);
	grid_add_text(g, e->operator ? e->operator : duty_of(r, e->day));
	grid_add_text(g, e->note);
}

void grid_fill_logbook(struct grid *g, const struct report *r)
{
	grid_add_column(g, _("No."), GRID_COUNT, 6);
	grid_add_column(g, _("Date"), GRID_DATE, 12);
	grid_add_column(g, _("Planned"), GRID_TIME, 10);
	grid_add_column(g, _("Started"), GRID_TIME, 10);
	grid_add_column(g, _("Ended"), GRID_TIME, 10);
	grid_add_column(g, _("Length"), GRID_LENGTH, 10);
	grid_add_column(g, _("Bulletin"), GRID_TEXT, 34);
	grid_add_column(g, _("Class"), GRID_TEXT, 12);
	grid_add_column(g, _("Priority level"), GRID_TEXT, 12);
	grid_add_column(g, _("Carries out"), GRID_CODE, 22);
	grid_add_column(g, _("Zones"), GRID_TEXT, 24);
	grid_add_column(g, _("Which time of the day"), GRID_COUNT, 8);
	grid_add_column(g, _("Verdict"), GRID_TEXT, 14);
	grid_add_column(g, _("Reason"), GRID_TEXT, 20);
	grid_add_column(g, _("Approved by"), GRID_TEXT, 22);
	grid_add_column(g, _("On duty"), GRID_TEXT, 20);
	grid_add_column(g, _("Remark"), GRID_TEXT, 24);
	for (size_t i = 0; i < r->logbook.n; i++)
		add_entry(g, r, &r->logbook.at[i], i + 1);
}

/* ── Hours ── */

void grid_fill_strip(struct grid *g, const struct report *r)
{
	static const char *const hours[24] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13",
		"14", "15", "16", "17", "18", "19", "20", "21", "22", "23" };
	struct text legend = { 0 };
	grid_add_column(g, _("Date"), GRID_DATE, 12);
	for (int h = 0; h < 24; h++)
		grid_add_column(g, hours[h], GRID_HOUR, 4);
	for (size_t i = 0; i < r->strip.n; i++) {
		grid_add(g, GRID_DATE, r->strip.at[i].day);
		for (int h = 0; h < 24; h++)
			grid_add(g, GRID_HOUR, r->strip.at[i].hour[h]);
	}
	for (int c = STRIP_AIRED; c <= STRIP_OPEN; c++)
		text_addf(&legend, "%s%s %s", legend.n ? " · " : "", grid_hour_sign((enum strip_cell)c),
			grid_hour_words((enum strip_cell)c));
	grid_add_note(g, text_str(&legend));
	text_free(&legend);
}
