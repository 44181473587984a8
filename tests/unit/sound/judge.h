/* What libebur128, which ffmpeg's filter is made of, says of a mono recording: the judge of our own levels. */
#ifndef LOAXA_TESTS_JUDGE_H
#define LOAXA_TESTS_JUDGE_H

#include "../unit.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

#define JUDGE_NONE INT32_MIN /* silence has neither */

struct verdict {
	int32_t lufs, peak; /* 1/1000 LUFS, dBTP */
};

static inline struct verdict judge(const float *x, size_t n, int rate)
{
	ebur128_state *s = ebur128_init(1, (unsigned long)rate, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
	double lufs = -HUGE_VAL, peak = 0;
	ck_assert_ptr_nonnull(s);
	ck_assert_int_eq(ebur128_add_frames_float(s, x, n), EBUR128_SUCCESS);
	ck_assert_int_eq(ebur128_loudness_global(s, &lufs), EBUR128_SUCCESS);
	ck_assert_int_eq(ebur128_true_peak(s, 0, &peak), EBUR128_SUCCESS);
	ebur128_destroy(&s);
	return (struct verdict){ isfinite(lufs) ? (int32_t)lround(lufs * 1000) : JUDGE_NONE,
		peak > 0 ? (int32_t)lround(20000 * log10(peak)) : JUDGE_NONE };
}

static inline struct verdict judge_16(const int16_t *pcm, size_t n, int rate)
{
	float *x = malloc((n + 1) * sizeof *x);
	for (size_t i = 0; i < n; i++)
		x[i] = (float)pcm[i] * 0x1p-15f;
	struct verdict v = judge(x, n, rate);
	free(x);
	return v;
}

#endif
