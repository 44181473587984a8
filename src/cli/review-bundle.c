/* The rows are kept in memory, since they are gone through three times: as airings, as events, as remarks. */
#include "cli/review-bundle.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/covered.h"
#include "os/tzfile.h"
#include "schedule/tz.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct kept_row {
	struct journal_row row;
	int64_t seq;
	uint8_t hash[SHA256_BYTES];
	bool attached;
	char *strings; /* one block: kind, airing, body */
};

struct journal_copy {
	VEC(struct kept_row) rows;
	size_t at;
	wall_us last; /* of the last row */
};

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void keep_row(struct journal_copy *c, const struct bundle_row *r)
{
	const char *airing = r->row.airing ? r->row.airing : "";
	size_t kind = strlen(r->row.kind) + 1, id = strlen(airing) + 1, body = strlen(r->row.body) + 1;
	struct kept_row k = {
		.seq = r->row.seq, .attached = r->attached, .strings = mem_new_n(char, kind + id + body)
	};
	memcpy(k.strings, r->row.kind, kind);
	memcpy(k.strings + kind, airing, id);
	memcpy(k.strings + kind + id, r->row.body, body);
	memcpy(k.hash, r->hash, sizeof k.hash);
	k.row = (struct journal_row){ .wall = { r->row.wall_us },
		.mono = { r->row.mono_us },
		.clock = (enum clock_state)r->row.clock,
		.kind = k.strings,
		.airing = r->row.airing ? k.strings + kind : NULL,
		.planned = { r->row.planned_us },
		.body = k.strings + kind + id };
	if (!r->attached)
		c->last = k.row.wall;
	vec_push(&c->rows, k);
}

static bool next_row(void *self, struct journal_row *out)
{
	struct journal_copy *c = self;
	if (c->at == c->rows.n)
		return false;
	*out = c->rows.at[c->at++].row;
	return true;
}

static struct journal_reader again(struct journal_copy *c)
{
	c->at = 0;
	return (struct journal_reader){ .self = c, .next = next_row };
}

static bool hash_file(const char *path, char hex[SHA256_HEX], struct err *err)
{
	static const size_t piece = 65536;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	uint8_t sum[SHA256_BYTES], *bytes = mem_zero(piece);
	struct sha256 *s = sha256_new();
	ssize_t n = -1;
	while (fd >= 0 && (n = read(fd, bytes, piece)) > 0)
		sha256_add(s, bytes, (size_t)n);
	if (n < 0)
		err_set(err, _("%s cannot be read: %s"), path, strerror(errno));
	if (fd >= 0)
		close(fd);
	sha256_end(&s, sum);
	sha256_hex(sum, hex);
	mem_free(bytes);
	return !n;
}

static bool say_fault(const struct bundle_fault *fault, const struct bundle_facts *f, struct err *err)
{
	size_t bytes = 0;
	void *tzif = tzfile_read(f->timezone, &bytes);
	struct tz *tz = tzif ? tz_new(tzif, bytes) : NULL;
	bundle_say(fault, f->station, tz, err);
	tz_free(&tz);
	free(tzif);
	return false;
}

bool review_read(struct review_read *r, const char *path, struct err *err)
{
	struct bundle_fault fault = { 0 };
	struct bundle_row row;
	*r = (struct review_read){ .rows = mem_new(struct journal_copy) };
	if (!hash_file(path, r->out.sha256, err))
		return false;
	r->bundle = bundle_open(path, &fault);
	if (!r->bundle)
		return bundle_say(&fault, NULL, NULL, err);
	while (bundle_next(r->bundle, &row)) {
		keep_row(r->rows, &row);
		if (!row.attached && !strcmp(row.row.kind, "seal")) {
			struct review_seal seal = { .seq = row.row.seq, .wall = { row.row.wall_us } };
			memcpy(seal.hash, row.hash, sizeof seal.hash);
			vec_push(&r->out.seals, seal);
		}
	}
	const struct bundle_facts *f = bundle_facts(r->bundle);
	if (!bundle_end(r->bundle, &fault))
		return say_fault(&fault, f, err);
	r->out.station = f->station;
	r->out.name = f->names_n ? f->names[f->names_n - 1] : f->station;
	r->out.key = f->key;
	r->out.rehearsal = f->rehearsal;
	r->out.first = f->first;
	r->out.last = f->last;
	r->out.to = f->to;
	memcpy(r->out.before, f->before, sizeof f->before);
	memcpy(r->out.head, f->head, sizeof f->head);
	return true;
}

/* ── Figures ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_schedules(struct review_read *r, struct err *err)
{
	for (size_t i = 0; i < r->rows->rows.n; i++) {
		const struct journal_row *row = &r->rows->rows.at[i].row;
		if (strcmp(row->kind, "schedule") != 0)
			continue;
		struct station *st = schedules_build(row->body, strlen(row->body), err);
		if (!st)
			return false;
		vec_push(&r->schedules.list, (struct schedules_one){ row->wall, st });
	}
	if (!r->schedules.list.n)
		return err_set(err, _("it does not say what was planned — an old version of the program made it — have "
				      "the station run "
				      "the new one"));
	return true;
}

/* Days of which everything is in it: those it was asked for, as far as it goes. */
static void find_days(struct review_read *r, const struct tz *tz)
{
	const struct bundle_facts *f = bundle_facts(r->bundle);
	wall_us end = r->rows->last.us < f->to.us ? r->rows->last : f->to;
	struct local first = tz_local(tz, f->from), last = tz_local(tz, end);
	r->out.days.from = first.day + (tz_instant(tz, first.day, 0).us < f->from.us);
	r->out.days.until = last.day - 1;
}

static void link_airings(struct review_read *r)
{
	struct intern *rows = intern_new(); /* airing -> the row that says its state */
	for (size_t i = 0; i < r->rows->rows.n; i++) {
		const struct journal_row *row = &r->rows->rows.at[i].row;
		if (row->airing && (!strcmp(row->kind, "verdict") || !strcmp(row->kind, "intent") ||
					   !strcmp(row->kind, "entered")))
			*intern_number(rows, row->airing) = i;
	}
	for (size_t i = 0; i < r->log->rows.n; i++) {
		size_t at = *intern_number(rows, r->log->rows.at[i].id);
		if (at == SIZE_MAX)
			continue;
		struct review_airing a = { .row = &r->log->rows.at[i], .seq = r->rows->rows.at[at].seq };
		memcpy(a.hash, r->rows->rows.at[at].hash, sizeof a.hash);
		vec_push(&r->out.airings, a);
	}
	intern_free(&rows);
}

/* The body of the last row that names the station's zones in their order. */
static const char *checkpoint(const struct review_read *r)
{
	for (size_t i = r->rows->rows.n; i-- > 0;)
		if (!strcmp(r->rows->rows.at[i].row.kind, "start") || !strcmp(r->rows->rows.at[i].row.kind, "day"))
			return r->rows->rows.at[i].row.body;
	return NULL;
}

static void build(struct review_read *r, const struct tz *tz)
{
	VEC(struct report_schedule) schedules = { 0 };
	struct report_events events = { 0 };
	struct remarks remarks = { 0 };
	struct journal_reader rows = again(r->rows);
	report_events_read(&events, &rows);
	rows = again(r->rows);
	report_remarks_read(&remarks, &rows, tz);
	for (size_t i = 0; i < r->schedules.list.n; i++)
		vec_push(&schedules,
			(struct report_schedule){ r->schedules.list.at[i].from, r->schedules.list.at[i].station });
	const struct report_source source = { .log = r->log,
		.schedules = schedules.at,
		.n_schedules = schedules.n,
		.events = &events,
		.remarks = &remarks,
		.made = tz_instant(tz, r->out.days.until + 1, 0),
		.known = r->rows->last };
	const struct report_asked asked = { .days = r->out.days, .title = "" };
	r->report = report_build(&source, &asked);
	report_remarks_free(&remarks);
	report_events_free(&events);
	vec_free(&schedules);
}

/* A journal may be whole and yet say nothing of what was planned. */
static void hold_against_plan(struct review_read *r)
{
	const struct bundle_facts *f = bundle_facts(r->bundle);
	struct covered *c = covered_new(f->from, f->to);
	for (size_t i = 0; i < r->rows->rows.n; i++)
		covered_row(c, &r->rows->rows.at[i].row);
	const struct covered_sum *sum = covered_end(c);
	r->unheard_of = sum->missing;
	r->unheard_from = sum->missing ? sum->first[0].at : (wall_us){ 0 };
	covered_free(&c);
}

bool review_read_figures(struct review_read *r, struct err *err)
{
	static const struct report_filter all = { .state = -1 };
	if (!read_schedules(r, err))
		return false;
	const struct tz *tz = r->schedules.list.at[r->schedules.list.n - 1].station->tz;
	struct journal_reader rows = again(r->rows);
	r->log = report_log_read(&rows, &all, checkpoint(r));
	find_days(r, tz);
	link_airings(r);
	hold_against_plan(r);
	if (r->out.days.from <= r->out.days.until) {
		build(r, tz);
		review_sum_up(&r->out, r->report, r->log);
	}
	return true;
}

void review_read_free(struct review_read *r)
{
	review_bundle_free(&r->out);
	report_free(&r->report);
	report_log_free(&r->log);
	schedules_free(&r->schedules);
	for (size_t i = 0; r->rows && i < r->rows->rows.n; i++)
		mem_free(r->rows->rows.at[i].strings);
	if (r->rows)
		vec_free(&r->rows->rows);
	mem_free(r->rows);
	bundle_close(&r->bundle);
	*r = (struct review_read){ 0 };
}
