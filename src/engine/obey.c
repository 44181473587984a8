/* Commands (rule 17).  Each is one row of the table at the end: what it needs, what it does. */
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/drill.h"
#include "engine/engine-inside.h"
#include "engine/play.h"
#include "engine/reload.h"
#include "engine/remark.h"
#include "engine/skipping.h"

#include <string.h>

/* ── Who and where ── */

static bool zone_by_name(const struct engine *e, const char *name, size_t n, zone_set *out)
{
	char *one = mem_dup_n(name, n);
	int z = station_zone(e->station, one);
	mem_free(one);
	if (z >= 0)
		*out |= (zone_set)1 << z;
	return z >= 0;
}

/* "cum-1,cum-2", "all", or NULL = all. */
static bool find_zones(const struct engine *e, const char *list, zone_set *out, struct err *err)
{
	*out = 0;
	if (!list || !strcmp(list, "all")) {
		*out = station_all_zones(e->station);
		return true;
	}
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, ",");
		if (!zone_by_name(e, p, n, out))
			return err_set(
				err, _("there is no zone \"%.*s\" — see the names with: loaxa status"), (int)n, p);
		p += n + (p[n] == ',');
	}
	return true;
}

void engine_record_numbered(struct engine *e, const char *kind, const struct command *c, zone_set zones, int number)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	if (c->name)
		json_str(&t, "name", c->name);
	json_open(&t, "zones", '[');
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			json_str(&t, NULL, e->station->zones.at[z].name);
	json_close(&t, ']');
	if (c->reason)
		json_str(&t, "reason", c->reason);
	if (c->ordered_by)
		json_str(&t, "ordered_by", c->ordered_by);
	if (c->makes_up)
		json_str(&t, "for", c->makes_up);
	if (c->verb == VERB_VOLUME || c->verb == VERB_TEST)
		json_int(&t, "volume", c->volume);
	if (c->verb == VERB_SPEAK)
		json_int(&t, "limit_ms", c->limit_ms);
	const struct alarm_run *run = c->verb == VERB_EMERGENCY ? engine_alarm_named(e, c->name) : NULL;
	if (run && run->with)
		stand_in_write(&t, "with", run->with);
	if (run && c->file)
		json_str(&t, "file", c->file);
	if (number >= 0)
		json_int(&t, "number", number);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, kind, text_str(&t));
	text_free(&t);
}

static void record_command(struct engine *e, const char *kind, const struct command *c, zone_set zones)
{
	engine_record_numbered(e, kind, c, zones, -1);
}

/* ── Emergencies ── */

static const struct rule *emergency_rule(const struct engine *e, const char *name, int *index, struct err *err)
{
	*index = station_rule(e->station, name);
	if (*index >= 0 && e->station->rules.at[*index].kind == RULE_EMERGENCY)
		return &e->station->rules.at[*index];
	err_set(err, _("there is no emergency \"%s\" — emergencies are prepared in the schedule files"), name);
	return NULL;
}

/* Of one that is active, from the next repeat on. */
static void change_text(struct engine *e, const struct command *c, struct alarm_run *run, struct stand_in *with)
{
	struct text t = { 0 };
	run->with = with;
	json_open(&t, NULL, '{');
	json_str(&t, "name", c->name);
	json_str(&t, "file", c->file);
	stand_in_write(&t, "with", with);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, "emergency-text", text_str(&t));
	text_free(&t);
}

static void begin(struct engine *e, const struct command *c, int index, struct alarm_run *run, struct stand_in *with)
{
	const struct rule *rule = &e->station->rules.at[index];
	int number = engine_number(e, rule->name, 0, run ? run->alarm.repeat : 0);
	if (!run) {
		vec_push(&e->alarms, (struct alarm_run){ .uid = -1 });
		run = &e->alarms.at[e->alarms.n - 1];
	}
	mem_renew(&run->by, c->by);
	mem_renew(&run->ordered_by, c->ordered_by);
	run->uid = c->uid;
	run->with = with;
	alarm_command(&run->alarm, e->station, index, e->now, number);
	drill_end(e, NULL, station_all_zones(e->station) & ~rule->zones); /* in its own zones it cuts the drill */
	engine_record_numbered(e, "emergency", c, rule->zones, number);
}

static bool emergency(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	int index;
	const struct rule *rule = emergency_rule(e, c->name, &index, err);
	(void)zones;
	if (!rule)
		return false;
	if (c->now && !c->file)
		return err_set(err, _("--now goes with a new text: loaxa emergency %s --with FILE --now"), c->name);
	struct alarm_run *run = engine_alarm(e, rule);
	bool active = run && !run->alarm.ended;
	struct stand_in *with = NULL;
	if (c->file && !(with = stand_in_take(e, index, c, err)))
		return false;
	if (with && active && !c->now) {
		change_text(e, c, run, with);
		return true;
	}
	/* While it lasts its text stays the new one, also when a schedule with other outputs came meanwhile. */
	if (!with && active && run->with && !(with = stand_in_again(e, run->with, index, err)))
		return false;
	if (active && c->now)
		desk_take_back(e->desk, rule->name);
	begin(e, c, index, run, with);
	return true;
}

static bool cancel(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	int index;
	if (station_rule(e->station, c->name) < 0 && play_cancel(e, c))
		return true;
	const struct rule *rule = emergency_rule(e, c->name, &index, err);
	struct alarm_run *run = rule ? engine_alarm(e, rule) : NULL;
	if (!rule)
		return false;
	(void)zones;
	if ((!run || run->alarm.ended) && drill_is_on(e, c->name)) {
		record_command(e, "drill-cancelled", c, rule->zones);
		drill_end(e, c->name, station_all_zones(e->station));
		return true;
	}
	if (!run || run->alarm.ended)
		return err_set(err, _("emergency \"%s\" is not active — nothing to cancel"), c->name);
	record_command(e, "cancel", c, rule->zones);
	desk_cancel(e->desk, rule->name);
	engine_end_alarm(e, run, e->now);
	return true;
}

/* ── Zones ── */

static void record_endings(struct engine *e, size_t from)
{
	for (size_t i = from; i < desk_ended_count(e->desk); i++) {
		const struct ended_firing *f = desk_ended_at(e->desk, i);
		struct text t = { 0 };
		json_open(&t, NULL, '{');
		json_str(&t, "rule", f->rule);
		json_int(&t, "firing_us", f->firing.us);
		json_str(&t, "zone", e->station->zones.at[f->zone].name);
		json_close(&t, '}');
		record_event(e, "ended-firing", text_str(&t));
		text_free(&t);
	}
}

static bool stop(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)err;
	record_command(e, "stop-zone", c, zones);
	size_t known = desk_ended_count(e->desk);
	desk_stop(e->desk, zones);
	record_endings(e, known);
	return true;
}

static bool skip(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)err;
	record_command(e, "skip", c, zones);
	desk_skip(e->desk, zones);
	return true;
}

/* Said again, it is so since the first time. */
static void note_held(struct engine *e, int zone, const char *by)
{
	struct zone_note *n = &e->notes[zone];
	bool was = desk_is_held(e->desk, zone);
	n->held_since = !by ? (wall_us){ 0 } : was && n->held_since.us ? n->held_since : e->now;
	mem_renew(&n->held_by, by);
}

static void note_off(struct engine *e, int zone, const char *reason, const char *by)
{
	struct zone_note *n = &e->notes[zone];
	bool was = desk_is_off(e->desk, zone);
	n->off_since = !by ? (wall_us){ 0 } : was && n->off_since.us ? n->off_since : e->now;
	mem_renew(&n->off_reason, reason);
	mem_renew(&n->off_by, by);
}

static bool skip_session(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)zones;
	return skipping_command(e, c, err);
}

static bool hold(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)err;
	record_command(e, "hold", c, zones);
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			note_held(e, (int)z, c->by);
	desk_hold(e->desk, zones);
	return true;
}

static bool release(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)err;
	record_command(e, "release", c, zones);
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			note_held(e, (int)z, NULL);
	desk_release(e->desk, zones);
	return true;
}

static bool off(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)err;
	record_command(e, "off", c, zones);
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			note_off(e, (int)z, c->reason, c->by);
	desk_off(e->desk, zones);
	return true;
}

static bool on(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)err;
	record_command(e, "on", c, zones);
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			note_off(e, (int)z, NULL, NULL);
	desk_on(e->desk, zones);
	return true;
}

static bool volume(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	if (c->volume < 1 || c->volume > 100)
		return err_set(err, _("volume %d is outside 1..100 — to silence a zone: loaxa off ZONE --reason TEXT"),
			c->volume);
	record_command(e, "volume", c, zones);
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1) {
			e->notes[z].volume = c->volume;
			const struct airing *a = desk_on_air(e->desk, (int)z);
			if (a)
				e->s.sound.set_volume(e->s.sound.self, (int)z, engine_permille(e, a));
		}
	return true;
}

/* Stop, cancel and hold everything, in one word.  No all-clear: it would break the silence. */
static bool silence(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)zones;
	for (size_t i = 0; i < e->alarms.n; i++)
		e->alarms.at[i].alarm.ended = true;
	zone_set all = station_all_zones(e->station);
	record_command(e, "silence", c, all);
	return stop(e, c, all, err) && hold(e, c, all, err);
}

static bool reload(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)zones;
	return reload_schedule(e, c, err);
}

static bool rollback(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	(void)zones;
	return reload_rollback(e, c, err);
}

static bool confirm_clock(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	if (engine_trusted(e))
		return err_set(err, _("the clock is trusted already — nothing to confirm"));
	record_command(e, "clock-confirm", c, zones);
	engine_trust_clock(e);
	return true;
}

static bool (*const verbs[VERB_COUNT])(struct engine *, const struct command *, zone_set, struct err *) = {
	[VERB_PLAY] = play_command,
	[VERB_SPEAK] = engine_speak,
	[VERB_TEST] = engine_test,
	[VERB_HEARD] = engine_heard,
	[VERB_EMERGENCY] = emergency,
	[VERB_DRILL] = drill_command,
	[VERB_EXTEND] = engine_extend,
	[VERB_CANCEL] = cancel,
	[VERB_STOP] = stop,
	[VERB_SKIP] = skip,
	[VERB_SKIP_SESSION] = skip_session,
	[VERB_HOLD] = hold,
	[VERB_RELEASE] = release,
	[VERB_OFF] = off,
	[VERB_ON] = on,
	[VERB_VOLUME] = volume,
	[VERB_DUTY] = remark_duty,
	[VERB_NOTE] = remark_note,
	[VERB_SILENCE] = silence,
	[VERB_RELOAD] = reload,
	[VERB_ROLLBACK] = rollback,
	[VERB_CLOCK_CONFIRM] = confirm_clock,
};

bool engine_command(struct engine *e, const struct command *c, struct reply *reply)
{
	*reply = (struct reply){ 0 };
	engine_look_at_clock(e);
	zone_set zones = 0;
	if (!e->desk && c->verb != VERB_RELOAD && c->verb != VERB_ROLLBACK)
		return err_set(&reply->text, _("no schedule is accepted yet — correct it and run: loaxa reload DIR"));
	if (e->desk && !find_zones(e, c->zones, &zones, &reply->text))
		return false;
	/* A command of the very instant at which something is due comes before it: `release` at 06:00 airs the item of
	 * 06:00, `cancel` at a repeat's instant prevents that repeat. */
	if (e->desk)
		engine_hear_sound(e);
	reply->done = verbs[c->verb](e, c, zones, &reply->text);
	if (e->desk)
		engine_settle(e);
	e->s.sound.commit(e->s.sound.self);
	return reply->done;
}
