#include "cli/plan-plain.h"

#include "base/i18n.h"
#include "base/text.h"
#include "cli/plan-rows.h"
#include "cli/plan-sums.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

static void add_clock(struct text *out, const struct station *st, wall_us at)
{
	char time[VALUE_BYTES];
	value_print_time(tz_local(st->tz, at).ms / 1000 * 1000, time);
	text_add(out, time);
}

static int count(zone_set zones)
{
	int n = 0;
	for (; zones; zones &= zones - 1)
		n++;
	return n;
}

static void add_zones(struct text *out, const struct station *st, zone_set zones)
{
	int n = count(zones);
	if (n == (int)st->zones.n) {
		text_addf(out, ngettext("%d zone", "%d zones", (unsigned long)n), n);
		return;
	}
	const char *between = "";
	for (size_t z = 0; z < st->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		text_addf(out, "%s%s", between, st->zones.at[z].title);
		between = ", ";
	}
}

/* A line about this item: "05:30:12: …". */
static void begin_note(struct text *out, const struct station *st, const struct plan_row *row)
{
	add_clock(out, st, row->planned.at);
	text_addf(out, ", %s: ", st->bulletins.at[row->planned.bulletin].title);
}

static void add_notes(struct text *out, const struct station *st, const struct plan_row *row)
{
	if (row->late) {
		begin_note(out, st, row);
		text_add(out, _("starts late, at "));
		add_clock(out, st, (wall_us){ row->planned.at.us + row->late_us });
		if (row->waited_for >= 0)
			text_addf(out, _(", because it waits for \"%s\""), st->rules.at[row->waited_for].name);
		text_add(out, "\n");
	}
	if (row->lost) {
		begin_note(out, st, row);
		text_addf(out, "%s: ", _("CANNOT BE AIRED"));
		add_zones(out, st, row->lost);
		text_add(out, "\n");
	}
	if (row->cut) {
		begin_note(out, st, row);
		text_addf(out, "%s\n", _("is cut before its end"));
	}
}

/* "05:30:12, Mở đầu chương trình sáng, dài 0:21, nhạc hiệu, buổi phát "sang", 6 cụm loa" */
static void add_item(struct text *out, const struct station *st, const struct plan_row *row)
{
	const struct bulletin *b = &st->bulletins.at[row->planned.bulletin];
	const struct rule *r = &st->rules.at[row->planned.rule];
	add_clock(out, st, row->planned.at);
	text_addf(out, ", %s, ", b->title);
	words_length(out, row->planned.ms);
	text_addf(out, ", %s", words_class(class_name(b->class)));
	if (b->level == LEVEL_PRIORITY)
		text_addf(out, ", %s", _("priority"));
	text_addf(out, r->kind == RULE_SESSION ? _(", session \"%s\", ") : _(", repeat \"%s\", "), r->name);
	add_zones(out, st, row->zones);
	text_add(out, "\n");
	add_notes(out, st, row);
}

static void add_day(struct text *out, const struct station *st, const struct plan_rows *rows, day_num day)
{
	struct plan_sums *sums = plan_sums_new(st);
	size_t n = 0;
	text_addf(out, _("PLAN — %s — "), st->name);
	words_date(out, day);
	text_add(out, "\n");
	for (size_t i = 0; i < rows->list.n; i++) {
		if (rows->list.at[i].day != day)
			continue;
		add_item(out, st, &rows->list.at[i]);
		plan_sums_add(sums, &rows->list.at[i]);
		n++;
	}
	if (!n)
		text_addf(out, "%s\n", _("Nothing is planned on this day."));
	plan_sums_print(sums, _("Sum of the day"), out);
	plan_sums_print_campaigns(sums, day, out);
	plan_sums_free(&sums);
}

void plan_plain_print(
	const struct station *st, day_num from, int days, void (*put)(void *self, const char *text), void *self)
{
	struct plan_rows rows = { 0 };
	struct text out = { 0 };
	for (day_num day = from; day < from + days; day++) {
		plan_rows_gather(st, tz_instant(st->tz, day, 0), tz_instant(st->tz, day + 1, 0), &rows);
		add_day(&out, st, &rows, day);
		put(self, text_str(&out));
		text_clear(&out);
	}
	plan_rows_free(&rows);
	text_free(&out);
}
