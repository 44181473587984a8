/* Sổ nhật ký chương trình phát thanh: a day begins on a page of its own, eleven columns, who was on duty at the head, two
 * signatures at the foot. */
#include "base/i18n.h"
#include "report/print/pdf-inside.h"
#include "report/print/ruled.h"
#include "report/words.h"
#include "schedule/values.h"

#include <stdio.h>

#define FOOT 26.0 /* mm that the signatures need */

static const struct canvas_style bold = { .points = 14, .bold = true, .align = CANVAS_CENTRE },
				 plain = { .points = 12 }, centred = { .points = 13, .align = CANVAS_CENTRE };

/* What never began has its planned time in brackets. */
static void clock_cell(struct ruled *t, const struct report_entry *e, wall_us at, bool planned)
{
	char clock[32] = "";
	int64_t s = at.us / US_PER_S + e->offset_s;
	if (at.us)
		snprintf(clock, sizeof clock, "%s%02d:%02d:%02d%s", planned ? "(" : "", (int)(s / 3600 % 24),
			(int)(s / 60 % 60), (int)(s % 60), planned ? ")" : "");
	ruled_cell(t, clock);
}

static void pair_cell(struct ruled *t, const char *a, const char *between, const char *b)
{
	bool has_a = a && *a, has_b = b && *b;
	char *both = mem_printf("%s%s%s", has_a ? a : "", has_a && has_b ? between : "", has_b ? b : "");
	ruled_words(t, both);
	mem_free(both);
}

static void entry(struct ruled *t, const struct report_entry *e)
{
	struct text length = { 0 };
	words_length(&length, e->heard_ms);
	ruled_number(t, (size_t)ruled_rows(t) + 1);
	clock_cell(t, e, e->started.us ? e->started : e->planned, !e->started.us);
	clock_cell(t, e, e->ended, false);
	ruled_cell(t, text_str(&length));
	ruled_cell(t, e->title);
	pair_cell(t, words_class(class_name(e->class)), ", ", e->level == LEVEL_NORMAL ? NULL : words_level(level_name(e->level)));
	ruled_cell(t, e->directives);
	ruled_words(t, e->zones);
	if (e->nth)
		ruled_number(t, (size_t)e->nth);
	else
		ruled_cell(t, NULL);
	pair_cell(t, words_state(e->state), ": ", words_reason(e->reason));
	char *ordered = e->operator && *e->operator ? mem_printf(_("ordered by %s"), e->operator) : NULL;
	char *both = ordered && e->approved_by ? mem_printf("%s; %s", e->approved_by, ordered) : NULL;
	pair_cell(t, both ? both : ordered ? ordered : e->approved_by, "\n", e->note);
	mem_free(ordered);
	mem_free(both);
	text_free(&length);
}

static struct ruled *columns(void)
{
	struct ruled *t = ruled_new(9.5);
	ruled_column(t, _("No."), 10.5, CANVAS_CENTRE);
	ruled_column(t, _("Began (planned)"), 18.5, CANVAS_CENTRE);
	ruled_column(t, _("Ended"), 16, CANVAS_CENTRE);
	ruled_column(t, _("Length"), 14, CANVAS_RIGHT);
	ruled_column(t, _("Bulletin"), 50, CANVAS_LEFT);
	ruled_column(t, _("Class, priority"), 24, CANVAS_LEFT);
	ruled_column(t, _("Carries out"), 37, CANVAS_LEFT);
	ruled_column(t, _("Zones"), 22, CANVAS_LEFT);
	ruled_column(t, _("Time (lần) of the day"), 14, CANVAS_CENTRE);
	ruled_column(t, _("Verdict, reason"), 27, CANVAS_LEFT);
	ruled_column(t, _("Approved by, remark"), 38, CANVAS_LEFT);
	return t;
}

static void head(struct page *p, const struct report *r, day_num day, const struct report_day *about)
{
	struct text date = { 0 };
	char *title = text_upper(_("Logbook of the radio programme"));
	page_text(p, title, bold, 0.5);
	words_date(&date, day);
	page_text(p, text_str(&date), centred, 1);
	char *station = mem_printf("%s – %s %s", r->name, _("code"), r->station);
	char *duty = mem_printf(_("On duty: %s"), about && about->duty && *about->duty ? about->duty : "……………………………………");
	struct canvas_style half = plain;
	half.width = page_width(p) / 2 - 2;
	double left = page_put(p, station, half, PAGE_LEFT, p->y);
	double right = page_put(p, duty, half, PAGE_LEFT + page_width(p) / 2, p->y);
	p->y += (left > right ? left : right) + 0.5;
	if (about && about->exceptions && *about->exceptions) {
		char *line = mem_printf(_("Exception of the schedule: %s"), about->exceptions);
		page_text(p, line, plain, 0.5);
		mem_free(line);
	}
	p->y += 1;
	mem_free(station);
	mem_free(duty);
	mem_free(title);
	text_free(&date);
}

/* What people wrote about the day; with draw = false only its height. */
static double notes(struct page *p, const struct report_day *about, bool draw)
{
	struct canvas_style style = plain;
	style.width = page_width(p);
	if (!about || !about->notes || !*about->notes)
		return 0;
	char *line = mem_printf(_("Notes: %s"), about->notes);
	double height = draw ? page_put(p, line, style, PAGE_LEFT, p->y + 2) : page_height(p, line, style);
	mem_free(line);
	return height + 2;
}

static void foot(struct page *p, const struct report_day *about)
{
	struct canvas_style who = { .points = 13, .bold = true, .align = CANVAS_CENTRE, .width = page_width(p) / 2 }, how = who;
	const char *const names[] = { _("Person on duty"), _("Head of the station") };
	how.bold = false;
	how.italic = true;
	how.points = 12;
	p->y += notes(p, about, true) + 3;
	for (int i = 0; i < 2; i++) {
		double x = PAGE_LEFT + i * page_width(p) / 2;
		page_put(p, names[i], who, x, p->y);
		page_put(p, _("(signature, name)"), how, x, p->y + 5.5);
	}
}

static const struct report_day *find_day(const struct report *r, day_num day)
{
	for (size_t i = 0; i < r->per_day.n; i++)
		if (r->per_day.at[i].day == day)
			return &r->per_day.at[i];
	return NULL;
}

void pdf_logbook(struct page *p, const struct report *r, const struct report_letter *l)
{
	(void)l;
	size_t i = 0;
	for (day_num day = r->days.from; day <= r->days.until; day++) {
		const struct report_day *about = find_day(r, day);
		struct ruled *t = columns();
		for (; i < r->logbook.n && r->logbook.at[i].day <= day; i++)
			entry(t, &r->logbook.at[i]);
		page_part(p, true);
		head(p, r, day, about);
		ruled_keep(t, FOOT + notes(p, about, false));
		if (ruled_rows(t))
			ruled_print(t, p);
		else
			page_text(p, _("Nothing was planned and nothing was aired on this day."), plain, 2);
		ruled_free(&t);
		foot(p, about);
	}
}
