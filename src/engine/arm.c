/* Foresight for the sound: about a second and a half before a zone's next start it is told what that will be, so that
 * the first frame leaves to the frame.  The truth stays at the desk: what it decides otherwise is disarmed. */
#include "base/mem.h"
#include "engine/engine-inside.h"

#include <string.h>

#define ARM_AHEAD (INT64_C(1500) * US_PER_MS)
/* A wake for an instant that moves a little, as a card's clock drifts, must find it near enough. */
#define ARM_SLACK (INT64_C(50) * US_PER_MS)
/* An end may come that much before it was expected: positions are as old as the audio thread's last look at its card. */
#define END_SLACK (INT64_C(400) * US_PER_MS)

static bool is_armed(const struct armed *m)
{
	return m->item.token != 0;
}

static void forget(struct armed *m)
{
	mem_free(m->id);
	*m = (struct armed){ 0 };
}

static void drop(struct engine *e, int zone)
{
	if (!is_armed(&e->armed[zone]))
		return;
	e->s.sound.disarm(e->s.sound.self, zone);
	forget(&e->armed[zone]);
}

void arm_drop_all(struct engine *e)
{
	for (int z = 0; z < ZONES_MAX; z++)
		drop(e, z);
}

static bool same_way(const struct station *was, const struct station *is, int zone)
{
	if (zone >= (int)was->zones.n || zone >= (int)is->zones.n)
		return false;
	const struct zone *a = &was->zones.at[zone], *b = &is->zones.at[zone];
	const struct output *from = &was->outputs.at[a->output], *to = &is->outputs.at[b->output];
	return !strcmp(a->name, b->name) && a->channel == b->channel && !strcmp(from->name, to->name) &&
	       !strcmp(from->sink, to->sink) && from->rate == to->rate && from->high_pass == to->high_pass;
}

/* What both schedules plan next goes on to its first frame as if nothing had happened; arm_ahead() drops the rest. */
void arm_adopt(struct engine *e, const struct station *next)
{
	for (int z = 0; z < ZONES_MAX; z++)
		if (!e->station || !same_way(e->station, next, z))
			drop(e, z);
}

void arm_forget(struct engine *e)
{
	for (int z = 0; z < ZONES_MAX; z++)
		forget(&e->armed[z]);
}

static struct sound_item item_of(const struct engine *e, const struct airing *a, int64_t from_frame)
{
	return (struct sound_item){ .zone = a->zone,
		.bulletin = a->bulletin,
		.from_frame = from_frame,
		.frames = a->frames,
		.volume_permille = engine_permille(e, a),
		.emergency = a->level == LEVEL_EMERGENCY,
		.at = e->now };
}

static bool is_armed_as(const struct armed *m, const struct airing *a, const struct sound_item *item)
{
	return is_armed(m) && !strcmp(m->id, a->id) && m->item.bulletin == item->bulletin &&
	       m->item.from_frame == item->from_frame && m->item.volume_permille == item->volume_permille;
}

/* ── The real start ── */

static bool being_stopped(const struct engine *e, int zone)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->zone == zone && desk_at(e->desk, i)->phase == AIR_STOPPING)
			return true;
	return false;
}

/* What takes the air from something else, or before its turn was expected, is not the start that was foreseen: that one
 * lies behind an end which will not come. */
struct sound_item arm_item(struct engine *e, const struct airing *a)
{
	struct armed *m = &e->armed[a->zone];
	struct sound_item item = item_of(e, a, a->from_frame);
	bool in_turn = e->now.us + END_SLACK >= m->expected.us && !being_stopped(e, a->zone);
	if (is_armed_as(m, a, &item) && in_turn) {
		item = m->item;
		forget(m);
		return item;
	}
	drop(e, a->zone);
	item.token = ++e->tokens;
	return item;
}

/* ── What is foreseen ── */

/* An emergency's row never has to wait.  Live words cannot be had ahead; a relay that was cut is joined again where it
 * then is. */
static bool may_be_armed(const struct engine *e, const struct foreseen *f)
{
	const struct airing *a = f->airing;
	if (a->spoken || bound_changed(e, a) || (a->bulletin->relay.source && f->from_frame))
		return false;
	bool durable = a->intent_written && e->s.journal.durable(e->s.journal.self) >= a->intent_ticket;
	return durable || a->kind == AIRING_EMERGENCY;
}

/* What waits comes right behind what is on air; an instant after that end, or its own, it still waits for. */
static wall_us wanted(const struct engine *e, const struct foreseen *f, wall_us end)
{
	wall_us at = f->at.us > end.us ? f->at : e->now;
	bool upcoming = f->airing->phase == AIR_UPCOMING;
	return upcoming && f->airing->planned.us > at.us ? f->airing->planned : at;
}

static void arm(struct engine *e, int zone, const struct foreseen *f, wall_us end)
{
	struct armed *m = &e->armed[zone];
	if (!f->airing || !may_be_armed(e, f)) {
		drop(e, zone);
		return;
	}
	struct sound_item item = item_of(e, f->airing, f->from_frame);
	if (!is_armed_as(m, f->airing, &item)) {
		item.token = ++e->tokens;
		item.at = wanted(e, f, end);
		m->item = item;
		mem_renew(&m->id, f->airing->id);
		e->s.sound.arm(e->s.sound.self, &item);
	}
	m->expected = f->at;
}

/* When what is on air in each zone will have been heard, by where it is now: a card's clock is not ours. */
static void find_ends(const struct engine *e, wall_us ends[ZONES_MAX])
{
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		const struct airing *a = desk_on_air(e->desk, z);
		if (!a)
			continue;
		int64_t left = a->frames - e->s.sound.position(e->s.sound.self, z, a->token);
		ends[z].us = e->now.us + left / a->rate * US_PER_S + left % a->rate * US_PER_S / a->rate;
	}
}

/* Something may start at that instant: is it near?  Else it is looked at again when it will be. */
static bool is_near(struct engine *e, wall_us at)
{
	if (at.us - e->now.us <= ARM_AHEAD + ARM_SLACK)
		return true;
	if (at.us - ARM_AHEAD < e->arm_next.us)
		e->arm_next.us = at.us - ARM_AHEAD;
	return false;
}

static bool anything_near(struct engine *e, const wall_us ends[ZONES_MAX])
{
	bool near = false;
	for (size_t i = 0; i < desk_count(e->desk); i++) {
		const struct airing *a = desk_at(e->desk, i);
		bool upcoming = a->phase == AIR_UPCOMING && (engine_trusted(e) || a->kind != AIRING_PLANNED);
		if (upcoming)
			near |= is_near(e, a->planned);
		if ((upcoming || a->phase == AIR_WAITING) && desk_on_air(e->desk, a->zone))
			near |= is_near(e, ends[a->zone]);
	}
	for (size_t i = 0; i < e->alarms.n; i++) {
		const struct alarm *al = &e->alarms.at[i].alarm;
		if (!al->ended && al->next.us < e->book_end.us)
			near |= is_near(e, al->next);
	}
	return near;
}

static void foresee(struct engine *e, const wall_us ends[ZONES_MAX], struct foreseen *out, struct airings *further)
{
	struct outlook o = { .now = e->now, .until = { e->now.us + ARM_AHEAD + ARM_SLACK }, .ends = ends };
	engine_foresee_alarms(e, o.until, further);
	o.further = further->at;
	o.n_further = further->n;
	desk_foresee(e->desk, &o, out);
}

void arm_ahead(struct engine *e)
{
	struct foreseen seen[ZONES_MAX] = { 0 };
	struct airings further = { 0 };
	wall_us ends[ZONES_MAX] = { 0 };
	e->arm_next.us = US_NEVER;
	if (!e->s.sound.arm)
		return;
	find_ends(e, ends);
	if (anything_near(e, ends))
		foresee(e, ends, seen, &further);
	for (int z = 0; z < (int)e->station->zones.n; z++)
		arm(e, z, &seen[z], ends[z]);
	for (size_t i = 0; i < further.n; i++)
		airing_free(&further.at[i]);
	vec_free(&further);
}
