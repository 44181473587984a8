/* The start after an end (rules 5, 11, 12, 13): from what was so at the end, t0, and what the time until now has made
 * of it, to the desk. */
#include "airing/absence.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "engine/mark.h"
#include "engine/play.h"
#include "engine/past.h"

#include <stdio.h>
#include <string.h>

static struct airing *planned_again(struct engine *e, const struct open_airing *o)
{
	struct plan plan = { 0 };
	struct airing *found = NULL;
	plan_between(e->station, o->planned, (wall_us){ o->planned.us + 1 }, &plan);
	for (size_t i = 0; i < plan.items.n && !found; i++) {
		found = airing_new_planned(e->station, &plan.items.at[i]);
		if (strcmp(found->id, o->id))
			airing_free(&found);
	}
	plan_free(&plan);
	return found;
}

/* A frame of what was heard means nothing in another sound: the schedule may have been replaced since. */
static bool same_sound(const struct airing *a, const struct open_airing *o)
{
	struct json *what = json_parse(o->what, strlen(o->what));
	const char *was = json_get_str(what, "audio_sha256");
	char *is = record_sha256(a->bulletin);
	bool same = json_get_int(what, "frames_total", -1) == a->frames && !strcmp(was ? was : "", is ? is : "");
	mem_free(is);
	json_free(&what);
	return same;
}

/* One of the rule's own texts, or the one that stands in for them now. */
static struct airing *emergency_again(struct engine *e, const struct open_airing *o)
{
	char name[NAME_BYTES + 1];
	int repeat, place, zone = station_zone(e->station, o->zone);
	if (zone < 0 || sscanf(o->id, "%*[^/]/%49[^/]/%*[^/]/%d.%d.", name, &repeat, &place) != 3)
		return NULL;
	int rule = station_rule(e->station, name);
	struct alarm_run *run = rule < 0 ? NULL : engine_alarm(e, &e->station->rules.at[rule]);
	if (!run)
		return NULL;
	const struct rule *r = &e->station->rules.at[rule];
	bool clear = r->all_clear >= 0 && !strcmp(e->station->bulletins.at[r->all_clear].name, o->bulletin);
	wall_us over = run->alarm.over;
	if (clear)
		over.us = o->planned.us + (over.us - run->alarm.commanded.us);
	struct airing *a = airing_new_emergency(
		e->station, rule, zone, run->alarm.commanded, repeat, clear ? 0 : place, o->planned, over);
	if (run->with && !clear && !same_sound(a, o))
		airing_stand_in(a, &run->with->bulletin);
	mem_free(a->id); /* the firing may be an earlier command of the same emergency */
	a->id = mem_dup(o->id);
	return a;
}

static struct airing *manual_again(struct engine *e, const struct open_airing *o)
{
	int bulletin = station_bulletin(e->station, o->bulletin), zone = station_zone(e->station, o->zone), n = 1;
	if (bulletin < 0 || zone < 0 || sscanf(o->id, "%*[^/]/play/%*[^/]/%d.", &n) != 1)
		return NULL;
	struct airing *a = airing_new_manual(e->station, bulletin, zone, o->level, o->planned, n);
	a->timed = play_was_timed(e, n, o->planned);
	return a;
}

static struct airing *again(struct engine *e, const struct open_airing *o)
{
	struct airing *a = o->kind == AIRING_PLANNED     ? planned_again(e, o)
			   : o->kind == AIRING_EMERGENCY ? emergency_again(e, o)
							 : manual_again(e, o);
	if (a && o->was_on && !same_sound(a, o))
		airing_free(&a);
	return a;
}

/* Rows reach the disk a little late, in both directions: what began may not be there yet, nor what ended. */
static enum mark at_crash(const struct engine *e, const struct past *p, const struct open_airing *o, bool was_on)
{
	if (p->marks) /* what was only foreseen, and is so still, was not heard */
		return o->planned.us <= e->now.us ? mark_of(p->marks, o->id) : MARK_NONE;
	return !was_on ? MARK_NONE : o->crashed_on ? MARK_TWICE : MARK_ONCE;
}

/* What was on air has its segment closed at the last journalled frame and follows rule 5. */
static void bring_back(struct engine *e, struct past *p, struct open_airing *o, bool crash)
{
	bool was_on = o->on;
	enum mark mark = crash ? at_crash(e, p, o, was_on) : MARK_NONE;
	if (was_on) {
		past_close_segment(o, o->reached);
		o->cut_at = p->last;
		o->cut_reason = REASON_POWER_CUT;
	}
	struct airing *a = again(e, o);
	if (!a) {
		record_orphan(e, o, o->planned.us <= p->last.us);
		return;
	}
	for (size_t i = 0; i < o->segments.n; i++)
		vec_push(&a->segments, o->segments.at[i]);
	/* What is planned and was not heard yet asks once more whether it may air; what was commanded has had its instant,
	 * whatever the clock says now. */
	bool commanded = o->kind != AIRING_PLANNED && o->planned.us <= p->last.us;
	a->phase = o->was_on || commanded ? AIR_WAITING : AIR_UPCOMING;
	a->intent_written = true;
	a->was_on = a->was_cut = o->was_on;
	a->started = o->started;
	a->cut_at = a->ended = o->cut_at;
	a->cut_frame = o->reached;
	a->cut_reason = o->cut_reason;
	a->made_up = o->made_up;
	a->by = mem_dup(o->by);
	a->uid = o->uid;
	a->was_on_at_crash = mark != MARK_NONE;
	desk_add(e->desk, a);
	if (mark == MARK_TWICE)
		desk_decide(e->desk, a, STATE_FAILED, REASON_CRASHED);
}

void engine_start(struct engine *e, struct journal_reader *reader)
{
	struct past p = { .last_trusted = { INT64_MIN / 2 } };
	engine_look_at_clock(e);
	e->next_alive = e->mono;
	e->next_progress.us = e->mono.us + 10 * US_PER_S;
	if (reader)
		past_read(e, &p, reader);
	e->entered.us = e->fed.us = p.any ? p.last.us : e->now.us - 1;
	e->last_trusted_row = p.last_trusted;
	play_recovered(e);
	if (!absence_clock_credible(e->now, e->s.clock.floor, p.last_trusted) &&
		!e->s.clock.synchronised(e->s.clock.self)) {
		e->clock = CLOCK_DISTRUSTED;
		e->distrust_reason = REASON_STATION_OFF;
	}
	stand_in_recover(e);
	bool crash = p.any && !p.orderly && p.boot && e->s.boot_id && !strcmp(p.boot, e->s.boot_id);
	for (size_t i = 0; e->desk && i < p.open.n; i++)
		bring_back(e, &p, &p.open.at[i], crash);
	if (e->desk) {
		engine_keep_book(e);
		feed_first_day(e);
	}
	bool unknown = p.any && e->desk && !engine_trusted(e); /* how long it was off */
	if (unknown && e->now.us > p.last.us)
		engine_leap_alarms(e, e->now.us - p.last.us);
	else if (unknown)
		engine_step_alarms(e, e->now.us - p.last.us);
	record_schedule(e);
	record_checkpoint(e, "start");
	if (!p.any && e->station) /* nothing is known yet of any schedule */
		approved_record(e, &(struct command){ .uid = -1, .pcm = -1 }, NULL, e->station);
	if (unknown)
		feed_alarms_at_once(e);
	if (p.any && engine_trusted(e) && e->now.us - e->entered.us >= ABSENCE_LATENESS)
		feed_absence(e, e->entered, e->now, REASON_STATION_OFF);
	past_free(&p);
	engine_turn(e);
}

void engine_journal_renewed(struct engine *e)
{
	e->schedule_sha256[0] = '\0';
	record_schedule(e);
	record_checkpoint(e, "day");
}
