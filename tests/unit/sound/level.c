/* The recipe: what the ear and the meter get, measured again here. */
#include "base/mem.h"
#include "sound/prepare/level.h"
#include "sound/prepare/resample.h"
#include "sound/prepare/truepeak.h"
#include "judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef float (*wave)(int64_t i, int rate);

static uint32_t noise_state;

static float sine(int64_t i, int rate)
{
	return 0.1f * sinf((float)(2 * M_PI * 997 * (double)(i % rate) / rate));
}

static float loud_square(int64_t i, int rate)
{
	return i * 880 / rate % 2 ? 1.0f : -1.0f;
}

static float silence(int64_t i, int rate)
{
	(void)i, (void)rate;
	return 0;
}

static float noise(int64_t i, int rate)
{
	(void)i, (void)rate;
	noise_state = noise_state * 1664525u + 1013904223u;
	return (float)(int32_t)noise_state * 0x1p-31f;
}

/* Syllables: bursts of noise, one loud in ten; the crest of speech. */
static float bursts(int64_t i, int rate)
{
	double t = (double)i / rate;
	float swell = (float)fabs(sin(2 * M_PI * 2.3 * t)), loud = fmod(t, 3) < 0.1 ? 0.9f : 0.12f;
	return loud * swell * noise(i, rate);
}

/* One click a second in a soft hum */
static float clicks(int64_t i, int rate)
{
	return i % rate == 100 ? 0.9f : 0.001f * sine(i, rate);
}

/* A speaker far from the microphone, and the microphone alone */
static float soft(int64_t i, int rate)
{
	return 0.15f * sine(i, rate);
}

static float faint(int64_t i, int rate)
{
	return 0.02f * sine(i, rate);
}

static float hiss(int64_t i, int rate)
{
	return 0.0005f * noise(i, rate);
}

static float bottom(int64_t i, int rate)
{
	return 0.00001f * noise(i, rate);
}

static float loudest(int64_t i, int rate)
{
	(void)i, (void)rate;
	return 8; /* what the decoder lets through at most: a constant */
}

static struct spool *tape_of(wave w, int rate, int64_t frames)
{
	struct spool *tape = spool_new(NULL, NULL);
	ck_assert_ptr_nonnull(tape);
	noise_state = 1;
	for (int64_t i = 0; i < frames;) {
		float buf[480];
		int64_t n = 0;
		for (; n < 480 && i < frames; n++, i++)
			buf[n] = w(i, rate);
		ck_assert(spool_add(tape, buf, n));
	}
	return tape;
}

/* Levels a wave; the PCM is measured again from the file. */
static struct store_facts levelled(wave w, int rate, int64_t frames, int16_t **pcm)
{
	struct store_facts f;
	struct spool *tape = tape_of(w, rate, frames);
	FILE *file = tmpfile();
	ck_assert(level(tape, STORE_PLAIN(rate), fileno(file), &f));
	ck_assert_int_eq(f.frames, frames);
	*pcm = mem_zero((size_t)frames * 2 + 2);
	ck_assert_int_eq(pread(fileno(file), *pcm, (size_t)frames * 2 + 2, 0), frames * 2);
	fclose(file);
	spool_free(&tape);
	return f;
}

START_TEST(sounds_come_out_at_their_level)
{
	static const struct {
		int line;
		wave wave;
		int rate;
		int64_t frames;
		int32_t lufs_low, lufs_high; /* 1/1000 LUFS; STORE_NO_LOUDNESS = none */
		int32_t gain_low, gain_high;
		bool limited;
	} T[] = {
		{ __LINE__, sine, 48000, 240000, -16010, -15990, 7000, 7020, false },
		{ __LINE__, sine, 16000, 80000, -16010, -15990, 6900, 7100, false },
		{ __LINE__, loud_square, 44100, 220500, -16010, -15990, -17000, -15000, false },
		{ __LINE__, noise, 48000, 240000, -16100, -15990, -15000, -14000, false },
		{ __LINE__, bursts, 48000, 480000, -16500, -15900, 3000, 20000, true },
		/* the limiter would have to take 30 dB away: it is let alone at about 12 */
		{ __LINE__, clicks, 48000, 240000, -90000, -20000, 11000, 12500, true },
		{ __LINE__, soft, 48000, 240000, -16010, -15990, 23400, 23600, false },
		/* below -40 LUFS it is no speech: less is given, or nothing */
		{ __LINE__, faint, 48000, 240000, -53600, -53200, 3500, 3800, false },
		{ __LINE__, hiss, 48000, 240000, -69100, -60000, 0, 0, false },
		{ __LINE__, bottom, 48000, 240000, STORE_NO_LOUDNESS, STORE_NO_LOUDNESS, 0, 0, false },
		{ __LINE__, loudest, 48000, 240000, -90000, -15990, -50000, 0, true },
		{ __LINE__, silence, 48000, 48000, STORE_NO_LOUDNESS, STORE_NO_LOUDNESS, 0, 0, false },
		/* under 0.4 s it is as loud as it would be if it went on */
		{ __LINE__, sine, 48000, 19199, -16010, -15990, 6900, 7100, false },
		{ __LINE__, sine, 48000, 9600, -16010, -15990, 6900, 7100, false },
		{ __LINE__, sine, 8000, 1600, -16010, -15990, 6500, 7500, false },
		{ __LINE__, loud_square, 44100, 8820, -16010, -15990, -17000, -15000, false },
		{ __LINE__, bursts, 48000, 9600, -16200, -15900, -8000, 12000, false },
		{ __LINE__, silence, 48000, 9600, STORE_NO_LOUDNESS, STORE_NO_LOUDNESS, 0, 0, false },
		{ __LINE__, hiss, 48000, 9600, -69100, -60000, 0, 0, false },
		{ __LINE__, sine, 48000, 19200, -16010, -15990, 6900, 7100, false },
		{ __LINE__, sine, 48000, 0, STORE_NO_LOUDNESS, STORE_NO_LOUDNESS, 0, 0, false },
		{ __LINE__, sine, 48000, 1, STORE_NO_LOUDNESS, STORE_NO_LOUDNESS, 0, 0, false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		int16_t *pcm;
		struct store_facts f = levelled(T[i].wave, T[i].rate, T[i].frames, &pcm);
		ck_assert_msg(f.lufs >= T[i].lufs_low && f.lufs <= T[i].lufs_high, "row of line %d: %d", T[i].line, f.lufs);
		ck_assert_msg(f.gain >= T[i].gain_low && f.gain <= T[i].gain_high, "row of line %d: %d", T[i].line, f.gain);
		ck_assert_msg(f.limited == T[i].limited && f.limited == (f.limiting > 6000), "row of line %d", T[i].line);
		struct verdict v = judge_16(pcm, (size_t)T[i].frames, T[i].rate);
		bool brief = T[i].frames * 10 < T[i].rate * 4;
		ck_assert_msg(brief || v.lufs == f.lufs, "row of line %d: %d", T[i].line, v.lufs);
		ck_assert_msg(v.peak <= -1000, "row of line %d: %d", T[i].line, v.peak);
		ck_assert_msg(v.peak <= f.peak + 150, "row of line %d: %d, not %d", T[i].line, f.peak, v.peak);
		mem_free(pcm);
	}
}
END_TEST

static uint32_t draw(uint32_t below)
{
	noise(0, 0);
	return (noise_state >> 8) % below;
}

/* Nothing that anybody would air: steps, spikes, squares, bursts and silence at any level up to what a decoder lets
 * through, changing at random. */
static struct spool *wild_tape(int rate, int64_t frames)
{
	struct spool *tape = spool_new(NULL, NULL);
	float *x = mem_new_n(float, (size_t)frames);
	for (int64_t i = 0; i < frames;) {
		uint32_t kind = draw(6), period = 1 + draw(200);
		float level = 8.0f / (float)(1u << draw(16));
		for (int64_t end = i + 1 + draw((uint32_t)rate); i < end && i < frames; i++) {
			float square = i / period % 2 ? level : -level, spike = draw(500) ? 0 : level;
			const float kinds[] = { 0, level, square, spike, level * noise(i, rate), level * sine(i, rate) * 10 };
			x[i] = kinds[kind];
		}
	}
	ck_assert(spool_add(tape, x, frames));
	mem_free(x);
	return tape;
}

START_TEST(whatever_comes_in_no_peak_goes_out)
{
	static const int rates[] = { 8000, 11025, 16000, 22050, 44100, 48000, 96000 };
	for (uint32_t seed = 1; seed <= 200; seed++) {
		noise_state = seed * 2654435761u;
		int rate = rates[draw(7)];
		int64_t frames = 1 + draw((uint32_t)rate * (1 + draw(4)));
		struct spool *tape = wild_tape(rate, frames);
		struct store_facts f;
		FILE *file = tmpfile();
		int16_t *pcm = mem_zero((size_t)frames * 2 + 2);
		ck_assert(level(tape, STORE_PLAIN(rate), fileno(file), &f));
		ck_assert_int_eq(pread(fileno(file), pcm, (size_t)frames * 2 + 2, 0), frames * 2);
		struct verdict v = judge_16(pcm, (size_t)frames, rate);
		ck_assert_msg(v.peak <= -1000, "seed %u: %d, not %d", seed, v.peak, f.peak);
		ck_assert_msg(v.lufs <= -15500, "seed %u: %d", seed, v.lufs);
		ck_assert_msg(f.gain <= 24000, "seed %u: %d", seed, f.gain);
		for (int64_t i = 0; i < frames; i++)
			ck_assert_msg(abs(pcm[i]) <= 29205, "seed %u: sample %d", seed, pcm[i]); /* -1 dBFS */
		mem_free(pcm);
		fclose(file);
		spool_free(&tape);
	}
}
END_TEST

START_TEST(same_source_same_bytes)
{
	int16_t *one, *two;
	struct store_facts a = levelled(bursts, 48000, 100000, &one), b = levelled(bursts, 48000, 100000, &two);
	uint8_t hash[SHA256_BYTES];
	char hex[SHA256_HEX];
	ck_assert_int_eq(memcmp(one, two, 200000), 0);
	ck_assert_str_eq(a.pcm_sha256, b.pcm_sha256);
	sha256_of(one, 200000, hash);
	sha256_hex(hash, hex);
	ck_assert_str_eq(hex, a.pcm_sha256);
	mem_free(one);
	mem_free(two);
}
END_TEST

START_TEST(rates_change_to_the_exact_number_of_frames)
{
	static const struct {
		int line;
		int64_t frames;
		int from, to;
		int64_t want;
	} T[] = {
		{ __LINE__, 251284, 22050, 48000, 547013 },
		{ __LINE__, 1, 8000, 48000, 6 },
		{ __LINE__, 1, 96000, 8000, 0 },
		{ __LINE__, 6, 96000, 8000, 1 }, /* half a frame counts up */
		{ __LINE__, 44100, 44100, 48000, 48000 },
		{ __LINE__, INT64_C(4) * 3600 * 96000, 96000, 44100, INT64_C(4) * 3600 * 44100 },
		{ __LINE__, 0, 44100, 48000, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		ck_assert_msg(resample_frames(T[i].frames, T[i].from, T[i].to) == T[i].want, "row of line %d", T[i].line);
		if (T[i].frames > 300000)
			continue;
		struct spool *in = tape_of(sine, T[i].from, T[i].frames), *out = spool_new(NULL, NULL);
		ck_assert(resample(in, T[i].from, out, T[i].to));
		ck_assert_msg(spool_length(out) == T[i].want, "row of line %d", T[i].line);
		spool_free(&in);
		spool_free(&out);
	}
}
END_TEST

START_TEST(resampling_keeps_the_wave_in_place)
{
	struct spool *in = tape_of(sine, 44100, 44100), *out = spool_new(NULL, NULL);
	float x[1000];
	ck_assert(resample(in, 44100, out, 48000));
	ck_assert_int_eq(spool_read(out, 20000, x, 1000), 1000);
	for (int i = 0; i < 1000; i++)
		ck_assert_float_eq_tol(x[i], sine(20000 + i, 48000), 1e-4f);
	spool_free(&in);
	spool_free(&out);
}
END_TEST

/* Runs n samples of a wave through the limiter; out is without the delay. */
static float limit(wave w, float gain, float ceiling, float *out, int n)
{
	struct truepeak *t = truepeak_new(48000, ceiling);
	int delay = (int)truepeak_delay(t), total = (n + delay + TRUEPEAK_STEP) / TRUEPEAK_STEP * TRUEPEAK_STEP;
	float *buf = mem_zero((size_t)total * sizeof *buf);
	noise_state = 7;
	for (int i = 0; i < n; i++)
		buf[i] = gain * w(i, 48000);
	truepeak_run(t, buf, (size_t)total);
	memcpy(out, buf + delay, (size_t)n * sizeof *out);
	float lowest = truepeak_lowest(t);
	mem_free(buf);
	truepeak_free(&t);
	return lowest;
}

START_TEST(below_the_ceiling_nothing_changes)
{
	enum { N = 48000 };
	float *out = mem_new_n(float, N);
	ck_assert_float_eq(limit(sine, 5, 0.6f, out, N), 1);
	for (int i = 0; i < N; i++)
		ck_assert_float_eq(out[i], 5 * sine(i, 48000));
	mem_free(out);
}
END_TEST

START_TEST(no_peak_passes_the_ceiling)
{
	static const struct {
		int line;
		wave wave;
		float gain;
	} T[] = { { __LINE__, noise, 1 }, { __LINE__, noise, 4 }, { __LINE__, bursts, 10 }, { __LINE__, clicks, 8 },
		{ __LINE__, loud_square, 2 }, { __LINE__, sine, 30 } };
	enum { N = 96000 };
	float *out = mem_new_n(float, N);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		float lowest = limit(T[i].wave, T[i].gain, 0.5f, out, N);
		struct verdict v = judge(out, N, 48000);
		ck_assert_msg(lowest < 0.9f, "row of line %d: %f", T[i].line, (double)lowest);
		/* 0.5 is -6.02 dB; two ways to look between samples may differ by that much */
		ck_assert_msg(v.peak <= -5850, "row of line %d: %d", T[i].line, v.peak);
	}
	mem_free(out);
}
END_TEST

UNIT_MAIN("sound/level", sounds_come_out_at_their_level, whatever_comes_in_no_peak_goes_out, same_source_same_bytes,
		rates_change_to_the_exact_number_of_frames, resampling_keeps_the_wave_in_place,
		below_the_ceiling_nothing_changes, no_peak_passes_the_ceiling)
