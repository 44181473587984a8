/* What people told the station and what befell it, row by row, back into its state.  What a checkpoint shares with such
 * rows is read here too. */
#include "engine/past-inside.h"

#include "airing/absence.h"
#include "base/mem.h"
#include "engine/play.h"
#include "engine/remark.h"
#include "engine/skipping.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

struct alarm_run *past_add_alarm(struct engine *e, const char *name, wall_us commanded, int number)
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

void past_set_person(struct alarm_run *run, const struct json *j)
{
	mem_renew(&run->by, json_get_str(j, "by"));
	mem_renew(&run->ordered_by, json_get_str(j, "ordered_by"));
	run->uid = json_get_int(j, "uid", -1);
}

void past_read_ended_firing(struct engine *e, const struct json *j)
{
	const char *rule = json_get_str(j, "rule"), *zone = json_get_str(j, "zone");
	int z = zone && e->station ? station_zone(e->station, zone) : -1;
	if (rule && z >= 0)
		desk_end_firing(e->desk, rule, (wall_us){ json_get_int(j, "firing_us", 0) }, z);
}

void past_read_accounted(struct engine *e, const struct json *j)
{
	const struct json *list = json_get(j, "accounted");
	engine_forget_accounted(e);
	for (size_t i = 0; i < json_count(list); i++)
		if (json_as_str(json_at(list, i)))
			vec_push(&e->accounted, mem_dup(json_as_str(json_at(list, i))));
}

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
		if (hold || release) {
			n->held_since = release ? (wall_us){ 0 } : n->held_since.us ? n->held_since : row->wall;
			mem_renew(&n->held_by, hold ? json_get_str(j, "by") : NULL);
		}
		if (off || on) {
			n->off_since = on ? (wall_us){ 0 } : n->off_since.us ? n->off_since : row->wall;
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

static void read_accounted(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	past_read_accounted(e, j);
}

typedef void read_row_fn(struct engine *, const struct journal_row *, const struct json *);

/* A play, a speech, a test: its number is taken. */
static void read_by_hand(struct engine *e, const struct journal_row *row, const struct json *j)
{
	engine_number_seen(e, row->kind, row->wall, (int)json_get_int(j, "number", 0));
}

static void read_order(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	play_read(e, j);
}

static void read_order_end(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	play_read_end(e, j);
}

static void read_duty(struct engine *e, const struct journal_row *row, const struct json *j)
{
	remark_read_duty(e, j, row->wall);
}

static void read_skip(struct engine *e, const struct journal_row *row, const struct json *j)
{
	skipping_read(e, j, row->wall);
}

static void read_skip_undone(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	skipping_read_undone(e, j);
}

static void read_emergency(struct engine *e, const struct journal_row *row, const struct json *j)
{
	struct alarm_run *run = past_add_alarm(e, json_get_str(j, "name"), row->wall, (int)json_get_int(j, "number", 0));
	if (!run)
		return;
	run->with = stand_in_read(e, run->alarm.rule, json_get(j, "with"));
	past_set_person(run, j);
}

static void read_emergency_text(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	const char *name = json_get_str(j, "name");
	struct alarm_run *run = name ? engine_alarm_named(e, name) : NULL;
	if (run)
		run->with = stand_in_read(e, run->alarm.rule, json_get(j, "with"));
}

static void read_extend(struct engine *e, const struct journal_row *row, const struct json *j)
{
	(void)row;
	const char *name = json_get_str(j, "name");
	struct alarm_run *run = name ? engine_alarm_named(e, name) : NULL;
	if (run)
		alarm_extend(&run->alarm, json_get_int(j, "by_us", 0));
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
	past_read_ended_firing(e, j);
}

static const struct {
	const char *kind;
	read_row_fn *read;
} events[] = {
	{ "play", read_by_hand },
	{ "play-at", read_order },
	{ "play-cancelled", read_order_end },
	{ "skip-session", read_skip },
	{ "duty", read_duty },
	{ "unskip-session", read_skip_undone },
	{ "speak", read_by_hand },
	{ "test", read_by_hand },
	{ "drill", read_by_hand },
	{ "emergency", read_emergency },
	{ "emergency-text", read_emergency_text },
	{ "extend", read_extend },
	{ "cancel", read_emergency_end },
	{ "emergency-over", read_emergency_end },
	{ "silence", read_silence },
	{ "clock", read_clock },
	{ "exception", read_exception },
	{ "reload", read_accounted },
	{ "rollback", read_accounted },
	{ "ended-firing", read_ending },
	{ "hold", read_zone_command },
	{ "release", read_zone_command },
	{ "off", read_zone_command },
	{ "on", read_zone_command },
};

void past_read_event(struct engine *e, const struct journal_row *row, const struct json *j)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (!strcmp(row->kind, events[i].kind))
			events[i].read(e, row, j);
}

void past_read_repeat(struct engine *e, const struct journal_row *row)
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
