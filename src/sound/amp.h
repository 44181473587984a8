/* An output's amplifier: switched on before airings and off after (amp-state.h says when), by a thread of its own,
 * because a switch may take seconds (amp-switch.h).  The loop's calls below never wait for it.
 *
 * An output without key has no amplifier to switch. */
#ifndef LOAXA_SOUND_AMP_H
#define LOAXA_SOUND_AMP_H

#include "base/clock.h"
#include "base/err.h"

struct amp;

struct amp_setup {
	const char *output, *key; /* its name, for people; the key as written; copied */
	int64_t warm_up_ms;
	const struct clock *clock; /* asked by the thread too; its monotonic time is the machine's */
	int notify;                /* eventfd: added to when the fault comes, goes or changes */
};

/* The thread begins with switching it off, whatever it was.  NULL: no thread to be had, or the key is none. */
struct amp *amp_new(const struct amp_setup *);
/* Off, then the thread ends; amp_free() waits for that: at most for a switch that hangs and for one more. */
void amp_end(struct amp *);
void amp_free(struct amp **);
/* Another key is taken after the present one was switched off. */
void amp_change(struct amp *, const char *key, int64_t warm_up_ms);

void amp_announce(struct amp *, mono_us at); /* an airing will begin on the output */
void amp_start(struct amp *, mono_us now);   /* something plays there: once for each item … */
void amp_stop(struct amp *, mono_us heard);  /* … and once when it is over */
/* From when on words are heard: its warm-up is over, if it is wanted from now on at the latest. */
mono_us amp_warm(struct amp *, mono_us now);
/* Why it could not be switched, for people; "" when it could. */
void amp_fault(struct amp *, struct err *);

#endif
