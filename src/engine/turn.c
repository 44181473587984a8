/* Turns: look at the clock, hear the sound, feed the desk, carry out what it decides.  See engine.h. */
#include "airing/absence.h"
#include "base/mem.h"
#include "engine/drill.h"
#include "engine/engine-inside.h"
#include "engine/mark.h"
#include "engine/play.h"
#include "engine/remark.h"
#include "engine/skipping.h"
#include "schedule/tz.h"

#include <string.h>

#define ALIVE_EVERY (INT64_C(60) * US_PER_S)
/* More is no steering of the clock within the time that something is armed for. */
#define TIME_UNSHAKEN (INT64_C(2) * US_PER_MS)
#define PROGRESS_EVERY (INT64_C(10) * US_PER_S)

static enum reason playable(void *self, const struct airing *a)
{
	struct engine *e = self;
	if (bound_changed(e, a))
		return REASON_FILE_CHANGED;
	return e->s.sound.playable(e->s.sound.self, a->bulletin, a->zone);
}

void engine_adopt_desk(struct engine *e)
{
	struct desk_env env = { .self = e, .playable = playable };
	e->desk = desk_new(e->station, &env);
}

struct engine *engine_new(const struct engine_setup *setup, struct station *station)
{
	struct engine *e = mem_new(struct engine);
	e->s = *setup;
	e->station = station;
	e->book_end.us = US_NEVER;
	e->excused_until = DAY_NONE;
	e->today = DAY_NONE;
	if (station)
		engine_adopt_desk(e);
	return e;
}

static void free_note(struct zone_note *n)
{
	mem_free(n->off_reason);
	mem_free(n->off_by);
	mem_free(n->held_by);
	*n = (struct zone_note){ 0 };
}

void engine_free(struct engine **pe)
{
	struct engine *e = *pe;
	if (!e)
		return;
	desk_free(&e->desk);
	for (size_t i = 0; i < e->alarms.n; i++)
		engine_free_alarm(&e->alarms.at[i]);
	for (size_t i = 0; i < e->numbers.n; i++)
		mem_free(e->numbers.at[i].name);
	for (size_t i = 0; i < ZONES_MAX; i++)
		free_note(&e->notes[i]);
	for (size_t i = 0; i < e->retired.n; i++)
		station_free(&e->retired.at[i]);
	arm_forget(e);
	for (size_t i = 0; i < e->seen.n; i++)
		mem_free(e->seen.at[i].file);
	vec_free(&e->seen);
	engine_free_faults(e);
	engine_free_speeches(e);
	engine_free_tests(e);
	drill_free(e);
	stand_in_free_all(e);
	relay_free(e);
	mem_free(e->marks);
	play_free(e);
	skipping_free(e);
	remark_free(e);
	engine_forget_accounted(e);
	vec_free(&e->accounted);
	vec_free(&e->alarms);
	vec_free(&e->numbers);
	vec_free(&e->retired);
	plan_free(&e->ahead);
	station_free(&e->station);
	mem_free(e);
	*pe = NULL;
}

/* ── Time ── */

bool engine_trusted(const struct engine *e)
{
	return e->clock != CLOCK_DISTRUSTED;
}

static enum clock_state state_of_clock(const struct engine *e)
{
	return e->s.clock.synchronised(e->s.clock.self) ? CLOCK_SYNCED : CLOCK_FREE;
}

static void record_step(struct engine *e, wall_us was, bool leapt)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_int(&t, "was_us", was.us);
	json_int(&t, "is_us", e->now.us);
	json_bool(&t, "trusted", engine_trusted(e));
	if (leapt)
		json_bool(&t, "leapt", true);
	json_close(&t, '}');
	record_event(e, "clock", text_str(&t));
	text_free(&t);
}

/* Rule 13.  Until the clock is believed again the schedule is held; then what passed meanwhile is an absence. */
static void judge_clock(struct engine *e, bool far)
{
	bool credible = absence_clock_credible(e->now, e->s.clock.floor, e->last_trusted_row);
	bool synced = state_of_clock(e) == CLOCK_SYNCED;
	if (engine_trusted(e) && far && !credible && !synced) {
		e->clock = CLOCK_DISTRUSTED;
		e->distrust_reason = REASON_CLOCK;
	} else if (!engine_trusted(e) && (credible || synced)) {
		e->clock = CLOCK_FREE;
	}
	if (engine_trusted(e))
		e->clock = state_of_clock(e);
}

static void pass_unseen(struct engine *e, wall_us from, enum reason why, int64_t mere_lateness)
{
	if (e->now.us - from.us >= mere_lateness)
		feed_absence(e, from, e->now, why);
}

void engine_trust_clock(struct engine *e)
{
	e->clock = CLOCK_FREE;
	e->last_trusted_row = e->now;
	engine_settle_alarms(e);
	pass_unseen(e, e->entered, e->distrust_reason, ABSENCE_LATENESS);
	feed_replan(e);
}

static void stepped(struct engine *e, wall_us expected)
{
	int64_t by = e->now.us - expected.us;
	bool was_trusted = engine_trusted(e);
	judge_clock(e, by > STEP_FAR || by < -STEP_FAR);
	bool leapt = was_trusted && !engine_trusted(e) && by > 0;
	record_step(e, expected, leapt);
	if (leapt)
		engine_leap_alarms(e, by);
	else if (absence_step(expected, e->now) != STEP_NONE)
		engine_step_alarms(e, by);
	if (engine_trusted(e) && !was_trusted)
		pass_unseen(e, e->entered, e->distrust_reason, ABSENCE_LATENESS);
	else if (e->desk && engine_trusted(e) && absence_step(expected, e->now) == STEP_FORWARD) {
		feed_plan_until(e, expected); /* that was seen, if late */
		pass_unseen(e, expected.us > e->entered.us ? expected : e->entered, REASON_CLOCK, STEP_LATENESS);
	}
	feed_replan(e);
}

void engine_look_at_clock(struct engine *e)
{
	wall_us wall = e->s.clock.wall(e->s.clock.self);
	mono_us mono = e->s.clock.mono(e->s.clock.self);
	wall_us expected = { e->now.us + (mono.us - e->mono.us) };
	bool known = e->time_known;
	e->now = wall;
	e->mono = mono;
	e->time_known = true;
	if (!known)
		return;
	if (wall.us - expected.us > TIME_UNSHAKEN || expected.us - wall.us > TIME_UNSHAKEN)
		arm_drop_all(e); /* armed by a clock that is no more */
	if (absence_step(expected, wall) != STEP_NONE) {
		stepped(e, expected);
	} else if (!engine_trusted(e) && state_of_clock(e) == CLOCK_SYNCED) {
		stepped(e, expected);
	} else if (engine_trusted(e)) {
		e->clock = state_of_clock(e);
	}
}

/* ── Acts ── */

int engine_permille(const struct engine *e, const struct airing *a)
{
	int zone = e->notes[a->zone].volume ? e->notes[a->zone].volume : e->station->zones.at[a->zone].volume;
	int rule = a->rule ? a->rule->volume : a->volume;
	int product = zone * rule / 10;
	return product ? product : 1; /* to silence a zone is another order */
}

static void put_on_air(struct engine *e, struct airing *a)
{
	struct sound_item item = arm_item(e, a);
	a->token = item.token;
	e->s.sound.start(e->s.sound.self, &item);
}

static void carry_out(struct engine *e, const struct act *act)
{
	struct airing *a = act->airing;
	switch (act->kind) {
	case ACT_ENTERED:
		record_intent(e, a);
		break;
	case ACT_START:
		put_on_air(e, a);
		break;
	case ACT_STOP:
		e->s.sound.stop(e->s.sound.self, a->zone, a->token);
		break;
	case ACT_WITHDRAWN:
		if (a->intent_written)
			record_airing(e, "withdrawn", a, "{}");
		break;
	case ACT_VERDICT:
		record_verdict(e, a);
		break;
	}
}

bool engine_carry_out(struct engine *e)
{
	struct act act;
	bool any = false;
	for (; desk_next_act(e->desk, &act); any = true)
		carry_out(e, &act);
	return any;
}

/* ── Sound ── */

static struct airing *by_token(const struct engine *e, uint32_t token)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->token == token)
			return desk_at(e->desk, i);
	return NULL;
}

static void output_event(struct engine *e, const struct sound_event *s)
{
	bool lost = s->kind == SOUND_LOST;
	struct text t = { 0 };
	if (s->kind != SOUND_XRUN && lost == e->output_lost[s->output])
		return; /* told of each item that found it so */
	json_open(&t, NULL, '{');
	json_str(&t, "output", e->station->outputs.at[s->output].name);
	json_open(&t, "zones", '['); /* frozen: another schedule may hang them elsewhere */
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (e->station->zones.at[z].output == s->output)
			json_str(&t, NULL, e->station->zones.at[z].name);
	json_close(&t, ']');
	json_str(&t, "what", s->kind == SOUND_XRUN ? "xrun" : lost ? "lost" : "back");
	json_close(&t, '}');
	record_event(e, "device", text_str(&t));
	text_free(&t);
	if (s->kind == SOUND_XRUN)
		return;
	e->output_lost[s->output] = lost;
	desk_output(e->desk, s->output, lost);
	engine_output_fault(e, s->output, lost);
}

static void item_event(struct engine *e, struct airing *a, const struct sound_event *s)
{
	switch (s->kind) {
	case SOUND_STARTED:
		desk_started(e->desk, a, s->at);
		record_started(e, a);
		break;
	case SOUND_ENDED:
		if (a->spoken)
			desk_said(e->desk, a, s->frame, s->at);
		else
			desk_ended(e->desk, a, s->at);
		break;
	case SOUND_STOPPED:
		desk_stopped(e->desk, a, s->frame, s->at);
		if (e->stopping && a->phase == AIR_WAITING)
			a->cut_reason = REASON_POWER_CUT;
		break;
	case SOUND_LOST:
		desk_lost(e->desk, a, s->frame, s->at);
		break;
	case SOUND_BROKEN:
		desk_broken(e->desk, a, s->frame, s->at, s->reason);
		break;
	case SOUND_SILENT:
		desk_silent(e->desk, a, s->frame, s->at);
		relay_silent(e, a, s);
		break;
	case SOUND_AUDIBLE:
		desk_audible(e->desk, a);
		return;
	default:
		break;
	}
	if (a->phase == AIR_WAITING)
		record_cut(e, a);
}

bool engine_hear_sound(struct engine *e)
{
	struct sound_event s;
	bool any = false;
	relay_watch(e);
	for (; e->s.sound.next_event(e->s.sound.self, &s); any = true) {
		struct airing *a = s.token ? by_token(e, s.token) : NULL;
		if (a)
			item_event(e, a, &s);
		else if (!s.token)
			output_event(e, &s);
	}
	return any;
}

/* ── Turns ── */

static void free_retired(struct engine *e)
{
	for (size_t i = 0; i < e->retired.n;) {
		bool used = desk_uses(e->desk, e->retired.at[i]);
		for (size_t a = 0; a < e->alarms.n; a++)
			used |= e->alarms.at[a].alarm.station == e->retired.at[i];
		if (used) {
			i++;
			continue;
		}
		station_free(&e->retired.at[i]);
		vec_remove(&e->retired, i);
	}
}

void engine_settle(struct engine *e)
{
	if (e->stopping) { /* nothing takes the air that was just cleared; what was ended before is still decided */
		engine_hear_sound(e);
		engine_carry_out(e);
		return;
	}
	bool again = true;
	while (again) {
		again = engine_hear_sound(e);
		feed_plan(e);
		engine_feed_alarms(e);
		desk_hold_schedule(e->desk, !engine_trusted(e));
		desk_turn(e->desk, e->now);
		again |= engine_carry_out(e);
	}
	engine_forget_alarms(e);
	arm_ahead(e);
	mark_now(e);
	engine_forget_speeches(e);
	engine_forget_tests(e);
	drill_forget(e);
	stand_in_forget(e);
	play_forget(e);
	skipping_forget(e);
	relay_forget(e);
	free_retired(e);
}

static void keep_alive(struct engine *e)
{
	if (e->mono.us >= e->next_progress.us) {
		if (e->desk)
			record_progress(e);
		e->next_progress.us = e->mono.us + PROGRESS_EVERY;
	}
	if (e->mono.us >= e->next_alive.us) {
		if (engine_trusted(e)) /* else a start would take it for the end of what is accounted for */
			e->s.journal.alive(e->s.journal.self, e->now);
		e->next_alive.us = e->mono.us + ALIVE_EVERY;
	}
}

void engine_turn(struct engine *e)
{
	engine_look_at_clock(e);
	if (e->desk) {
		engine_hear_sound(e);
		feed_day(e);
		engine_settle(e);
	}
	e->s.sound.commit(e->s.sound.self);
	keep_alive(e);
}

static bool anything_on_air(const struct engine *e)
{
	for (size_t i = 0; e->desk && i < desk_count(e->desk); i++) {
		enum air_phase phase = desk_at(e->desk, i)->phase;
		if (phase == AIR_ON || phase == AIR_STOPPING)
			return true;
	}
	return false;
}

wall_us engine_next(const struct engine *e)
{
	wall_us next = { e->now.us + (e->next_alive.us - e->mono.us) };
	if (!e->desk)
		return next;
	wall_us wants[] = { desk_next(e->desk), feed_next(e), e->arm_next, { US_NEVER } };
	if (anything_on_air(e))
		wants[3].us = e->now.us + (e->next_progress.us - e->mono.us);
	for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
		if (wants[i].us < next.us)
			next = wants[i];
	for (size_t i = 0; i < e->alarms.n; i++) {
		const struct alarm *a = &e->alarms.at[i].alarm;
		wall_us at = a->next.us < a->over.us ? a->next : a->over;
		if (!a->ended && at.us < next.us && at.us < e->book_end.us)
			next = at;
	}
	return next;
}

bool engine_busy(const struct engine *e)
{
	for (size_t i = 0; e->desk && i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->phase != AIR_UPCOMING)
			return true;
	return false;
}

const struct station *engine_station(const struct engine *e)
{
	return e->station;
}

struct station *engine_give_up_station(struct engine *e)
{
	struct station *st = e->station;
	e->station = NULL;
	return st;
}

/* While the clock is not believed nobody knows of anything announced that its instant comes before the end. */
void engine_keep_book(struct engine *e)
{
	if (e->book_end.us != US_NEVER)
		desk_withdraw(e->desk, engine_trusted(e) ? e->book_end : (wall_us){ INT64_MIN });
}

void engine_close_book(struct engine *e, wall_us end)
{
	e->book_end = end;
	if (e->desk)
		engine_keep_book(e);
}

void engine_stop_begin(struct engine *e)
{
	engine_turn(e);
	e->stopping = true;
	arm_drop_all(e);
	for (int z = 0; e->desk && z < (int)e->station->zones.n; z++) {
		const struct airing *a = desk_on_air(e->desk, z);
		if (a)
			e->s.sound.stop(e->s.sound.self, z, a->token);
	}
	e->s.sound.commit(e->s.sound.self);
	engine_hang_up(e);
}

bool engine_stop_ready(struct engine *e)
{
	if (e->desk)
		engine_settle(e);
	e->s.sound.commit(e->s.sound.self);
	return !anything_on_air(e);
}

void engine_stop_end(struct engine *e)
{
	engine_look_at_clock(e);
	record_checkpoint(e, "stop");
}
