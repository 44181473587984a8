/* Which days a station was short of, before all its airings. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/review-view.h"
#include "report/shapes.h"
#include "schedule/values.h"

#include <string.h>

static void add_day(struct text *t, const struct review_short *s)
{
	char date[VALUE_BYTES];
	value_print_date(s->day, date);
	text_addf(
		t, s->met == MET_EXCUSED ? _("%s (%d of %d, excused)") : _("%s (%d of %d)"), date, s->times, s->asked);
}

void review_view_shorts(const struct review_shorts *shorts, int columns, struct text *out)
{
	for (size_t i = 0, end; i < shorts->list.n; i = end) {
		struct text line = { 0 };
		text_addf(&line, _("Days short of %s:"), shorts->list.at[i].number);
		for (end = i; end < shorts->list.n && !strcmp(shorts->list.at[end].number, shorts->list.at[i].number);
			end++) {
			text_add(&line, end > i ? ", " : " ");
			add_day(&line, &shorts->list.at[end]);
		}
		report_paragraph(out, text_str(&line), "", columns);
		text_free(&line);
	}
	if (shorts->list.n)
		text_add(out, "\n");
}
