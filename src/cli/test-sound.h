/* What a test plays in one zone: its name and channel, spoken where a voice is installed, else counted in beeps; a tone
 * to judge the sound by; the number of its channel in beeps. */
#ifndef LOAXA_CLI_TEST_SOUND_H
#define LOAXA_CLI_TEST_SOUND_H

#include "base/err.h"
#include "base/sha256.h"
#include "schedule/station.h"

struct test_sound {
	char sha256[SHA256_HEX]; /* under which it lies prepared in the store */
	int64_t frames;          /* at the zone's rate */
	bool spoken;
};

/* Makes it and has it prepared in that store. */
bool test_sound_make(const struct station *, int zone, const char *store, struct test_sound *, struct err *);

#endif
