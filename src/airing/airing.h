/* One bulletin of one firing in one zone: what the desk moves about and the journal records.  Pure.
 * Made by airing_new_*; owned by the desk from desk_add() until its verdict was taken (desk_next_act). */
#ifndef LOAXA_AIRING_AIRING_H
#define LOAXA_AIRING_AIRING_H

#include "airing/verdict.h"
#include "base/text.h"
#include "schedule/plan.h"
#include "schedule/station.h"

enum airing_kind { AIRING_PLANNED, AIRING_MANUAL, AIRING_EMERGENCY };
const char *airing_kind_name(enum airing_kind);

enum air_phase {
	AIR_UPCOMING, /* cued: its instant lies ahead */
	AIR_WAITING,  /* its instant has come; it wants the air */
	AIR_ON,
	AIR_STOPPING, /* told to stop; the frame it reached is not known yet */
	AIR_DONE      /* has its verdict */
};

struct segment {
	int64_t first, end; /* frames of the bulletin, end excluded */
	wall_us started;
};

struct airing {
	/* fixed after airing_new */
	char *id;
	enum airing_kind kind;
	const struct station *station; /* the schedule it comes from */
	const struct bulletin *bulletin;
	const struct rule *rule; /* NULL for a manual play */
	wall_us planned;         /* the instant it enters the account */
	wall_us firing;
	int repeat; /* of an emergency: 0 = at the command */
	int place;  /* in the rule's list, from 1 */
	enum level level;
	int rank;
	wall_us last_start; /* it may start until then, that instant included (rules 6, 8) */
	bool limit_is_session_end;
	wall_us hard_end; /* cut there, never back after it; US_NEVER */
	int64_t frames;   /* of the whole bulletin in this zone */
	int rate;
	bool made_up;
	bool unscheduled; /* its bulletin belongs to no schedule: spoken words, a test */
	bool timed;       /* by hand, for an instant that was named ahead: as one the schedule planned, its instant counts */
	bool spoken;      /* live words: `frames` is the most there can be until its speaker ends; cut, they are gone */
	const char *verb; /* static; of one by hand: "play", "speak", "test", "drill"; else NULL */
	int volume;       /* of one by hand, in %, multiplied with the zone's */
	char *by;         /* who commanded it, or NULL */
	int64_t uid;      /* of that peer, -1 */

	/* the desk's */
	int zone; /* index in the desk's present station */
	enum air_phase phase;
	bool fresh;  /* its instant came in this very turn */
	bool was_on; /* started at least once: */
	wall_us started, ended;
	VEC(struct segment) segments; /* closed ones */
	int64_t from_frame;           /* of the running or last start */
	wall_us on_since;             /* of the running start */
	bool was_cut;
	wall_us cut_at;
	int64_t cut_frame;
	enum reason cut_reason;
	bool mute;       /* a relay whose source fell silent: waits until it is heard again */
	wall_us joined;  /* of a relay taken off before it was heard: the instant of its frame 0; else 0 */
	enum reason final_reason; /* AIR_STOPPING: not NONE = this stop is its end */
	bool was_on_at_crash;     /* of our own: a second one in a row is its end */
	enum state state;
	enum reason reason;

	/* the engine's */
	uint32_t token;
	bool intent_written;
	uint64_t intent_ticket; /* of this run; 0 = it was read back, or there is none yet */
};

/* One planned item of the station's plan. */
struct airing *airing_new_planned(const struct station *, const struct planned *);
/* One bulletin by hand; n makes ids of one second differ (from 1). */
struct airing *airing_new_manual(const struct station *, int bulletin, int zone, enum level, wall_us, int n);
/* Somebody speaks, for at most what the bulletin, which need not be the station's, lasts; n as above. */
struct airing *airing_new_spoken(const struct station *, const struct bulletin *, int zone, enum level, wall_us, int n);
/* A loudspeaker is tested, at that volume; the bulletin need not be the station's; n as above. */
struct airing *airing_new_test(const struct station *, const struct bulletin *, int zone, int volume, wall_us, int n);
/* A drill of an emergency: at its level, below every rank; the bulletin need not be the station's; n as above. */
struct airing *airing_new_drill(const struct station *, const struct bulletin *, int zone, int volume, wall_us, int n);
/* The place-th bulletin of an emergency's repeat; place 0 = the all-clear. */
struct airing *airing_new_emergency(const struct station *, int rule, int zone, wall_us firing, int repeat, int place,
	wall_us planned, wall_us over);
/* Another recording takes the place of its own; before it is the desk's, its zone still one of its own station. */
void airing_stand_in(struct airing *, const struct bulletin *);
void airing_free(struct airing **);

/* Frames of the bulletin that were heard, each counted once however often it was repeated. */
int64_t airing_heard(const struct airing *);
int64_t airing_heard_in(const struct segment *, size_t n);
bool airing_is_test(const struct airing *); /* never counted */
/* The latest instant at which a cut item may come back (rule 5). */
wall_us airing_back_by(const struct airing *);
/* Where it goes on if it went on air now (rule 5): frame of the bulletin. */
int64_t airing_resume_frame(const struct airing *, wall_us now);
bool airing_same_firing(const struct airing *, const struct airing *); /* in the same zone */

#endif
