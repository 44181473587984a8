/* Compressed files: raw frames go to `loaxa-prepare --encode OUT --rate R --channels N`, which runs beside us, as
 * the controller links no encoder.  One thread; a write waits until the program took it. */
#ifndef LOAXA_SOUND_ENCODER_H
#define LOAXA_SOUND_ENCODER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct encoder;

struct encoder *encoder_start(const char *program, const char *out, int rate, int channels, struct err *);
/* False once the program went away; encoder_finish() says so. */
bool encoder_write(struct encoder *, const int16_t *interleaved, size_t frames);
/* Lets it end the file, waits for it, frees.  False: the file is not whole.  *e = NULL is fine. */
bool encoder_finish(struct encoder **, struct err *);

#endif
