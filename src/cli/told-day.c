#include "cli/told-day.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/run-told.h"
#include "journal/reader.h"
#include "report/log.h"
#include "schedule/values.h"

#include <string.h>

#define FAULTS_NAMED 8

struct fault_span {
	char *source, *text;
	wall_us from, to; /* to.us = 0: it lasts */
};

struct fault_spans {
	struct fault_span *at;
	size_t n, cap;
};

static struct fault_span *open_span(struct fault_spans *s, const char *source)
{
	for (size_t i = s->n; i-- > 0;)
		if (!s->at[i].to.us && !strcmp(s->at[i].source, source))
			return &s->at[i];
	return NULL;
}

static void take_fault(struct fault_spans *s, const struct journal_row *row)
{
	struct json *body = json_parse(row->body, strlen(row->body));
	const char *source = json_get_str(body, "source"), *text = json_get_str(body, "text");
	struct fault_span *open = source ? open_span(s, source) : NULL;
	if (open && !text)
		open->to = row->wall;
	else if (source && !open && text && strcmp(source, RUN_TOLD_CODE))
		vec_push(s, (struct fault_span){ mem_dup(source), mem_dup(text), row->wall, { 0 } });
	if (body)
		json_free(&body);
}

/* Each start says anew what is wrong; so what was open before it was over with the run before. */
static void end_all(struct fault_spans *s, wall_us at)
{
	for (size_t i = 0; i < s->n; i++)
		if (!s->at[i].to.us)
			s->at[i].to = at;
}

static char *name_faults(const struct fault_spans *s, const struct tz *tz)
{
	struct text t = { 0 };
	for (size_t i = 0; i < s->n && i < FAULTS_NAMED; i++) {
		const struct fault_span *f = &s->at[i];
		char from[VALUE_BYTES], to[VALUE_BYTES] = "…";
		value_print_time(tz_local(tz, f->from).ms / 1000 * 1000, from);
		if (f->to.us)
			value_print_time(tz_local(tz, f->to).ms / 1000 * 1000, to);
		text_addf(&t, "%s–%s %s\n", from, to, f->text);
	}
	if (s->n > FAULTS_NAMED)
		text_addf(&t, _("… and %zu more: loaxa log --events\n"), s->n - FAULTS_NAMED);
	return text_take(&t);
}

static bool read_faults(struct journal_log *log, const struct tz *tz, wall_us from, wall_us to, struct told_day *out)
{
	struct fault_spans spans = { 0 };
	struct journal_reader r = journal_log_everything(log, from, to);
	struct journal_row row;
	while (r.next(r.self, &row)) {
		out->any = true;
		if (!strcmp(row.kind, "start"))
			end_all(&spans, row.wall);
		else if (!strcmp(row.kind, "fault"))
			take_fault(&spans, &row);
	}
	out->faults = name_faults(&spans, tz);
	for (size_t i = 0; i < spans.n; i++) {
		mem_free(spans.at[i].source);
		mem_free(spans.at[i].text);
	}
	vec_free(&spans);
	return true;
}

static void read_airings(struct journal_log *log, wall_us from, wall_us to, struct told_day *out)
{
	static const struct report_filter all = { .state = -1 };
	struct journal_reader r = journal_log_airings(log, from, to);
	struct report_log *rows = report_log_read(&r, &all, NULL);
	out->tally = tally_of(rows->rows.at, rows->rows.n);
	out->any |= rows->rows.n > 0;
	report_log_free(&rows);
}

bool told_day_read(const char *state_dir, const struct tz *tz, day_num day, struct told_day *out, struct err *err)
{
	wall_us from = tz_instant(tz, day, 0), to = tz_instant(tz, day + 1, 0);
	*out = (struct told_day){ 0 };
	if (!journal_log_exists(state_dir)) {
		out->faults = mem_dup("");
		return true;
	}
	struct journal_log *log = journal_log_open(state_dir, err);
	if (!log)
		return false;
	read_airings(log, from, to, out);
	bool done = journal_log_done(log, err) && read_faults(log, tz, from, to, out) && journal_log_done(log, err);
	journal_log_close(&log);
	if (done)
		return true;
	mem_free(out->faults);
	out->faults = NULL;
	return false;
}
