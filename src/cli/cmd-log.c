/* loaxa log: what was aired, and what was not and why, from the journal. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/earlier.h"
#include "cli/letters.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/screen.h"
#include "cli/station-clock.h"
#include "journal/reader.h"
#include "report/shapes.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* How long before its day something may have been noted or ordered about it. */
#define REMARKS_AHEAD_US (400 * INT64_C(86400) * US_PER_S)

static int run(int argc, char **argv);

const struct cmd cmd_log = { "log",
	"[--from TIME] [--to TIME] [--zone ZONE] [--campaign NAME] [--directive NUMBER] [--state-is STATE] [--events] "
	"[--json|--csv] [--state DIR]",
	N_("the airing log: what was aired, what was not and why; --to is not included"), run };

struct request {
	const char *state_dir, *from, *to, *state_is;
	struct report_filter filter;
	bool events, json, csv;
};

static void put(void *self, const char *text)
{
	fputs(text, self);
}

static enum report_shape shape(const struct request *r)
{
	return r->json ? REPORT_JSON : r->csv ? REPORT_CSV : REPORT_TEXT;
}

/* ── Arguments ─────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_state(struct request *r)
{
	r->filter.state = -1;
	if (!r->state_is)
		return true;
	for (int s = STATE_OPEN; s < STATE_COUNT; s++)
		if (!strcmp(r->state_is, s == STATE_OPEN ? "open" : verdict_state_name((enum state)s)))
			r->filter.state = s;
	if (r->filter.state >= 0)
		return true;
	fprintf(stderr,
		_("loaxa log: there is no verdict \"%s\" — they are: aired partial missed skipped failed, and open "
		  "for those not decided yet\n"),
		r->state_is);
	return false;
}

static bool read_instant(const char *what, const char *value, const struct tz *tz, wall_us *out)
{
	if (!value || value_instant(value, tz, out))
		return true;
	fprintf(stderr, _("loaxa log: --%s \"%s\" is no time — write 14/7/2021, 2021-07-14 or 2021-07-14T05:30\n"),
		what, value);
	return false;
}

static bool read_window(const struct request *r, const struct tz *tz, wall_us *from, wall_us *to)
{
	*from = (wall_us){ 1 };
	*to = (wall_us){ US_NEVER };
	if (!read_instant("from", r->from, tz, from) || !read_instant("to", r->to, tz, to))
		return false;
	if (from->us < to->us)
		return true;
	fprintf(stderr,
		_("loaxa log: nothing lies between --from %s and --to %s — the end itself is not included; for one "
		  "whole day give the next day as --to\n"),
		r->from, r->to);
	return false;
}

/* ── Printing ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void print_events(const struct request *r, struct journal_log *log, const struct station_clock *c,
	const struct report_page *page, wall_us from, wall_us to)
{
	struct report_out out = { stdout, put };
	struct journal_reader rows = journal_log_everything(log, from, to);
	report_events(&rows, c->tz, shape(r), page, &out);
}

/* A zone that aired nothing is most often a name misspelt. */
static void say_nothing(const struct request *r, const struct station_clock *c)
{
	struct json *j = r->filter.zone && c->checkpoint.n ? json_parse(c->checkpoint.at, c->checkpoint.n) : NULL;
	const struct json *zones = j ? json_get(j, "zones") : NULL;
	struct text names = { 0 };
	for (size_t i = 0; zones && i < json_count(zones); i++)
		text_addf(&names, " %s", json_as_str(json_at(zones, i)));
	if (names.n)
		printf(_("loaxa log: no zone \"%s\" was to air anything then — the station's zones:%s\n"),
			r->filter.zone, text_str(&names));
	else
		fputs(_("Nothing was to be aired in what you asked for — the whole log: loaxa log\n"), stdout);
	text_free(&names);
	if (j)
		json_free(&j);
}

static void print_airings(const struct request *r, struct journal_log *log, const struct station_clock *c,
	const struct report_page *page, wall_us from, wall_us to)
{
	struct report_out out = { stdout, put };
	struct journal_reader rows = journal_log_airings(log, from, to);
	struct report_log *airings = report_log_read(&rows, &r->filter, text_str(&c->checkpoint));
	if (r->json) {
		report_json(airings, &out);
	} else if (r->csv) {
		report_csv(airings, page, &out);
	} else if (!airings->rows.n) {
		say_nothing(r, c);
	} else {
		struct tally sums = tally_of(airings->rows.at, airings->rows.n);
		wall_us since = { from.us - REMARKS_AHEAD_US };
		struct journal_reader events =
			journal_log_events(log, report_remark_kinds, since, (wall_us){ US_NEVER });
		struct remarks remarks = { 0 };
		struct report_page noted = *page;
		report_remarks_read(&remarks, &events, c->tz);
		noted.remarks = &remarks;
		report_table(airings, &noted, &out);
		report_remarks_free(&remarks);
		report_sums(&sums, page, &out);
	}
	if (airings->unreadable)
		fprintf(stderr, _("loaxa log: %zu rows could not be read and are left out — see: loaxa log --events\n"),
			airings->unreadable);
	report_log_free(&airings);
}

static int print(const struct request *r, struct journal_log *log)
{
	struct station_clock c;
	struct err err = { "" };
	wall_us from, to;
	int code = EXIT_USAGE;
	station_clock_read(log, &c);
	struct report_page page = { .columns = screen_columns(STDOUT_FILENO),
		.crossed = c.sample || journal_log_rehearsal(log),
		.by_zone = r->filter.zone,
		.by_state = r->state_is,
		.plain = letters_plain() };
	if (!read_window(r, c.tz, &from, &to))
		goto out;
	if (r->events)
		print_events(r, log, &c, &page, from, to);
	else
		print_airings(r, log, &c, &page, from, to);
	code = EXIT_DONE;
	if (!journal_log_done(log, &err)) {
		fprintf(stderr, "loaxa log: %s\n", err.text);
		code = EXIT_REFUSED;
	}
out:
	station_clock_free(&c);
	return code;
}

/* No journal there: perhaps the person rehearsed and looks for that. */
static int no_journal(const char *state_dir)
{
	char *rehearsal = place_dry_run();
	if (rehearsal && strcmp(rehearsal, state_dir) != 0 && journal_log_exists(rehearsal))
		fprintf(stderr,
			_("loaxa log: no journal in %s — no live station has run from there — the last rehearsal's: "
			  "loaxa log --state %s\n"),
			state_dir, rehearsal);
	else
		fprintf(stderr,
			_("loaxa log: no journal in %s — no station has run from there yet — a rehearsal makes one: "
			  "loaxa dry-run\n"),
			state_dir);
	mem_free(rehearsal);
	return EXIT_REFUSED;
}

static int run(int argc, char **argv)
{
	struct request r = { 0 };
	const struct option_row options[] = {
		{ .name = "state", .text = &r.state_dir },
		{ .name = "from", .text = &r.from },
		{ .name = "to", .text = &r.to },
		{ .name = "zone", .text = &r.filter.zone },
		{ .name = "campaign", .text = &r.filter.campaign },
		{ .name = "directive", .text = &r.filter.directive },
		{ .name = "state-is", .text = &r.state_is },
		{ .name = "events", .flag = &r.events },
		{ .name = "json", .flag = &r.json },
		{ .name = "csv", .flag = &r.csv },
		{ 0 },
	};
	int n = options_parse(argc, argv, options);
	if (n || (r.json && r.csv))
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_log);
	if (!read_state(&r))
		return EXIT_USAGE;
	r.filter.bodies = r.json;
	struct err err = { "" };
	char *state_dir = r.state_dir ? mem_dup(r.state_dir) : place_state();
	struct journal_log *log = journal_log_exists(state_dir) ? journal_log_open(state_dir, &err) : NULL;
	int code = EXIT_REFUSED;
	if (log) {
		code = print(&r, log);
		earlier_say("log", state_dir);
	} else if (!err.text[0]) {
		code = no_journal(state_dir);
	} else {
		fprintf(stderr, "loaxa log: %s\n", err.text);
	}
	journal_log_close(&log);
	mem_free(state_dir);
	return code;
}
