/* loaxa export: the rows of a period, sealed, in one file for whoever receives them. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/verify.h"
#include "journal/reader.h"
#include "report/period.h"
#include "report/words.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static int run(int argc, char **argv);

const struct cmd cmd_export = { "export",
	"[--month DATE] [--week DATE] [--quarter DATE] [--half DATE] [--year DATE] [--period WORD] [--from DATE] [--to "
	"DATE] "
	"[--out FILE] [--json] [--state DIR]",
	N_("the sealed rows of a period in one file, for the district"), run };

struct request {
	const char *state_dir, *out;
	bool json;
	struct period_asked asked;
	/* found out */
	struct tz *tz;
	char *station, *file;
	struct period period;
	struct bundle_written written;
};

static void add_moment(struct text *t, const struct tz *tz, wall_us at)
{
	char time[VALUE_BYTES], date[VALUE_BYTES];
	struct local l = tz_local(tz, at);
	value_print_time(l.ms - l.ms % 60000, time);
	value_print_date(l.day, date);
	text_addf(t, _("%s on %s"), time, date);
}

/* ── Whose journal, and which days ─────────────────────────────────────────────────────────────────────────── */

static bool read_station(struct request *r, struct journal_log *log, struct err *err)
{
	struct text body = { 0 };
	journal_log_checkpoint(log, &body);
	struct json *j = json_parse(text_str(&body), body.n);
	r->station = mem_dup(json_get_str(j, "station"));
	r->tz = verify_zone(json_get_str(j, "timezone"));
	json_free(&j);
	text_free(&body);
	return (r->station && r->tz) || err_set(err, _("the journal names no station yet — it does once the station "
						       "has run with a schedule; nothing was "
						       "written"));
}

static wall_us first_row(struct journal_log *log)
{
	struct journal_reader all = journal_log_everything(log, (wall_us){ INT64_MIN / 2 }, (wall_us){ US_NEVER });
	struct journal_row row;
	return all.next(all.self, &row) ? row.wall : (wall_us){ 0 };
}

static wall_us last_row(struct journal_log *log)
{
	struct journal_reader last = journal_log_latest(log, 1);
	struct journal_row row;
	return last.next(last.self, &row) ? row.wall : (wall_us){ 0 };
}

/* A rehearsal has come to the end of its last day, whatever day is today. */
static day_num today(const struct request *r, struct journal_log *log)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	wall_us now = { (int64_t)t.tv_sec * US_PER_S };
	if (journal_log_rehearsal(log))
		return tz_local(r->tz, (wall_us){ last_row(log).us - 1 }).day + 1;
	return tz_local(r->tz, now).day;
}

/* Somebody who asked for another year is helped by what there is. */
static bool is_there(const struct request *r, struct journal_log *log, struct err *err)
{
	wall_us first = first_row(log), last = last_row(log);
	if (first.us < tz_instant(r->tz, r->period.days.until + 1, 0).us &&
		last.us >= tz_instant(r->tz, r->period.days.from, 0).us)
		return true;
	struct text from = { 0 }, to = { 0 };
	add_moment(&from, r->tz, first);
	add_moment(&to, r->tz, last);
	err_set(err, _("the journal goes from %s to %s: nothing of %s is in it; nothing was written"), text_str(&from),
		text_str(&to), r->period.title);
	text_free(&from);
	text_free(&to);
	return false;
}

static char *usual_name(const struct request *r)
{
	char from[VALUE_BYTES], until[VALUE_BYTES];
	value_print_iso_date(r->period.days.from, from);
	value_print_iso_date(r->period.days.until, until);
	return mem_printf("%s_%s_%s.loaxa", r->station, from, until);
}

static bool prepare(struct request *r, struct err *err)
{
	if (!journal_log_exists(r->state_dir))
		return err_set(err, _("no journal in %s — no station has run from there yet"), r->state_dir);
	struct journal_log *log = journal_log_open(r->state_dir, err);
	bool ok = log && read_station(r, log, err) && period_read(&r->asked, today(r, log), &r->period, err) &&
		  is_there(r, log, err);
	journal_log_close(&log);
	if (ok)
		r->file = r->out ? mem_dup(r->out) : usual_name(r);
	return ok;
}

/* ── What was done ─────────────────────────────────────────────────────────────────────────────────────────── */

static void print(const struct request *r)
{
	const struct bundle_written *w = &r->written;
	struct text sealed = { 0 }, rows = { 0 }, left = { 0 }, from = { 0 };
	add_moment(&sealed, r->tz, w->sealed);
	words_number(&rows, (size_t)(w->last - w->first + 1));
	if (w->rehearsal || w->sample)
		printf("%s\n", words_rehearsal());
	printf(_("%s: station %s, %s: %s rows, sealed at %s; %lld kB.\n"), r->file, r->station, r->period.title,
		text_str(&rows), text_str(&sealed), (long long)((w->bytes + 999) / 1000));
	if (w->left_out) {
		words_number(&left, (size_t)w->left_out);
		add_moment(&from, r->tz, w->left_from);
		printf(_("LEFT OUT: the last %s rows, from %s on, are not sealed yet — that is done at midnight, and "
			 "when the station "
			 "stops or starts — export again then.\n"),
			text_str(&left), text_str(&from));
	}
	printf(_("Whoever receives it looks with: loaxa verify %s\n"), r->file);
	printf(_("  Checkpoint: %lld:%s\n"), (long long)w->last, w->head);
	text_free(&sealed);
	text_free(&rows);
	text_free(&left);
	text_free(&from);
}

static void print_json(const struct request *r)
{
	const struct bundle_written *w = &r->written;
	char stamp[RFC3339_BYTES];
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "file", r->file);
	json_str(&t, "station", r->station);
	json_int(&t, "bytes", w->bytes);
	json_int(&t, "first", w->first);
	json_int(&t, "last", w->last);
	json_int(&t, "left_out", w->left_out);
	tz_rfc3339(r->tz, w->sealed, stamp);
	json_str(&t, "sealed", stamp);
	json_str(&t, "head", w->head);
	json_bool(&t, "rehearsal", w->rehearsal);
	json_bool(&t, "sample", w->sample);
	json_close(&t, '}');
	printf("%s\n", text_str(&t));
	text_free(&t);
}

static int export(struct request *r)
{
	struct err err = { "" };
	bool ok = prepare(r, &err);
	wall_us from, to;
	if (ok) {
		from = tz_instant(r->tz, r->period.days.from, 0);
		to = tz_instant(r->tz, r->period.days.until + 1, 0);
		ok = bundle_write(r->state_dir, from, to, r->file, &r->written, &err);
	}
	if (!ok)
		fprintf(stderr, "loaxa export: %s\n", err.text);
	else if (r->json)
		print_json(r);
	else
		print(r);
	tz_free(&r->tz);
	mem_free(r->station);
	mem_free(r->file);
	mem_free(r->period.title);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

static int run(int argc, char **argv)
{
	struct request r = { 0 };
	const struct option_row rows[] = {
		{ .name = "month", .text = &r.asked.month },
		{ .name = "week", .text = &r.asked.week },
		{ .name = "quarter", .text = &r.asked.quarter },
		{ .name = "half", .text = &r.asked.half },
		{ .name = "year", .text = &r.asked.year },
		{ .name = "period", .text = &r.asked.period },
		{ .name = "from", .text = &r.asked.from },
		{ .name = "to", .text = &r.asked.to },
		{ .name = "out", .text = &r.out },
		{ .name = "state", .text = &r.state_dir },
		{ .name = "json", .flag = &r.json },
		{ 0 },
	};
	int n = options_parse(argc, argv, rows);
	if (n)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_export);
	char *usual = place_state();
	if (!r.state_dir)
		r.state_dir = usual;
	int code = export(&r);
	mem_free(usual);
	return code;
}
