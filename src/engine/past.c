#include "engine/past.h"

#include "airing/absence.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "schedule/tz.h"
#include "schedule/values.h"

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
		mem_renew(&e->notes[z].off_reason, json_get_str(n, "off_reason"));
		mem_renew(&e->notes[z].off_by, json_get_str(n, "off_by"));
		mem_renew(&e->notes[z].held_by, json_get_str(n, "held_by"));
	}
}

static struct alarm_run *add_alarm(struct engine *e, const char *name, wall_us commanded, int number)
{
	int rule = name && e->station ? station_rule(e->station, name) : -1;
	if (rule < 0 || e->station->rules.at[rule].kind != RULE_EMERGENCY)
		return NULL;
	struct alarm_run *run = engine_alarm(e, &e->station->rules.at[rule]);
	if (!run) {
		vec_push(&e->alarms, (struct alarm_run){ .uid = -1 });
		run = &e->alarms.at[e->alarms.n - 1];
	}
	alarm_command(&run->alarm, e->station, rule, commanded, number);
	engine_number_seen(e, name, commanded, number);
	return run;
}

static void set_person(struct alarm_run *run, const struct json *j)
{
	mem_free(run->by);
	run->by = mem_dup(json_get_str(j, "by"));
	run->uid = json_get_int(j, "uid", -1);
}

static void read_alarms(struct engine *e, const struct json *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *j = json_at(list, i);
		struct alarm_run *run = add_alarm(e, json_get_str(j, "rule"),
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
		set_person(run, j);
	}
}

static void read_ended_firing(struct engine *e, const struct json *j)
{
	const char *rule = json_get_str(j, "rule"), *zone = json_get_str(j, "zone");
	int z = zone && e->station ? station_zone(e->station, zone) : -1;
	if (rule && z >= 0)
		desk_end_firing(e->desk, rule, (wall_us){ json_get_int(j, "firing_us", 0) }, z);
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

/* Of a checkpoint or a reload. */
static void read_accounted(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	const struct json *list = json_get(j, "accounted");
	engine_forget_accounted(e);
	for (size_t i = 0; i < json_count(list); i++)
		if (json_as_str(json_at(list, i)))
			vec_push(&e->accounted, mem_dup(json_as_str(json_at(list, i))));
}

/* Everything before a checkpoint is in it. */
static void read_checkpoint(struct engine *e, struct past *p, const struct json *j)
{
	while (p->open.n)
		drop_open(p, p->open.at[0].id);
	for (size_t i = 0; i < e->alarms.n; i++)
		mem_free(e->alarms.at[i].by);
	e->alarms.n = 0;
	for (size_t i = 0; i < e->numbers.n; i++)
		mem_free(e->numbers.at[i].name);
	e->numbers.n = 0;
	read_open(p, json_get(j, "open"));
	read_notes(e, j);
	read_numbers(e, json_get(j, "numbers"));
	read_alarms(e, json_get(j, "alarms"));
	read_accounted(e, NULL, j);
	const struct json *ended = json_get(j, "ended_firings");
	for (size_t i = 0; e->desk && !desk_ended_count(e->desk) && i < json_count(ended); i++)
		read_ended_firing(e, json_at(ended, i));
	int64_t entered = json_get_int(j, "entered_us", 0);
	if (entered > p->last.us)
		p->last.us = entered;
	int64_t trusted = json_get_int(j, "last_trusted_us", 0);
	if (trusted)
		p->last_trusted.us = trusted;
	e->excused_until = (day_num)json_get_int(j, "excused_until", e->excused_until);
	if (json_get_str(j, "boot")) {
		mem_free(p->boot);
		p->boot = mem_dup(json_get_str(j, "boot"));
	}
}

/* ── Commands ── */

static zone_set zones_of(const struct engine *e, const struct json *j)
{
	const struct json *list = json_get(j, "zones");
	zone_set zones = 0;
	for (size_t i = 0; i < json_count(list); i++) {
		const char *name = json_as_str(json_at(list, i));
		int z = name ? station_zone(e->station, name) : -1;
		if (z >= 0)
			zones |= (zone_set)1 << z;
	}
	return zones;
}

static void read_zone_command(struct engine *e, const struct journal_row *row, const struct json *j)
{
	const char *kind = row->kind;
	zone_set zones = zones_of(e, j);
	bool hold = !strcmp(kind, "hold"), release = !strcmp(kind, "release");
	bool off = !strcmp(kind, "off"), on = !strcmp(kind, "on");
	for (size_t z = 0; z < e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		struct zone_note *n = &e->notes[z];
		if (hold || release)
			mem_renew(&n->held_by, hold ? json_get_str(j, "by") : NULL);
		if (off || on) {
			mem_renew(&n->off_reason, off ? json_get_str(j, "reason") : NULL);
			mem_renew(&n->off_by, off ? json_get_str(j, "by") : NULL);
		}
	}
	if (hold)
		desk_hold(e->desk, zones);
	if (release)
		desk_release(e->desk, zones);
	if (off)
		desk_off(e->desk, zones);
	if (on)
		desk_on(e->desk, zones);
}

static void end_alarm(struct engine *e, const char *name)
{
	int rule = name ? station_rule(e->station, name) : -1;
	struct alarm_run *run = rule >= 0 ? engine_alarm(e, &e->station->rules.at[rule]) : NULL;
	if (run)
		run->alarm.ended = true;
}

typedef void read_row_fn(struct engine *, const struct journal_row *, const struct json *);

/* A play, a speech, a test: its number is taken. */
static void read_by_hand(struct engine *e, const struct journal_row *row, const struct json *j)
{
	engine_number_seen(e, row->kind, row->wall, (int)json_get_int(j, "number", 0));
}

static void read_emergency(struct engine *e, const struct journal_row *row, const struct json *j)
{
	struct alarm_run *run = add_alarm(e, json_get_str(j, "name"), row->wall, (int)json_get_int(j, "number", 0));
	if (!run)
		return;
	run->with = stand_in_read(e, run->alarm.rule, json_get(j, "with"));
	set_person(run, j);
}

static void read_emergency_text(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	const char *name = json_get_str(j, "name");
	struct alarm_run *run = name ? engine_alarm_named(e, name) : NULL;
	if (run)
		run->with = stand_in_read(e, run->alarm.rule, json_get(j, "with"));
}

static void read_emergency_end(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	end_alarm(e, json_get_str(j, "name"));
}

static void read_silence(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row, (void)j;
	for (size_t i = 0; i < e->alarms.n; i++)
		e->alarms.at[i].alarm.ended = true;
}

static void read_clock(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	wall_us was = { json_get_int(j, "was_us", 0) }, is = { json_get_int(j, "is_us", 0) };
	if (json_get_bool(j, "leapt"))
		engine_leap_alarms(e, is.us - was.us);
	else if (absence_step(was, is) != STEP_NONE)
		engine_step_alarms(e, is.us - was.us);
}

static void read_exception(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	const char *text = json_get_str(j, "day");
	day_num day;
	if (text && value_date(text, &day) && day > e->excused_until)
		e->excused_until = day;
}

static void read_ending(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	read_ended_firing(e, j);
}

static const struct {
	const char *kind;
	read_row_fn *read;
} events[] = {
	{ "play", read_by_hand },
	{ "speak", read_by_hand },
	{ "test", read_by_hand },
	{ "emergency", read_emergency },
	{ "emergency-text", read_emergency_text },
	{ "cancel", read_emergency_end },
	{ "emergency-over", read_emergency_end },
	{ "silence", read_silence },
	{ "clock", read_clock },
	{ "exception", read_exception },
	{ "reload", read_accounted },
	{ "ended-firing", read_ending },
	{ "hold", read_zone_command },
	{ "release", read_zone_command },
	{ "off", read_zone_command },
	{ "on", read_zone_command },
};

static void read_event(struct engine *e, const struct journal_row *row, const struct json *j)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (!strcmp(row->kind, events[i].kind))
			events[i].read(e, row, j);
}

/* A repeat that has a row is not due again, and its number not free. */
static void read_repeat(struct engine *e, const struct journal_row *row)
{
	char rule[NAME_BYTES + 1], firing[RFC3339_BYTES], commanded[RFC3339_BYTES];
	int repeat;
	if (!row->airing || sscanf(row->airing, "%*[^/]/%49[^/]/%39[^/]/%d.", rule, firing, &repeat) != 3)
		return;
	for (size_t i = 0; i < e->alarms.n; i++) {
		struct alarm *a = &e->alarms.at[i].alarm;
		tz_compact(a->station->tz, a->commanded, commanded);
		if (strcmp(a->station->rules.at[a->rule].name, rule) || strcmp(commanded, firing))
			continue;
		wall_us at;
		int number;
		while (alarm_due(a, row->planned, &at, &number))
			;
		a->repeat = repeat >= a->repeat ? repeat + 1 : a->repeat;
	}
}

static void read_row(struct engine *e, struct past *p, const struct journal_row *row)
{
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
		read_event(e, row, j);
	read_repeat(e, row);
	if (trusted) /* a checkpoint, too, is younger than what it names */
		p->last_trusted = row->wall;
	json_free(&j);
}

void past_read(struct engine *e, struct past *p, struct journal_reader *reader)
{
	struct journal_row row;
	while (reader->next(reader->self, &row))
		read_row(e, p, &row);
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
