#include "sound/limiter.h"

#define PEAK_MAX 32767
#define PEAK_MIN (-32768)
#define RELEASE_S 0.1f

void limiter_init(struct limiter *l, int rate)
{
	l->gain = 1;
	l->release = 1 / (RELEASE_S * (float)rate);
}

/* The gain that brings v to the edge of the range it leaves. */
static float gain_for(int32_t v)
{
	return (v > 0 ? (float)PEAK_MAX : (float)PEAK_MIN) / (float)v;
}

static int16_t limited(struct limiter *l, int32_t v)
{
	float out = (float)v * l->gain;
	if (out > PEAK_MAX || out < PEAK_MIN) {
		l->gain = gain_for(v);
		return v > 0 ? PEAK_MAX : PEAK_MIN;
	}
	l->gain = l->gain + l->release < 1 ? l->gain + l->release : 1;
	return (int16_t)out;
}

void limiter_run(struct limiter *l, const int32_t *in, int16_t *out, size_t frames)
{
	for (size_t i = 0; i < frames; i++)
		out[i] = limited(l, in[i]);
}

void limiter_yield(int16_t *out, const int16_t *tail, size_t frames)
{
	for (size_t i = 0; i < frames; i++) {
		int32_t sum = out[i] + tail[i];
		out[i] = (int16_t)(sum > PEAK_MAX ? PEAK_MAX : sum < PEAK_MIN ? PEAK_MIN : sum);
	}
}
