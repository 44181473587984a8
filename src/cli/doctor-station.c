/* The station: its schedule, its time zone, its cards, the controller that runs it, and how the last runs ended. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/doctor.h"
#include "cli/earlier.h"
#include "cli/peek.h"
#include "cli/trial.h"
#include "control/client.h"
#include "journal/reader.h"
#include "os/clock.h"
#include "os/health.h"
#include "schedule/tz.h"

#include <inttypes.h>
#include <string.h>

enum { CARD_MS = 1000, ANSWER_MS = 500, ROWS = 20000 };

/* ── Schedule and cards ── */

/* Both clocks of the seasons come from the same file; a station whose zone is missing has no local time at all. */
static bool zone_is_missing(const struct findings *fs)
{
	for (size_t i = 0; i < fs->list.n; i++)
		if (!strcmp(fs->list.at[i].code, "timezone-unknown"))
			return true;
	return false;
}

static void schedule(struct doctor *d)
{
	struct findings fs = { 0 };
	char *from = NULL;
	d->station = peek_station(d->dir, d->state, &from, &fs);
	if (d->station) {
		doctor_say(d, DOCTOR_WELL, "schedule",
			mem_printf(_("The schedule of %s is readable (%s)."), d->station->name, from), NULL);
		doctor_say(d, DOCTOR_WELL, "time-zone",
			mem_printf(_("The time zone %s is known here."), d->station->timezone), NULL);
	} else {
		doctor_say(d, DOCTOR_ILL, "schedule",
			mem_printf(ngettext("The schedule in %s has %zu error.", "The schedule in %s has %zu errors.",
					   fs.errors),
				from, fs.errors),
			mem_printf("loaxa check %s", from));
	}
	if (zone_is_missing(&fs))
		doctor_say(d, DOCTOR_ILL, "time-zone", mem_dup(_("The station's time zone is not known here.")),
			mem_dup(_("apt install tzdata, or correct timezone in station.conf.")));
	findings_free(&fs);
	mem_free(from);
}

static void card(struct doctor *d, const struct output *o, const struct trial *t)
{
	switch (t->result) {
	case TRIAL_OPENS:
		doctor_say(d, DOCTOR_WELL, "card",
			mem_printf(_("Output %s opens: %s at %d Hz with %d channels."), o->name, o->sink, o->rate,
				o->channels),
			NULL);
		break;
	case TRIAL_FAILS:
		doctor_say(d, DOCTOR_ILL, "card", mem_printf(_("Output %s does not open: %s"), o->name, t->why.text),
			mem_dup("loaxa devices"));
		break;
	case TRIAL_NO_ANSWER:
		doctor_say(d, DOCTOR_ILL, "card", mem_printf(_("Output %s does not answer: %s."), o->name, o->sink),
			mem_dup(_("Pull the device, plug it in again; then: loaxa devices")));
		break;
	default:
		doctor_say(d, DOCTOR_HINT, "card",
			mem_printf(_("Output %s is no sound card (%s): no village hears it."), o->name, o->sink),
			mem_dup(_("Right for a trial; for a station name its card: loaxa devices")));
	}
}

/* A card that a running controller may need this very moment is not tried: the controller knows how it is. */
static void cards(struct doctor *d)
{
	struct trial trials[OUTPUTS_MAX];
	if (!d->station)
		return;
	if (!d->controller)
		trial_outputs(d->station, CARD_MS, trials);
	for (size_t o = 0; o < d->station->outputs.n; o++) {
		const struct output *out = &d->station->outputs.at[o];
		if (d->controller)
			doctor_say(d, DOCTOR_WELL, "card",
				mem_printf(_("Output %s (%s) belongs to the running controller; it was not touched."),
					out->name, out->sink),
				NULL);
		else
			card(d, out, &trials[o]);
	}
}

void doctor_station(struct doctor *d)
{
	d->controller = health_holder(d->state);
	schedule(d);
	cards(d);
}

/* ── Controller ── */

static void tell_status(struct doctor *d, const struct json *status)
{
	const struct json *faults = json_get(status, "faults");
	doctor_say(d, DOCTOR_WELL, "controller",
		mem_printf(_("The controller runs (process %d) and answers."), (int)d->controller), NULL);
	if (!strcmp(json_get_str(status, "clock") ? json_get_str(status, "clock") : "", "distrusted"))
		doctor_say(d, DOCTOR_ILL, "clock", mem_dup(_("The schedule is held: the clock is not trusted.")),
			mem_dup(_("Set the clock, or: loaxa clock confirm")));
	for (size_t i = 0; i < json_count(faults); i++) {
		const char *text = json_get_str(json_at(faults, i), "text");
		doctor_say(d, DOCTOR_ILL, "fault", mem_dup(text ? text : "?"), NULL);
	}
}

static void controller(struct doctor *d)
{
	char *path = mem_printf("%s/control.sock", d->state);
	struct text request = { 0 };
	struct answer a = { 0 };
	struct err err = { "" };
	protocol_write_request(REQUEST_STATUS, &request);
	bool answered = client_ask(path, &request, ANSWER_MS, &a, &err) && a.status;
	struct json *status = answered ? json_parse(a.status, strlen(a.status)) : NULL;
	if (status)
		tell_status(d, status);
	else if (d->controller)
		doctor_say(d, DOCTOR_ILL, "controller",
			mem_printf(_("The controller (process %d) cannot be asked: %s"), (int)d->controller, err.text),
			mem_dup(_("If it hangs, the service manager starts it anew; else: systemctl restart loaxa")));
	else
		doctor_say(d, journal_log_exists(d->state) ? DOCTOR_ILL : DOCTOR_HINT, "controller",
			mem_dup(_("No controller runs: nothing is aired, no emergency can be ordered.")),
			mem_dup(_("Start it: loaxa run, or: systemctl start loaxa")));
	if (status)
		json_free(&status);
	protocol_free_answer(&a);
	text_free(&request);
	mem_free(path);
}

/* ── How the last runs ended ── */

struct ends {
	wall_us last_row, last_trusted;
	size_t cuts, crashes;     /* runs that ended without a "stop" row: with the power, or by themselves */
	wall_us cut_from, cut_to; /* the last power cut */
	char boot[64];
	bool any, stopped;
};

static void note_start(struct ends *e, const struct journal_row *row)
{
	struct json *body = json_parse(row->body, strlen(row->body));
	const char *boot = json_get_str(body, "boot");
	bool same = boot && *boot && !strcmp(boot, e->boot);
	if (e->any && !e->stopped && same)
		e->crashes++;
	if (e->any && !e->stopped && !same && e->boot[0]) {
		e->cuts++;
		e->cut_from = e->last_row;
		e->cut_to = row->wall;
	}
	snprintf(e->boot, sizeof e->boot, "%s", boot ? boot : "");
	if (body)
		json_free(&body);
}

/* They come with a start and with an end, and are neither. */
static bool is_evidence(const char *kind)
{
	return !strcmp(kind, "schedule") || !strcmp(kind, "key") || !strcmp(kind, "seal") || !strcmp(kind, "journal");
}

static void note_row(struct ends *e, const struct journal_row *row)
{
	if (is_evidence(row->kind))
		return;
	if (!strcmp(row->kind, "start"))
		note_start(e, row);
	e->stopped = !strcmp(row->kind, "stop");
	e->any = true;
	e->last_row = row->wall;
	if (row->clock != CLOCK_DISTRUSTED)
		e->last_trusted = row->wall;
}

static void when(const struct doctor *d, wall_us at, char out[RFC3339_BYTES])
{
	char stamp[RFC3339_BYTES];
	struct tz *utc = d->station ? NULL : tz_fixed(0);
	tz_rfc3339(d->station ? d->station->tz : utc, at, stamp);
	if (utc)
		tz_free(&utc);
	snprintf(out, RFC3339_BYTES, "%.2s/%.2s/%.4s %.5s", stamp + 8, stamp + 5, stamp, stamp + 11);
}

static void tell_ends(struct doctor *d, const struct ends *e)
{
	char from[RFC3339_BYTES], to[RFC3339_BYTES];
	struct clock c = os_clock();
	if (c.wall(c.self).us < e->last_trusted.us - 300 * US_PER_S) {
		when(d, e->last_trusted, from);
		doctor_say(d, DOCTOR_ILL, "clock",
			mem_printf(_("The clock shows less than the last trusted row of the log (%s)."), from),
			mem_dup(_("Set the clock; if it is right: loaxa clock confirm")));
	}
	if (e->cuts) {
		when(d, e->cut_from, from);
		when(d, e->cut_to, to);
		doctor_say(d, DOCTOR_HINT, "power",
			mem_printf(ngettext("%zu power cut in the latest part of the log, the last between %s and %s.",
					   "%zu power cuts in the latest part of the log, the last between %s and %s.",
					   e->cuts),
				e->cuts, from, to),
			e->cuts > 3 ? mem_dup(_("A small uninterruptible supply (UPS) is worth its price.")) : NULL);
	} else {
		doctor_say(d, DOCTOR_WELL, "power", mem_dup(_("No power cut in the latest part of the log.")), NULL);
	}
	if (e->crashes)
		doctor_say(d, DOCTOR_HINT, "crashes",
			mem_printf(ngettext("The controller ended by itself %zu time.",
					   "The controller ended by itself %zu times.", e->crashes),
				e->crashes),
			mem_dup(_("Keep what it said: journalctl -u loaxa")));
}

static void log_of(struct doctor *d)
{
	struct err err = { "" };
	struct ends e = { 0 };
	struct journal_row row;
	struct journal_log *log = journal_log_exists(d->state) ? journal_log_open(d->state, &err) : NULL;
	if (!log && !err.text[0])
		return;
	struct journal_reader reader = { 0 };
	if (log)
		reader = journal_log_latest(log, ROWS);
	while (log && reader.next(reader.self, &row))
		note_row(&e, &row);
	if (log && journal_log_done(log, &err))
		tell_ends(d, &e);
	else
		doctor_say(d, DOCTOR_ILL, "log", mem_dup(err.text),
			mem_dup(_("Keep a copy of the state directory, then ask for help.")));
	journal_log_close(&log);
}

static void log_kept(struct doctor *d)
{
	struct aside_names n;
	aside_list(d->state, &n);
	for (size_t i = 0; i < n.list.n; i++) {
		struct aside_facts f;
		aside_read(d->state, n.list.at[i], &f);
		doctor_say(d, DOCTOR_HINT, "log-kept", earlier_describe(n.list.at[i], &f, d->station ? d->station->tz : NULL),
			f.rows ? mem_printf(_("Keep a copy of that folder on a USB stick; to read it: loaxa log --state %s/%s"),
					 d->state, n.list.at[i])
			       : mem_dup(_("Keep a copy of that folder on a USB stick.")));
	}
	aside_names_free(&n);
}

void doctor_controller(struct doctor *d)
{
	controller(d);
	log_of(d);
	doctor_key(d);
	log_kept(d);
}
