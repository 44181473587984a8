/* libebur128's place: integrated loudness (EBU R128) of a mono recording, as `ffmpeg -af ebur128` shows
 * them for a mono file: one channel of weight 1, not "dual mono". */
#ifndef LOAXA_SOUND_PREPARE_LOUDNESS_H
#define LOAXA_SOUND_PREPARE_LOUDNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loudness;
struct loudness *loudness_new(int rate); /* NULL when out of memory */
void loudness_free(struct loudness **);
bool loudness_add(struct loudness *, const float *in, size_t n);
/* In 1/1000 LUFS; STORE_NO_LOUDNESS for silence.  Less than 0.4 s is measured as if it were repeated for as long. */
int32_t loudness_integrated(struct loudness *);

#endif
