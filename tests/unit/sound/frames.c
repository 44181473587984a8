#include "sound/frames.h"
#include "../unit.h"

#define YEAR INT64_C(31556952000000)

START_TEST(counts_are_exact)
{
	static const struct {
		int line, rate;
		int64_t us, frames;
	} T[] = {
		{ __LINE__, 48000, 0, 0 },
		{ __LINE__, 48000, 1, 1 }, /* the first frame has begun */
		{ __LINE__, 48000, 20, 1 },
		{ __LINE__, 48000, 21, 1 }, /* the second begins now */
		{ __LINE__, 48000, 22, 2 },
		{ __LINE__, 48000, 1000000, 48000 },
		{ __LINE__, 48000, 1000001, 48001 },
		{ __LINE__, 44100, 333333, 14700 }, /* 14699.98 */
		{ __LINE__, 8000, 125, 1 },
		{ __LINE__, 8000, 126, 2 },
		{ __LINE__, 192000, 1000 * YEAR, INT64_C(31556952000) * 192000 },
		{ __LINE__, 44100, 1000 * YEAR + 1, INT64_C(31556952000) * 44100 + 1 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(frames_by(T[i].rate, T[i].us) == T[i].frames, "row of line %d: %lld", T[i].line,
				(long long)frames_by(T[i].rate, T[i].us));
}
END_TEST

START_TEST(the_end_of_n_is_the_begin_of_the_next)
{
	static const int rates[] = { 8000, 11025, 44100, 48000, 96000 };
	for (size_t r = 0; r < sizeof rates / sizeof *rates; r++)
		for (int64_t n = 0; n < 3 * rates[r]; n++) {
			int64_t frames = n < rates[r] ? n : n * INT64_C(1000003);
			int64_t us = frames_us(rates[r], frames);
			ck_assert_int_eq(frames_by(rates[r], us), frames);
			ck_assert_int_eq(frames_by(rates[r], us + 1), frames + 1);
			ck_assert(us * rates[r] >= frames * 1000000); /* never early */
		}
}
END_TEST

START_TEST(milliseconds_round_down)
{
	ck_assert_int_eq(frames_in_ms(48000, 30), 1440);
	ck_assert_int_eq(frames_in_ms(44100, 30), 1323);
	ck_assert_int_eq(frames_in_ms(11025, 30), 330);
	ck_assert_int_eq(frames_in_ms(48000, INT64_C(86400000)), INT64_C(48000) * 86400);
}
END_TEST

UNIT_MAIN("sound/frames", counts_are_exact, the_end_of_n_is_the_begin_of_the_next, milliseconds_round_down)
