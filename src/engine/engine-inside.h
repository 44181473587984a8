/* The engine's state, shared by its own files and by nobody else.
 *   turn.c      turns: time, sound, acts                  feed.c      plan -> desk, absences
 *   emergency.c repeats and their numbers                 obey.c      commands
 *   past.c      the journal folded into what was so       recover.c   what became of it: the start
 *   record.c    journal rows                              status.c    what people see
 *   fault.c     what is wrong right now                   reload.c    a new schedule
 *   speech.c    people who speak                           arm.c       what is about to start, foreseen
 *   loudtest.c  tests of loudspeakers                     stand-in.c  an emergency's new text
 *   refusal.c   orders that were refused                  bound.c     files that changed after approval
 *   play.c      plays ordered for instants ahead          play-order.c what people say of those
 *   drill.c     drills of emergencies
 *   remark.c    who is on duty, and notes
 *   skipping.c  sessions that people skip                 approved.c  approvals as they come into force
 *   record-schedule.c  the schedule as it was */
#ifndef LOAXA_ENGINE_INSIDE_H
#define LOAXA_ENGINE_INSIDE_H

#include "airing/alarm.h"
#include "airing/desk.h"
#include "base/json.h"
#include "base/sha256.h"
#include "base/vec.h"
#include "engine/engine.h"

/* A new recording for one emergency, and only until that is over: what `emergency NAME with FILE` brings.  It stands in
 * for the bulletins of the rule, under the name of the first of them; the all-clear stays what it is.
 * The engine owns them all; one goes when no emergency and no airing names it any more. */
struct stand_in {
	struct bulletin bulletin; /* one recording, its frames by the outputs of the station it was made for */
	/* The lengths that are known: another station may have other outputs. */
	struct {
		int rate, high_pass;
		int64_t frames;
	} lengths[OUTPUTS_MAX];
	size_t n_lengths;
	bool kept; /* its sound is in memory */
};

/* An active emergency and who ordered it. */
struct alarm_run {
	struct alarm alarm;
	char *by;
	char *ordered_by; /* in whose name, when that is somebody else */
	int64_t uid;
	struct stand_in *with; /* the recording that stands in for its own; NULL */
};

/* Numbers that keep the ids of commands unique, even in one second and when the clock is set back:
 * the first command of a second later than all before gets `base`, every other the next number never used. */
struct numbering {
	char *name; /* emergency rule, "play", "speak" or "test" */
	int64_t high_s;
	int next;
};

/* A bulletin that was ordered for instants ahead: `play --at`. */
struct play_order {
	int number; /* in the ids of its airings, and how people call it: play-7 */
	char *bulletin, *by;
	char *makes_up;     /* id of the airing that it makes up, or NULL */
	VEC(char *) zones;  /* names: a reload may move them */
	enum level level;   /* LEVEL_COUNT = the bulletin's own */
	wall_us first;
	int64_t every_us;
	int times, given; /* instants, and how many of them the desk was given, or were decided */
	int64_t uid;
};

/* A session that people skip on one day. */
struct skipped_session {
	char *session;
	day_num day; /* on which it begins */
	wall_us since;
	char *by;
};

/* Who is on duty: until the next one says so. */
struct duty {
	char *name; /* NULL: nobody has said */
	wall_us since;
};

struct fault_note {
	char *source, *text;
	wall_us since; /* its text may have changed meanwhile */
};

/* A file of the audio folder as it was seen to be since the schedule was loaded. */
struct seen_file {
	char *file;
	char sha256[65];
};

/* A relay's source as it was last written down. */
struct relay_note {
	char *name;
	bool there, told, seen;
};

struct zone_note {
	char *off_reason, *off_by;
	char *held_by;
	wall_us off_since, held_since; /* 0: nobody said so, the schedule does; or it is not off, not held */
	int volume; /* %, until restart; 0 = the schedule's */
};

/* What the sound was told ahead that a zone will start. */
struct armed {
	struct sound_item item; /* token 0 = nothing */
	char *id;               /* of the airing */
	wall_us expected;       /* when its turn should come */
};

struct engine {
	struct engine_setup s;
	struct station *station;       /* the present schedule; NULL = none accepted */
	VEC(struct station *) retired; /* former ones that an airing still refers to */
	struct desk *desk;             /* NULL without a schedule */
	VEC(struct alarm_run) alarms;
	VEC(struct stand_in *) stand_ins;
	VEC(struct numbering) numbers;
	VEC(struct play_order) orders;
	VEC(struct skipped_session) skips;
	struct duty duty;
	char *marks; /* what was noted last, see mark.h; NULL: nothing yet in this run */
	VEC(struct speech *) speeches;
	VEC(struct loudtest *) tests;
	VEC(struct drill *) drills;
	struct zone_note notes[ZONES_MAX];
	bool output_lost[OUTPUTS_MAX];
	VEC(struct fault_note) faults;
	VEC(struct relay_note) relays;
	VEC(struct seen_file) seen;
	struct {
		mono_us since;
		int rows;          /* in the minute that began then */
		int64_t uncounted; /* refused since the last row, without one of their own */
	} refusals;
	uint32_t tokens;
	struct armed armed[ZONES_MAX];
	wall_us arm_next; /* when something is near enough to be armed */

	/* the plan ahead */
	struct plan ahead; /* [.., ahead_until), sorted */
	size_t ahead_next; /* first one not yet given to the desk */
	size_t ahead_relay; /* first relay whose source was not yet asked for */
	wall_us ahead_until;
	wall_us fed;           /* every planned instant up to here was given to the desk, or decided */
	wall_us entered;       /* every planned instant up to here is in the account: never goes back */
	VEC(char *) accounted; /* ids that a reload plans anew although they are in the account already */
	wall_us book_end;      /* nothing planned at or after it enters: the end of a dry run */
	day_num today;         /* local; the last day begun */
	day_num excused_until;
	char schedule_sha256[SHA256_HEX]; /* of the body of the "schedule" row in force; "" = there is none */

	bool stopping;
	bool crashed_before; /* the end before this run was a crash of our own */

	/* time */
	wall_us now;
	mono_us mono;
	bool time_known;
	enum clock_state clock;
	enum reason distrust_reason; /* of what passes unseen meanwhile */
	wall_us last_trusted_row;
	mono_us next_alive, next_progress;
};

/* emergency.c */
struct alarm_run *engine_alarm(struct engine *, const struct rule *);
struct alarm_run *engine_alarm_named(struct engine *, const char *rule);
void engine_end_alarm(struct engine *, struct alarm_run *, wall_us when); /* all-clear, then over */
void engine_enter_repeat(struct engine *, struct alarm_run *, int repeat, wall_us planned);
void engine_step_alarms(struct engine *, int64_t by_us); /* the clock was set */
void engine_leap_alarms(struct engine *, int64_t by_us); /* … ahead, to where it is not believed; once */
void engine_settle_alarms(struct engine *);              /* it is believed, wherever it leapt */
void engine_feed_alarms(struct engine *);                /* repeats that are due */
/* The airings of one repeat, in every zone; until: none of it starts after that. */
struct airings {
	struct airing **at;
	size_t n, cap;
};
void engine_foresee_alarms(const struct engine *, wall_us until, struct airings *out); /* the caller's */
bool engine_extend(struct engine *, const struct command *, zone_set, struct err *);
void engine_free_alarm(struct alarm_run *); /* what it owns */
void engine_forget_alarms(struct engine *); /* an emergency is over when its last repeat ended */
int engine_number(struct engine *, const char *name, int base, int at_least);
void engine_number_seen(struct engine *, const char *name, wall_us commanded, int number);

/* speech.c */
struct speech;
bool engine_speak(struct engine *, const struct command *, zone_set, struct err *);
void engine_forget_speeches(struct engine *); /* a speech is over when its last airing has its verdict */
void engine_hang_up(struct engine *); /* nobody is listened to any more; their airings stay as they are */
void engine_free_speeches(struct engine *);

/* loudtest.c */
struct loudtest;
bool engine_test(struct engine *, const struct command *, zone_set, struct err *);
bool engine_heard(struct engine *, const struct command *, zone_set, struct err *);
void engine_forget_tests(struct engine *); /* a test is over when its airing has its verdict */
/* Is any airing of it at the desk still? */
bool engine_at_desk(const struct engine *, const struct bulletin *);
void engine_free_tests(struct engine *);

/* turn.c */
void engine_look_at_clock(struct engine *);
bool engine_trusted(const struct engine *);
void engine_trust_clock(struct engine *); /* a person says it is right */
bool engine_carry_out(struct engine *);   /* what the desk decided; was there anything? */
bool engine_hear_sound(struct engine *);  /* what happened there, to the desk; was there anything? */
void engine_settle(struct engine *);      /* until nothing changes any more at this instant */
void engine_keep_book(struct engine *);   /* what is planned after its end does not enter */
void engine_adopt_desk(struct engine *);
int engine_permille(const struct engine *, const struct airing *); /* zone x rule volume, at least 1 */

/* arm.c */
void arm_ahead(struct engine *); /* what will start within the next second or so, and no longer what will not */
void arm_drop_all(struct engine *);
void arm_adopt(struct engine *, const struct station *next); /* the present one is still e->station */
void arm_forget(struct engine *); /* at the end: the sound is not asked any more */
/* It starts now: the item it was armed as, if it was foreseen just so, else a new one. */
struct sound_item arm_item(struct engine *, const struct airing *);

/* stand-in.c */
/* From the command, for a rule of the present station, its sound in memory; NULL: refused, err says why. */
struct stand_in *stand_in_take(struct engine *, int rule, const struct command *, struct err *);
/* One of a former station for the present one. */
struct stand_in *stand_in_again(struct engine *, const struct stand_in *, int rule, struct err *);

/* Into a row, and from it: NULL when there is none.  Its sound is not asked for. */
void stand_in_write(struct text *, const char *key, const struct stand_in *);
struct stand_in *stand_in_read(struct engine *, int rule, const struct json *);

/* After a start: asks for the sound of those that were read; what is gone is the rule's own again, and a fault. */
void stand_in_recover(struct engine *);
/* Lets go of those nobody names any more. */
void stand_in_forget(struct engine *);
void stand_in_free_all(struct engine *);

/* feed.c */
void feed_plan(struct engine *); /* gives the desk what comes within the next seconds */
void feed_plan_until(struct engine *, wall_us);
void feed_replan(struct engine *); /* the schedule or the clock changed: look ahead again */
wall_us feed_next(const struct engine *);
void feed_absence(struct engine *, wall_us from, wall_us to, enum reason); /* (from, to] passed unseen */
void feed_alarms_at_once(struct engine *); /* nobody knows how long was off: active emergencies air now */
void feed_first_day(struct engine *);      /* exceptions count from today on */
void feed_day(struct engine *);            /* a new local day: what exceptions took, checkpoint */

/* approved.c */
/* A row for each bulletin whose approval is another one in the next schedule (old may be NULL: none). */
void approved_record(
	struct engine *, const struct command *, const struct station *old, const struct station *next);

/* bound.c */
/* Is its sound or its text another than the one approved?  Never of an emergency: what it says is its sound, which is
 * in memory or is refused there, and nobody is kept from hearing it because somebody mended the text beside it. */
bool bound_changed(const struct engine *, const struct airing *);
void bound_forget(struct engine *); /* another schedule: its files were looked at when it was loaded */

/* fault.c */
void engine_output_fault(struct engine *, int output, bool lost);
void engine_free_faults(struct engine *);

/* relay.c */
void relay_watch(struct engine *); /* writes down which sources came and went */
void relay_silent(struct engine *, const struct airing *, const struct sound_event *);
void relay_forget(struct engine *); /* faults of relays that nobody waits for any more */
void relay_free(struct engine *);
void relay_status(struct engine *, struct text *);

/* reload.c */
void engine_forget_accounted(struct engine *);

/* record.c */
void record_event(struct engine *, const char *kind, const char *body);
void record_airing(struct engine *, const char *kind, const struct airing *, const char *body);
void record_intent(struct engine *, struct airing *);
void record_started(struct engine *, const struct airing *);
void record_cut(struct engine *, const struct airing *);
void record_verdict(struct engine *, const struct airing *);
struct open_airing;
void record_orphan(struct engine *, const struct open_airing *, bool entered);
void record_progress(struct engine *);
void record_checkpoint(struct engine *, const char *kind);
/* record-schedule.c */
/* The whole schedule as it is now, where the journal holds another one or none. */
void record_schedule(struct engine *);
void record_schedule_seen(struct engine *, const char *body); /* such a row was read back */

/* One recording: its hash; several: their hashes, separated by commas; NULL for a relay.  To mem_free. */
char *record_sha256(const struct bulletin *);
uint64_t record_row(struct engine *, const char *kind, const char *airing, wall_us planned, const char *body);
void record_accounted(struct text *, const struct engine *);
/* A command; number: what the ids of what it airs carry, or -1. */
void engine_record_numbered(struct engine *, const char *kind, const struct command *, zone_set, int number);
void record_person(struct text *, const struct command *); /* "by", "uid", "account" */

#endif
