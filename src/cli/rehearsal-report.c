#include "cli/rehearsal-report.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/letters.h"
#include "cli/screen.h"
#include "journal/reader.h"
#include "os/tzfile.h"
#include "report/timeline.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What fits on a screen: a day and its evening. */
#define DRAWN_SPAN (INT64_C(36) * 3600 * US_PER_S)
#define DRAWN_COLUMNS 120
#define DAY (INT64_C(86400) * US_PER_S)

void rehearsal_report_take(struct rehearsal_report *r, const struct station *st)
{
	r->station_name = mem_dup(st->name);
	char day[VALUE_BYTES];
	struct local l = tz_local(st->tz, r->from);
	value_print_date(l.day, day);
	r->first_day = mem_dup(day);
	size_t bytes;
	void *tzif = tzfile_read(st->timezone, &bytes);
	r->tz = tzif ? tz_new(tzif, bytes) : tz_fixed(l.offset_s);
	free(tzif);
}

void rehearsal_report_free(struct rehearsal_report *r)
{
	mem_free(r->station_name);
	mem_free(r->first_day);
	tz_free(&r->tz);
}

static void put(void *self, const char *text)
{
	fputs(text, self);
}

static void say_heading(const struct rehearsal_report *r, const struct report_out *out)
{
	char *line = mem_printf(_("DRY RUN (no sound) — %s — from %s\n\n"), r->station_name, r->first_day);
	out->put(out->self, line);
	mem_free(line);
}

static void say_where(const struct rehearsal_report *r, const char *head)
{
	printf(_("\nJournal of this dry run: %s — look again with: loaxa log --state %s\n"), r->state, r->state);
	printf(_("Its chain head: %s\n"), head);
	if (r->render)
		printf(_("Rendered sound: %s\n"), r->render);
}

static struct report_log *read_rows(
	struct journal_log *journal, wall_us from, wall_us to, bool bodies, const char *checkpoint)
{
	struct report_filter all = { .state = -1, .bodies = bodies };
	struct journal_reader rows = journal_log_airings(journal, from, to);
	return report_log_read(&rows, &all, checkpoint);
}

static void print_day(const struct rehearsal_report *r, const struct report_log *log, const struct report_page *page,
	const struct report_out *out)
{
	struct timeline_options how = { .tz = r->tz,
		.columns = page->columns > DRAWN_COLUMNS ? DRAWN_COLUMNS : page->columns,
		.colour = letters_colour(STDOUT_FILENO) };
	if (!page->plain) {
		timeline_draw(log, &how, out);
		out->put(out->self, "\n");
	}
	report_table(log, page, out);
}

/* Airings of the days before and after the run belong to it too: what clocks set wrong have brought there. */
static void print_all(const struct rehearsal_report *r, struct journal_log *journal, const char *checkpoint,
	const struct report_out *out)
{
	struct report_page page = { .columns = screen_columns(STDOUT_FILENO), .crossed = true, .plain = letters_plain() };
	struct report_log *log = read_rows(journal, (wall_us){ 1 }, (wall_us){ US_NEVER }, true, checkpoint);
	if (r->json) {
		report_json(log, out);
	} else {
		struct tally sums = tally_of(log->rows.at, log->rows.n);
		print_day(r, log, &page, out);
		report_sums(&sums, &page, out);
	}
	report_log_free(&log);
}

/* Of more days the sums say more than the rows; a day at a time, so that memory does not grow with the days. */
static void print_sums(const struct rehearsal_report *r, struct journal_log *journal, const char *checkpoint,
	const struct report_out *out)
{
	struct report_page page = { .columns = screen_columns(STDOUT_FILENO), .crossed = true, .plain = letters_plain() };
	struct tally_run *run = tally_new();
	for (int64_t from = r->from.us, next; from < US_NEVER; from = next) {
		next = from < r->to.us ? from + DAY : US_NEVER;
		int64_t begin = from == r->from.us ? 1 : from;
		struct report_log *log = read_rows(journal, (wall_us){ begin }, (wall_us){ next }, false, checkpoint);
		tally_add(run, log->rows.at, log->rows.n);
		report_log_free(&log);
	}
	struct tally sums = tally_end(&run);
	report_sums(&sums, &page, out);
}

bool rehearsal_report_print(const struct rehearsal_report *r, const char head[SHA256_HEX])
{
	struct err err = { 0 };
	struct report_out out = { stdout, put };
	struct journal_log *journal = journal_log_open(r->state, &err);
	if (!journal) {
		fprintf(stderr, "loaxa: %s\n", err.text);
		return false;
	}
	struct text checkpoint = { 0 };
	journal_log_checkpoint(journal, &checkpoint);
	if (!r->json)
		say_heading(r, &out);
	if (r->json || r->to.us - r->from.us <= DRAWN_SPAN)
		print_all(r, journal, text_str(&checkpoint), &out);
	else
		print_sums(r, journal, text_str(&checkpoint), &out);
	if (!r->json)
		say_where(r, head);
	bool ok = journal_log_done(journal, &err);
	if (!ok)
		fprintf(stderr, "loaxa: %s\n", err.text);
	text_free(&checkpoint);
	journal_log_close(&journal);
	return ok;
}
