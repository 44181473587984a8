/* From the plan to the desk: what comes within the next seconds, and what passed while nobody was there. */
#include "airing/absence.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "engine/play.h"
#include "engine/skipping.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

/* A scheduled item is announced at least this long before its instant: time for the intent to become durable (2 s is
 * promised) and for its sound to be fetched … */
#define CUE_AHEAD (INT64_C(3) * US_PER_S)
/* … and this long before the slowest amplifier has to be switched on. */
#define CUE_BEFORE_WARM_UP US_PER_S
#define LOOK_AHEAD (INT64_C(26) * 3600 * US_PER_S)
#define DAY (INT64_C(86400) * US_PER_S)

/* A stream takes its time to answer, and must be there to the second. */
#define RELAY_AHEAD (INT64_C(10) * US_PER_S)

static int64_t cue_ahead(const struct engine *e)
{
	int64_t ahead = CUE_AHEAD;
	for (size_t i = 0; i < e->station->outputs.n; i++) {
		int64_t wanted = e->station->outputs.at[i].warm_up_ms * US_PER_MS + CUE_BEFORE_WARM_UP;
		ahead = wanted > ahead ? wanted : ahead;
	}
	return ahead;
}

void feed_replan(struct engine *e)
{
	plan_free(&e->ahead);
	e->ahead_next = e->ahead_relay = 0;
	e->ahead_until.us = 0;
}

static void look_ahead(struct engine *e, wall_us until)
{
	if (e->ahead_until.us > until.us)
		return;
	plan_free(&e->ahead);
	e->ahead_next = e->ahead_relay = 0;
	e->ahead_until.us = until.us + LOOK_AHEAD;
	plan_between(e->station, (wall_us){ e->fed.us + 1 }, e->ahead_until, &e->ahead);
}

static bool in_account(const struct engine *e, const char *id)
{
	for (size_t i = 0; i < e->accounted.n; i++)
		if (!strcmp(e->accounted.at[i], id))
			return true;
	return false;
}

/* The one at the desk, or a new one there; NULL when it has had its turn under the schedule before. */
static struct airing *at_desk(struct engine *e, const struct planned *p)
{
	struct airing *a = airing_new_planned(e->station, p);
	struct airing *known = desk_find(e->desk, a->id);
	bool had = !known && in_account(e, a->id);
	if (known || had)
		airing_free(&a);
	else
		desk_add(e->desk, a);
	a = known ? known : a;
	if (a && skipping_hits(e, p))
		desk_end_firing(e->desk, a->rule->name, p->firing, a->zone);
	return a;
}

static void announce(struct engine *e, const struct planned *p)
{
	struct airing *a = at_desk(e, p);
	if (!a || a->intent_written)
		return;
	record_intent(e, a);
	if (skipping_hits(e, p))
		return; /* nothing will sound: no amplifier is switched on for it */
	struct sound_item item = { .zone = a->zone, .bulletin = a->bulletin, .frames = a->frames, .at = a->planned };
	e->s.sound.cue(e->s.sound.self, &item);
}

void feed_plan_until(struct engine *e, wall_us until)
{
	look_ahead(e, until);
	bool any = false;
	for (; e->ahead_next < e->ahead.items.n; e->ahead_next++) {
		const struct planned *p = &e->ahead.items.at[e->ahead_next];
		if (p->at.us > until.us || p->at.us >= e->book_end.us)
			break;
		announce(e, p);
		any = true;
	}
	if (play_next(e).us <= until.us) {
		play_feed(e, until);
		any = true;
	}
	if (any)
		e->s.journal.flush(e->s.journal.self);
	if (until.us > e->fed.us)
		e->fed = until;
}

static const struct planned *next_relay(const struct engine *e)
{
	bool any = e->ahead_relay < e->ahead.items.n;
	return any ? &e->ahead.items.at[e->ahead_relay] : NULL;
}

static void feed_relays(struct engine *e)
{
	for (const struct planned *p; (p = next_relay(e)) != NULL; e->ahead_relay++) {
		const struct bulletin *b = &e->station->bulletins.at[p->bulletin];
		if (!b->relay.source)
			continue;
		if (p->at.us > e->now.us + RELAY_AHEAD || p->at.us >= e->book_end.us)
			break;
		struct sound_item item = {
			.zone = p->zone, .bulletin = b, .frames = bulletin_frames(b, e->station, p->zone), .at = p->at
		};
		e->s.sound.cue(e->s.sound.self, &item);
	}
}

void feed_plan(struct engine *e)
{
	if (!engine_trusted(e))
		return;
	feed_plan_until(e, (wall_us){ e->now.us + cue_ahead(e) });
	feed_relays(e);
	if (e->now.us > e->entered.us)
		e->entered = e->now;
}

wall_us feed_next(const struct engine *e)
{
	if (!engine_trusted(e))
		return (wall_us){ US_NEVER };
	if (e->today == DAY_NONE)
		return e->now;
	int64_t ahead = cue_ahead(e);
	wall_us midnight = tz_instant(e->station->tz, e->today + 1, 0);
	wall_us next = { e->ahead_until.us - ahead };
	if (e->ahead_next < e->ahead.items.n) {
		const struct planned *p = &e->ahead.items.at[e->ahead_next];
		if (p->at.us < e->book_end.us)
			next.us = p->at.us - ahead;
	}
	wall_us ordered = play_next(e);
	if (ordered.us != US_NEVER && ordered.us - ahead < next.us)
		next.us = ordered.us - ahead;
	const struct planned *relay = next_relay(e);
	if (relay && relay->at.us < e->book_end.us && relay->at.us - RELAY_AHEAD < next.us)
		next.us = relay->at.us - RELAY_AHEAD;
	return midnight.us < next.us && midnight.us > e->now.us ? midnight : next;
}

/* ── Absences (rules 11, 12, 13) ── */

static void miss(struct engine *e, const struct planned *p, bool made_up, enum reason why)
{
	struct airing *a = at_desk(e, p);
	if (!a)
		return;
	a->made_up = made_up;
	if (!made_up)
		desk_decide(e->desk, a, STATE_MISSED, why);
	else
		a->intent_written = false; /* one of before the absence does not say so */
}

/* How long an airing may still be made up, at most. */
static int64_t longest_late(const struct station *st)
{
	int64_t longest = DAY; /* a session's end lies nearer */
	for (size_t i = 0; i < st->rules.n; i++)
		if (st->rules.at[i].max_late_ms * US_PER_MS > longest)
			longest = st->rules.at[i].max_late_ms * US_PER_MS;
	return longest;
}

/* A day at a time, so that a clock that jumps over years does not fill the memory; but all that may be made up at once,
 * for the fate of one depends on the others. */
static void miss_planned(struct engine *e, wall_us from, wall_us to, enum reason why)
{
	int64_t last = DAY + longest_late(e->station);
	while (from.us < to.us) {
		wall_us until = { to.us - from.us > last ? from.us + DAY : to.us };
		struct plan plan = { 0 };
		plan_between(e->station, (wall_us){ from.us + 1 }, (wall_us){ until.us + 1 }, &plan);
		bool *made_up = mem_new_n(bool, plan.items.n);
		absence_fates(e->station, plan.items.at, plan.items.n, to, made_up);
		for (size_t i = 0; i < plan.items.n; i++)
			if (plan.items.at[i].at.us < e->book_end.us)
				miss(e, &plan.items.at[i], made_up[i], why);
		mem_free(made_up);
		plan_free(&plan);
		engine_carry_out(e);
		from = until;
	}
}

/* Instants at or after the end of a dry run are nobody's. */
static wall_us before_book_end(const struct engine *e, wall_us at)
{
	return at.us < e->book_end.us ? at : (wall_us){ e->book_end.us - 1 };
}

static bool alarm_at_desk(const struct engine *e, const struct alarm *al)
{
	for (size_t i = 0; i < desk_count(e->desk); i++) {
		const struct airing *a = desk_at(e->desk, i);
		if (a->rule == &al->station->rules.at[al->rule] && a->phase != AIR_DONE)
			return true;
	}
	return false;
}

/* Outside its pattern, unless a cut one is about to. */
static void air_at_once(struct engine *e, struct alarm_run *run, bool about_to)
{
	if (!about_to && !run->alarm.ended && !alarm_expired(&run->alarm, e->now) && e->now.us < e->book_end.us)
		engine_enter_repeat(e, run, run->alarm.repeat++, e->now);
}

/* Repeats that passed are missed; then it airs at once. */
static void miss_repeats(struct engine *e, struct alarm_run *run, wall_us to, enum reason why)
{
	struct alarm *al = &run->alarm;
	bool about_to = alarm_at_desk(e, al);
	size_t before = desk_count(e->desk);
	wall_us at;
	int repeat;
	while (alarm_due(al, before_book_end(e, to), &at, &repeat))
		engine_enter_repeat(e, run, repeat, at);
	bool missed = desk_count(e->desk) > before;
	while (desk_count(e->desk) > before)
		desk_decide(e->desk, desk_at(e->desk, before), STATE_MISSED, why);
	if (missed || why != REASON_CLOCK) /* a clock that is set has taken nothing from the air by itself */
		air_at_once(e, run, about_to);
}

void feed_alarms_at_once(struct engine *e)
{
	for (size_t i = 0; i < e->alarms.n; i++)
		air_at_once(e, &e->alarms.at[i], alarm_at_desk(e, &e->alarms.at[i].alarm));
}

void feed_absence(struct engine *e, wall_us from, wall_us to, enum reason why)
{
	if (!e->desk)
		return;
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_int(&t, "from_us", from.us);
	json_int(&t, "to_us", to.us);
	json_str(&t, "reason", verdict_reason_name(why));
	json_close(&t, '}');
	record_event(e, "absence", text_str(&t));
	text_free(&t);
	miss_planned(e, from, to, why);
	play_absence(e, from, to, why);
	for (size_t i = 0; i < e->alarms.n; i++)
		miss_repeats(e, &e->alarms.at[i], to, why);
	e->entered = to;
	e->fed = to;
	feed_replan(e);
}

/* ── Days ── */

static void record_excused(void *self, const struct excused *x)
{
	struct engine *e = self;
	char day[VALUE_BYTES];
	value_print_iso_date(x->day, day);
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "exception", e->station->exceptions.at[x->exception].name);
	json_str(&t, "day", day);
	json_str(&t, "rule", e->station->rules.at[x->rule].name);
	json_str(&t, "bulletin", x->bulletin < 0 ? NULL : e->station->bulletins.at[x->bulletin].name);
	json_close(&t, '}');
	record_event(e, "exception", text_str(&t));
	text_free(&t);
}

void feed_first_day(struct engine *e)
{
	if (e->excused_until == DAY_NONE && engine_trusted(e))
		e->excused_until = tz_local(e->station->tz, e->now).day - 1;
}

void feed_day(struct engine *e)
{
	day_num day = tz_local(e->station->tz, e->now).day;
	if (day == e->today || !engine_trusted(e))
		return;
	feed_first_day(e);
	bool first = e->today == DAY_NONE;
	e->today = day;
	if (!first) {
		e->s.journal.day_end(e->s.journal.self);
		record_checkpoint(e, "day");
	}
	/* Days nobody was there for are excused as well. */
	for (day_num from = e->excused_until + 1;
		from <= day && tz_instant(e->station->tz, from, 0).us < e->book_end.us; from++) {
		e->excused_until = from;
		plan_excused(e->station, from, record_excused, e);
	}
}
