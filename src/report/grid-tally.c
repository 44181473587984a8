/* What a tally's columns are, and its cells; the same in every view, so that they can be compared. */
#include "report/grid-inside.h"

#include "base/i18n.h"
#include "report/words.h"

#include <stdlib.h>

void grid_tally_columns(struct grid *g, const struct report *r)
{
	enum { FEW = 6, MANY = 8, LONG = 24 };
	grid_add_column(g, _("Sessions"), GRID_COUNT, FEW);
	grid_add_column(g, _("Broadcasts planned"), GRID_COUNT, MANY);
	grid_add_column(g, _("Broadcasts aired"), GRID_COUNT, MANY);
	grid_add_column(g, _("Share aired"), GRID_SHARE, MANY);
	grid_add_column(g, _("Bulletins"), GRID_COUNT, FEW);
	grid_add_column(g, _("Total length"), GRID_MINUTES, MANY);
	grid_add_column(g, _("Broadcasts × zones"), GRID_COUNT, MANY);
	grid_add_column(g, _("Planned, zone by zone"), GRID_COUNT, MANY);
	grid_add_column(g, _("Aired"), GRID_COUNT, MANY);
	grid_add_column(g, _("Aired in part"), GRID_COUNT, MANY);
	grid_add_column(g, _("Missed"), GRID_COUNT, MANY);
	grid_add_column(g, _("Not aired"), GRID_COUNT, MANY);
	grid_add_column(g, _("Failed"), GRID_COUNT, MANY);
	if (r->sums.open)
		grid_add_column(g, _("Not decided yet"), GRID_COUNT, MANY);
	grid_add_column(g, _("Reasons"), GRID_TEXT, LONG);
}

/* Most frequent first; equal ones in the order of the contract. */
static void add_reasons(struct grid *g, const struct tally *s)
{
	struct text t = { 0 };
	size_t before = SIZE_MAX;
	for (;;) {
		size_t most = 0;
		for (int k = REASON_NONE + 1; k < REASON_COUNT; k++)
			if (s->by_reason[k] < before && s->by_reason[k] > most)
				most = s->by_reason[k];
		if (!most)
			break;
		for (int k = REASON_NONE + 1; k < REASON_COUNT; k++) {
			if (s->by_reason[k] != most)
				continue;
			text_addf(&t, "%s%s ", t.n ? "; " : "", words_reason((enum reason)k));
			words_number(&t, most);
		}
		before = most;
	}
	grid_add_text(g, text_str(&t));
	text_free(&t);
}

void grid_add_tally(struct grid *g, const struct report *r, const struct tally *s)
{
	grid_add(g, GRID_COUNT, (int64_t)s->sessions);
	grid_add(g, GRID_COUNT, (int64_t)s->broadcasts_planned);
	grid_add(g, GRID_COUNT, (int64_t)s->broadcasts);
	if (s->broadcasts_planned) /* cut, not rounded: 100% is said of nothing less */
		grid_add(g, GRID_SHARE, (int64_t)(s->broadcasts * 10000 / s->broadcasts_planned));
	else
		grid_add_empty(g, 1);
	grid_add(g, GRID_COUNT, (int64_t)s->bulletins);
	grid_add(g, GRID_MINUTES, s->heard_ms);
	grid_add(g, GRID_COUNT, (int64_t)s->zone_broadcasts);
	grid_add(g, GRID_COUNT, (int64_t)s->planned);
	for (int k = STATE_AIRED; k < STATE_COUNT; k++)
		grid_add(g, GRID_COUNT, (int64_t)s->by_state[k]);
	if (r->sums.open)
		grid_add(g, GRID_COUNT, (int64_t)s->open);
	add_reasons(g, s);
}

void grid_tally_notes(struct grid *g)
{
	grid_add_note(g,
		_("Broadcast: one bulletin at one planned instant, counted once over all zones; it counts when every "
		  "zone "
		  "that was on got it whole. Length: what was heard, each broadcast once, in the zone that heard most "
		  "of it."));
	grid_add_note(
		g, _("Bulletins: different bulletins aired. Session: one with at least one broadcast aired. Signature "
		     "tunes, music, speaker tests and drills never count."));
}
