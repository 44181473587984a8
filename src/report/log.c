#include "report/log.h"

#include "base/json.h"
#include "base/mem.h"
#include "schedule/tz.h"

#include <stdlib.h>
#include <string.h>

/* What is known of an airing that has no verdict yet. */
struct pending {
	char *body; /* of its intent; NULL: withdrawn, or decided */
	wall_us started;
};

struct fold {
	struct report_log *log;
	const struct report_filter *filter;
	struct intern *zones;   /* name -> place in the station */
	struct intern *airings; /* id -> index into pending */
	VEC(struct pending) pending;
};

/* ── Zones ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void read_zones(struct fold *f, const char *checkpoint)
{
	struct json *j = checkpoint ? json_parse(checkpoint, strlen(checkpoint)) : NULL;
	const struct json *list = j ? json_get(j, "zones") : NULL;
	for (size_t i = 0; list && i < json_count(list); i++) {
		const char *name = json_as_str(json_at(list, i));
		if (name)
			*intern_number(f->zones, name) = i;
	}
	if (j)
		json_free(&j);
}

/* A zone that the station no longer has comes after those it has. */
static int zone_order(struct fold *f, const char *zone)
{
	size_t place = *intern_number(f->zones, zone);
	return place > ZONES_MAX ? ZONES_MAX : (int)place;
}

/* ── Folding ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool wanted(const struct report_filter *f, const struct report_row *r)
{
	return (!f->zone || !strcmp(f->zone, r->zone)) &&
	       (!f->campaign || (r->campaign && !strcmp(f->campaign, r->campaign))) &&
	       (!f->directive || report_row_has_directive(r, f->directive)) &&
	       (f->state < 0 || f->state == (int)r->state);
}

/* The intent as it stands, with the start that came after it. */
static char *body_of(const struct report_row *r, const char *body)
{
	static const char none[] = "\"started\":null", key[] = "\"started\":\"";
	const char *at = r->state == STATE_OPEN && r->started.us ? strstr(body, none) : NULL;
	if (!at)
		return mem_dup(body);
	struct text t = { 0 };
	char stamp[RFC3339_BYTES];
	struct tz *tz = tz_fixed(r->offset_s);
	tz_rfc3339(tz, r->started, stamp);
	text_add_n(&t, body, (size_t)(at - body));
	text_addf(&t, "%s%s\"%s", key, stamp, at + strlen(none));
	tz_free(&tz);
	return text_take(&t);
}

static void keep(struct fold *f, const char *body, wall_us started)
{
	struct report_row r;
	if (!report_row_read(&r, body, started, f->log->strings)) {
		f->log->unreadable++;
		return;
	}
	if (!wanted(f->filter, &r))
		return;
	r.zone_order = zone_order(f, r.zone);
	r.body = f->filter->bodies ? body_of(&r, body) : NULL;
	vec_push(&f->log->rows, r);
}

static struct pending *pending(struct fold *f, const char *id)
{
	size_t *i = intern_number(f->airings, id);
	if (*i == SIZE_MAX) {
		*i = f->pending.n;
		vec_push(&f->pending, (struct pending){ 0 });
	}
	return &f->pending.at[*i];
}

static void forget(struct pending *p)
{
	mem_free(p->body);
	*p = (struct pending){ 0 };
}

static void fold_row(struct fold *f, const struct journal_row *row)
{
	struct pending *p = row->airing ? pending(f, row->airing) : NULL;
	if (!p)
		return;
	if (!strcmp(row->kind, "intent") || !strcmp(row->kind, "entered")) {
		mem_free(p->body);
		p->body = mem_dup(row->body);
	} else if (!strcmp(row->kind, "started") && !p->started.us) {
		p->started = row->wall;
	} else if (!strcmp(row->kind, "withdrawn")) {
		forget(p);
	} else if (!strcmp(row->kind, "verdict")) {
		forget(p);
		keep(f, row->body, (wall_us){ 0 });
	}
}

/* ── Order and lengths ─────────────────────────────────────────────────────────────────────────────────────── */

static int by_plan(const void *va, const void *vb)
{
	const struct report_row *a = va, *b = vb;
	if (a->planned.us != b->planned.us)
		return a->planned.us < b->planned.us ? -1 : 1;
	if (a->zone_order != b->zone_order)
		return a->zone_order - b->zone_order;
	int zone = strcmp(a->zone, b->zone);
	return zone ? zone : strcmp(a->id, b->id);
}

/* The usual rate nearest to the one measured; 48,000 when the measure is far from all. */
static int rate_of(int64_t frames, int64_t us)
{
	static const int rates[] = { 8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000 };
	int64_t measured = us > 0 ? frames * US_PER_S / us : 0;
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
		if (llabs(measured - rates[i]) * 30 < rates[i])
			return rates[i];
	return 48000;
}

/* Rows count frames but do not name the rate of their output: the longest stretch of each zone tells it. */
static void fill_heard(struct report_log *log)
{
	struct intern *longest = intern_new(); /* zone -> row with its longest stretch */
	for (size_t i = 0; i < log->rows.n; i++) {
		size_t *best = intern_number(longest, log->rows.at[i].zone);
		if (*best == SIZE_MAX || log->rows.at[i].tail_us > log->rows.at[*best].tail_us)
			*best = i;
	}
	for (size_t i = 0; i < log->rows.n; i++) {
		struct report_row *r = &log->rows.at[i];
		const struct report_row *best = &log->rows.at[*intern_number(longest, r->zone)];
		r->rate = rate_of(best->tail_frames, best->tail_us);
		r->heard_ms = r->frames_played * 1000 / r->rate;
	}
	intern_free(&longest);
}

struct report_log *report_log_read(
	struct journal_reader *reader, const struct report_filter *filter, const char *checkpoint)
{
	struct report_log *log = mem_new(struct report_log);
	log->strings = intern_new();
	struct fold f = { .log = log, .filter = filter, .zones = intern_new(), .airings = intern_new() };
	struct journal_row row;
	read_zones(&f, checkpoint);
	while (reader->next(reader->self, &row))
		fold_row(&f, &row);
	for (size_t i = 0; i < f.pending.n; i++) {
		if (f.pending.at[i].body)
			keep(&f, f.pending.at[i].body, f.pending.at[i].started);
		forget(&f.pending.at[i]);
	}
	if (log->rows.n)
		qsort(log->rows.at, log->rows.n, sizeof *log->rows.at, by_plan);
	fill_heard(log);
	vec_free(&f.pending);
	intern_free(&f.zones);
	intern_free(&f.airings);
	return log;
}

void report_log_free(struct report_log **log)
{
	if (!*log)
		return;
	for (size_t i = 0; i < (*log)->rows.n; i++)
		mem_free((*log)->rows.at[i].body);
	vec_free(&(*log)->rows);
	intern_free(&(*log)->strings);
	mem_free(*log);
	*log = NULL;
}
