/* A working tape of samples on disk, without a name: long recordings pass through it instead of through memory. */
#ifndef LOAXA_SOUND_PREPARE_SPOOL_H
#define LOAXA_SOUND_PREPARE_SPOOL_H

#include "sound/prepare/beat.h"

#include <stdbool.h>
#include <stdint.h>

struct spool;
/* In `dir`, else in the system's folder for temporary files, else in memory.  Every piece that goes in or out counts one
 * beat (may be NULL).  NULL with errno. */
struct spool *spool_new(const char *dir, beat *);
void spool_free(struct spool **);
void spool_empty(struct spool *);
bool spool_add(struct spool *, const float *in, int64_t n); /* false with errno */
/* Over what is there, or at its end, or both. */
bool spool_write(struct spool *, int64_t at, const float *in, int64_t n);
int64_t spool_length(const struct spool *);
/* Samples from `at`; returns how many (fewer than n only at the end), -1 with errno. */
int64_t spool_read(const struct spool *, int64_t at, float *out, int64_t n);

#endif
