#include "report/show.h"

#include "base/json.h"
#include "base/mem.h"
#include "report/remarks.h"
#include "schedule/tz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What may explain an airing while it waits or is on air.  Those that name zones count where they name its own. */
static const char *const explaining[] = { "absence", "clock", "clock-confirm", "start", "stop", "device", "fault", "off", "on",
	"hold", "release", "silence", "stop-zone", "skip", "skip-session", "unskip-session", "emergency", "cancel", "play",
	"speak", "test", "drill", "volume", "reload", "rollback" };
static const char *const ordering[] = { "emergency", "play", "play-at", "speak", "test", "drill" };

struct reading {
	struct show *show;
	const struct tz *tz;
	char firing[RFC3339_BYTES], rule[NAME_BYTES + 1]; /* of its id */
	bool begun, decided;
	struct show_row progress; /* the latest that names it; kind NULL: none */
};

static bool among(const char *kind, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(kind, list[i]))
			return true;
	return false;
}

static struct show_row copy_of(const struct journal_row *row, enum show_why why)
{
	return (struct show_row){ row->seq, row->wall, why, mem_dup(row->kind), mem_dup(row->body) };
}

static void free_row(struct show_row *r)
{
	mem_free(r->kind);
	mem_free(r->body);
	*r = (struct show_row){ 0 };
}

/* ── Its zone ── */

/* A row without zones is about all of them. */
static bool names_zone(const struct json *body, const char *zone)
{
	const struct json *zones = json_get(body, "zones");
	bool named = !zones;
	for (size_t i = 0; i < json_count(zones) && !named; i++)
		named = json_as_str(json_at(zones, i)) && !strcmp(json_as_str(json_at(zones, i)), zone);
	return named;
}

static void set_state(struct show_state *s, bool is, wall_us since, const char *reason, const char *by)
{
	s->since = is && s->is && s->since.us ? s->since : is ? since : (wall_us){ 0 };
	s->is = is;
	mem_renew(&s->reason, is ? reason : NULL);
	mem_renew(&s->by, is ? by : NULL);
}

/* A checkpoint says of each zone how it is. */
static void read_checkpoint(struct show *s, const struct json *body)
{
	const struct json *zones = json_get(body, "zones"), *notes = json_get(body, "notes"), *duty = json_get(body, "duty");
	for (size_t i = 0; i < json_count(notes); i++) {
		const char *zone = json_as_str(json_at(zones, i));
		const struct json *n = json_at(notes, i);
		if (!zone || strcmp(zone, s->row->zone) != 0)
			continue;
		s->off.is = s->held.is = false;
		set_state(&s->off, json_get_bool(n, "off"), (wall_us){ json_get_int(n, "off_since_us", 0) },
			json_get_str(n, "off_reason"), json_get_str(n, "off_by"));
		set_state(&s->held, json_get_bool(n, "held"), (wall_us){ json_get_int(n, "held_since_us", 0) }, NULL,
			json_get_str(n, "held_by"));
	}
	mem_renew(&s->duty, json_get_str(duty, "name"));
	s->duty_since.us = json_get_int(duty, "since_us", 0);
}

static void read_zone_order(struct show *s, const struct journal_row *row, const struct json *body)
{
	const char *by = json_get_str(body, "by"), *reason = json_get_str(body, "reason");
	bool off = !strcmp(row->kind, "off"), held = !strcmp(row->kind, "hold");
	if (off || !strcmp(row->kind, "on"))
		set_state(&s->off, off, row->wall, reason, by);
	else if (held || !strcmp(row->kind, "release"))
		set_state(&s->held, held, row->wall, NULL, by);
}

/* ── Rows ── */

static void read_own(struct reading *r, const struct journal_row *row, const struct json *body)
{
	struct show *s = r->show;
	r->begun = true;
	if (!strcmp(row->kind, "started") && !s->text_sha256)
		s->text_sha256 = mem_dup(json_get_str(body, "text_sha256"));
	if ((!strcmp(row->kind, "cut") || !strcmp(row->kind, "verdict")) && r->progress.kind)
		vec_push(&s->rows, r->progress);
	else
		free_row(&r->progress);
	r->progress = (struct show_row){ 0 };
	vec_push(&s->rows, copy_of(row, SHOW_OWN));
	r->decided = r->decided || !strcmp(row->kind, "verdict") || !strcmp(row->kind, "withdrawn");
}

/* What was heard of all zones every ten seconds; only the latest before its end tells more than the end itself. */
static void read_progress(struct reading *r, const struct journal_row *row, const struct json *body)
{
	const struct json *heard = json_get(body, "heard");
	for (size_t i = 0; i < json_count(heard); i++) {
		const char *id = json_as_str(json_at(json_at(heard, i), 0));
		if (!id || strcmp(id, r->show->row->id) != 0)
			continue;
		free_row(&r->progress);
		r->progress = copy_of(row, SHOW_OWN);
	}
}

static bool orders(const struct reading *r, const struct journal_row *row, const struct json *body)
{
	char compact[RFC3339_BYTES];
	const char *name = json_get_str(body, "name");
	if (!among(row->kind, ordering, sizeof ordering / sizeof *ordering) || !names_zone(body, r->show->row->zone))
		return false;
	tz_compact(r->tz, row->wall, compact);
	return !strcmp(compact, r->firing) && (!strcmp(row->kind, r->rule) || (name && !strcmp(name, r->rule)));
}

static bool holds_its_instant(const struct reading *r, const struct journal_row *row, const struct json *body)
{
	int64_t planned = r->show->row->planned.us;
	return !strcmp(row->kind, "absence") && json_get_int(body, "from_us", INT64_MAX) < planned &&
	       planned <= json_get_int(body, "to_us", 0);
}

static void read_event(struct reading *r, const struct journal_row *row, const struct json *body)
{
	struct show *s = r->show;
	bool its_zone = names_zone(body, s->row->zone);
	if (orders(r, row, body))
		vec_push(&s->rows, copy_of(row, SHOW_ORDER));
	else if (holds_its_instant(r, row, body) ||
		 (r->begun && its_zone && among(row->kind, explaining, sizeof explaining / sizeof *explaining)))
		vec_push(&s->rows, copy_of(row, SHOW_MEANWHILE));
	if (its_zone)
		read_zone_order(s, row, body);
	if (!strcmp(row->kind, "duty") && row->wall.us <= s->row->planned.us) {
		mem_renew(&s->duty, json_get_str(body, "name"));
		s->duty_since = row->wall;
	}
}

static bool is_checkpoint(const char *kind)
{
	return !strcmp(kind, "start") || !strcmp(kind, "day") || !strcmp(kind, "stop");
}

static void read_row(struct reading *r, const struct journal_row *row)
{
	bool own = row->airing && !strcmp(row->airing, r->show->row->id);
	if (row->airing && !own)
		return;
	struct json *body = json_parse(row->body, strlen(row->body));
	if (own)
		read_own(r, row, body);
	else if (!strcmp(row->kind, "progress"))
		read_progress(r, row, body);
	else
		read_event(r, row, body);
	if (body && is_checkpoint(row->kind) && row->wall.us <= r->show->row->planned.us)
		read_checkpoint(r->show, body);
	if (body)
		json_free(&body);
}

static int by_seq(const void *a, const void *b)
{
	const struct show_row *ra = a, *rb = b;
	return (ra->seq > rb->seq) - (ra->seq < rb->seq);
}

struct show *report_show_read(const struct report_row *row, struct journal_reader *reader, const struct tz *tz)
{
	struct show *s = mem_new(struct show);
	struct reading r = { .show = s, .tz = tz };
	struct journal_row one;
	s->row = row;
	sscanf(row->id, "%*[^/]/%49[^/]/%39[^/]/", r.rule, r.firing);
	while (!r.decided && reader->next(reader->self, &one))
		read_row(&r, &one);
	if (r.progress.kind)
		vec_push(&s->rows, r.progress);
	if (s->rows.n)
		qsort(s->rows.at, s->rows.n, sizeof *s->rows.at, by_seq);
	return s;
}

void report_show_notes(struct show *s, struct journal_reader *reader, const struct tz *tz)
{
	struct remarks all = { 0 };
	report_remarks_read(&all, reader, tz);
	for (size_t i = 0; i < all.list.n; i++)
		if (all.list.at[i].airing && !strcmp(all.list.at[i].airing, s->row->id))
			vec_push(&s->notes, mem_dup(all.list.at[i].text));
	report_remarks_free(&all);
}

void report_show_free(struct show **ps)
{
	struct show *s = *ps;
	if (!s)
		return;
	for (size_t i = 0; i < s->rows.n; i++)
		free_row(&s->rows.at[i]);
	for (size_t i = 0; i < s->notes.n; i++)
		mem_free(s->notes.at[i]);
	vec_free(&s->rows);
	vec_free(&s->notes);
	mem_free(s->text_sha256);
	mem_free(s->duty);
	mem_free(s->off.reason);
	mem_free(s->off.by);
	mem_free(s->held.reason);
	mem_free(s->held.by);
	mem_free(s);
	*ps = NULL;
}
