/* A machine that reads aloud, where one is installed: espeak-ng, run as a program of its own. */
#ifndef LOAXA_CLI_VOICE_H
#define LOAXA_CLI_VOICE_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct voice {
	int rate; /* Hz */
	VEC(int16_t) samples;
};

/* Reads the text in that language ("vi", "en"); dir: where a file may be made for a moment.  false: there is no voice
 * here, or it does not answer in 5 s, or gives nothing of use. */
bool voice_say(const char *text, const char *language, const char *dir, struct voice *);
void voice_free(struct voice *); /* empties it */

#endif
