/* Sample-peak limiters, both transparent bit for bit as long as nothing passes full scale.
 * Thread: the one that mixes; no allocation, no waiting. */
#ifndef LOAXA_SOUND_LIMITER_H
#define LOAXA_SOUND_LIMITER_H

#include <stddef.h>
#include <stdint.h>

/* For several zones on one channel: turns the whole sum down at once where it would clip, and lets it up again
 * over about 100 ms to exactly 1. */
struct limiter {
	float gain;    /* 1 = transparent */
	float release; /* added per frame while below 1 */
};

void limiter_init(struct limiter *, int rate);
void limiter_run(struct limiter *, const int32_t *in, int16_t *out, size_t frames);

/* For what fades out under an item: out += tail, where only the tail gives way, so that an emergency is at full
 * level, bit for bit, from its first frame. */
void limiter_yield(int16_t *out, const int16_t *tail, size_t frames);

#endif
