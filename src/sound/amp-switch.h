/* The switch itself: a line of a GPIO chip, or a program that is called with "on" or "off".
 * One thread; amp_switch_set() may take AMP_SWITCH_LIMIT_MS, so not the loop's. */
#ifndef LOAXA_SOUND_AMP_SWITCH_H
#define LOAXA_SOUND_AMP_SWITCH_H

#include "base/err.h"
#include "schedule/amp-key.h"

#define AMP_SWITCH_LIMIT_MS 5000 /* a program that takes longer is killed, with all it has started */

struct amp_switch;

/* The text of the key is not looked at any more afterwards. */
struct amp_switch *amp_switch_new(const struct amp_key *);
/* False: err says what is in the way.  A line is held from then on, at that level, until amp_switch_free(). */
bool amp_switch_set(struct amp_switch *, bool on, struct err *);
/* What the line is at afterwards is the chip's affair: switch it off before. */
void amp_switch_free(struct amp_switch **);

#endif
