/* The high-pass against the formula of a Butterworth filter, by its coefficients and by what sines become. */
#include "base/mem.h"
#include "sound/prepare/highpass.h"
#include "sound/prepare/spool.h"
#include "../unit.h"

#include <math.h>
#include <string.h>

/* 4th order, bent as the bilinear transform bends it: |H|² = 1 / (1 + (tan(pi fc/fs) / tan(pi f/fs))^8) */
static double formula(int rate, int hz, double f)
{
	return 1 / sqrt(1 + pow(tan(M_PI * hz / rate) / tan(M_PI * f / rate), 8));
}

/* The level of a sine that has gone through for a second. */
static double heard(int rate, int hz, double f)
{
	struct highpass *h = highpass_new(rate, hz);
	float *x = mem_new_n(float, (size_t)rate * 2);
	double sum = 0;
	for (int i = 0; i < 2 * rate; i++)
		x[i] = (float)sin(2 * M_PI * f * i / rate);
	for (int i = 0; i < 2 * rate; i += 1000) /* in pieces: it goes on where it was */
		highpass_run(h, x + i, 1000);
	for (int i = rate; i < 2 * rate; i++)
		sum += (double)x[i] * x[i];
	mem_free(x);
	highpass_free(&h);
	ck_assert_ptr_null(h);
	return sqrt(2 * sum / rate);
}

START_TEST(it_is_a_butterworth_filter)
{
	static const int rates[] = { 8000, 16000, 44100, 48000, 96000, 192000 }, cuts[] = { 80, 200, 315, 500 };
	static const double at[] = { 20, 50, 80, 100, 160, 200, 250, 315, 400, 500, 1000, 3000 };
	for (size_t r = 0; r < sizeof rates / sizeof *rates; r++)
		for (size_t c = 0; c < sizeof cuts / sizeof *cuts; c++) {
			struct highpass *h = highpass_new(rates[r], cuts[c]);
			for (size_t f = 0; f < sizeof at / sizeof *at; f++)
				ck_assert_double_eq_tol(highpass_response(h, at[f]), formula(rates[r], cuts[c], at[f]), 1e-6);
			ck_assert_double_eq_tol(20 * log10(highpass_response(h, cuts[c])), -3.0103, 0.001);
			ck_assert_double_lt(20 * log10(highpass_response(h, cuts[c] / 2.0)), -24);
			highpass_free(&h);
		}
}
END_TEST

START_TEST(sines_become_what_the_formula_says)
{
	static const struct {
		int line, rate, hz;
		double f;
	} T[] = {
		{ __LINE__, 48000, 200, 50 },
		{ __LINE__, 48000, 200, 100 },
		{ __LINE__, 48000, 200, 200 },
		{ __LINE__, 48000, 200, 400 },
		{ __LINE__, 48000, 200, 3000 },
		{ __LINE__, 8000, 500, 250 },
		{ __LINE__, 8000, 500, 500 },
		{ __LINE__, 8000, 500, 1000 },
		{ __LINE__, 192000, 80, 40 },
		{ __LINE__, 192000, 80, 80 },
		{ __LINE__, 192000, 80, 1000 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		double got = heard(T[i].rate, T[i].hz, T[i].f), want = formula(T[i].rate, T[i].hz, T[i].f);
		ck_assert_msg(fabs(got - want) < 1e-4, "row of line %d: %g, not %g", T[i].line, got, want);
	}
}
END_TEST

START_TEST(a_tape_keeps_its_length_and_loses_its_offset)
{
	enum { N = 20000 };
	struct spool *in = spool_new(NULL, NULL), *out = spool_new(NULL, NULL);
	float *x = mem_new_n(float, N), *y = mem_new_n(float, N);
	for (int i = 0; i < N; i++)
		x[i] = 0.5f;
	ck_assert(spool_add(in, x, N) && spool_add(out, x, 7));
	ck_assert(highpass_tape(in, out, 8000, 80));
	ck_assert_int_eq(spool_length(out), N);
	ck_assert_int_eq(spool_read(out, 0, y, N), N);
	ck_assert_float_gt(y[0], 0.4f);
	ck_assert_float_eq_tol(y[N - 1], 0, 1e-6f);
	/* onto itself it gives the same */
	ck_assert(highpass_tape(in, in, 8000, 80));
	ck_assert_int_eq(spool_length(in), N);
	ck_assert_int_eq(spool_read(in, 0, x, N), N);
	ck_assert_int_eq(memcmp(x, y, N * sizeof *x), 0);
	spool_empty(in);
	ck_assert(highpass_tape(in, out, 8000, 80));
	ck_assert_int_eq(spool_length(out), 0);
	mem_free(x);
	mem_free(y);
	spool_free(&in);
	spool_free(&out);
}
END_TEST

UNIT_MAIN("sound/highpass", it_is_a_butterworth_filter, sines_become_what_the_formula_says,
		a_tape_keeps_its_length_and_loses_its_offset)
