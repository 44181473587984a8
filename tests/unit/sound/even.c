/* A machine's voice, made even: soft comes up, loud comes down, a peak finds the gain down already. */
#include "sound/prepare/even.h"

#include "../unit.h"

#include <math.h>

enum { RATE = 22050, PART = RATE / 2 };

START_TEST(the_curve)
{
	static const struct {
		int line;
		double in, out;
	} rows[] = { { __LINE__, -90, -90 }, { __LINE__, -50, -50 }, { __LINE__, -39, -33 }, { __LINE__, -28, -16 },
		{ __LINE__, -20, -12 }, { __LINE__, -12, -8 }, { __LINE__, 0, -6 }, { __LINE__, 6, -6 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_msg(fabs(even_curve(rows[i].in) - rows[i].out) < 0.01, "row %d: %f", rows[i].line,
			even_curve(rows[i].in));
}
END_TEST

static float peak_of(struct spool *s, int64_t from, int64_t n)
{
	static float buf[PART];
	float peak = 0;
	n = spool_read(s, from, buf, n);
	for (int64_t i = 0; i < n; i++)
		peak = fabsf(buf[i]) > peak ? fabsf(buf[i]) : peak;
	return peak;
}

/* Half a second soft, half a second 24 dB louder. */
START_TEST(soft_and_loud)
{
	static float in[2 * PART];
	struct spool *s = spool_new(NULL, NULL);
	for (int i = 0; i < 2 * PART; i++)
		in[i] = (i < PART ? 0.05f : 0.8f) * sinf(2 * (float)M_PI * 440 * (float)i / RATE);
	ck_assert(spool_add(s, in, 2 * PART));
	ck_assert(even_tape(s, RATE));
	ck_assert_int_eq(spool_length(s), 2 * PART);
	float soft = peak_of(s, PART / 2, PART / 4), loud = peak_of(s, PART + PART / 2, PART / 4);
	ck_assert_msg(20 * log10f(loud / soft) < 12, "%f dB apart", 20 * log10f(loud / soft));
	ck_assert_msg(fabsf(peak_of(s, 0, PART) - 0.794f) < 0.01f || fabsf(peak_of(s, PART, PART) - 0.794f) < 0.01f,
		"nothing stands at -2 dBFS");
	spool_free(&s);
}
END_TEST

START_TEST(silence_stays)
{
	static float in[PART];
	struct spool *s = spool_new(NULL, NULL);
	ck_assert(spool_add(s, in, PART));
	ck_assert(even_tape(s, RATE));
	ck_assert(peak_of(s, 0, PART) == 0);
	spool_empty(s);
	ck_assert(even_tape(s, RATE));
	spool_free(&s);
}
END_TEST

UNIT_MAIN("sound/even", the_curve, soft_and_loud, silence_stays)
