#include "cli/desk.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/desk-files.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "control/client.h"
#include "journal/alive.h"
#include "journal/reader.h"
#include "os/clock.h"
#include "os/state.h"
#include "report/log.h"
#include "report/row.h"
#include "schedule/plan.h"
#include "schedule/tz.h"
#include "schedule/values.h"
#include "sound/library.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_MS = 2000, NEXT_SHOWN = 3 };

/* ── The controller ── */

/* Why one that runs cannot be asked; NULL: none runs. */
static char *why_silent(const char *state, const char *path, const char *why)
{
	errno = 0;
	bool there = access(path, R_OK | W_OK) == 0;
	if (errno == EACCES)
		return mem_dup(why); /* whether one runs cannot even be seen */
	if (!state_held(state))
		return NULL;
	return mem_dup(there ? why
			     : _("THE STATION IS STARTING: it prepares its recordings and takes no orders yet — wait a "
				 "minute; if it stays so: loaxa doctor"));
}

static void ask(struct desk_look *d, const char *state)
{
	char *path = mem_printf("%s/control.sock", state);
	struct text request = { 0 };
	struct answer a = { 0 };
	struct err err = { "" };
	protocol_write_request(REQUEST_STATUS, &request);
	d->running = client_ask(path, &request, ANSWER_MS, &a, &err) && a.status;
	if (d->running)
		text_add(&d->status, a.status);
	else
		d->why_not = why_silent(state, path, a.text && *a.text ? a.text : err.text);
	protocol_free_answer(&a);
	text_free(&request);
	mem_free(path);
}

/* ── Without one: the same shape, with what the schedule knows ── */

static void known_next(struct text *t, const struct station *s, const struct plan *plan, int zone)
{
	char stamp[RFC3339_BYTES];
	size_t shown = 0;
	json_open(t, "next", '[');
	for (size_t i = 0; i < plan->items.n && shown < NEXT_SHOWN; i++) {
		const struct planned *p = &plan->items.at[i];
		if (p->zone != zone)
			continue;
		shown++;
		tz_rfc3339(s->tz, p->at, stamp);
		char *from = mem_printf("%s:%s", rule_kind_name(s->rules.at[p->rule].kind), s->rules.at[p->rule].name);
		json_open(t, NULL, '{');
		json_str(t, "planned", stamp);
		json_str(t, "bulletin", s->bulletins.at[p->bulletin].name);
		json_str(t, "title", s->bulletins.at[p->bulletin].title);
		json_str(t, "from", from);
		json_close(t, '}');
		mem_free(from);
	}
	json_close(t, ']');
}

static void known_zone(struct text *t, const struct station *s, const struct plan *plan, int zone)
{
	const struct zone *z = &s->zones.at[zone];
	json_open(t, NULL, '{');
	json_str(t, "zone", z->name);
	json_str(t, "title", z->title);
	json_str(t, "off", z->on ? NULL : "");
	json_bool(t, "held", false);
	json_str(t, "on_air", NULL);
	json_open(t, "waiting", '[');
	json_close(t, ']');
	known_next(t, s, plan, zone);
	json_close(t, '}');
}

/* Two days reach over any night; a station that airs more seldom has nothing to show at a glance. */
static void known(struct desk_look *d)
{
	enum { AHEAD_S = 2 * 86400 };
	const struct station *s = d->station;
	struct text *t = &d->status;
	struct plan plan = { 0 };
	char stamp[RFC3339_BYTES];
	json_open(t, NULL, '{');
	json_str(t, "station", s ? s->code : NULL);
	json_str(t, "station_name", s ? s->name : NULL);
	json_str(t, "clock", NULL);
	json_bool(t, "schedule", s != NULL);
	json_open(t, "faults", '[');
	json_close(t, ']');
	if (s) {
		tz_rfc3339(s->tz, d->now, stamp);
		json_str(t, "now", stamp);
		plan_between(s, (wall_us){ d->now.us + 1 }, (wall_us){ d->now.us + AHEAD_S * US_PER_S }, &plan);
		json_open(t, "zones", '[');
		for (int z = 0; z < (int)s->zones.n; z++)
			known_zone(t, s, &plan, z);
		json_close(t, ']');
		plan_free(&plan);
	}
	json_close(t, '}');
}

/* ── The schedule ── */

static bool lengths_known(const struct station *st)
{
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++)
			if (st->bulletins.at[b].audio.at[i].state != RECORDING_READY)
				return false;
	return true;
}

static size_t errors_in(const char *dir, const char *state)
{
	struct findings fs = { 0 };
	char *from = NULL;
	struct station *st = peek_station(dir, state, &from, &fs);
	size_t n = fs.errors;
	station_free(&st);
	mem_free(from);
	findings_free(&fs);
	return n;
}

/* What runs (its accepted copy, lengths from the store), and the directory it came from. */
static void read_schedule(struct desk_look *d, struct todo_facts *f, const char *state, const char *store, char **dir,
	struct text *changed)
{
	struct findings fs = { 0 };
	struct accepted a = { 0 };
	char *copy = accepted_load_dir(state), *from = NULL, *usual = place_store();
	if (copy && accepted_read(copy, &a))
		d->station = peek_station(copy, state, &from, &fs);
	*dir = a.dir ? mem_dup(a.dir) : place_station();
	f->dir = access(*dir, R_OK) ? NULL : *dir;
	f->differs = a.dir && access(a.dir, R_OK) == 0 && accepted_differs(state, a.dir);
	f->errors = f->differs ? errors_in(a.dir, state) : 0;
	if (d->station) {
		library_recall(d->station, store ? store : usual);
		f->lengths_known = lengths_known(d->station);
		desk_files(d->station, copy, changed);
		f->changed = changed->n ? text_str(changed) : NULL;
	}
	findings_free(&fs);
	accepted_free(&a);
	mem_free(usual);
	mem_free(from);
	mem_free(copy);
}

/* ── The log ── */

struct log_facts {
	struct report_log *rows;
	struct times times;
	VEC(struct todo_note) notes;
};

static day_num first_day(struct journal_log *log, const struct tz *tz)
{
	struct journal_row row;
	struct journal_reader r = journal_log_everything(log, (wall_us){ 1 }, (wall_us){ US_NEVER });
	return r.next(r.self, &row) ? tz_local(tz, row.wall).day : DAY_MAX;
}

static void read_note(struct log_facts *l, const struct journal_row *row)
{
	struct json *j = json_parse(row->body, strlen(row->body));
	const char *text = json_get_str(j, "text"), *day = json_get_str(j, "day");
	struct todo_note note = { .day = DAY_NONE, .written = row->wall };
	if (day)
		value_date(day, &note.day);
	if (text) {
		note.text = mem_dup(text);
		vec_push(&l->notes, note);
	}
	if (j)
		json_free(&j);
}

/* From Monday on: the airings, and what was noted. */
static void read_log(struct desk_look *d, struct todo_facts *f, struct log_facts *l, const char *state)
{
	struct err err = { "" };
	struct journal_row row;
	struct journal_log *log = d->station && journal_log_exists(state) ? journal_log_open(state, &err) : NULL;
	if (!log)
		return;
	const struct tz *tz = d->station->tz;
	day_num today = tz_local(tz, d->now).day;
	wall_us from = tz_instant(tz, today - day_weekday(today), 0);
	struct journal_reader airings = journal_log_airings(log, from, (wall_us){ d->now.us + 1 });
	l->rows = report_log_read(&airings, &(struct report_filter){ .state = -1 }, NULL);
	times_count(l->rows->rows.at, l->rows->rows.n, &l->times);
	struct journal_reader all = journal_log_since(log, from);
	while (all.next(all.self, &row))
		if (!strcmp(row.kind, "note"))
			read_note(l, &row);
	f->log_begins = first_day(log, tz);
	f->times = &l->times;
	f->notes = l->notes.at;
	f->n_notes = l->notes.n;
	journal_log_close(&log);
}

static void free_log(struct log_facts *l)
{
	for (size_t i = 0; i < l->notes.n; i++)
		mem_free((char *)l->notes.at[i].text);
	vec_free(&l->notes);
	times_free(&l->times);
	if (l->rows)
		report_log_free(&l->rows);
}

/* ── All of it ── */

static wall_us last_alive(const char *state)
{
	char *path = mem_printf("%s/alive", state);
	wall_us at = alive_read(path);
	mem_free(path);
	return at;
}

void desk_look(struct desk_look *d, const char *state, const char *store)
{
	struct clock c = os_clock();
	struct todo_facts f = { 0 };
	struct log_facts log = { 0 };
	struct text changed = { 0 };
	char *dir = NULL;
	*d = (struct desk_look){ .now = c.wall(c.self), .next_session = { US_NEVER } };
	ask(d, state);
	read_schedule(d, &f, state, store, &dir, &changed);
	if (!d->running)
		known(d);
	d->parsed = json_parse(d->status.at, d->status.n);
	/* One clock for what is shown and what is to be done. */
	if (d->running)
		report_instant(json_get_str(d->parsed, "now"), &d->now, NULL);
	read_log(d, &f, &log, state);
	f.now = d->now;
	f.status = d->running ? d->parsed : NULL;
	f.station = d->station;
	f.last_alive = d->running ? (wall_us){ 0 } : last_alive(state);
	f.silent = d->why_not;
	if (d->station)
		d->next_session = todo_next_session(d->station, d->now, &d->next_rule);
	todo_find(&f, &d->todos);
	free_log(&log);
	text_free(&changed);
	mem_free(dir);
}

void desk_look_free(struct desk_look *d)
{
	todo_free(&d->todos);
	if (d->parsed)
		json_free(&d->parsed);
	text_free(&d->status);
	mem_free(d->why_not);
	station_free(&d->station);
}
