/* Is what the station writes also sealed? */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/doctor.h"
#include "cli/key-view.h"
#include "journal/key-file.h"
#include "schedule/values.h"

#include <unistd.h>

/* Seals come with a start, each midnight and an end: one that ran longer without has no usable key. */
#define UNSEALED_US (INT64_C(25) * 3600 * US_PER_S)

static void when(const struct key_view *v, wall_us at, char date[VALUE_BYTES], char time[VALUE_BYTES])
{
	struct local l = tz_local(v->clock.tz, at);
	value_print_date(l.day, date);
	value_print_time(l.ms - l.ms % 60000, time);
}

static wall_us last_row(const char *state)
{
	struct err err;
	struct journal_row row;
	wall_us last = { 0 };
	struct journal_log *log = journal_log_open(state, &err);
	struct journal_reader r = log ? journal_log_latest(log, 1) : (struct journal_reader){ 0 };
	while (log && r.next(r.self, &row))
		last = row.wall;
	journal_log_close(&log);
	return last;
}

static void tell(struct doctor *d, const struct key_view *v)
{
	char date[VALUE_BYTES], time[VALUE_BYTES], *path = key_file_path(d->state);
	bool gone = access(path, F_OK) != 0, late = last_row(d->state).us - v->sealed_at.us > UNSEALED_US;
	when(v, v->sealed_at, date, time);
	if (gone || late)
		doctor_say(d, DOCTOR_ILL, "key",
			gone ? mem_printf(_("The station's key is gone; rows since %s on %s are not sealed."), time, date)
			     : mem_printf(_("Rows since %s on %s are not sealed."), time, date),
			mem_dup(_("Put the file \"key\" back from a backup; if it is lost: loaxa key --lost")));
	else
		doctor_say(d, DOCTOR_WELL, "key", mem_printf(_("The log is sealed up to %s on %s."), time, date), NULL);
	mem_free(path);
}

/* A log without seals is one of an earlier version, or of a station that has not started yet: nothing is wrong. */
void doctor_key(struct doctor *d)
{
	struct key_view v = { 0 };
	struct err err = { "" };
	if (journal_log_exists(d->state) && key_view_read(d->state, &v, &err) && v.keys.n && !v.rehearsal)
		tell(d, &v);
	key_view_free(&v);
}
