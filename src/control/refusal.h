/* What is written to the log about requests that were refused: one line each, escaped, and no more lines than somebody
 * can read, however much nonsense comes in.  Pure; one owner. */
#ifndef LOAXA_CONTROL_REFUSAL_H
#define LOAXA_CONTROL_REFUSAL_H

#include "base/clock.h"
#include "base/text.h"

#include <stdint.h>

#define REFUSALS_AT_ONCE 10
#define REFUSALS_EVERY_S 60

struct refusals {
	mono_us since; /* when the minute began */
	int said;      /* in it */
	size_t unsaid;
};

/* Another one: may it have a line?  Else it is counted. */
bool refusals_admit(struct refusals *, mono_us now);
/* How many went without a line in a minute that is over, once; 0 = none, or it is not over yet. */
size_t refusals_owed(struct refusals *, mono_us now);

/* One line without its newline; request: the bytes as they came. */
void refusal_write(int64_t uid, const char *why, const char *request, size_t bytes, struct text *out);
void refusal_write_owed(size_t n, struct text *out);

#endif
