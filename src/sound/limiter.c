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

float limiter_yield(float gain, int16_t *out, const int32_t *tail, size_t frames)
{
	for (size_t i = 0; i < frames; i++) {
		int32_t room = (tail[i] > 0 ? PEAK_MAX : PEAK_MIN) - out[i];
		int32_t add = (int32_t)((float)tail[i] * gain);
		if (tail[i] > 0 ? add > room : add < room) {
			add = room;
			gain = (float)room / (float)tail[i];
		}
		out[i] = (int16_t)(out[i] + add);
	}
	return gain;
}
