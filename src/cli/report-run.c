/* loaxa report: what was asked for is read from the command line, the figures from the journal; a table of shapes prints. */
#include "cli/report-run.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/earlier.h"
#include "cli/letters.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/report-args.h"
#include "cli/report-picture.h"
#include "cli/report-read.h"
#include "cli/report-shapes.h"
#include "cli/screen.h"
#include "report/report-csv.h"
#include "report/views.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct cmd usage = { .name = "report", .args = REPORT_ARGS };

struct request {
	const char *state_dir, *view;
	bool json, csv;
	struct report_wanted wanted;
	const char *files[REPORT_FILES_MOST]; /* as report_files, a path each or NULL */
	struct report_job job;
};

/* ── What was typed ────────────────────────────────────────────────────────────────────────────────────────── */

static int parse(int argc, char **argv, struct request *r)
{
	struct report_asked *a = &r->wanted.asked;
	struct period_asked *p = &r->wanted.period;
	const struct option_row fixed[] = {
		{ .name = "month", .text = &p->month },
		{ .name = "week", .text = &p->week },
		{ .name = "quarter", .text = &p->quarter },
		{ .name = "half", .text = &p->half },
		{ .name = "year", .text = &p->year },
		{ .name = "period", .text = &p->period },
		{ .name = "from", .text = &p->from },
		{ .name = "to", .text = &p->to },
		{ .name = "directive", .text = &a->directive },
		{ .name = "campaign", .text = &a->campaign },
		{ .name = "zone", .text = &a->zone },
		{ .name = "class", .text = &a->class },
		{ .name = "priority", .text = &a->priority },
		{ .name = "language", .text = &a->language },
		{ .name = "view", .text = &r->view },
		{ .name = "json", .flag = &r->json },
		{ .name = "csv", .flag = &r->csv },
		{ .name = "picture", .list = &r->job.pictures },
		{ .name = "station", .text = &r->wanted.station_dir },
		{ .name = "state", .text = &r->state_dir },
	};
	enum { FIXED = sizeof fixed / sizeof *fixed };
	struct option_row options[FIXED + REPORT_FILES_MOST + 1] = { 0 };
	memcpy(options, fixed, sizeof fixed);
	for (size_t i = 0; report_files[i].option; i++)
		options[FIXED + i] = (struct option_row){ .name = report_files[i].option, .text = &r->files[i] };
	int n = options_parse(argc, argv, options);
	return n > 0 ? options_usage(&usage) : n < 0 ? EXIT_USAGE : EXIT_DONE;
}

static bool read_view(const struct request *r, enum report_view *view)
{
	struct text names = { 0 };
	*view = VIEW_SUMMARY;
	for (int v = VIEW_SUMMARY + 1; r->view && v < VIEW_COUNT; v++) {
		const char *name = views_name((enum report_view)v);
		if (name && !strcmp(r->view, name))
			*view = (enum report_view)v;
		if (name)
			text_addf(&names, " %s", name);
	}
	bool ok = !r->view || *view != VIEW_SUMMARY;
	if (!ok)
		fprintf(stderr, _("loaxa report: there is no view \"%s\" — they are:%s\n"), r->view, text_str(&names));
	text_free(&names);
	return ok;
}

/* ── What is printed ───────────────────────────────────────────────────────────────────────────────────────── */

static void put(void *self, const char *text)
{
	fputs(text, self);
}

/* One table a file: of the summary that of the directives. */
static enum grid_view grid_of(enum report_view view)
{
	static const enum grid_view grids[VIEW_COUNT] = {
		[VIEW_SUMMARY] = GRID_DIRECTIVE,
		[VIEW_DIRECTIVE] = GRID_DIRECTIVE,
		[VIEW_DAY] = GRID_DAY,
		[VIEW_ZONE] = GRID_ZONE,
		[VIEW_CLASS] = GRID_CLASS,
		[VIEW_UNAIRED] = GRID_UNAIRED,
		[VIEW_LOGBOOK] = GRID_LOGBOOK,
		[VIEW_STRIP] = GRID_STRIP,
	};
	return grids[view];
}

static void print(const struct request *r, const struct report *report, enum report_view view)
{
	struct report_out out = { stdout, put };
	struct report_page page = { .columns = screen_columns(STDOUT_FILENO),
		.crossed = report->crossed,
		.by_zone = r->wanted.asked.zone,
		.plain = letters_plain() };
	if (r->json)
		views_json(report, view, &out);
	else if (r->csv)
		report_csv_write(report, grid_of(view), &out);
	else
		views_table(report, view, &page, &out);
}

/* Each whole or not at all; one that cannot be written does not keep the others from it. */
static int write_files(struct request *r, const struct report *report)
{
	int code = EXIT_DONE;
	struct text missing = { 0 };
	r->job.report = report;
	for (size_t i = 0; report_files[i].option; i++) {
		struct err err = { "" };
		if (!r->files[i])
			continue;
		if (report_files[i].write(&r->job, r->files[i], &err)) {
			printf(_("Written: %s — %s\n"), r->files[i], _(report_files[i].made));
		} else {
			fprintf(stderr, "loaxa report: %s\n", err.text);
			code = EXIT_REFUSED;
		}
	}
	report_picture_missing(report, &missing);
	fputs(text_str(&missing), stderr);
	text_free(&missing);
	return code;
}

static bool wants_file(const struct request *r)
{
	for (size_t i = 0; i < REPORT_FILES_MOST; i++)
		if (r->files[i])
			return true;
	return false;
}

/* Nothing was to be done in these days, or there was no journal yet that could tell. */
static bool is_empty(const struct report *r, const struct report_found *found)
{
	bool before = tz_local(r->tz, found->journal_begins).day > r->days.until;
	return !r->sums.planned && !r->sums.tests && (before || !r->directives.n);
}

/* Since when there could have been something. */
static void say_empty(const struct request *r, const struct report *report, const struct report_found *found)
{
	struct text t = { 0 };
	if (r->wanted.asked.directive)
		text_addf(&t, _("No airings for directive %s: %s"), r->wanted.asked.directive, report->title);
	else
		text_addf(&t, _("No airings: %s"), report->title);
	char day[VALUE_BYTES];
	day_num journal = tz_local(report->tz, found->journal_begins).day;
	if (found->begins > report->days.until) {
		value_print_date(found->begins, day);
		text_addf(&t, _(" — it counts from %s"), day);
	} else if (journal > report->days.until) {
		value_print_date(journal, day);
		text_addf(&t, _(" — the journal of the station begins on %s"), day);
	}
	if (r->wanted.asked.directive)
		text_addf(&t, _(" — try: loaxa report --directive %s --period campaign"), r->wanted.asked.directive);
	else
		text_add(&t, _(" — what the journal holds: loaxa log"));
	fprintf(stderr, "%s.%s\n", text_str(&t), wants_file(r) ? _(" No file written.") : "");
	text_free(&t);
}

static int run(struct request *r, enum report_view view)
{
	struct err err = { "" };
	struct report_found found = { 0 };
	struct report *report = report_read(&r->wanted, &found, &err);
	int code = found.usage ? EXIT_USAGE : EXIT_REFUSED;
	if (!report) {
		fprintf(stderr, "loaxa report: %s\n", err.text);
	} else if (is_empty(report, &found)) {
		say_empty(r, report, &found);
	} else if (!report_picture_attach(report, &r->job.pictures, &err)) {
		fprintf(stderr, "loaxa report: %s\n", err.text);
	} else if (wants_file(r)) {
		code = write_files(r, report);
	} else {
		print(r, report, view);
		code = EXIT_DONE;
	}
	if (found.unreadable)
		fprintf(stderr, _("loaxa report: %zu rows could not be read and are left out — see: loaxa log --events\n"),
			found.unreadable);
	report_free(&report);
	report_found_free(&found);
	return code;
}

int report_run(int argc, char **argv)
{
	struct request r = { 0 };
	enum report_view view;
	int code = parse(argc, argv, &r);
	if (code == EXIT_DONE && !read_view(&r, &view))
		code = EXIT_USAGE;
	if (code != EXIT_DONE)
		return code;
	char *state_dir = r.state_dir ? mem_dup(r.state_dir) : place_state();
	r.wanted.paper = wants_file(&r);
	r.wanted.state_dir = r.job.state_dir = state_dir;
	code = run(&r, view);
	earlier_say("report", state_dir);
	mem_free(state_dir);
	return code;
}
