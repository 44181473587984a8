/* When an amplifier is on.  Pure: instants come in, what is to be done comes out; whoever holds it keeps it to one
 * thread at a time.
 *
 *   on    warm-up and AMP_EARLY_US before an announced airing; at once when something starts
 *   off   AMP_HANG_US after the last sound was heard, or after the instant of an airing that never began
 *
 * So it is never off between two airings that follow each other within AMP_HANG_US, nor while anything plays.  Volume,
 * hold and stop do not switch it: they only end what plays.  A switch that failed is tried again, 1 s to 60 s later. */
#ifndef LOAXA_SOUND_AMP_STATE_H
#define LOAXA_SOUND_AMP_STATE_H

#include "base/clock.h"

#define AMP_HANG_US (10 * US_PER_S)
#define AMP_EARLY_US (500 * US_PER_MS) /* for the switch itself: a program has to be started */

enum amp_line { AMP_UNKNOWN, AMP_IS_OFF, AMP_IS_ON };
enum amp_act { AMP_REST, AMP_SWITCH_ON, AMP_SWITCH_OFF };

struct amp_state {
	int64_t warm_up_us;
	enum amp_line line;  /* unknown at first, and after a switch that failed */
	int playing;         /* items started and not over */
	mono_us from, until; /* wanted from..until, and while anything plays */
	enum amp_act failed; /* the last attempt, if it did; again not before `retry` */
	mono_us retry;
	int64_t pause_us;
	bool ending;
};

void amp_state_announce(struct amp_state *, mono_us now, mono_us at); /* an airing will begin at `at` */
void amp_state_start(struct amp_state *, mono_us now);                /* something plays … */
void amp_state_stop(struct amp_state *, mono_us heard); /* … and is over: its last frame is heard then */
void amp_state_end(struct amp_state *);                 /* off, whatever was announced */
/* What is to be done now; at rest *wake is when to ask again, if nothing happens before. */
enum amp_act amp_state_next(const struct amp_state *, mono_us now, mono_us *wake);
void amp_state_switched(struct amp_state *, enum amp_act, bool done, mono_us now);
/* From when on words are heard, if it is wanted from now on at the latest: its warm-up is over then. */
mono_us amp_state_warm(const struct amp_state *, mono_us now);

#endif
