#include "sound/beeps.h"

#include "../unit.h"

#include <stdbool.h>

#define RATE 8000

static int peak(const struct beeps *b, size_t from, size_t to)
{
	int most = 0;
	for (size_t i = from; i < to; i++)
		most = abs(b->samples.at[i]) > most ? abs(b->samples.at[i]) : most;
	return most;
}

/* How often it rises through zero: the periods of a tone. */
static int periods(const struct beeps *b)
{
	int n = 0;
	for (size_t i = 1; i < b->samples.n; i++)
		n += b->samples.at[i - 1] < 0 && b->samples.at[i] >= 0;
	return n;
}

/* Stretches of sound between silences of 100 ms and more. */
static int bursts(const struct beeps *b, size_t longer_rest)
{
	int n = 0;
	size_t quiet = longer_rest;
	for (size_t i = 0; i < b->samples.n; i++) {
		bool sounds = abs(b->samples.at[i]) > 100;
		n += sounds && quiet >= longer_rest;
		quiet = sounds ? 0 : quiet + 1;
	}
	return n;
}

START_TEST(test_a_tone)
{
	struct beeps b = { .rate = RATE };
	beeps_tone(&b, 1000, 1500);
	ck_assert_uint_eq(b.samples.n, 12000);
	ck_assert_int_eq(b.samples.at[0], 0);
	ck_assert_int_eq(b.samples.at[b.samples.n - 1], 0);
	ck_assert_int_le(peak(&b, 0, 10), 300); /* no click */
	ck_assert_int_ge(peak(&b, 6000, 6100), 8100);
	ck_assert_int_le(peak(&b, 0, b.samples.n), 8192);
	ck_assert_int_ge(periods(&b), 1498);
	ck_assert_int_le(periods(&b), 1501);
	beeps_free(&b);
	ck_assert_uint_eq(b.samples.n, 0);
}
END_TEST

START_TEST(test_counting)
{
	for (int n = 0; n <= 32; n++) {
		struct beeps b = { .rate = RATE };
		beeps_count(&b, 880, n);
		ck_assert_int_eq(bursts(&b, RATE / 10), n);
		ck_assert_int_eq(bursts(&b, RATE * 3 / 10), (n + 4) / 5); /* in fives */
		beeps_free(&b);
	}
}
END_TEST

START_TEST(test_a_row_of_sounds)
{
	static const int16_t voice[] = { 1, -2, 3 };
	struct beeps b = { .rate = RATE };
	beeps_add(&b, voice, 3);
	beeps_silence(&b, 100);
	beeps_tone(&b, 440, 0);
	ck_assert_uint_eq(b.samples.n, 803);
	ck_assert_int_eq(b.samples.at[1], -2);
	ck_assert_int_eq(peak(&b, 3, 803), 0);
	beeps_free(&b);
}
END_TEST

UNIT_MAIN("sound/beeps", test_a_tone, test_counting, test_a_row_of_sounds)
