#include "sound/limiter.h"
#include "../unit.h"

#define RATE 48000

START_TEST(below_full_scale_nothing_changes)
{
	struct limiter l;
	limiter_init(&l, RATE);
	for (int32_t s = -32768; s <= 32767; s++) {
		int16_t out;
		limiter_run(&l, &s, &out, 1);
		ck_assert_int_eq(out, s);
	}
	ck_assert(l.gain == 1);
}
END_TEST

START_TEST(a_peak_is_brought_down_and_comes_back_to_exactly_one)
{
	struct limiter l;
	limiter_init(&l, RATE);
	int16_t out;
	limiter_run(&l, &(int32_t){ 65534 }, &out, 1);
	ck_assert_int_eq(out, 32767);
	limiter_run(&l, &(int32_t){ 20000 }, &out, 1);
	ck_assert_int_le(abs(out - 10000), 2);
	limiter_run(&l, &(int32_t){ -80000 }, &out, 1);
	ck_assert_int_eq(out, -32768);
	int back = 0;
	while (l.gain < 1 && back < RATE) {
		limiter_run(&l, &(int32_t){ 1000 }, &out, 1);
		back++;
	}
	ck_assert_int_lt(back, RATE / 10 + 1);
	limiter_run(&l, &(int32_t){ -32768 }, &out, 1);
	ck_assert_int_eq(out, -32768);
}
END_TEST

START_TEST(sums_never_wrap)
{
	struct limiter l;
	limiter_init(&l, RATE);
	uint32_t x = 1;
	for (int i = 0; i < 200000; i++) {
		x = x * 1664525 + 1013904223;
		int32_t in = (int32_t)(x >> 13) - 262144;
		int16_t out;
		limiter_run(&l, &in, &out, 1);
		ck_assert(in > 0 ? out >= 0 : out <= 0);
	}
}
END_TEST

START_TEST(only_the_tail_gives_way)
{
	static const struct {
		int line;
		int16_t item, tail;
		int want;
	} T[] = {
		{ __LINE__, 100, 200, 300 },
		{ __LINE__, 32767, 5000, 32767 },
		{ __LINE__, -32768, -5000, -32768 },
		{ __LINE__, 30000, 5000, 32767 },
		{ __LINE__, 32767, -5000, 27767 },
		{ __LINE__, 20000, 32767, 32767 },
		{ __LINE__, -20000, -32768, -32768 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		int16_t out = T[i].item;
		limiter_yield(&out, &T[i].tail, 1);
		ck_assert_msg(out == T[i].want, "row of line %d: %d", T[i].line, out);
	}
}
END_TEST

UNIT_MAIN("sound/limiter", below_full_scale_nothing_changes, a_peak_is_brought_down_and_comes_back_to_exactly_one,
		sums_never_wrap, only_the_tail_gives_way)
