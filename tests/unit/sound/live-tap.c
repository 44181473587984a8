#include "sound/live-tap.h"
#include "../unit.h"

#include <stdlib.h>
#include <string.h>

#define RATE 16000
#define MS (RATE / 1000)

/* A source and a card without a clock: each step is 10 ms of the card; the source sends what the test says. */
struct world {
	struct live_tap *tap;
	int64_t sent, frame; /* of the source; of the item */
	int ahead_ms;        /* so much the audio thread mixes at once */
	int16_t heard[RATE * 160];
};

/* Sample k of the source is k + 1 while that fits: it can be recognised. */
static void send(struct world *w, int frames)
{
	static int16_t part[RATE];
	for (int i = 0; i < frames; i++)
		part[i] = (int16_t)((w->sent + i) % 30000 + 1);
	live_tap_write(w->tap, part, (size_t)frames);
	w->sent += frames;
}

static void listen(struct world *w, int ms)
{
	ck_assert_uint_eq(live_tap_read(w->tap, w->frame, w->heard + w->frame, (size_t)(ms * MS)), (size_t)(ms * MS));
	w->frame += ms * MS;
}

static struct world *world(int sent_before_ms)
{
	static struct world w;
	static struct live_tap tap;
	static int16_t memory[RATE * LIVE_RING_S];
	live_tap_init(&tap, memory, RATE);
	memset(&w, 0, sizeof w);
	w.tap = &tap;
	for (int i = 0; i < sent_before_ms; i += 10)
		send(&w, 10 * MS);
	return &w;
}

/* Frames between what was sent and what was heard last. */
static int64_t lag(const struct world *w)
{
	return w->sent - w->heard[w->frame - 1];
}

START_TEST(the_newest_is_heard_first)
{
	static const struct {
		int line, before_ms;
		int64_t first; /* sample */
	} T[] = {
		{ __LINE__, 0, 0 }, { __LINE__, 100, 0 }, { __LINE__, 250, 1 }, { __LINE__, 300, 50 * MS + 1 },
		{ __LINE__, 620, 370 * MS + 1 }, /* what came long before the start is not heard */
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world *w = world(T[i].before_ms);
		listen(w, 10);
		ck_assert_msg(w->heard[0] == T[i].first, "line %d: %d", T[i].line, w->heard[0]);
	}
}
END_TEST

START_TEST(a_frame_asked_for_again_is_the_same)
{
	struct world *w = world(400);
	int16_t again[100 * MS];
	for (int i = 0; i < 20; i++) {
		listen(w, 10);
		send(w, 10 * MS);
	}
	live_tap_read(w->tap, w->frame - 100 * MS, again, 100 * MS);
	ck_assert_mem_eq(again, w->heard + w->frame - 100 * MS, sizeof again);
}
END_TEST

START_TEST(what_does_not_come_is_silence_and_no_frame_is_lost_after_it)
{
	struct world *w = world(400);
	for (int i = 0; i < 100; i++) { /* 1 s, of which the source sends nothing in the middle */
		listen(w, 10);
		if (i < 20 || i >= 60)
			send(w, 10 * MS);
	}
	int64_t silent = 0, jumps = 0;
	for (int64_t i = 1; i < w->frame; i++) {
		silent += w->heard[i] == 0;
		jumps += w->heard[i] && w->heard[i - 1] && w->heard[i] != w->heard[i - 1] + 1;
	}
	/* 400 ms did not come, the next are late by one step; 250 ms lay ready, and it begins again with LIVE_LEAD_MS */
	ck_assert_int_eq(silent, (410 - LIVE_START_MS + LIVE_LEAD_MS) * MS);
	ck_assert_int_eq(jumps, 0);
	ck_assert_int_eq(lag(w), LIVE_LEAD_MS * MS + 10 * MS);
}
END_TEST

START_TEST(silence_stays_silence_when_asked_for_again)
{
	struct world *w = world(400);
	int16_t again[500 * MS];
	for (int i = 0; i < 100; i++)
		listen(w, 10);
	send(w, 10 * MS);
	live_tap_read(w->tap, w->frame - 500 * MS, again, 500 * MS);
	for (int i = 0; i < 500 * MS; i++)
		ck_assert_int_eq(again[i], 0);
}
END_TEST

START_TEST(a_burst_is_dropped_beyond_the_most)
{
	struct world *w = world(400);
	int64_t left_out, put_in;
	listen(w, 10);
	for (int i = 0; i < 100; i++)
		send(w, 100 * MS); /* 10 s at once */
	live_tap_sums(w->tap, &left_out, &put_in);
	ck_assert_int_ge(left_out, (10000 - LIVE_MOST_MS) * MS);
	ck_assert_int_eq(put_in, 0);
	/* and within a few seconds of real time all but LIVE_LEAD_MS of it is gone */
	for (int i = 0; i < 500; i++) {
		listen(w, 10);
		send(w, 10 * MS);
	}
	int64_t before = w->frame;
	while (w->heard[w->frame - 1])
		listen(w, 10);
	ck_assert_int_le(w->frame - before, (LIVE_LEAD_MS + 40) * MS);
}
END_TEST

/* How much is ready after minutes, in ms, whatever the source's clock; and no silence on the way. */
START_TEST(a_source_s_own_clock_is_followed)
{
	static const struct {
		int line, ppm, ahead_ms;
	} T[] = {
		{ __LINE__, 0, 10 },
		{ __LINE__, 300, 10 },
		{ __LINE__, -300, 10 },
		{ __LINE__, 800, 10 },
		{ __LINE__, -800, 10 },
		{ __LINE__, 300, 100 },
		{ __LINE__, -300, 100 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world *w = world(400);
		double due = 0;
		for (int ms = 0; ms < 150000; ms += 10) {
			if (ms % T[i].ahead_ms == 0)
				listen(w, T[i].ahead_ms);
			due += 10 * MS * (1 + T[i].ppm / 1e6);
			send(w, (int)due);
			due -= (int)due;
		}
		int64_t f = 0;
		while (f < w->frame && w->heard[f])
			f++;
		ck_assert_msg(f == w->frame, "line %d: silence at %.3f s", T[i].line, (double)f / RATE);
		int64_t ready = 0, before = w->frame;
		while (w->heard[w->frame - 1])
			listen(w, 10);
		ready = (w->frame - before) / MS;
		ck_assert_msg(ready >= LIVE_LEAD_MS - 20 && ready <= LIVE_LEAD_MS + T[i].ahead_ms + 30,
			"line %d: %lld ms ready", T[i].line, (long long)ready);
	}
}
END_TEST

START_TEST(bending_makes_no_step)
{
	struct world *w = world(400);
	/* a slope up and down: any frame left out or doubled without bending would show as a step of 4 or 0 */
	int16_t part[10 * MS];
	for (int64_t k = 0, ms = 0; ms < 20000; ms += 10) {
		listen(w, 10);
		for (int i = 0; i < 10 * MS; i++, k++)
			part[i] = (int16_t)(k % 20000 < 10000 ? 2 * (k % 10000) + 3 : 20003 - 2 * (k % 10000));
		live_tap_write(w->tap, part, 10 * MS);
	}
	int64_t left_out, put_in;
	live_tap_sums(w->tap, &left_out, &put_in);
	ck_assert_int_gt(left_out, 100);
	int64_t f = RATE;
	while (f < w->frame && abs(w->heard[f] - w->heard[f - 1]) < 4)
		f++;
	ck_assert_int_eq(f, w->frame);
}
END_TEST

UNIT_MAIN("sound/live-tap", the_newest_is_heard_first, a_frame_asked_for_again_is_the_same,
	what_does_not_come_is_silence_and_no_frame_is_lost_after_it, silence_stays_silence_when_asked_for_again,
	a_burst_is_dropped_beyond_the_most, a_source_s_own_clock_is_followed, bending_makes_no_step)
