#include "engine/past.h"

#include "base/mem.h"
#include "engine/past-inside.h"
#include "engine/play.h"
#include "engine/remark.h"
#include "engine/skipping.h"

#include <stdio.h>
#include <string.h>

/* ── Names back to things ── */

static enum reason reason_by_name(const char *name)
{
	for (int r = REASON_NONE + 1; name && r < REASON_COUNT; r++)
		if (!strcmp(verdict_reason_name(r), name))
			return r;
	return REASON_NONE;
}

static enum level level_by_name(const char *name)
{
	for (int l = 0; name && l < LEVEL_COUNT; l++)
		if (!strcmp(level_name(l), name))
			return l;
	return LEVEL_NORMAL;
}

static enum airing_kind kind_by_name(const char *name)
{
	for (int k = AIRING_PLANNED; name && k <= AIRING_EMERGENCY; k++)
		if (!strcmp(airing_kind_name(k), name))
			return k;
	return AIRING_PLANNED;
}

/* ── Rows of airings ── */

static struct open_airing *find_open(struct past *p, const char *id)
{
	for (size_t i = 0; id && i < p->open.n; i++)
		if (!strcmp(p->open.at[i].id, id))
			return &p->open.at[i];
	return NULL;
}

static void free_open(struct open_airing *o)
{
	mem_free(o->id);
	mem_free(o->bulletin);
	mem_free(o->zone);
	mem_free(o->by);
	mem_free(o->what);
	vec_free(&o->segments);
}

static void drop_open(struct past *p, const char *id)
{
	struct open_airing *o = find_open(p, id);
	if (!o)
		return;
	free_open(o);
	vec_remove(&p->open, (size_t)(o - p->open.at));
}

/* From the contract's fields, which every intent row and checkpoint carries. */
static struct open_airing *add_open(struct past *p, const struct json *j, wall_us planned)
{
	const char *id = json_get_str(j, "id");
	struct open_airing *known = id ? find_open(p, id) : NULL;
	if (known)
		known->made_up = json_get_bool(j, "made_up");
	if (!id || known)
		return known;
	struct text what = { 0 };
	json_add(&what, NULL, j);
	struct open_airing o = { .id = mem_dup(id),
		.what = text_take(&what),
		.bulletin = mem_dup(json_get_str(j, "bulletin")),
		.zone = mem_dup(json_get_str(j, "zone")),
		.by = mem_dup(json_get_str(j, "operator")),
		.kind = kind_by_name(json_get_str(j, "kind")),
		.level = level_by_name(json_get_str(j, "priority")),
		.uid = json_get_int(j, "uid", -1),
		.made_up = json_get_bool(j, "made_up"),
		.planned = planned };
	vec_push(&p->open, o);
	return &p->open.at[p->open.n - 1];
}

void past_close_segment(struct open_airing *o, int64_t end)
{
	if (end > o->from_frame)
		vec_push(&o->segments, (struct segment){ .first = o->from_frame, .end = end, .started = o->on_since });
	o->on = false;
	o->was_on = o->segments.n > 0;
}

static void read_started(struct open_airing *o, const struct json *j)
{
	o->on = true;
	o->from_frame = o->reached = json_get_int(j, "frame", 0);
	o->on_since.us = json_get_int(j, "at_us", 0);
	if (!o->was_on)
		o->started = o->on_since;
	o->was_on = true;
}

static void read_cut(struct open_airing *o, const struct json *j)
{
	o->reached = json_get_int(j, "frame", 0);
	if (o->on) /* a card that was lost all along began nothing */
		past_close_segment(o, o->reached);
	o->cut_at.us = json_get_int(j, "at_us", 0);
	o->cut_reason = reason_by_name(json_get_str(j, "reason"));
}

static void read_progress(struct past *p, const struct json *j)
{
	const struct json *heard = json_get(j, "heard");
	for (size_t i = 0; i < json_count(heard); i++) {
		const struct json *pair = json_at(heard, i);
		struct open_airing *o = find_open(p, json_as_str(json_at(pair, 0)));
		if (o && o->on)
			o->reached = json_as_int(json_at(pair, 1), o->reached);
	}
}

/* ── Checkpoints ── */

static void read_segments(struct open_airing *o, const struct json *airing, const struct json *starts)
{
	const struct json *list = json_get(airing, "segments");
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *s = json_at(list, i);
		vec_push(&o->segments, (struct segment){ .first = json_as_int(json_at(s, 0), 0),
					       .end = json_as_int(json_at(s, 1), 0),
					       .started = { json_as_int(json_at(starts, i), 0) } });
	}
}

static void read_open(struct past *p, const struct json *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *j = json_at(list, i), *airing = json_get(j, "airing");
		struct open_airing *o = add_open(p, airing, (wall_us){ json_get_int(j, "planned_us", 0) });
		if (!o)
			continue;
		read_segments(o, airing, json_get(j, "segments_us"));
		o->started.us = json_get_int(j, "started_us", 0);
		o->was_on = o->started.us != 0;
		o->on = json_get_bool(j, "on");
		o->from_frame = json_get_int(j, "from_frame", 0);
		o->reached = json_get_int(j, "reached", o->from_frame);
		o->on_since.us = json_get_int(j, "on_since_us", 0);
		o->crashed_on = json_get_bool(j, "was_on_at_crash");
		if (o->on)
			continue;
		o->cut_at.us = json_get_int(j, "cut_us", 0);
		o->reached = json_get_int(j, "cut_frame", 0);
		o->cut_reason = reason_by_name(json_get_str(j, "cut_reason"));
	}
}

static void read_notes(struct engine *e, const struct json *j)
{
	const struct json *zones = json_get(j, "zones"), *notes = json_get(j, "notes");
	for (size_t i = 0; e->station && i < json_count(zones); i++) {
		const char *name = json_as_str(json_at(zones, i));
		int z = name ? station_zone(e->station, name) : -1;
		const struct json *n = json_at(notes, i);
		if (z < 0 || !n)
			continue;
		zone_set one = (zone_set)1 << z;
		json_get_bool(n, "off") ? desk_off(e->desk, one) : desk_on(e->desk, one);
		json_get_bool(n, "held") ? desk_hold(e->desk, one) : desk_release(e->desk, one);
		e->notes[z].off_since.us = json_get_int(n, "off_since_us", 0);
		e->notes[z].held_since.us = json_get_int(n, "held_since_us", 0);
		mem_renew(&e->notes[z].off_reason, json_get_str(n, "off_reason"));
		mem_renew(&e->notes[z].off_by, json_get_str(n, "off_by"));
		mem_renew(&e->notes[z].held_by, json_get_str(n, "held_by"));
	}
}

static void read_alarms(struct engine *e, const struct json *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *j = json_at(list, i);
		struct alarm_run *run = past_add_alarm(e, json_get_str(j, "rule"),
			(wall_us){ json_get_int(j, "commanded_us", 0) }, (int)json_get_int(j, "repeat", 0));
		if (!run)
			continue;
		run->alarm.from.us = json_get_int(j, "from_us", run->alarm.from.us);
		run->alarm.over.us = json_get_int(j, "over_us", run->alarm.over.us);
		run->alarm.set_back = json_get_int(j, "set_back_us", 0);
		run->alarm.next.us = json_get_int(j, "next_us", US_NEVER);
		run->alarm.given = (int)json_get_int(j, "given", 0);
		run->alarm.ended = json_get_bool(j, "ended");
		run->with = stand_in_read(e, run->alarm.rule, json_get(j, "with"));
		past_set_person(run, j);
	}
}

static void read_numbers(struct engine *e, const struct json *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *j = json_at(list, i);
		const char *name = json_get_str(j, "name");
		struct numbering n = { .name = mem_dup(name ? name : ""),
			.high_s = json_get_int(j, "high_s", 0),
			.next = (int)json_get_int(j, "next", 0) };
		vec_push(&e->numbers, n);
	}
}

/* Everything before a checkpoint is in it. */
static void read_checkpoint(struct engine *e, struct past *p, const struct json *j)
{
	while (p->open.n)
		drop_open(p, p->open.at[0].id);
	for (size_t i = 0; i < e->alarms.n; i++)
		engine_free_alarm(&e->alarms.at[i]);
	e->alarms.n = 0;
	for (size_t i = 0; i < e->numbers.n; i++)
		mem_free(e->numbers.at[i].name);
	e->numbers.n = 0;
	read_open(p, json_get(j, "open"));
	read_notes(e, j);
	read_numbers(e, json_get(j, "numbers"));
	read_alarms(e, json_get(j, "alarms"));
	past_read_accounted(e, j);
	while (e->orders.n)
		play_remove(e, 0);
	for (size_t i = 0; i < json_count(json_get(j, "orders")); i++)
		play_read(e, json_at(json_get(j, "orders"), i));
	remark_read_duty(e, json_get(j, "duty"), (wall_us){ 0 });
	skipping_free(e);
	for (size_t i = 0; i < json_count(json_get(j, "skips")); i++)
		skipping_read(e, json_at(json_get(j, "skips"), i), (wall_us){ 0 });
	const struct json *ended = json_get(j, "ended_firings");
	for (size_t i = 0; e->desk && !desk_ended_count(e->desk) && i < json_count(ended); i++)
		past_read_ended_firing(e, json_at(ended, i));
	int64_t entered = json_get_int(j, "entered_us", 0);
	if (entered > p->last.us)
		p->last.us = entered;
	int64_t trusted = json_get_int(j, "last_trusted_us", 0);
	if (trusted)
		p->last_trusted.us = trusted;
	e->excused_until = (day_num)json_get_int(j, "excused_until", e->excused_until);
	const char *schedule = json_get_str(j, "schedule_sha256");
	snprintf(e->schedule_sha256, sizeof e->schedule_sha256, "%s", schedule ? schedule : "");
	if (json_get_str(j, "boot")) {
		mem_free(p->boot);
		p->boot = mem_dup(json_get_str(j, "boot"));
	}
}

/* They say what the journal is, not what the station did. */
static bool is_evidence(const char *kind)
{
	return !strcmp(kind, "schedule") || !strcmp(kind, "key") || !strcmp(kind, "seal") || !strcmp(kind, "journal");
}

static void read_row(struct engine *e, struct past *p, const struct journal_row *row)
{
	if (!strcmp(row->kind, "schedule"))
		record_schedule_seen(e, row->body);
	else if (!strcmp(row->kind, "journal")) /* another file from here on: the schedule is not in it yet */
		e->schedule_sha256[0] = '\0';
	if (is_evidence(row->kind))
		return;
	struct json *j = json_parse(row->body, strlen(row->body));
	struct open_airing *o = row->airing ? find_open(p, row->airing) : NULL;
	bool start = !strcmp(row->kind, "start"), stop = !strcmp(row->kind, "stop");
	p->any = true;
	p->orderly = stop;
	bool trusted = row->clock != CLOCK_DISTRUSTED;
	if (trusted && row->wall.us > p->last.us)
		p->last = row->wall;
	if (start || stop || !strcmp(row->kind, "day"))
		read_checkpoint(e, p, j);
	else if (!strcmp(row->kind, "intent"))
		add_open(p, j, row->planned);
	else if (o && !strcmp(row->kind, "started"))
		read_started(o, j);
	else if (o && !strcmp(row->kind, "cut"))
		read_cut(o, j);
	else if (!strcmp(row->kind, "verdict") || !strcmp(row->kind, "withdrawn"))
		drop_open(p, row->airing);
	else if (!strcmp(row->kind, "progress"))
		read_progress(p, j);
	else if (e->desk)
		past_read_event(e, row, j);
	past_read_repeat(e, row);
	if (trusted) /* a checkpoint, too, is younger than what it names */
		p->last_trusted = row->wall;
	json_free(&j);
}

void past_read(struct engine *e, struct past *p, struct journal_reader *reader)
{
	struct journal_row row;
	while (reader->next(reader->self, &row))
		read_row(e, p, &row);
	p->marks = reader->mark ? reader->mark(reader->self) : NULL;
	wall_us alive = reader->last_alive(reader->self);
	if (p->any && alive.us > p->last.us)
		p->last = alive;
}

void past_free(struct past *p)
{
	while (p->open.n)
		drop_open(p, p->open.at[0].id);
	vec_free(&p->open);
	mem_free(p->boot);
	p->boot = NULL;
}
