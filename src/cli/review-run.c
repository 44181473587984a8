/* loaxa review: what the stations of a receiver handed in, and whether it was done. */
#include "cli/review-run.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/language.h"
#include "cli/letters.h"
#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/review-args.h"
#include "cli/review-inside.h"
#include "cli/review-view.h"
#include "cli/screen.h"
#include "config/config.h"
#include "report/period.h"
#include "report/shapes.h"
#include "report/words.h"
#include "review/airings.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct cmd usage = { .name = "review", .args = REVIEW_ARGS };

struct request {
	const char *state, *directive, *station, *day;
	struct period_asked asked;
	struct period period;
	bool late, json, csv, all;
	day_num today;
};

/* ── Where ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static char *usual_place(void)
{
	char *tree = place_tree();
	char *dir = tree ? mem_printf("%s/build/review", tree) : mem_dup("/var/lib/loaxa/review");
	mem_free(tree);
	return dir;
}

static void say_findings(struct findings *fs)
{
	findings_sort(fs);
	for (size_t i = 0; i < fs->list.n; i++) {
		const struct finding *f = &fs->list.at[i];
		char *text = finding_text(f, _(f->pattern));
		fprintf(stderr, "%s:%d: %s: %s\n", f->file, f->line,
			f->severity == FINDING_ERROR ? _("error") : _("warning"), text);
		mem_free(text);
	}
}

bool review_place_open(struct review_place *p, const char *state_dir)
{
	struct findings fs = { 0 };
	*p = (struct review_place){ .dir = state_dir ? mem_dup(state_dir) : usual_place() };
	p->book = mem_printf("%s/review.db", p->dir);
	if (access(p->dir, F_OK))
		fprintf(stderr,
			_("loaxa review: there is no folder %s — it holds who receives (receiver.conf) and what was "
			  "handed in — make it, or "
			  "name another: --state DIR\n"),
			p->dir);
	else
		p->receiver = config_receiver(p->dir, &fs);
	say_findings(&fs);
	findings_free(&fs);
	if (p->receiver && p->receiver->language)
		language_station(p->receiver->language);
	return p->receiver;
}

void review_place_close(struct review_place *p)
{
	receiver_free(&p->receiver);
	mem_free(p->book);
	mem_free(p->dir);
}

/* ── Which days ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_days(struct request *r, struct err *err)
{
	time_t now = time(NULL);
	struct tm tm;
	localtime_r(&now, &tm);
	r->today = civil_to_day((struct civil){ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday });
	if (r->day)
		r->asked = (struct period_asked){ .from = r->day, .to = r->day };
	return period_read(&r->asked, r->today, &r->period, err);
}

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void put(void *self, const char *text)
{
	fputs(text, self);
}

static struct review_page page_of(const struct request *r, const struct review_place *p)
{
	return (struct review_page){ .columns = screen_columns(STDOUT_FILENO),
		.plain = letters_plain(),
		.all = r->all,
		.receiver = p->receiver->title,
		.period = r->period.title };
}

/* A letter nobody carries out is most often a number misspelt, or of another month. */
static int no_letter(const struct request *r)
{
	if (r->directive)
		fprintf(stderr,
			_("loaxa review: no letter %s in %s — nobody handed in anything about it for these days, and "
			  "no directive { } asks "
			  "for it — all letters: loaxa review without --directive\n"),
			r->directive, r->period.title);
	else
		fprintf(stderr,
			_("loaxa review: nothing about any letter in %s — nobody handed in anything for these days — "
			  "who has not: loaxa "
			  "review --late\n"),
			r->period.title);
	return EXIT_REFUSED;
}

static int answer(const struct request *r, const struct review_place *p, struct review_store *s)
{
	struct err err = { "" };
	struct text out = { 0 };
	const struct review_question q = { r->period.days, r->today, r->late ? NULL : r->directive, p->receiver };
	const struct review_page page = page_of(r, p);
	struct review_answer *a = review_answer(s, &q, &err);
	int code = EXIT_DONE;
	if (!a) {
		fprintf(stderr, "loaxa review: %s\n", err.text);
		return EXIT_REFUSED;
	}
	if (!r->late && !a->columns.n)
		code = no_letter(r);
	else if (r->json)
		review_json(a, r->late, &out);
	else if (r->csv)
		review_csv(a, r->late, &out);
	else if (r->late)
		review_view_late(a, &page, &out);
	else
		review_view(a, &page, &out);
	fputs(text_str(&out), stdout);
	text_free(&out);
	review_answer_free(&a);
	return code;
}

/* ── One station's airings ─────────────────────────────────────────────────────────────────────────────────── */

static int drill_down(const struct request *r, const struct review_place *p, struct review_store *s)
{
	struct err err = { "" };
	int listed = receiver_station(p->receiver, r->station);
	const char *code = listed >= 0 ? p->receiver->stations.at[listed].code : r->station;
	struct report_log *log = review_airings(s, code, r->period.days, r->directive, &err);
	if (!log) {
		fprintf(stderr, "loaxa review: %s\n", err.text);
		return EXIT_REFUSED;
	}
	struct report_page page = {
		.columns = screen_columns(STDOUT_FILENO), .crossed = p->receiver->sample, .plain = letters_plain()
	};
	struct report_out out = { stdout, put };
	int exit_code = EXIT_DONE;
	if (!log->rows.n) {
		fprintf(stderr,
			_("loaxa review: station %s handed in no airings for %s — see who has reported: loaxa review "
			  "--late\n"),
			r->station, r->period.title);
		exit_code = EXIT_REFUSED;
	} else if (r->json) {
		for (size_t i = 0; i < log->rows.n; i++) {
			char *line = review_airing_json(&log->rows.at[i]);
			puts(line);
			mem_free(line);
		}
	} else if (r->csv) {
		report_csv(log, &page, &out);
	} else {
		struct tally sums = tally_of(log->rows.at, log->rows.n);
		struct review_shorts shorts = { 0 };
		struct text days = { 0 };
		review_shorts_read(s, code, r->period.days, r->directive, &shorts);
		review_view_shorts(&shorts, page.columns, &days);
		fputs(text_str(&days), stdout);
		review_shorts_free(&shorts);
		text_free(&days);
		report_table(log, &page, &out);
		report_sums(&sums, &page, &out);
	}
	report_log_free(&log);
	return exit_code;
}

static int ask(struct request *r, const struct review_place *p)
{
	struct err err = { "" };
	if (!read_days(r, &err)) {
		fprintf(stderr, "loaxa review: %s\n", err.text);
		return EXIT_USAGE;
	}
	/* Made where there is none: who has not reported can be asked before anybody has. */
	struct review_store *s = review_open(p->book, access(p->book, F_OK) ? REVIEW_WRITE : REVIEW_READ, &err);
	int code = EXIT_REFUSED;
	if (!s)
		fprintf(stderr, "loaxa review: %s\n", err.text);
	else
		code = r->station ? drill_down(r, p, s) : answer(r, p, s);
	review_close(&s);
	mem_free(r->period.title);
	return code;
}

int review_check(const struct review_place *p)
{
	struct err err = { "" };
	size_t days = 0, wrong = 0;
	struct review_store *s = review_open(p->book, REVIEW_READ, &err);
	bool ok = s && review_sound(s, &err) && review_recount(s, &days, &wrong, &err);
	review_close(&s);
	if (!ok)
		fprintf(stderr, "loaxa review: %s\n", err.text);
	else if (wrong)
		fprintf(stderr,
			_("loaxa review: %zu of %zu station days do not add up to their airings — the file %s was "
			  "changed by something else — "
			  "put it aside and import the bundles again: they hold everything\n"),
			wrong, days, p->book);
	else
		printf(_("The file is whole; %zu station days counted again, all as their airings say.\n"), days);
	return ok && !wrong ? EXIT_DONE : EXIT_REFUSED;
}

/* ── The command ───────────────────────────────────────────────────────────────────────────────────────────── */

/* The digits may come in groups, as they are read out. */
static int trust_typed(const struct review_place *p, char *const words[], size_t n)
{
	struct text typed = { 0 };
	for (size_t i = 1; i < n; i++)
		text_add(&typed, words[i]);
	int code = review_trust(p, words[0], text_str(&typed));
	text_free(&typed);
	return code;
}

static int run(char **argv, int n, struct request *r)
{
	static const char *const verbs[] = { "import", "trust", "check" };
	struct review_place p;
	size_t verb = 0;
	while (n && verb < 3 && strcmp(argv[1], verbs[verb]) != 0)
		verb++;
	if ((n && verb == 3) || (n && verb == 0 && n < 2) || (n && verb == 1 && n < 3) || (n && verb == 2 && n != 1))
		return options_usage(&usage);
	int code = EXIT_REFUSED;
	if (review_place_open(&p, r->state))
		code = !n          ? ask(r, &p)
		       : verb == 0 ? review_import(&p, argv + 2, (size_t)n - 1)
		       : verb == 1 ? trust_typed(&p, argv + 2, (size_t)n - 1)
				   : review_check(&p);
	review_place_close(&p);
	return code;
}

int review_run(int argc, char **argv)
{
	struct request r = { 0 };
	const struct option_row options[] = {
		{ .name = "state", .text = &r.state },
		{ .name = "month", .text = &r.asked.month },
		{ .name = "week", .text = &r.asked.week },
		{ .name = "quarter", .text = &r.asked.quarter },
		{ .name = "half", .text = &r.asked.half },
		{ .name = "year", .text = &r.asked.year },
		{ .name = "period", .text = &r.asked.period },
		{ .name = "from", .text = &r.asked.from },
		{ .name = "to", .text = &r.asked.to },
		{ .name = "directive", .text = &r.directive },
		{ .name = "station", .text = &r.station },
		{ .name = "day", .text = &r.day },
		{ .name = "late", .flag = &r.late },
		{ .name = "all", .flag = &r.all },
		{ .name = "json", .flag = &r.json },
		{ .name = "csv", .flag = &r.csv },
		{ 0 },
	};
	int n = options_parse(argc, argv, options);
	if (n < 0)
		return EXIT_USAGE;
	if ((r.json && r.csv) || (r.day && !r.station) || (r.late && r.station))
		return options_usage(&usage);
	return run(argv, n, &r);
}
