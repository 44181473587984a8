#include "sound/prepare/between.h"

#include <math.h>
#include <string.h>

enum { STEP = BETWEEN_STEP, TAPS = BETWEEN_TAPS, HALF = TAPS / 2, PHASES = BETWEEN_PHASES, LANES = 16 };

/* The same sums in the same order, with the vectors that the processor has: the same bytes on any.  (clang 14 gives such a
 * function another name than its callers use.) */
#if defined __x86_64__ && !defined __clang__ && !defined LOAXA_SANITIZED
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Kaiser-windowed sinc; beta 7 leaves ripples of some -70 dB. */
static double bessel(double x)
{
	double sum = 1, term = 1;
	for (int k = 1; k < 40; k++) {
		term *= (x / (2 * k)) * (x / (2 * k));
		sum += term;
	}
	return sum;
}

void between_init(struct between *b)
{
	b->overshoot = 0;
	for (int p = 0; p < PHASES; p++) {
		double total = 0, sum = 0, taps[TAPS];
		for (int t = 0; t < TAPS; t++) {
			double x = t - (HALF - 1) - (p + 1) / 4.0;
			double edge = x / HALF;
			taps[t] = sin(M_PI * x) / (M_PI * x) * bessel(7 * sqrt(1 - edge * edge)) / bessel(7);
			total += taps[t];
		}
		for (int t = 0; t < TAPS; t++) {
			b->taps[p][t] = (float)(taps[t] / total);
			sum += fabs(taps[t] / total);
		}
		b->overshoot = fmaxf(b->overshoot, (float)sum);
	}
}

/* fmaxf would be a call for every sample: it has to think of NaN, which never comes here */
static float larger(float a, float b)
{
	return a > b ? a : b;
}

/* In lanes, of which compilers make vectors. */
float between_largest(const float *x, size_t n)
{
	float most[LANES] = { 0 }, m = 0;
	size_t i = 0;
	for (; i + LANES <= n; i += LANES)
		for (int k = 0; k < LANES; k++)
			most[k] = larger(fabsf(x[i + (size_t)k]), most[k]);
	for (; i < n; i++)
		m = larger(fabsf(x[i]), m);
	for (int k = 0; k < LANES; k++)
		m = larger(most[k], m);
	return m;
}

WIDE void between_peaks(const struct between *b, const float *x, float above, float out[STEP])
{
	float wave[STEP];
	memset(out, 0, STEP * sizeof *out);
	if (between_largest(x - BETWEEN_BEFORE, BETWEEN_BEFORE + STEP + BETWEEN_AFTER) * b->overshoot <= above)
		return;
	for (int p = 0; p < PHASES; p++) {
		memset(wave, 0, sizeof wave);
		for (int t = 0; t < TAPS; t++)
			for (int i = 0; i < STEP; i++)
				wave[i] += b->taps[p][t] * x[i + t - BETWEEN_BEFORE];
		for (int i = 0; i < STEP; i++)
			out[i] = larger(fabsf(wave[i]), out[i]);
	}
}
