/* What was not aired whole, and why: the zones that share verdict and reason in one line.  A cluster that was off while
 * the others heard the bulletin is told by its off periods, not by each bulletin: that broadcast counts. */
#include "report/build-inside.h"

#include "base/text.h"
#include "report/words.h"

static bool was_not_aired(const struct report_row *r)
{
	return r->state > STATE_AIRED && report_row_countable(r);
}

/* Did every zone that was on get it whole? */
static bool counts_nevertheless(const struct build *b, size_t first, size_t end, size_t i)
{
	bool any = false, whole = true;
	for (size_t k = first; k < end; k++) {
		const struct report_row *r = &b->rows.at[k];
		if (!report_row_same_item(r, &b->rows.at[i]))
			continue;
		any = any || r->state == STATE_AIRED;
		whole = whole && (r->state == STATE_AIRED || r->reason == REASON_ZONE_OFF);
	}
	return any && whole;
}

static bool fared_alike(const struct report_row *a, const struct report_row *b)
{
	return report_row_same_item(a, b) && a->state == b->state && a->reason == b->reason;
}

static bool told_before(const struct build *b, size_t first, size_t i)
{
	for (size_t k = first; k < i; k++)
		if (fared_alike(&b->rows.at[k], &b->rows.at[i]))
			return true;
	return false;
}

static void add(struct build *b, size_t end, size_t i)
{
	const struct report_row *r = &b->rows.at[i], *rows[ZONES_MAX];
	struct text note = { 0 };
	size_t n = 0;
	for (size_t k = i; k < end && n < ZONES_MAX; k++)
		if (fared_alike(r, &b->rows.at[k]))
			rows[n++] = &b->rows.at[k];
	report_build_notes(b, rows, n, &note);
	struct report_unaired u = { .planned = r->planned,
		.offset_s = r->offset_s,
		.title = mem_dup(r->title ? r->title : r->bulletin),
		.zones = report_build_zone_names(b, rows, n),
		.directives = report_build_numbers(r),
		.state = r->state,
		.reason = r->reason,
		.note = note.n ? text_take(&note) : NULL };
	vec_push(&b->out->unaired, u);
}

void report_build_unaired(struct build *b)
{
	for (size_t first = 0, end; first < b->rows.n; first = end) {
		end = report_build_instant(b, first);
		for (size_t i = first; i < end; i++)
			if (was_not_aired(&b->rows.at[i]) && !told_before(b, first, i) &&
				!counts_nevertheless(b, first, end, i))
				add(b, end, i);
	}
}
