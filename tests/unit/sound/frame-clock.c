/* Frames against time: cards that drift, jitter, tell in steps, and lie. */
#include "sound/frame-clock.h"
#include "../unit.h"

#include <stdlib.h>

#define RATE 48000

/* The truth of a card that is off by so many ppm, frame 1000 being heard at instant 5 s. */
static int64_t truth(int ppm, int64_t us)
{
	return 1000 + (int64_t)((double)(us - 5000000) * RATE / 1e6 * (1 + ppm / 1e6));
}

static const struct {
	int line, ppm, jitter_us, step;
	int64_t every_us, within_us;
} cards[] = {
	{ __LINE__, 0, 0, 1, 350000, 25 },
	{ __LINE__, 300, 0, 1, 350000, 30 },
	{ __LINE__, -300, 0, 1, 350000, 30 },
	{ __LINE__, 300, 500, 1, 350000, 500 },
	{ __LINE__, -300, 0, 48, 350000, 1000 },
	{ __LINE__, 100, 100, 480, 100000, 11000 },
};

START_TEST(drift_is_followed_and_jitter_is_not)
{
	for (size_t c = 0; c < sizeof cards / sizeof *cards; c++) {
		struct frame_clock fc;
		uint32_t x = 1;
		frame_clock_init(&fc, RATE);
		frame_clock_begin(&fc, (mono_us){ 5000000 }, 1000);
		for (int64_t us = 5000000; us < 65000000; us += cards[c].every_us) {
			x = x * 1664525 + 1013904223;
			int64_t by = cards[c].jitter_us ? (int64_t)(x >> 8) % cards[c].jitter_us : 0;
			int64_t frame = truth(cards[c].ppm, us);
			frame_clock_note(&fc, (mono_us){ us + by }, frame - frame % cards[c].step);
			if (us < 15000000)
				continue;
			/* A second and a half ahead, where starts are laid out. */
			int64_t want = us + 1500000, got = frame_clock_when(&fc, truth(cards[c].ppm, want)).us;
			ck_assert_msg(llabs(got - want) <= cards[c].within_us, "row of line %d: %d us off", cards[c].line,
					(int)(got - want));
		}
		ck_assert(!frame_clock_lies(&fc));
	}
}
END_TEST

START_TEST(nothing_begins_before_its_instant)
{
	struct frame_clock fc;
	frame_clock_init(&fc, RATE);
	frame_clock_begin(&fc, (mono_us){ 1000 }, 0);
	ck_assert_int_eq(frame_clock_frame(&fc, (mono_us){ 1000 }), 0);
	for (int64_t us = 1000; us < 100000; us += 7) {
		int64_t frame = frame_clock_frame(&fc, (mono_us){ us });
		ck_assert_int_ge(frame_clock_when(&fc, frame).us, us - 1);
		ck_assert_int_lt(frame_clock_when(&fc, frame - 1).us, us);
	}
}
END_TEST

START_TEST(what_was_learnt_outlives_a_gap)
{
	struct frame_clock fc;
	frame_clock_init(&fc, RATE);
	frame_clock_begin(&fc, (mono_us){ 5000000 }, 1000);
	for (int64_t us = 5000000; us < 20000000; us += 350000)
		frame_clock_note(&fc, (mono_us){ us }, truth(300, us));
	frame_clock_begin(&fc, (mono_us){ 21000000 }, 700000);
	ck_assert_int_le(llabs(frame_clock_frame(&fc, (mono_us){ 22000000 }) - 700000 - 48014), 1);
}
END_TEST

START_TEST(another_rate_is_a_lie)
{
	struct frame_clock fc;
	frame_clock_init(&fc, RATE);
	frame_clock_begin(&fc, (mono_us){ 0 }, 0);
	for (int64_t us = 0; us < 5000000; us += 350000)
		frame_clock_note(&fc, (mono_us){ us }, us * 44100 / 1000000);
	ck_assert(frame_clock_lies(&fc));
}
END_TEST

START_TEST(one_that_stood_still_once_does_not_lie)
{
	for (int64_t stood = 350000; stood < 5000000; stood += 350000) {
		struct frame_clock fc;
		frame_clock_init(&fc, RATE);
		frame_clock_begin(&fc, (mono_us){ 0 }, 0);
		for (int64_t us = 0; us < 20000000; us += 350000) {
			int64_t lost = us < stood ? 0 : us < stood + 300000 ? us - stood : 300000;
			frame_clock_note(&fc, (mono_us){ us }, (us - lost) * RATE / 1000000);
			ck_assert_msg(!frame_clock_lies(&fc), "stood at %d us, at %d us", (int)stood, (int)us);
		}
	}
}
END_TEST

UNIT_MAIN("sound/frame-clock", one_that_stood_still_once_does_not_lie, drift_is_followed_and_jitter_is_not, nothing_begins_before_its_instant,
		what_was_learnt_outlives_a_gap, another_rate_is_a_lie)
