/* The attention chime, measured as prepared sound is. */
#include "sound/chime.h"
#include "base/mem.h"
#include "sound/frames.h"
#include "judge.h"

#include <math.h>
#include <string.h>

static const int rates[] = { 8000, 16000, 22050, 44100, 48000, 96000, 192000 };
enum { RATES = sizeof rates / sizeof *rates };

static int16_t *chime_read(struct chime *c, int64_t frames)
{
	int16_t *pcm = mem_new_n(int16_t, (size_t)frames + 1);
	const struct spans *s = chime_spans(c);
	int64_t done = 0;
	for (size_t i = 0; done < frames; done += s->list[i++].frames) {
		ck_assert_uint_lt(i, s->n);
		ck_assert_int_le(done + s->list[i].frames, frames); /* whole strokes */
		memcpy(pcm + done, s->list[i].at, (size_t)s->list[i].frames * sizeof *pcm);
	}
	return pcm;
}

START_TEST(it_is_at_least_as_long_as_asked_for)
{
	for (int i = 0; i < RATES; i++) {
		struct chime *c = chime_new(rates[i]);
		for (int64_t us = 0; us <= 60000000; us += 123457) {
			int64_t frames = chime_frames(c, us);
			ck_assert_int_ge(frames_us(rates[i], frames), us);
			ck_assert_int_lt(frames_us(rates[i], frames), us + 501000); /* no more than it takes */
		}
		int64_t most = chime_frames(c, INT64_C(60000000));
		mem_free(chime_read(c, most)); /* and all of it is there */
		ck_assert_int_eq(chime_frames(c, 0), 0);
		chime_free(&c);
		ck_assert_ptr_null(c);
	}
}
END_TEST

START_TEST(it_is_as_loud_as_what_follows)
{
	for (int i = 0; i < RATES; i++) {
		static const int seconds[] = { 1, 3, 20 };
		for (int k = 0; k < 3; k++) {
			struct chime *c = chime_new(rates[i]);
			int64_t frames = chime_frames(c, seconds[k] * INT64_C(1000000));
			int16_t *pcm = chime_read(c, frames);
			struct verdict v = judge_16(pcm, (size_t)frames, rates[i]);
			ck_assert_msg(abs(v.lufs + 16000) <= 500, "%d Hz, %d s: %d mLUFS", rates[i], seconds[k], v.lufs);
			ck_assert_msg(v.peak <= -1000, "%d Hz: %d mdBTP", rates[i], v.peak);
			mem_free(pcm);
			chime_free(&c);
		}
	}
}
END_TEST

/* What clicks is a step that the wave itself never makes: at its ends, and where one stroke follows another. */
START_TEST(it_does_not_click)
{
	for (int i = 0; i < RATES; i++) {
		struct chime *c = chime_new(rates[i]);
		int64_t stroke = chime_frames(c, 1), frames = 5 * stroke;
		int16_t *pcm = chime_read(c, frames);
		for (int64_t n = 0; n <= frames; n += stroke) {
			ck_assert_int_le(n < frames ? abs(pcm[n]) : 0, 1);
			ck_assert_int_le(n > 0 ? abs(pcm[n - 1]) : 0, 1);
			for (int64_t k = 1; k < rates[i] / 1000; k++) { /* within a millisecond little has come */
				int64_t after = n + k, before = n - k;
				ck_assert_int_le(after < frames ? abs(pcm[after]) : 0, 32767 / 4);
				ck_assert_int_le(before >= 0 ? abs(pcm[before]) : 0, 32767 / 100);
			}
		}
		mem_free(pcm);
		chime_free(&c);
	}
}
END_TEST

static double power_at(const int16_t *pcm, int64_t n, int rate, double hz)
{
	double re = 0, im = 0;
	for (int64_t i = 0; i < n; i++) {
		re += pcm[i] * cos(2 * M_PI * hz * (double)i / rate);
		im += pcm[i] * sin(2 * M_PI * hz * (double)i / rate);
	}
	return re * re + im * im;
}

START_TEST(three_tones_come_down)
{
	static const double tones[] = { 1046.5, 880, 698.46 };
	for (int i = 0; i < RATES; i++) {
		struct chime *c = chime_new(rates[i]);
		int64_t stroke = chime_frames(c, 1);
		int16_t *pcm = chime_read(c, 6 * stroke);
		ck_assert_int_eq(memcmp(pcm, pcm + 3 * stroke, (size_t)stroke * 3 * sizeof *pcm), 0);
		for (int k = 0; k < 3; k++)
			for (int other = 0; other < 3; other++)
				ck_assert(other == k ||
						power_at(pcm + k * stroke, stroke, rates[i], tones[k]) >
								100 * power_at(pcm + k * stroke, stroke, rates[i], tones[other]));
		mem_free(pcm);
		chime_free(&c);
	}
}
END_TEST

UNIT_MAIN("sound/chime", it_is_at_least_as_long_as_asked_for, it_is_as_loud_as_what_follows, it_does_not_click,
		three_tones_come_down)
