#include "sound/live-tap.h"
#include "../unit.h"

#include <stdlib.h>
#include <string.h>

#define RATE 16000
#define MS (RATE / 1000)

#define BLOCK (20 * MS)
#define RESERVE (100 * MS)

/* A source and a card without a clock of their own: the card hears `turn` ms at a time and keeps its queue as the audio
 * thread does; the source sends what the test says. */
struct world {
	struct live_tap tap;
	int64_t sent;            /* of the source */
	int64_t asked, heard_to; /* of the item */
	mono_us now;
	int16_t heard[RATE * 170];
};

static mono_us world_now(void *self)
{
	return ((struct world *)self)->now;
}

/* Sample k of the source is k + 1 while that fits: it can be recognised. */
static void send(struct world *w, int frames)
{
	static int16_t part[RATE];
	for (int i = 0; i < frames; i++)
		part[i] = (int16_t)((w->sent + i) % 30000 + 1);
	live_tap_write(&w->tap, part, (size_t)frames);
	w->sent += frames;
}

static void fill(struct world *w)
{
	while (w->asked - w->heard_to < RATE) {
		bool lacks = live_tap_source.there(&w->tap, w->asked) < BLOCK;
		if (lacks && w->asked - w->heard_to >= RESERVE)
			return;
		ck_assert_uint_eq(live_tap_source.read(&w->tap, w->asked, w->heard + w->asked, BLOCK), BLOCK);
		w->asked += BLOCK;
	}
}

/* The card goes on for so long. */
static void turn(struct world *w, int ms)
{
	w->now.us += ms * US_PER_MS;
	w->heard_to += ms * MS;
	ck_assert_int_le(w->heard_to, w->asked);
	live_tap_source.heard(&w->tap, w->heard_to);
	fill(w);
}

/* The item begins now, the source having sent for so long. */
static struct world *world(int sent_before_ms)
{
	static struct world w;
	static int16_t memory[RATE * LIVE_RING_S];
	static struct clock clock;
	memset(&w, 0, sizeof w);
	clock = (struct clock){ .self = &w, .mono = world_now };
	live_tap_init(&w.tap, memory, RATE, &clock);
	for (int i = 0; i < sent_before_ms; i += 10)
		send(&w, 10 * MS);
	fill(&w);
	return &w;
}

/* Real time: both go on for so long, the audio thread looking every `look` ms. */
static void go_on(struct world *w, int ms, int look)
{
	for (int at = 10; at <= ms; at += 10) {
		send(w, 10 * MS);
		if (at % look == 0)
			turn(w, look);
	}
}

/* ms between the frame that arrived last and the one heard now. */
static int64_t latency(const struct world *w)
{
	int64_t k = w->heard[w->heard_to] - 1, sent = w->sent % 30000;
	return (sent - k + 30000) % 30000 / MS;
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
		ck_assert_msg(w->heard[0] == T[i].first, "line %d: %d", T[i].line, w->heard[0]);
	}
}
END_TEST

/* Told long before: nothing is given until shortly before it is heard, and the latency is the same. */
START_TEST(a_start_that_was_foreseen)
{
	struct world *w = world(0);
	live_tap_init(&w->tap, w->tap.at, RATE, w->tap.clock);
	live_tap_set_due(&w->tap, (mono_us){ w->now.us + US_PER_S });
	w->sent = w->asked = 0;
	for (int ms = 0; ms < 850; ms += 10) {
		ck_assert_int_eq(live_tap_source.there(&w->tap, 0), 0);
		send(w, 10 * MS);
		w->now.us += 10 * US_PER_MS;
	}
	ck_assert_int_eq(live_tap_source.there(&w->tap, 0), 100 * MS);
	fill(w);
	for (int ms = 0; ms < 150; ms += 10) {
		send(w, 10 * MS);
		w->now.us += 10 * US_PER_MS;
		fill(w);
	}
	ck_assert_int_eq(latency(w), LIVE_LATENCY_MS);
}
END_TEST

START_TEST(a_frame_asked_for_again_is_the_same)
{
	struct world *w = world(400);
	int16_t again[200 * MS];
	go_on(w, 500, 50);
	int64_t from = w->asked - 200 * MS;
	live_tap_source.read(&w->tap, from, again, 200 * MS);
	ck_assert_mem_eq(again, w->heard + from, sizeof again);
}
END_TEST

START_TEST(what_does_not_come_is_silence_and_no_frame_is_lost_after_it)
{
	struct world *w = world(400);
	go_on(w, 1000, 50);
	ck_assert_int_eq(latency(w), LIVE_LATENCY_MS);
	for (int i = 0; i < 20; i++)
		turn(w, 50); /* a second of nothing */
	go_on(w, 2000, 50);
	int64_t silent = 0, jumps = 0;
	for (int64_t i = 1; i < w->asked; i++) {
		silent += w->heard[i] == 0;
		jumps += w->heard[i] && w->heard[i - 1] && w->heard[i] != w->heard[i - 1] + 1 && w->heard[i] != 1;
	}
	ck_assert_int_eq(latency(w), LIVE_LATENCY_MS);
	ck_assert_int_eq(silent, 1000 * MS);
	ck_assert_int_eq(jumps, 0);
}
END_TEST

START_TEST(silence_stays_silence_when_asked_for_again)
{
	struct world *w = world(400);
	int16_t again[100 * MS];
	for (int i = 0; i < 100; i++)
		turn(w, 10);
	send(w, 10 * MS);
	live_tap_source.read(&w->tap, w->heard_to, again, (size_t)(w->asked - w->heard_to));
	for (int64_t i = 0; i < w->asked - w->heard_to; i++)
		ck_assert_int_eq(again[i], 0);
}
END_TEST

START_TEST(a_burst_is_left_out)
{
	struct world *w = world(400);
	int64_t left_out, put_in;
	go_on(w, 100, 50);
	for (int i = 0; i < 100; i++)
		send(w, 100 * MS); /* 10 s at once */
	live_tap_sums(&w->tap, &left_out, &put_in);
	ck_assert_int_ge(left_out, (10000 - LIVE_MOST_MS) * MS);
	ck_assert_int_eq(put_in, 0);
	/* and within a few seconds of real time what it sends is heard in time again */
	go_on(w, 6000, 50);
	ck_assert_int_le(llabs(latency(w) - LIVE_LATENCY_MS), 20);
}
END_TEST

/* The latency after minutes, whatever the source's clock and however seldom the audio thread looks; and no silence. */
START_TEST(a_source_s_own_clock_is_followed)
{
	static const struct {
		int line, ppm, look_ms;
	} T[] = {
		{ __LINE__, 0, 10 },
		{ __LINE__, 300, 10 },
		{ __LINE__, -300, 10 },
		{ __LINE__, 1500, 10 },
		{ __LINE__, -1500, 10 },
		{ __LINE__, 300, 70 },
		{ __LINE__, -300, 70 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world *w = world(400);
		double due = 0;
		for (int ms = 10; ms <= 150500; ms += 10) {
			due += 10 * MS * (1 + T[i].ppm / 1e6);
			send(w, (int)due);
			due -= (int)due;
			if (ms % T[i].look_ms == 0)
				turn(w, T[i].look_ms);
		}
		int64_t f = 0;
		while (f < w->asked && w->heard[f])
			f++;
		ck_assert_msg(f == w->asked, "line %d: silence at %.3f s", T[i].line, (double)f / RATE);
		ck_assert_msg(
			llabs(latency(w) - LIVE_LATENCY_MS) < 30, "line %d: %lld ms", T[i].line, (long long)latency(w));
	}
}
END_TEST

START_TEST(bending_makes_no_step)
{
	struct world *w = world(400);
	/* a slope up and down: any frame left out or doubled without bending would show as a step of 4 or 0 */
	int16_t part[10 * MS + 1];
	for (int64_t k = 0, ms = 0; ms < 60000; ms += 10) {
		int n = 10 * MS + (ms % 100 == 0); /* 600 ppm too fast */
		for (int i = 0; i < n; i++, k++)
			part[i] = (int16_t)(k % 20000 < 10000 ? 2 * (k % 10000) + 3 : 20003 - 2 * (k % 10000));
		live_tap_write(&w->tap, part, (size_t)n);
		turn(w, 10);
	}
	int64_t left_out, put_in;
	live_tap_sums(&w->tap, &left_out, &put_in);
	ck_assert_int_gt(left_out, 100);
	int64_t f = RATE;
	while (f < w->asked && abs(w->heard[f] - w->heard[f - 1]) < 4)
		f++;
	ck_assert_int_eq(f, w->asked);
}
END_TEST

UNIT_MAIN("sound/live-tap", a_start_that_was_foreseen, the_newest_is_heard_first, a_frame_asked_for_again_is_the_same,
	what_does_not_come_is_silence_and_no_frame_is_lost_after_it, silence_stays_silence_when_asked_for_again,
	a_burst_is_left_out, a_source_s_own_clock_is_followed, bending_makes_no_step)
