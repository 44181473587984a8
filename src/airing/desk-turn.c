/* See desk.h.  Order within a turn: what is due enters, orders and limits end what cannot air any more, guards clear
 * the air, and last each zone is given what choose.c picks. */
#include "airing/desk.h"

#include "airing/choose.h"
#include "airing/desk-inside.h"
#include "base/mem.h"
#include "schedule/tz.h"

#include <string.h>

/* No firing lasts longer; after it nobody can ask any more whether it was ended. */
#define ENDED_KEPT (INT64_C(32) * 86400 * US_PER_S)

struct desk *desk_new(const struct station *st, const struct desk_env *env)
{
	struct desk *d = mem_new(struct desk);
	d->station = st;
	d->env = *env;
	for (size_t z = 0; z < st->zones.n; z++)
		d->zones[z].off = !st->zones.at[z].on;
	return d;
}

void desk_free(struct desk **pd)
{
	struct desk *d = *pd;
	if (!d)
		return;
	for (size_t i = d->acts_taken; i < d->acts.n; i++)
		if (d->acts.at[i].kind == ACT_VERDICT || d->acts.at[i].kind == ACT_WITHDRAWN)
			airing_free(&d->acts.at[i].airing);
	for (size_t i = 0; i < d->all.n; i++)
		airing_free(&d->all.at[i]);
	for (size_t i = 0; i < d->ended.n; i++)
		mem_free(d->ended.at[i].rule);
	airing_free(&d->leaving);
	vec_free(&d->all);
	vec_free(&d->acts);
	vec_free(&d->ended);
	mem_free(d);
	*pd = NULL;
}

/* ── Acts and verdicts ── */

static void act(struct desk *d, enum act_kind kind, struct airing *a, struct airing *instead)
{
	vec_push(&d->acts, (struct act){ .kind = kind, .airing = a, .instead = instead });
}

bool desk_next_act(struct desk *d, struct act *out)
{
	airing_free(&d->leaving);
	if (d->acts_taken == d->acts.n) {
		d->acts.n = d->acts_taken = 0;
		return false;
	}
	*out = d->acts.at[d->acts_taken++];
	if (out->kind == ACT_VERDICT || out->kind == ACT_WITHDRAWN)
		d->leaving = out->airing;
	return true;
}

void desk_leave(struct desk *d, struct airing *a, enum act_kind how)
{
	if (d->zones[a->zone].on == a)
		d->zones[a->zone].on = NULL;
	for (size_t i = 0; i < d->all.n; i++)
		if (d->all.at[i] == a) {
			vec_remove(&d->all, i);
			break;
		}
	a->phase = AIR_DONE;
	act(d, how, a, NULL);
}

static void decide(struct desk *d, struct airing *a, enum state state, enum reason reason)
{
	a->state = state;
	a->reason = reason;
	desk_leave(d, a, ACT_VERDICT);
}

void desk_decide(struct desk *d, struct airing *a, enum state state, enum reason reason)
{
	decide(d, a, state, reason);
}

void desk_end_waiting(struct desk *d, struct airing *a, enum reason of_partial, enum reason of_skipped)
{
	bool heard = airing_heard(a) > 0;
	decide(d, a, heard ? STATE_PARTIAL : STATE_SKIPPED, heard ? of_partial : of_skipped);
}

void desk_stop_for_good(struct desk *d, struct airing *a, enum reason why)
{
	if (a->phase == AIR_ON)
		act(d, ACT_STOP, a, NULL);
	a->phase = AIR_STOPPING;
	if (!a->final_reason)
		a->final_reason = why;
	if (d->zones[a->zone].on == a)
		d->zones[a->zone].on = NULL;
}

void desk_add(struct desk *d, struct airing *a)
{
	vec_push(&d->all, a);
}

void desk_withdraw(struct desk *d, wall_us from)
{
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		if (a->phase == AIR_UPCOMING && a->planned.us >= from.us)
			desk_leave(d, a, ACT_WITHDRAWN);
		else
			i++;
	}
}

/* ── Entering the account (rule 10) ── */

static bool firing_ended(const struct desk *d, const struct airing *a)
{
	for (size_t i = 0; a->rule && i < d->ended.n; i++) {
		const struct ended_firing *e = &d->ended.at[i];
		if (e->zone == a->zone && e->firing.us == a->firing.us && !strcmp(e->rule, a->rule->name))
			return true;
	}
	return false;
}

static bool quiet(const struct desk *d, const struct airing *a, wall_us now)
{
	return a->level != LEVEL_EMERGENCY && guard_at(d->station, GUARD_REFUSE, a->zone, now);
}

/* The next instant at which quiet hours may take something off the air.  Asked only while there is something: a year
 * of silence costs nothing. */
static wall_us quiet_border(const struct desk *d, int zone, wall_us now)
{
	return guard_at(d->station, GUARD_REFUSE, zone, now) ? now
							     : guard_next_begin(d->station, GUARD_REFUSE, zone, now);
}

static bool outside_windows(const struct airing *a, wall_us now)
{
	if (a->kind != AIRING_MANUAL || a->unscheduled)
		return false; /* the plan has none, and what belongs to no schedule has no window */
	int bulletin = (int)(a->bulletin - a->station->bulletins.at);
	return !bulletin_open(a->station, bulletin, tz_local(a->station->tz, now).day);
}

/* Why it will not air although its instant has come; REASON_NONE. */
static enum reason refusal(const struct desk *d, const struct airing *a, wall_us now)
{
	const struct zone_desk *z = &d->zones[a->zone];
	bool emergency = a->level == LEVEL_EMERGENCY;
	if (z->off)
		return REASON_ZONE_OFF;
	if (z->held && !emergency)
		return REASON_HELD;
	if (firing_ended(d, a))
		return REASON_OPERATOR;
	if (outside_windows(a, now))
		return REASON_OUT_OF_WINDOW;
	bool approved = a->bulletin->approved_by || a->unscheduled; /* nobody can approve what is not yet said */
	if (!emergency && a->station->approval && !approved)
		return REASON_NOT_APPROVED;
	if (quiet(d, a, now))
		return REASON_QUIET_HOURS;
	return REASON_NONE;
}

static void enter(struct desk *d, struct airing *a, wall_us now)
{
	a->phase = AIR_WAITING;
	a->fresh = true;
	d->zones[a->zone].quiet_border = quiet_border(d, a->zone, now);
	act(d, ACT_ENTERED, a, NULL);
	enum reason why = refusal(d, a, now);
	if (why)
		decide(d, a, STATE_SKIPPED, why);
}

static void each(struct desk *d, void (*fn)(struct desk *, struct airing *, wall_us), wall_us now)
{
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		fn(d, a, now);
		if (i < d->all.n && d->all.at[i] == a)
			i++;
	}
}

static bool by_the_clock(const struct airing *a)
{
	return a->kind == AIRING_PLANNED || a->timed;
}

/* Its instant counts: not while nobody knows the time. */
static bool has_instant(const struct desk *d, const struct airing *a)
{
	return a->phase == AIR_UPCOMING && !(d->schedule_held && by_the_clock(a));
}

static void enter_if_due(struct desk *d, struct airing *a, wall_us now)
{
	if (has_instant(d, a) && a->planned.us <= now.us)
		enter(d, a, now);
}

/* ── Limits (rules 5, 6, 8, 16) ── */

static void end_late(struct desk *d, struct airing *a)
{
	bool had_time = a->planned.us <= a->last_start.us; /* else it never could have aired, on any output */
	bool never_heard = a->joined.us && !airing_heard(a);
	if (a->was_cut && !never_heard)
		decide(d, a, STATE_PARTIAL, a->cut_reason);
	else if (never_heard || (d->zones[a->zone].lost && had_time))
		decide(d, a, STATE_FAILED, REASON_DEVICE_LOST);
	else
		decide(d, a, STATE_MISSED, a->limit_is_session_end ? REASON_SESSION_OVER : REASON_LATE);
}

/* Verbs end what waits when they are given; a start or a reload may find more of it (rules 10, 17). */
static void apply_orders(struct desk *d, struct airing *a, wall_us now)
{
	(void)now;
	const struct zone_desk *z = &d->zones[a->zone];
	if (a->phase != AIR_WAITING)
		return;
	if (z->off)
		desk_end_waiting(d, a, REASON_OPERATOR, REASON_ZONE_OFF);
	else if (z->held && a->level != LEVEL_EMERGENCY)
		desk_end_waiting(d, a, REASON_HELD, REASON_HELD);
	else if (firing_ended(d, a))
		desk_end_waiting(d, a, REASON_OPERATOR, REASON_OPERATOR);
}

static void apply_limits(struct desk *d, struct airing *a, wall_us now)
{
	wall_us until = a->was_cut ? airing_back_by(a) : a->last_start;
	if (a->phase == AIR_WAITING && now.us > until.us)
		end_late(d, a);
	else if (a->phase == AIR_ON && now.us >= a->hard_end.us)
		desk_stop_for_good(d, a, REASON_SESSION_OVER);
}

/* ── Guards (rule 9) ── */

static void clear_for_quiet(struct desk *d, struct airing *a, wall_us now)
{
	if (!quiet(d, a, now))
		return;
	if (a->phase == AIR_ON)
		desk_stop_for_good(d, a, REASON_QUIET_HOURS);
	else if (a->phase == AIR_WAITING)
		desk_end_waiting(d, a, REASON_QUIET_HOURS, REASON_QUIET_HOURS);
	else if (a->phase == AIR_STOPPING && !a->final_reason)
		a->final_reason = REASON_QUIET_HOURS;
}

static void apply_guards(struct desk *d, wall_us now)
{
	zone_set hit = 0;
	for (size_t i = 0; i < d->all.n; i++) {
		const struct airing *a = d->all.at[i];
		if (a->phase != AIR_UPCOMING && now.us >= d->zones[a->zone].quiet_border.us)
			hit |= (zone_set)1 << a->zone;
	}
	if (!hit)
		return;
	each(d, clear_for_quiet, now);
	for (int z = 0; z < (int)d->station->zones.n; z++)
		if (hit >> z & 1)
			d->zones[z].quiet_border = guard_next_begin(d->station, GUARD_REFUSE, z, now);
}

/* ── Giving out the air ── */

static void start(struct desk *d, struct airing *a, wall_us now)
{
	struct zone_desk *z = &d->zones[a->zone];
	struct airing *instead = z->on;
	if (instead)
		instead->phase = AIR_STOPPING;
	a->phase = AIR_ON;
	a->from_frame = airing_resume_frame(a, now);
	a->on_since = now;
	z->on = a;
	z->quiet_border = quiet_border(d, a->zone, now);
	act(d, ACT_START, a, instead);
}

size_t desk_of_zone(const struct desk *d, int zone, struct airing **out)
{
	size_t n = 0;
	for (size_t i = 0; i < d->all.n; i++)
		if (d->all.at[i]->zone == zone && d->all.at[i]->phase != AIR_UPCOMING)
			out[n++] = d->all.at[i];
	return n;
}

void desk_hold_schedule(struct desk *d, bool held)
{
	d->schedule_held = held;
}

static size_t candidates(const struct desk *d, int zone, struct airing **out)
{
	size_t n = desk_of_zone(d, zone, out), kept = 0;
	for (size_t i = 0; i < n; i++)
		if (!out[i]->mute && (!d->schedule_held || out[i]->kind != AIRING_PLANNED))
			out[kept++] = out[i];
	return kept;
}

/* A planned instant is the end of the item before it, rounded up to whole milliseconds: until it has come, that item
 * boundary is not complete, and what stands there (a priority one, perhaps) has not been asked yet. */
#define BOUNDARY (US_PER_MS - 1)

static bool boundary_incomplete(const struct desk *d, int zone, wall_us now)
{
	for (size_t i = 0; i < d->all.n; i++) {
		const struct airing *a = d->all.at[i];
		if (a->zone == zone && a->phase == AIR_UPCOMING && a->planned.us > now.us &&
			a->planned.us <= now.us + BOUNDARY)
			return true;
	}
	return false;
}

/* The line that decides what is on air next is choose_next(); nothing is cut before the next one is playable. */
static void settle(struct desk *d, int zone, struct airing **scratch, wall_us now)
{
	struct zone_desk *z = &d->zones[zone];
	while (!z->lost) {
		struct airing *next = choose_next(scratch, candidates(d, zone, scratch), z->on);
		if (!next || (next->level < LEVEL_EMERGENCY && boundary_incomplete(d, zone, now)))
			return;
		enum reason broken = d->env.playable(d->env.self, next);
		if (!broken) {
			start(d, next, now);
			return;
		}
		decide(d, next, STATE_FAILED, broken);
	}
}

static void settle_all(struct desk *d, wall_us now)
{
	zone_set wanted = 0;
	for (size_t i = 0; i < d->all.n; i++)
		if (d->all.at[i]->phase == AIR_WAITING)
			wanted |= (zone_set)1 << d->all.at[i]->zone;
	if (!wanted)
		return;
	struct airing **scratch = mem_new_n(struct airing *, d->all.n);
	for (int z = 0; z < (int)d->station->zones.n; z++)
		if (wanted >> z & 1)
			settle(d, z, scratch, now);
	mem_free(scratch);
}

static void forget_old_endings(struct desk *d, wall_us now)
{
	while (d->ended.n && d->ended.at[0].firing.us + ENDED_KEPT < now.us) {
		mem_free(d->ended.at[0].rule);
		vec_remove(&d->ended, 0);
	}
}

void desk_find_borders(struct desk *d, wall_us now)
{
	for (size_t z = 0; z < d->station->zones.n; z++)
		d->zones[z].quiet_border = quiet_border(d, (int)z, now);
}

/* The clock was set back: what is planned and has not begun waits for its instant once more (rule 2), and the borders
 * found before lie too far ahead.  What somebody commanded was wanted then, whatever the clock says now. */
static void go_back(struct desk *d, wall_us now)
{
	desk_find_borders(d, now);
	for (size_t i = 0; i < d->all.n; i++) {
		struct airing *a = d->all.at[i];
		if (by_the_clock(a) && a->phase == AIR_WAITING && !a->was_cut && a->planned.us > now.us)
			a->phase = AIR_UPCOMING;
	}
}

void desk_pass_time(struct desk *d, wall_us now)
{
	if (now.us < d->last_turn.us)
		go_back(d, now);
	d->last_turn = now;
	each(d, enter_if_due, now);
	each(d, apply_orders, now);
	each(d, apply_limits, now);
	apply_guards(d, now);
	settle_all(d, now);
	for (size_t i = 0; i < d->all.n; i++)
		d->all.at[i]->fresh = false;
}

void desk_turn(struct desk *d, wall_us now)
{
	desk_pass_time(d, now);
	forget_old_endings(d, now);
}

static void sooner(wall_us *best, int64_t us)
{
	if (us < best->us)
		best->us = us;
}

wall_us desk_next(const struct desk *d)
{
	wall_us best = { US_NEVER };
	for (size_t i = 0; i < d->all.n; i++) {
		const struct airing *a = d->all.at[i];
		wall_us until = a->was_cut ? airing_back_by(a) : a->last_start;
		if (has_instant(d, a))
			sooner(&best, a->planned.us);
		if (a->phase == AIR_WAITING && until.us != US_NEVER)
			sooner(&best, until.us + 1);
		if (a->phase == AIR_ON)
			sooner(&best, a->hard_end.us);
		if ((a->phase == AIR_ON || a->phase == AIR_WAITING) && a->level != LEVEL_EMERGENCY)
			sooner(&best, d->zones[a->zone].quiet_border.us);
	}
	return best;
}

/* ── Looking ── */

size_t desk_count(const struct desk *d)
{
	return d->all.n;
}

struct airing *desk_at(const struct desk *d, size_t i)
{
	return d->all.at[i];
}

struct airing *desk_find(const struct desk *d, const char *id)
{
	for (size_t i = 0; i < d->all.n; i++)
		if (!strcmp(d->all.at[i]->id, id))
			return d->all.at[i];
	return NULL;
}

struct airing *desk_on_air(const struct desk *d, int zone)
{
	return d->zones[zone].on;
}

bool desk_is_held(const struct desk *d, int zone)
{
	return d->zones[zone].held;
}

bool desk_is_off(const struct desk *d, int zone)
{
	return d->zones[zone].off;
}

bool desk_is_lost(const struct desk *d, int zone)
{
	return d->zones[zone].lost;
}

bool desk_uses(const struct desk *d, const struct station *st)
{
	for (size_t i = 0; i < d->all.n; i++)
		if (d->all.at[i]->station == st)
			return true;
	return false;
}
