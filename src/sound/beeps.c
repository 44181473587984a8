#include "sound/beeps.h"

#include "base/mem.h"

#include <math.h>

enum { RAMP_MS = 10, BEEP_MS = 130, GAP_MS = 140, GROUP = 5, GROUP_GAP_MS = 450 };

#define LEVEL (0.25 * 32767) /* -12 dBFS */

static size_t samples_in(const struct beeps *b, int ms)
{
	return (size_t)((int64_t)b->rate * ms / 1000);
}

void beeps_silence(struct beeps *b, int ms)
{
	for (size_t i = 0, n = samples_in(b, ms); i < n; i++)
		vec_push(&b->samples, 0);
}

/* 0 at both ends, 1 inside, a raised cosine between. */
static double ramp(size_t i, size_t n, size_t over)
{
	size_t edge = i < n - 1 - i ? i : n - 1 - i;
	return edge >= over ? 1 : 0.5 - 0.5 * cos(M_PI * (double)edge / (double)over);
}

void beeps_tone(struct beeps *b, int hz, int ms)
{
	size_t n = samples_in(b, ms), over = samples_in(b, RAMP_MS);
	for (size_t i = 0; i < n; i++) {
		double wave = sin(2 * M_PI * hz * (double)i / b->rate) * ramp(i, n, over);
		vec_push(&b->samples, (int16_t)lrint(LEVEL * wave));
	}
}

void beeps_count(struct beeps *b, int hz, int n)
{
	for (int i = 0; i < n; i++) {
		if (i)
			beeps_silence(b, i % GROUP ? GAP_MS : GROUP_GAP_MS);
		beeps_tone(b, hz, BEEP_MS);
	}
}

void beeps_add(struct beeps *b, const int16_t *samples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		vec_push(&b->samples, samples[i]);
}

void beeps_free(struct beeps *b)
{
	vec_free(&b->samples);
}
