#include "report/print/figures.h"

#include "base/i18n.h"
#include "report/phrase.h"

#define SHARE 13.4 /* of a column of figures, when a page is 252 wide */
#define WIDE 15.4  /* "98,38%" in bold */

void figures_columns(struct ruled *t, const struct report *r, enum figures which)
{
	const char *const headings[] = { _("Broadcasts planned"), _("Broadcasts aired"), _("Share aired"), _("Bulletins"),
		_("Minutes heard"), _("All planned"), _("Aired"), _("Aired in part"), _("Missed"), _("Not aired"), _("Failed"),
		_("Not decided yet") };
	enum { PERCENT = 2, BY_ZONE = 5, N = sizeof headings / sizeof *headings };
	if (which == FIGURES_ALL)
		ruled_column(t, _("Sessions"), SHARE, CANVAS_RIGHT);
	int n = r->sums.open ? N : N - 1, from = ruled_columns(t);
	for (int i = 0; i < n; i++) {
		if (i == BY_ZONE && which == FIGURES_ALL) {
			ruled_column(t, _("Broadcasts × zones"), SHARE, CANVAS_RIGHT);
			from++;
		}
		ruled_column(t, headings[i], i == PERCENT ? WIDE : SHARE, CANVAS_RIGHT);
	}
	ruled_group(t, from + BY_ZONE, from + n, _("Airing by airing, zone by zone"));
}

void figures_cells(struct ruled *t, const struct report *r, const struct tally *s, enum figures which)
{
	char text[PHRASE_BYTES];
	if (which == FIGURES_ALL)
		ruled_number(t, s->sessions);
	ruled_number(t, s->broadcasts_planned);
	ruled_number(t, s->broadcasts);
	ruled_cell(t, phrase_share(s->broadcasts, s->broadcasts_planned, text));
	ruled_number(t, s->bulletins);
	ruled_cell(t, phrase_minutes(s->heard_ms, text));
	if (which == FIGURES_ALL)
		ruled_number(t, s->zone_broadcasts);
	ruled_number(t, s->planned);
	for (int k = STATE_AIRED; k < STATE_COUNT; k++)
		ruled_number(t, s->by_state[k]);
	if (r->sums.open)
		ruled_number(t, s->open);
}
