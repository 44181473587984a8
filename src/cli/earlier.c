#include "cli/earlier.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "journal/aside.h"
#include "schedule/tz.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { STAMP = 32 };

/* In the station's time; where that is not known, in the machine's, as the directory is named. */
static const char *when(const struct tz *tz, int64_t us, char out[STAMP])
{
	time_t s = (time_t)(us / US_PER_S);
	struct tm local;
	char stamp[RFC3339_BYTES];
	if (tz) {
		tz_rfc3339(tz, (wall_us){ us }, stamp);
		snprintf(out, STAMP, "%.5s %.2s/%.2s/%.4s", stamp + 11, stamp + 8, stamp + 5, stamp);
	} else if (!localtime_r(&s, &local) || !strftime(out, STAMP, "%H:%M %d/%m/%Y", &local)) {
		out[0] = '\0';
	}
	return out;
}

char *earlier_mishap(const struct journal_mishap *m, const struct tz *tz)
{
	char at[STAMP];
	if (!strcmp(m->reason, "rows-lost"))
		return mem_printf(
			_("THE LOG LACKS ROWS %lld TO %lld: its file ends before them (an old copy put back, or a card "
			  "that forgets) — airing and log go on — have the disk looked at: loaxa doctor"),
			(long long)m->last_seq + 1, (long long)m->known_seq);
	if (!m->kept[0])
		return mem_printf(
			_("THE LOG BEGINS ANEW: the one before (%lld rows) is gone — airing goes on — if somebody "
			  "moved it away, keep it well: it belongs to the evidence"),
			(long long)m->known_seq);
	if (!m->last_seq)
		return mem_printf(
			_("THE LOG WAS DAMAGED and begins anew: no row of it can be read — airing goes on, the file is "
			  "kept in %s — have the disk looked at: loaxa doctor"),
			m->kept);
	return mem_printf(
		_("THE LOG WAS DAMAGED and begins anew: what can be read of it, up to row %lld (%s), is kept in %s — "
		  "airing goes on — copy that folder to a USB stick and have the disk looked at: loaxa doctor"),
		(long long)m->last_seq, when(tz, m->last.us, at), m->kept);
}

/* ── Kept parts ────────────────────────────────────────────────────────────────────────────────────────────── */

char *earlier_describe(const char *name, const struct aside_facts *f, const struct tz *tz)
{
	char at[STAMP];
	if (!f->copied)
		return mem_printf(
			_("An earlier part of the log is kept in %s: its file was damaged, its readable rows are "
			  "not copied yet (loaxa run does that)."),
			name);
	if (!f->rows)
		return mem_printf(
			_("An earlier part of the log is kept in %s: its file was damaged, no row can be read."), name);
	return mem_printf(
		_("An earlier part of the log is kept in %s: its file was damaged; %lld rows can be read, up to row "
		  "%lld (%s), %lld between are lost."),
		name, (long long)f->rows, (long long)f->last, when(tz, f->last_wall_us, at), (long long)f->lost_inside);
}

void earlier_say(const char *verb, const char *state_dir)
{
	struct aside_names n;
	aside_list(state_dir, &n);
	for (size_t i = 0; i < n.list.n; i++) {
		struct aside_facts f;
		aside_read(state_dir, n.list.at[i], &f);
		char *fact = earlier_describe(n.list.at[i], &f, NULL);
		if (f.rows)
			fprintf(stderr, _("loaxa %s: %s To read it: loaxa %s … --state %s/%s\n"), verb, fact, verb,
				state_dir, n.list.at[i]);
		else
			fprintf(stderr, "loaxa %s: %s\n", verb, fact);
		mem_free(fact);
	}
	aside_names_free(&n);
}
