/* The true peak of a recording, by the wave between its samples.  One thread a handle. */
#ifndef LOAXA_SOUND_PREPARE_PEAK_H
#define LOAXA_SOUND_PREPARE_PEAK_H

#include <stddef.h>

struct peak;
struct peak *peak_new(void);
void peak_free(struct peak **);
void peak_add(struct peak *, const float *samples, size_t n);
/* As an amplitude, 1 = full scale, of all that was added; nothing may be added afterwards. */
float peak_end(struct peak *);

#endif
