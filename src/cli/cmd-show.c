/* loaxa show: everything that is known of one airing, and its recording as it was, for whoever asks about it. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/earlier.h"
#include "cli/letters.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "cli/schedules.h"
#include "cli/screen.h"
#include "cli/show-find.h"
#include "cli/station-clock.h"
#include "cli/studio.h"
#include "report/show.h"
#include "report/words.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_show = { "show",
	"AIRING|TIME [ZONE] [BULLETIN] [--json] [--play] [--sink SINK] [--state DIR] [--store DIR]",
	N_("all that is known of one airing; --play lets the studio hear it"), run };

#define LISTED_MOST 20

struct request {
	const char *state, *store, *sink;
	bool json, play;
};

static void put(void *self, const char *text)
{
	fputs(text, self);
}

/* ── Several, or none ── */

static bool fared_alike(const struct report_row *a, const struct report_row *b)
{
	return report_row_same_item(a, b) && a->state == b->state && a->reason == b->reason;
}

/* One line an item, with the zones in which it fared alike. */
static void list_one(const struct show_found *f, size_t i)
{
	const struct report_row *r = f->at.at[i];
	struct text t = { 0 };
	size_t zones = 0;
	words_time(&t, r, r->planned);
	text_addf(&t, "  %s — ", r->title ? r->title : r->bulletin);
	for (size_t k = i; k < f->at.n; k++)
		if (fared_alike(r, f->at.at[k]))
			text_addf(&t, "%s%s", zones++ ? ", " : "", f->at.at[k]->zone);
	text_addf(&t, ": %s %s", words_state_sign(r->state), words_state(r->state));
	if (r->reason != REASON_NONE)
		text_addf(&t, " (%s)", words_reason(r->reason));
	fprintf(stderr, "  %s\n            %s\n", text_str(&t), r->id);
	text_free(&t);
}

static bool listed_before(const struct show_found *f, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (fared_alike(f->at.at[k], f->at.at[i]))
			return true;
	return false;
}

static int tell_several(const struct show_found *f)
{
	size_t listed = 0;
	fprintf(stderr, _("loaxa show: %zu airings are meant by that — add the zone, the bulletin or the seconds, or copy "
			  "one of these ids:\n"),
		f->at.n);
	for (size_t i = 0; i < f->at.n && listed < LISTED_MOST; i++) {
		if (listed_before(f, i))
			continue;
		list_one(f, i);
		listed++;
	}
	if (listed == LISTED_MOST)
		fputs(_("  … and more\n"), stderr);
	return EXIT_REFUSED;
}

static int tell_none(const struct show_asked *a)
{
	char day[VALUE_BYTES];
	value_print_date(a->day, day);
	fprintf(stderr,
		_("loaxa show: no airing of %s is meant by that — nothing was planned or on air then in that zone — the "
		  "airings of the day: loaxa log --from %s\n"),
		day, day);
	return EXIT_REFUSED;
}

/* ── Hearing it ── */

/* The recordings of that row: their hashes, and the names they had then. */
static void name_recordings(struct bulletin *b, const char *hashes, const struct bulletin *then)
{
	for (const char *at = hashes; at && *at;) {
		size_t n = strcspn(at, ","), i = b->audio.n;
		struct recording r = { .file = then && i < then->audio.n ? then->audio.at[i].file : (char *)"?" };
		if (n < sizeof r.sha256)
			memcpy(r.sha256, at, n);
		vec_push(&b->audio, r);
		at += n + (at[n] == ',');
	}
}

static const struct station *station_then(const struct schedules *all, wall_us at)
{
	size_t i = all->list.n - 1;
	while (i > 0 && all->list.at[i].from.us > at.us)
		i--;
	return all->list.at[i].station;
}

/* Devices and the folder of recordings are those of today: the accepted schedule's, where it is of that station at all; a
 * rehearsal's are those it was made with. */
static int play_on(const struct request *r, const struct report_row *row, const struct station *then, const struct station *now)
{
	char *store = r->store ? mem_dup(r->store) : place_store();
	struct json *body = json_parse(row->body, strlen(row->body));
	struct bulletin b = { .title = (char *)(row->title ? row->title : row->bulletin) };
	int i = station_bulletin(then, row->bulletin), code = EXIT_REFUSED;
	name_recordings(&b, json_get_str(body, "audio_sha256"), i >= 0 ? &then->bulletins.at[i] : NULL);
	const struct output *o = b.audio.n ? studio_output(now, r->sink) : NULL;
	if (!b.audio.n)
		fputs(_("Not played: it was no recording — a relay or a live voice leaves none, unless it was kept\n"), stderr);
	else if (o)
		code = studio_listen(&(struct ear){ .output = o, .sink = r->sink, .audio_dir = now->audio_dir, .store = store,
					     .bulletin = &b, .as_was = true },
			b.title);
	vec_free(&b.audio);
	json_free(&body);
	mem_free(store);
	return code;
}

static int play(const struct request *r, struct journal_log *log, const char *state, const struct report_row *row)
{
	struct schedules all;
	struct findings fs = { 0 };
	struct err err = { "" };
	char *from = NULL;
	struct station *present = peek_station(NULL, state, &from, &fs);
	int code = EXIT_REFUSED;
	if (!schedules_read(&all, log, state, NULL, &err)) {
		fprintf(stderr, _("Not played: %s\n"), err.text);
	} else {
		const struct station *last = all.list.at[all.list.n - 1].station;
		bool same = present && !strcmp(present->code, last->code);
		code = play_on(r, row, station_then(&all, row->planned), same ? present : last);
	}
	schedules_free(&all);
	station_free(&present);
	findings_free(&fs);
	mem_free(from);
	return code;
}

/* ── Showing it ── */

static int show(const struct request *r, struct journal_log *log, const char *state, const struct station_clock *c,
	const struct show_found *f)
{
	struct err err = { "" };
	const struct report_row *row = f->at.at[0];
	struct report_page page = { .columns = screen_columns(STDOUT_FILENO),
		.crossed = c->sample || journal_log_rehearsal(log),
		.plain = letters_plain() };
	struct report_out out = { stdout, put };
	struct journal_reader rows = journal_log_since_checkpoint(log, row->planned);
	struct show *all = report_show_read(row, &rows, c->tz);
	bool read = journal_log_done(log, &err);
	rows = journal_log_events(log, (const char *const[]){ "note", NULL }, (wall_us){ 1 }, (wall_us){ US_NEVER });
	report_show_notes(all, &rows, c->tz);
	int code = EXIT_DONE;
	if (r->json)
		report_show_json(all, c->tz, &out);
	else
		report_show(all, f->log, c->tz, &page, &out);
	if (!read || !journal_log_done(log, &err)) {
		fprintf(stderr, "loaxa show: %s\n", err.text);
		code = EXIT_REFUSED;
	} else if (r->play) {
		code = play(r, log, state, row);
	}
	report_show_free(&all);
	return code;
}

static int find_and_show(
	const struct request *r, struct journal_log *log, const char *state, char *const *words, size_t n)
{
	struct station_clock c;
	struct show_asked asked;
	struct show_found found = { 0 };
	struct err err = { "" };
	int code = EXIT_REFUSED;
	station_clock_read(log, &c);
	if (!show_asked_read(&asked, words, n, text_str(&c.checkpoint))) {
		fputs(_("loaxa show: which airing? — its id as loaxa log --json shows it, the beginning of it, or a time and a "
			"zone: loaxa show 14/7/2021 5h32 cum-1\n"),
			stderr);
		code = EXIT_USAGE;
	} else if (!show_find(log, &asked, c.tz, text_str(&c.checkpoint), &found, &err)) {
		fprintf(stderr, "loaxa show: %s\n", err.text);
	} else if (!found.at.n) {
		code = tell_none(&asked);
	} else {
		code = found.at.n == 1 ? show(r, log, state, &c, &found) : tell_several(&found);
	}
	show_found_free(&found);
	show_asked_free(&asked);
	station_clock_free(&c);
	return code;
}

static int run(int argc, char **argv)
{
	struct request r = { 0 };
	const struct option_row options[] = { { .name = "json", .flag = &r.json }, { .name = "play", .flag = &r.play },
		{ .name = "sink", .text = &r.sink }, { .name = "state", .text = &r.state },
		{ .name = "store", .text = &r.store }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 1 || n > 4)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_show);
	struct err err = { "" };
	char *state = r.state ? mem_dup(r.state) : place_state();
	struct journal_log *log = journal_log_exists(state) ? journal_log_open(state, &err) : NULL;
	int code = EXIT_REFUSED;
	if (log)
		code = find_and_show(&r, log, state, argv + 1, (size_t)n);
	if (log)
		earlier_say("show", state);
	else if (err.text[0])
		fprintf(stderr, "loaxa show: %s\n", err.text);
	else
		fprintf(stderr,
			_("loaxa show: no journal in %s — no station has run from there — of a rehearsal: loaxa show … --state "
			  "DIR\n"),
			state);
	journal_log_close(&log);
	mem_free(state);
	return code;
}
