/* What the lists of a report share: one item over its zones. */
#include "report/build-inside.h"

#include "base/i18n.h"
#include "base/text.h"
#include "report/words.h"

#include <string.h>

size_t report_build_instant(const struct build *b, size_t i)
{
	size_t end = i;
	while (end < b->rows.n && b->rows.at[end].planned.us == b->rows.at[i].planned.us)
		end++;
	return end;
}

bool report_build_begins(const struct build *b, size_t first, size_t i)
{
	for (size_t k = first; k < i; k++)
		if (report_row_same_item(&b->rows.at[k], &b->rows.at[i]))
			return false;
	return true;
}

char *report_build_zone_names(const struct build *b, const struct report_row *const *rows, size_t n)
{
	size_t of = report_build_station_at(b, rows[0]->planned)->zones.n;
	struct text t = { 0 };
	if (n == of && n > 2)
		return mem_printf(_("all %zu zones"), n);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, "%s%s", i ? ", " : "", rows[i]->zone_name ? rows[i]->zone_name : rows[i]->zone);
	return text_take(&t);
}

char *report_build_numbers(const struct report_row *r)
{
	struct text t = { 0 };
	words_directives(&t, r->directives, true);
	return t.n ? text_take(&t) : NULL;
}

/* What was said of one zone's airing is as a rule meant for all: each text once. */
void report_build_notes(const struct build *b, const struct report_row *const *rows, size_t n, struct text *out)
{
	for (size_t i = 0; b->in->remarks && i < b->in->remarks->list.n; i++) {
		const struct remark *m = &b->in->remarks->list.at[i];
		bool its = false;
		for (size_t k = 0; m->airing && k < n; k++)
			its = its || !strcmp(m->airing, rows[k]->id);
		if (its && !(out->n && strstr(out->at, m->text)))
			text_addf(out, "%s%s", out->n ? "; " : "", m->text);
	}
}
