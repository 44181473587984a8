#include "cli/run-meters.h"

#include "base/i18n.h"
#include "base/mem.h"

/* The zones of which that is so: "Cụm loa 1, Cụm loa 2". */
static char *zones_with(
	const struct engine *e, const struct live_sound *s, bool (*is)(const struct live_sound *, int zone))
{
	const struct station *st = engine_station(e);
	struct text t = { 0 };
	for (size_t z = 0; st && z < st->zones.n; z++)
		if (is(s, (int)z))
			text_addf(&t, "%s%s", t.n ? ", " : "", st->zones.at[z].title);
	return text_take(&t);
}

/* Takes zones and text; NULL: all is well. */
static void tell(struct engine *e, const char *source, char *zones, char *text)
{
	engine_fault(e, source, text);
	mem_free(zones);
	mem_free(text);
}

void run_meters_tell(struct engine *e, const struct live_sound *s)
{
	char *silent = zones_with(e, s, live_sound_silent), *noisy = zones_with(e, s, live_sound_noisy);
	tell(e, "silence", silent,
		!*silent ? NULL
			 : mem_printf(_("SILENCE ON AIR in %s: for 5 seconds nothing has gone to the card although "
					"something is on "
					"air — the recording or the relay is empty — hear it: loaxa listen, or go on: "
					"loaxa skip"),
				   silent));
	tell(e, "noise", noisy,
		!*noisy ? NULL
			: mem_printf(_("SOUND FROM NOWHERE in %s: it goes to the card although nothing is on air — a "
				       "fault of this "
				       "program — loaxa off ZONE, then start it anew"),
				  noisy));
}
