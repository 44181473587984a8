/* The days as a strip on a terminal: a line a day, a sign an hour, no colour needed.
 *
 *	        0     3     6     9     12    15    18    21
 *	14/7 T4 · · · · · ● ● · · · · ● · · · · · ● · · · · · ·      */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "report/grid.h"

#include <stdio.h>

#define DAY_COLUMNS 9
#define HOURS_LABELLED 3

static const char *sign_of(const struct report_strip *s, int hour)
{
	return s->hour[hour] == STRIP_NOTHING ? "·" : grid_hour_sign((enum strip_cell)s->hour[hour]);
}

static void put_axis(const struct view *v)
{
	struct text t = { 0 };
	text_add_cell(&t, "", DAY_COLUMNS);
	for (int h = 0; h < 24; h += HOURS_LABELLED) {
		char label[12];
		snprintf(label, sizeof label, "%d", h);
		text_add_cell(&t, label, 2 * HOURS_LABELLED);
	}
	text_add(&t, "\n");
	v->out->put(v->out->self, text_str(&t));
	text_free(&t);
}

static void put_day(const struct view *v, const struct report_strip *s)
{
	struct text t = { 0 }, date = { 0 };
	views_add_date(&date, s->day);
	text_add_cell(&t, text_str(&date), DAY_COLUMNS);
	for (int h = 0; h < 24; h++)
		text_addf(&t, "%s%s", h ? " " : "", sign_of(s, h));
	text_add(&t, "\n");
	v->out->put(v->out->self, text_str(&t));
	text_free(&date);
	text_free(&t);
}

/* "14/7 T4: đã phát 5, 6, 11; khẩn cấp 17" */
static void say_day(const struct view *v, const struct report_strip *s)
{
	struct text t = { 0 };
	views_add_date(&t, s->day);
	size_t bare = t.n;
	for (int c = STRIP_AIRED; c <= STRIP_OPEN; c++) {
		size_t n = 0;
		for (int h = 0; h < 24; h++)
			if (s->hour[h] == c && n++ == 0)
				text_addf(&t, "%s%s %d", t.n > bare ? "; " : ": ", grid_hour_words((enum strip_cell)c), h);
			else if (s->hour[h] == c)
				text_addf(&t, ", %d", h);
	}
	if (t.n > bare)
		views_sentence(v, text_str(&t));
	text_free(&t);
}

static void put_legend(const struct view *v)
{
	struct text t = { 0 };
	for (int c = STRIP_AIRED; c <= STRIP_OPEN; c++)
		text_addf(&t, "%s%s %s", t.n ? "   " : "", grid_hour_sign((enum strip_cell)c), grid_hour_words((enum strip_cell)c));
	views_sentence(v, text_str(&t));
	text_free(&t);
}

void views_strip(const struct view *v)
{
	const struct report *r = v->report;
	views_heading(v, _("HOUR BY HOUR"));
	if (!v->page->plain)
		put_axis(v);
	for (size_t i = 0; i < r->strip.n; i++)
		if (v->page->plain)
			say_day(v, &r->strip.at[i]);
		else
			put_day(v, &r->strip.at[i]);
	if (!v->page->plain)
		put_legend(v);
	views_off(v);
}

void views_strip_json(const struct report *r, const struct report_out *out)
{
	static const char *const names[] = { [STRIP_NOTHING] = "nothing", [STRIP_AIRED] = "aired", [STRIP_PART] = "part",
		[STRIP_MISSED] = "missed", [STRIP_OFF] = "off", [STRIP_EXCUSED] = "excused", [STRIP_EMERGENCY] = "emergency",
		[STRIP_OPEN] = "open" };
	struct text t = { 0 };
	for (size_t i = 0; i < r->strip.n; i++) {
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "hours");
		views_json_day(&t, "day", r->strip.at[i].day);
		json_open(&t, "hours", '[');
		for (int h = 0; h < 24; h++)
			json_str(&t, NULL, names[r->strip.at[i].hour[h]]);
		json_close(&t, ']');
		views_json_put(out, &t);
	}
	text_free(&t);
}
