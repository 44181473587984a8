#include "sound/prepare/truepeak.h"

#include "base/mem.h"
#include "sound/prepare/between.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define STEP BETWEEN_STEP
#define HALF BETWEEN_AFTER
_Static_assert(TRUEPEAK_STEP == (int)BETWEEN_STEP, "what comes is looked at as it comes");
#define ONE (INT64_C(1) << 30) /* gains are summed in fixed point, so that the sum never drifts */
#define RELEASE_S 0.08
#define LOOK_AHEAD_S 0.005

struct low { /* a sample that needs less than full gain */
	int64_t at;
	float need;
};

struct truepeak {
	float ceiling, release, lowest;
	struct between waves;
	int ahead;    /* samples of look-ahead */
	int64_t next; /* index of the sample that comes next */
	/* the last samples, oldest first; the newest STEP of them are at the end */
	float *past;
	size_t past_n;
	float between; /* the peak between the last sample looked at and the one before this step */
	/* minimum of `need` over the look-ahead: increasing values, a ring */
	struct low *lows;
	size_t lows_cap, lows_first, lows_n;
	/* the last ahead + 1 gains of the release stage, a ring, and their sum */
	int64_t *gains, sum;
	size_t gain_at;
	float gain;
};

struct truepeak *truepeak_new(int rate, float ceiling)
{
	struct truepeak *l = mem_new(struct truepeak);
	l->ceiling = ceiling;
	l->release = (float)(1 - exp(-1 / (RELEASE_S * rate)));
	l->lowest = l->gain = 1;
	l->ahead = (int)(rate * LOOK_AHEAD_S);
	l->past_n = (size_t)(STEP + BETWEEN_TAPS + HALF + l->ahead);
	l->past = mem_zero(l->past_n * sizeof *l->past);
	l->lows_cap = (size_t)l->ahead + 2;
	l->lows = mem_new_n(struct low, l->lows_cap);
	l->gains = mem_new_n(int64_t, (size_t)l->ahead + 1);
	for (int i = 0; i <= l->ahead; i++)
		l->gains[i] = ONE;
	l->sum = ONE * (l->ahead + 1);
	between_init(&l->waves);
	return l;
}

void truepeak_free(struct truepeak **l)
{
	if (!*l)
		return;
	mem_free((*l)->past);
	mem_free((*l)->lows);
	mem_free((*l)->gains);
	mem_free(*l);
	*l = NULL;
}

size_t truepeak_delay(const struct truepeak *l)
{
	return (size_t)l->ahead + HALF;
}

float truepeak_lowest(const struct truepeak *l)
{
	return l->lowest;
}

/* fmaxf would be a call for every sample: it has to think of NaN, which never comes here */
static float larger(float a, float b)
{
	return a > b ? a : b;
}

static struct low *low_at(struct truepeak *l, size_t i)
{
	return &l->lows[(l->lows_first + i) % l->lows_cap];
}

/* The least gain that any sample from `at` - ahead to `at` needs. */
static float needed(struct truepeak *l, int64_t at, float peak)
{
	while (l->lows_n && low_at(l, 0)->at < at - l->ahead) {
		l->lows_first = (l->lows_first + 1) % l->lows_cap;
		l->lows_n--;
	}
	if (peak > l->ceiling) {
		float need = l->ceiling / peak;
		while (l->lows_n && low_at(l, l->lows_n - 1)->need >= need)
			l->lows_n--;
		*low_at(l, l->lows_n++) = (struct low){ at, need };
	}
	return l->lows_n ? low_at(l, 0)->need : 1;
}

/* Down at once (the averaging makes a slope of it), up slowly. */
static float smoothed(struct truepeak *l, float need)
{
	float up = l->gain + (1 - l->gain) * l->release;
	l->gain = need < up ? need : up > 0.99999f ? fminf(need, 1) : up;
	int64_t fixed = (int64_t)(l->gain * (float)ONE);
	l->sum += fixed - l->gains[l->gain_at];
	l->gains[l->gain_at] = fixed;
	l->gain_at = l->gain_at == (size_t)l->ahead ? 0 : l->gain_at + 1;
	return (float)((double)l->sum / ((double)ONE * (l->ahead + 1)));
}

/* Nothing is to be limited among these, and nothing is left of what was. */
static bool lets_pass(const struct truepeak *l, const float *x, const float between[STEP])
{
	float peak = larger(l->between, larger(between_largest(x, STEP), between_largest(between, STEP)));
	return peak <= l->ceiling && !l->lows_n && l->gain >= 1 && l->sum == ONE * (l->ahead + 1);
}

static void step(struct truepeak *l, float *samples)
{
	float between[STEP];
	memmove(l->past, l->past + STEP, (l->past_n - STEP) * sizeof *l->past);
	memcpy(l->past + l->past_n - STEP, samples, STEP * sizeof *samples);
	/* x[0] is the sample HALF before the newest ones: all that interpolation needs is there */
	const float *x = l->past + l->past_n - STEP - HALF;
	between_peaks(&l->waves, x, l->ceiling, between);
	if (lets_pass(l, x, between)) {
		memcpy(samples, x - l->ahead, STEP * sizeof *samples);
		l->between = between[STEP - 1];
		l->next += STEP;
		return;
	}
	for (int i = 0; i < STEP; i++, l->next++) {
		float peak = larger(fabsf(x[i]), larger(l->between, between[i]));
		float gain = smoothed(l, needed(l, l->next, peak));
		l->between = between[i];
		l->lowest = gain < l->lowest ? gain : l->lowest;
		samples[i] = x[i - l->ahead] * gain;
	}
}

void truepeak_run(struct truepeak *l, float *samples, size_t n)
{
	for (size_t i = 0; i + STEP <= n; i += STEP)
		step(l, samples + i);
}
