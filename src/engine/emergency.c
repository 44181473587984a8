/* Active emergencies: the numbers that keep their ids apart, and their repeats on the way to the desk (rule 11). */
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

struct alarm_run *engine_alarm_named(struct engine *e, const char *name)
{
	for (size_t i = 0; i < e->alarms.n; i++) {
		const struct alarm *a = &e->alarms.at[i].alarm;
		if (!strcmp(a->station->rules.at[a->rule].name, name))
			return &e->alarms.at[i];
	}
	return NULL;
}

struct alarm_run *engine_alarm(struct engine *e, const struct rule *rule)
{
	return engine_alarm_named(e, rule->name);
}

static struct numbering *numbering_of(struct engine *e, const char *name)
{
	for (size_t i = 0; i < e->numbers.n; i++)
		if (!strcmp(e->numbers.at[i].name, name))
			return &e->numbers.at[i];
	vec_push(&e->numbers, (struct numbering){ .name = mem_dup(name), .high_s = INT64_MIN });
	return &e->numbers.at[e->numbers.n - 1];
}

void engine_number_seen(struct engine *e, const char *name, wall_us commanded, int number)
{
	struct numbering *n = numbering_of(e, name);
	int64_t second = commanded.us / US_PER_S;
	if (number >= n->next)
		n->next = number + 1;
	if (second > n->high_s)
		n->high_s = second;
}

int engine_number(struct engine *e, const char *name, int base, int at_least)
{
	struct numbering *n = numbering_of(e, name);
	int number = base;
	if (e->now.us / US_PER_S <= n->high_s)
		number = at_least > n->next ? at_least : n->next;
	engine_number_seen(e, name, e->now, number);
	return number;
}

/* One bulletin of it, in every zone that both schedules know. */
static void make_airings(const struct engine *e, const struct alarm_run *run, int repeat, int place, wall_us planned,
	wall_us until, struct airings *out)
{
	const struct alarm *al = &run->alarm;
	const struct rule *rule = &al->station->rules.at[al->rule];
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		int theirs = station_zone(al->station, e->station->zones.at[z].name);
		if (theirs < 0 || !(rule->zones >> theirs & 1))
			continue;
		struct airing *a = airing_new_emergency(
			al->station, al->rule, theirs, al->commanded, repeat, place, planned, until);
		if (run->with && place)
			airing_stand_in(a, &run->with->bulletin);
		a->zone = z;
		a->by = mem_dup(run->by);
		a->uid = run->uid;
		vec_push(out, a);
	}
}

static void make_repeat(
	const struct engine *e, const struct alarm_run *run, int repeat, wall_us planned, struct airings *out)
{
	const struct rule *rule = &run->alarm.station->rules.at[run->alarm.rule];
	for (size_t i = 0; i < rule->play.n && (i == 0 || !run->with); i++)
		make_airings(e, run, repeat, (int)i + 1, planned, run->alarm.over, out);
}

static void enter(struct engine *e, struct airings *list)
{
	for (size_t i = 0; i < list->n; i++)
		desk_add(e->desk, list->at[i]);
	vec_free(list);
}

void engine_enter_repeat(struct engine *e, struct alarm_run *run, int repeat, wall_us planned)
{
	struct airings list = { 0 };
	make_repeat(e, run, repeat, planned, &list);
	enter(e, &list);
}

void engine_foresee_alarms(const struct engine *e, wall_us until, struct airings *out)
{
	if (until.us >= e->book_end.us)
		until.us = e->book_end.us - 1;
	for (size_t i = 0; i < e->alarms.n; i++) {
		struct alarm_run run = e->alarms.at[i]; /* its words are only read */
		wall_us at;
		int repeat;
		while (alarm_due(&run.alarm, until, &at, &repeat))
			make_repeat(e, &run, repeat, at, out);
	}
}

void engine_end_alarm(struct engine *e, struct alarm_run *run, wall_us when)
{
	struct alarm *a = &run->alarm;
	if (a->ended)
		return;
	a->ended = true;
	int64_t length = a->over.us - a->commanded.us;
	if (a->station->rules.at[a->rule].all_clear < 0)
		return;
	struct airings list = { 0 };
	make_airings(e, run, a->repeat++, 0, when, (wall_us){ e->now.us + length }, &list);
	enter(e, &list);
}

void engine_step_alarms(struct engine *e, int64_t by_us)
{
	for (size_t i = 0; i < e->alarms.n; i++)
		alarm_step(&e->alarms.at[i].alarm, by_us);
}

void engine_leap_alarms(struct engine *e, int64_t by_us)
{
	for (size_t i = 0; i < e->alarms.n; i++)
		if (e->alarms.at[i].alarm.set_back >= 0)
			alarm_leap(&e->alarms.at[i].alarm, by_us);
}

void engine_settle_alarms(struct engine *e)
{
	for (size_t i = 0; i < e->alarms.n; i++)
		if (e->alarms.at[i].alarm.set_back < 0)
			e->alarms.at[i].alarm.set_back = 0;
}

static bool rule_at_desk(const struct engine *e, const struct rule *rule)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->rule == rule)
			return true;
	return false;
}

void engine_free_alarm(struct alarm_run *run)
{
	mem_free(run->by);
	mem_free(run->ordered_by);
}

/* Over when its last repeat ended. */
void engine_forget_alarms(struct engine *e)
{
	for (size_t i = 0; i < e->alarms.n;) {
		struct alarm_run *run = &e->alarms.at[i];
		const struct rule *rule = &run->alarm.station->rules.at[run->alarm.rule];
		if (!run->alarm.ended || rule_at_desk(e, rule)) {
			i++;
			continue;
		}
		for (size_t n = 0; n < e->numbers.n; n++)
			if (!strcmp(e->numbers.at[n].name, rule->name) && e->numbers.at[n].next < run->alarm.repeat)
				e->numbers.at[n].next = run->alarm.repeat;
		char *fault = mem_printf("emergency:%s", rule->name);
		engine_fault(e, fault, NULL);
		mem_free(fault);
		engine_free_alarm(run);
		vec_remove(&e->alarms, i);
	}
}

/* People end an emergency by a row of their own; that its time is over must be known after a restart as well. */
static void expire(struct engine *e, struct alarm_run *run)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "name", run->alarm.station->rules.at[run->alarm.rule].name);
	json_close(&t, '}');
	record_event(e, "emergency-over", text_str(&t));
	text_free(&t);
	engine_end_alarm(e, run, run->alarm.over);
}

void engine_feed_alarms(struct engine *e)
{
	wall_us until = e->now.us < e->book_end.us ? e->now : (wall_us){ e->book_end.us - 1 };
	for (size_t i = 0; i < e->alarms.n; i++) {
		struct alarm_run *run = &e->alarms.at[i];
		wall_us at;
		int repeat;
		while (alarm_due(&run->alarm, until, &at, &repeat))
			engine_enter_repeat(e, run, repeat, at);
		if (alarm_expired(&run->alarm, until))
			expire(e, run);
	}
}

/* ── Longer ── */

#define LONGEST_US (INT64_C(31) * 86400 * US_PER_S)

static void record_extend(struct engine *e, const struct command *c, int64_t by_us)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "name", c->name);
	json_int(&t, "by_us", by_us);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, "extend", text_str(&t));
	text_free(&t);
}

static void say_end(const struct engine *e, const struct alarm *a, const char *name, struct err *out)
{
	struct local l = tz_local(e->station->tz, a->over);
	char clock[VALUE_BYTES], date[VALUE_BYTES];
	value_print_time(l.ms / 1000 * 1000, clock);
	value_print_date(l.day, date);
	if (a->next.us == US_NEVER)
		err_set(out,
			_("Emergency \"%s\" lasts until %s on %s, but its pattern has no repeat until then — once "
			  "more: loaxa emergency %s"),
			name, clock, date, name);
	else
		err_set(out, _("Emergency \"%s\" lasts until %s on %s — to end it: loaxa cancel %s"), name, clock, date,
			name);
}

bool engine_extend(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	struct alarm_run *run = engine_alarm_named(e, c->name);
	(void)zones;
	if (!run || run->alarm.ended)
		return err_set(err, _("emergency \"%s\" is not active — nothing to extend"), c->name);
	struct alarm *a = &run->alarm;
	int64_t more = c->more_ms ? c->more_ms : a->station->rules.at[a->rule].until_ms;
	if (a->over.us + more * US_PER_MS > e->now.us + LONGEST_US)
		return err_set(err, _("an emergency lasts 31 days from now at most — say less, e.g. 6h"));
	wall_us was = a->over;
	record_extend(e, c, more * US_PER_MS);
	alarm_extend(a, more * US_PER_MS);
	desk_extend(e->desk, c->name, was, a->over);
	say_end(e, a, c->name, err);
	return true;
}
