/* What people tell the desk (rule 17), and a new schedule (rule 15). */
#include "airing/choose.h"
#include "airing/desk-inside.h"
#include "base/mem.h"

#include <string.h>

static bool is_firing(const struct ended_firing *f, const char *rule, wall_us firing)
{
	return f->firing.us == firing.us && !strcmp(f->rule, rule);
}

void desk_end_firing(struct desk *d, const char *rule, wall_us firing, int zone)
{
	for (size_t i = 0; i < d->ended.n; i++)
		if (is_firing(&d->ended.at[i], rule, firing) && d->ended.at[i].zone == zone)
			return;
	vec_push(&d->ended, (struct ended_firing){ .rule = mem_dup(rule), .firing = firing, .zone = zone });
}

size_t desk_ended_count(const struct desk *d)
{
	return d->ended.n;
}

const struct ended_firing *desk_ended_at(const struct desk *d, size_t i)
{
	return &d->ended.at[i];
}

/* Calls fn for every airing of those zones that is in the account; fn may take the one it is given away. */
static void each_of(struct desk *d, zone_set zones, void (*fn)(struct desk *, struct airing *))
{
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		if (a->phase != AIR_UPCOMING && (zones >> a->zone & 1))
			fn(d, a);
		if (i < d->all.n && d->all.at[i] == a)
			i++;
	}
}

static void take_off(struct desk *d, struct airing *a, enum reason of_partial, enum reason of_skipped)
{
	if (a->phase == AIR_WAITING)
		desk_end_waiting(d, a, of_partial, of_skipped);
	else
		desk_stop_for_good(d, a, of_partial);
}

static void stop_one(struct desk *d, struct airing *a)
{
	if (a->rule)
		desk_end_firing(d, a->rule->name, a->firing, a->zone);
	take_off(d, a, REASON_OPERATOR, REASON_OPERATOR);
}

void desk_stop(struct desk *d, zone_set zones)
{
	each_of(d, zones, stop_one);
}

void desk_stop_firing(struct desk *d, const char *rule, wall_us firing)
{
	for (int z = 0; z < (int)d->station->zones.n; z++)
		desk_end_firing(d, rule, firing, z);
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		bool its = a->rule && a->firing.us == firing.us && !strcmp(a->rule->name, rule);
		if (its && a->phase != AIR_UPCOMING)
			take_off(d, a, REASON_OPERATOR, REASON_OPERATOR);
		if (i < d->all.n && d->all.at[i] == a)
			i++;
	}
}

void desk_resume_firing(struct desk *d, const char *rule, wall_us firing)
{
	for (size_t i = 0; i < d->ended.n;) {
		if (!is_firing(&d->ended.at[i], rule, firing)) {
			i++;
			continue;
		}
		mem_free(d->ended.at[i].rule);
		vec_remove(&d->ended, i);
	}
}

void desk_skip(struct desk *d, zone_set zones)
{
	struct airing **waiting = mem_new_n(struct airing *, d->all.n);
	for (int z = 0; z < (int)d->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		struct airing *a = d->zones[z].on;
		if (!a)
			a = choose_next(waiting, desk_of_zone(d, z, waiting), NULL);
		if (a)
			take_off(d, a, REASON_OPERATOR, REASON_OPERATOR);
	}
	mem_free(waiting);
}

static void hold_one(struct desk *d, struct airing *a)
{
	if (a->level != LEVEL_EMERGENCY)
		take_off(d, a, REASON_HELD, REASON_HELD);
}

void desk_hold(struct desk *d, zone_set zones)
{
	for (size_t z = 0; z < d->station->zones.n; z++)
		d->zones[z].held |= zones >> z & 1;
	each_of(d, zones, hold_one);
}

void desk_release(struct desk *d, zone_set zones)
{
	for (size_t z = 0; z < d->station->zones.n; z++)
		if (zones >> z & 1)
			d->zones[z].held = false;
}

/* A cluster switched off under an item: no state of design section 3 is "partial, zone-off"; a person did it. */
static void off_one(struct desk *d, struct airing *a)
{
	take_off(d, a, REASON_OPERATOR, REASON_ZONE_OFF);
}

void desk_off(struct desk *d, zone_set zones)
{
	for (size_t z = 0; z < d->station->zones.n; z++)
		d->zones[z].off |= zones >> z & 1;
	each_of(d, zones, off_one);
}

void desk_on(struct desk *d, zone_set zones)
{
	for (size_t z = 0; z < d->station->zones.n; z++)
		if (zones >> z & 1)
			d->zones[z].off = false;
}

void desk_cancel(struct desk *d, const char *rule)
{
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		bool its = a->kind == AIRING_EMERGENCY && !strcmp(a->rule->name, rule);
		bool being_cut = a->phase == AIR_STOPPING && !a->final_reason;
		if (its && being_cut)
			a->final_reason = REASON_OPERATOR;
		if (its && a->phase == AIR_WAITING)
			desk_end_waiting(d, a, REASON_OPERATOR, REASON_OPERATOR);
		else
			i++;
	}
}

void desk_take_back(struct desk *d, const char *rule)
{
	desk_cancel(d, rule);
	for (size_t i = 0; i < d->all.n; i++) {
		struct airing *a = d->all.at[i];
		if (a->kind == AIRING_EMERGENCY && a->phase == AIR_ON && !strcmp(a->rule->name, rule))
			desk_stop_for_good(d, a, REASON_OPERATOR);
	}
}

void desk_take_off(struct desk *d, struct airing *a)
{
	if (a->phase != AIR_UPCOMING)
		take_off(d, a, REASON_OPERATOR, REASON_OPERATOR);
}

void desk_extend(struct desk *d, const char *rule, wall_us was, wall_us over)
{
	for (size_t i = 0; i < d->all.n; i++) {
		struct airing *a = d->all.at[i];
		bool its = a->kind == AIRING_EMERGENCY && !strcmp(a->rule->name, rule);
		if (its && a->last_start.us == was.us)
			a->last_start = over;
	}
}

void desk_cancel_timed(struct desk *d, int number)
{
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		bool its = a->timed && a->place == number;
		if (its && a->phase == AIR_UPCOMING)
			desk_leave(d, a, ACT_WITHDRAWN);
		else if (its && a->phase == AIR_WAITING)
			desk_end_waiting(d, a, REASON_OPERATOR, REASON_OPERATOR);
		else
			i++;
	}
}

/* ── A new schedule ── */

static int zone_in(const struct station *next, const struct station *old, int zone)
{
	return station_zone(next, old->zones.at[zone].name);
}

static bool zones_in_use_stay(const struct desk *d, const struct station *next)
{
	for (size_t i = 0; i < d->all.n; i++)
		if (d->all.at[i]->phase != AIR_UPCOMING && zone_in(next, d->station, d->all.at[i]->zone) < 0)
			return false;
	return true;
}

static void move_zones(struct desk *d, const struct station *next)
{
	struct zone_desk moved[ZONES_MAX] = { 0 };
	for (size_t z = 0; z < next->zones.n; z++) {
		int was = station_zone(d->station, next->zones.at[z].name);
		if (was >= 0)
			moved[z] = d->zones[was];
		bool on = next->zones.at[z].on;
		if (was < 0 || d->station->zones.at[was].on != on)
			moved[z].off = !on;
	}
	for (size_t i = 0; i < d->all.n; i++)
		d->all.at[i]->zone = zone_in(next, d->station, d->all.at[i]->zone);
	for (size_t i = 0; i < d->ended.n; i++)
		d->ended.at[i].zone = zone_in(next, d->station, d->ended.at[i].zone);
	memcpy(d->zones, moved, sizeof moved);
	d->station = next;
}

bool desk_adopt(struct desk *d, const struct station *next, bool (*stays)(void *self, const struct airing *),
	void *self, wall_us now)
{
	if (!zones_in_use_stay(d, next))
		return false;
	for (size_t i = 0; i < d->all.n;) {
		struct airing *a = d->all.at[i];
		bool no_zone = a->timed && zone_in(next, d->station, a->zone) < 0;
		bool goes = no_zone || (a->kind == AIRING_PLANNED && !stays(self, a));
		if (goes && a->phase == AIR_UPCOMING)
			desk_leave(d, a, ACT_WITHDRAWN);
		else if (goes && a->phase == AIR_WAITING)
			desk_end_waiting(d, a, a->cut_reason, REASON_REPLACED);
		else
			i++;
	}
	move_zones(d, next);
	desk_find_borders(d, now);
	return true;
}
