#include "cli/rehearsal-report.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/screen.h"
#include "journal/reader.h"
#include "os/tzfile.h"
#include "report/timeline.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A day fits on a screen; of more days the sums say more than the rows. */
#define DRAWN_SPAN (INT64_C(36) * 3600 * US_PER_S)

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
	printf(_("Journal of this dry run: %s — look again with: loaxa log --state %s\n"), r->state, r->state);
	printf(_("Its chain head: %s\n"), head);
	if (r->render)
		printf(_("Rendered sound: %s\n"), r->render);
}

static void print_people(const struct rehearsal_report *r, const struct report_log *log, const struct report_out *out,
		const char *head)
{
	struct report_page page = { .columns = screen_columns(STDOUT_FILENO), .crossed = true };
	int columns = page.columns > 120 ? 120 : page.columns;
	struct timeline_options how = { r->tz, columns, isatty(STDOUT_FILENO) && !getenv("NO_COLOR") };
	struct tally sums = tally_of(log->rows.at, log->rows.n);
	say_heading(r, out);
	if (r->to.us - r->from.us <= DRAWN_SPAN) {
		timeline_draw(log, &how, out);
		out->put(out->self, "\n");
		report_table(log, &page, out);
	}
	report_sums(&sums, &page, out);
	out->put(out->self, "\n");
	say_where(r, head);
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
	struct journal_reader rows = journal_log_airings(journal, (wall_us){ 1 }, (wall_us){ US_NEVER });
	struct report_filter all = { .state = -1, .bodies = true };
	struct report_log *log = report_log_read(&rows, &all, text_str(&checkpoint));
	bool ok = journal_log_done(journal, &err);
	if (!ok)
		fprintf(stderr, "loaxa: %s\n", err.text);
	else if (r->json)
		report_json(log, &out);
	else
		print_people(r, log, &out, head);
	report_log_free(&log);
	text_free(&checkpoint);
	journal_log_close(&journal);
	return ok;
}
