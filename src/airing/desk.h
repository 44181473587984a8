/* The on-air desk: who is on air in each zone, who waits, what is cut, resumed, missed — and the one verdict of each
 * (design, section 3).  Pure: events and the time come in, acts come out; the engine carries them out.
 *
 * An airing enters with desk_add() (upcoming), wants the air from its planned instant on, and leaves with ACT_VERDICT. */
#ifndef LOAXA_AIRING_DESK_H
#define LOAXA_AIRING_DESK_H

#include "airing/airing.h"

enum act_kind {
	ACT_ENTERED,   /* its instant has come: it is in the account now */
	ACT_START,     /* put it on air from airing->from_frame; replaces airing `instead` when that is not NULL */
	ACT_WITHDRAWN, /* taken away before its instant: it never entered; freed like ACT_VERDICT */
	ACT_STOP,      /* take it off the air; tell desk_stopped() the frame it reached */
	ACT_VERDICT    /* airing->state and reason are final; the airing is freed at the next desk_next_act() */
};

struct act {
	enum act_kind kind;
	struct airing *airing, *instead;
};

struct desk_env {
	void *self;
	/* REASON_NONE, or why it cannot be played now (file-missing, file-corrupt, file-changed, device-lost). */
	enum reason (*playable)(void *self, const struct airing *);
};

struct desk;

struct desk *desk_new(const struct station *, const struct desk_env *);
void desk_free(struct desk **);

/* The desk owns it from now on.  Upcoming, or (after an absence) waiting with was_cut set. */
void desk_add(struct desk *, struct airing *);
/* A planned instant that passed while nobody was there, or that was decided elsewhere: final at once. */
void desk_decide(struct desk *, struct airing *, enum state, enum reason);
/* What is planned at or after that instant will not enter. */
void desk_withdraw(struct desk *, wall_us from);

/* While the clock is distrusted nothing planned enters or goes on air; what is on air stays there (rule 13). */
void desk_hold_schedule(struct desk *, bool held);

/* Everything the passing of time decides, up to now.  Ends with each zone playing what it should. */
void desk_turn(struct desk *, wall_us now);
/* The next instant at which time alone decides something; US_NEVER. */
wall_us desk_next(const struct desk *);

/* What the sound says. */
void desk_started(struct desk *, struct airing *, wall_us at);
void desk_ended(struct desk *, struct airing *, wall_us at);
/* Its speaker had no more to say: the item was that long. */
void desk_said(struct desk *, struct airing *, int64_t frames, wall_us at);
void desk_stopped(
	struct desk *, struct airing *, int64_t frame, wall_us at); /* after ACT_STOP or a replacing ACT_START */
void desk_broken(struct desk *, struct airing *, int64_t frame, wall_us at, enum reason);
void desk_lost(struct desk *, struct airing *, int64_t frame, wall_us at); /* its output died under it */
/* A relay's source fell silent, from that frame on: it waits, as on a lost output, until there is sound again. */
void desk_silent(struct desk *, struct airing *, int64_t frame, wall_us at);
void desk_audible(struct desk *, struct airing *);
void desk_output(struct desk *, int output, bool lost);

/* What people say; zones = which.  Call desk_turn() after. */
void desk_stop(struct desk *, zone_set);
void desk_skip(struct desk *, zone_set);
void desk_hold(struct desk *, zone_set);
void desk_release(struct desk *, zone_set);
void desk_off(struct desk *, zone_set);
void desk_on(struct desk *, zone_set);
/* Waiting airings of that emergency end skipped (operator): it was cancelled. */
void desk_cancel(struct desk *, const char *rule);
/* … and what of it is on air: another text takes its place. */
void desk_take_back(struct desk *, const char *rule);
/* One of those in the account ends: on air partial (operator), waiting skipped. */
void desk_take_off(struct desk *, struct airing *);
/* It lasts longer: what of it waits may start until then. */
void desk_extend(struct desk *, const char *rule, wall_us was, wall_us over);
/* Plays of that number that were ordered ahead: what is to come is withdrawn, what waits ends skipped (operator). */
void desk_cancel_timed(struct desk *, int number);

/* A new schedule: waiting planned airings for which stays() is false end skipped (replaced); zones are found again by
 * name.  False when a zone that would vanish has something on air or waiting: nothing is changed. */
bool desk_adopt(struct desk *, const struct station *, bool (*stays)(void *self, const struct airing *), void *self,
	wall_us now);

bool desk_next_act(struct desk *, struct act *);

/* Looking ahead: what will be started next in each zone if nothing unexpected happens.  The desk itself is run forward,
 * on a copy; nothing is decided by it. */
struct outlook {
	wall_us now, until;
	const wall_us *ends;           /* of each zone: when what is on air there will have been heard whole */
	struct airing *const *further; /* not at the desk yet, but there by their instants: an emergency's repeats */
	size_t n_further;
};
/* airing: the desk's own or a further one; NULL = nothing is foreseen, or it would cut something short, which is decided
 * in its instant only.  at: after what is on air was heard, and not before its planned instant. */
struct foreseen {
	struct airing *airing;
	int64_t from_frame;
	wall_us at;
};
/* out: one for each zone of the desk's station. */
void desk_foresee(const struct desk *, const struct outlook *, struct foreseen *out);

/* Looking. */
size_t desk_count(const struct desk *);                        /* airings at the desk that have no verdict */
struct airing *desk_at(const struct desk *, size_t i);         /* in the order they came */
struct airing *desk_find(const struct desk *, const char *id); /* or NULL */
struct airing *desk_on_air(const struct desk *, int zone);
bool desk_is_held(const struct desk *, int zone);
bool desk_is_off(const struct desk *, int zone);
bool desk_is_lost(const struct desk *, int zone);
/* Firings that `stop` ended, newest last: to write them down, and to put them back after a restart. */
struct ended_firing {
	char *rule; /* name */
	wall_us firing;
	int zone;
};
size_t desk_ended_count(const struct desk *);
const struct ended_firing *desk_ended_at(const struct desk *, size_t i);
void desk_end_firing(struct desk *, const char *rule, wall_us firing, int zone); /* once is enough */
/* In every zone: what of it is on air or waits ends (operator), its later items are skipped at their instants. */
void desk_stop_firing(struct desk *, const char *rule, wall_us firing);
void desk_resume_firing(struct desk *, const char *rule, wall_us firing); /* what is still to come of it airs */

bool desk_uses(const struct desk *, const struct station *); /* does an airing still come from that schedule? */

#endif
