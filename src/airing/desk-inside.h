/* What desk-turn.c (time), desk-sound.c (the sound), desk-verbs.c (people) and desk-foresee.c share, and nobody else may
 * see. */
#ifndef LOAXA_AIRING_DESK_INSIDE_H
#define LOAXA_AIRING_DESK_INSIDE_H

#include "airing/desk.h"
#include "base/vec.h"

struct zone_desk {
	struct airing *on;
	bool off, held, lost;
	wall_us quiet_border; /* next begin of a refuse guard, as of the last time something entered or started */
};

struct desk {
	const struct station *station;
	struct desk_env env;
	struct zone_desk zones[ZONES_MAX];
	VEC(struct airing *) all;
	VEC(struct act) acts;
	size_t acts_taken;
	VEC(struct ended_firing) ended;
	wall_us last_turn;
	bool schedule_held;
	struct airing *leaving; /* handed out with its verdict: freed at the next call */
};

void desk_leave(struct desk *, struct airing *, enum act_kind how);
/* Somebody ends what waits: what was heard of it makes it partial. */
void desk_end_waiting(struct desk *, struct airing *, enum reason of_partial, enum reason of_skipped);
/* Takes it off the air; the verdict comes with the frame it reached.  The first reason stays. */
void desk_stop_for_good(struct desk *, struct airing *, enum reason);
/* A turn that touches nothing but zones, airings and acts: foresight takes it on a copy of them. */
void desk_pass_time(struct desk *, wall_us now);
/* The guards or the time they are asked for changed. */
void desk_find_borders(struct desk *, wall_us now);
/* Those of one zone that are in the account; out has room for all. */
size_t desk_of_zone(const struct desk *, int zone, struct airing **out);

#endif
