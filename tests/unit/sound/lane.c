#include "sound/lane.h"
#include "sound/bus.h"
#include "sound/volume.h"
#include "../unit.h"

#include <string.h>

#define RATE 8000
#define FADE 240 /* 30 ms */

/* A source that has everything up to `until`, for now or for good: each sample its frame number plus `base`. */
struct ramp {
	int16_t base;
	int64_t until;
	bool over;
};

static size_t read_ramp(void *self, int64_t frame, int16_t *out, size_t n)
{
	const struct ramp *r = self;
	size_t i = 0;
	for (; i < n && frame + (int64_t)i < r->until; i++)
		out[i] = (int16_t)(r->base + frame + (int64_t)i);
	return i;
}

static int64_t there_ramp(void *self, int64_t frame)
{
	const struct ramp *r = self;
	return r->until > frame ? r->until - frame : 0;
}

static bool over_ramp(void *self)
{
	const struct ramp *r = self;
	return r->over;
}

static const struct source_ops ramp_ops = { .read = read_ramp, .there = there_ramp, .over = over_ramp };
static const struct source_ops live_ops = { .read = read_ramp, .there = there_ramp };

static struct source source(struct ramp *r)
{
	return (struct source){ &ramp_ops, r };
}

static void play(struct lane *l, struct ramp *r, int64_t at, int64_t from, int64_t end)
{
	lane_play(l, source(r), r, at, from, end, GAIN_UNITY);
}

/* What is heard at frames [at, at + n), in blocks of that many. */
static void hear(const struct lane *l, int64_t at, int16_t *out, size_t n, size_t block)
{
	for (size_t done = 0, k; done < n; done += k) {
		k = n - done < block ? n - done : block;
		if (!lane_mix(l, at + (int64_t)done, out + done, k))
			memset(out + done, 0, k * sizeof *out);
	}
}

START_TEST(an_item_plays_once_and_ends)
{
	struct ramp r = { 1000, INT64_MAX, false };
	struct lane l;
	int16_t out[1000];
	lane_init(&l, RATE);
	ck_assert(!lane_mix(&l, 0, out, 10));
	play(&l, &r, 70, 100, 900);
	hear(&l, 0, out, 1000, 333);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(out[i], i < 70 || i >= 870 ? 0 : 1100 + i - 70);
	ck_assert_int_eq(lane_end(&l), 870);
	ck_assert_int_eq(lane_silent_from(&l), 870);
	ck_assert(!lane_mix(&l, 870, out, 10));
	lane_forget(&l, 869);
	ck_assert(lane_has(&l, &r));
	lane_forget(&l, 870);
	ck_assert(!lane_has(&l, &r));
}
END_TEST

/* Whatever was mixed before, and in whichever blocks: the same frames sound the same. */
START_TEST(what_is_mixed_again_is_the_same)
{
	struct ramp a = { 1000, INT64_MAX, false }, b = { 9000, INT64_MAX, false };
	struct lane l;
	int16_t once[1000], again[1000];
	lane_init(&l, RATE);
	play(&l, &a, 10, 0, 500);
	play(&l, &b, 300, 50, 600);
	lane_set_gain(&l, &b, 400, volume_gain(500));
	hear(&l, 0, once, 1000, 1000);
	for (size_t block = 1; block < 400; block += 37) {
		hear(&l, 0, again, 1000, block);
		ck_assert_mem_eq(once, again, sizeof once);
	}
	hear(&l, 333, again, 200, 7);
	ck_assert_mem_eq(once + 333, again, 200 * sizeof *again);
}
END_TEST

START_TEST(a_starved_lane_waits_and_loses_nothing)
{
	struct ramp r = { 1, 50, false }, next = { 5000, INT64_MAX, false };
	struct lane l;
	int16_t out[400];
	lane_init(&l, RATE);
	play(&l, &r, 0, 0, 200);
	lane_play(&l, source(&next), &next, lane_end(&l), 0, 100, GAIN_UNITY); /* right behind */
	ck_assert(!lane_lacks(&l, 0, 50));
	ck_assert(lane_lacks(&l, 0, 51));
	ck_assert(lane_wait(&l, 0, 100));
	ck_assert(lane_wait(&l, 100, 20));
	r.until = 200;
	ck_assert(!lane_lacks(&l, 120, 300));
	hear(&l, 0, out, 400, 64);
	for (int i = 0; i < 400; i++) {
		int want = i < 50 ? 1 + i : i < 120 ? 0 : i < 270 ? 51 + i - 120 : i < 370 ? 5000 + i - 270 : 0;
		ck_assert_msg(out[i] == want, "frame %d: %d, not %d", i, out[i], want);
	}
}
END_TEST

START_TEST(a_source_that_ends_early_breaks_its_item)
{
	struct ramp r = { 1, 50, true };
	struct lane l;
	lane_init(&l, RATE);
	play(&l, &r, 10, 0, 200);
	ck_assert(!lane_lacks(&l, 0, 100));
	ck_assert(l.pieces[0].broken);
	ck_assert_int_eq(l.pieces[0].frames, 50);
	ck_assert_int_eq(lane_silent_from(&l), 60);
}
END_TEST

START_TEST(live_sound_goes_on_with_the_time)
{
	struct ramp r = { 1, 50, false };
	struct lane l;
	int16_t out[300];
	lane_init(&l, RATE);
	lane_play(&l, (struct source){ &live_ops, &r }, &r, 0, 0, 200, GAIN_UNITY);
	ck_assert(lane_lacks(&l, 0, 100));
	ck_assert(lane_wait(&l, 0, 100));
	ck_assert_int_eq(lane_end(&l), 200);
	hear(&l, 0, out, 100, 100);
	ck_assert_int_eq(out[49], 50);
	ck_assert_int_eq(out[50], 0);
	r.until = 300;
	hear(&l, 100, out, 200, 100);
	ck_assert_int_eq(out[0], 101);
	ck_assert_int_eq(out[100], 0);
}
END_TEST

START_TEST(a_cut_fades_within_30_ms_under_the_new_item)
{
	struct ramp a = { 10000, INT64_MAX, false }, b = { 1000, INT64_MAX, false };
	struct lane l;
	int16_t out[2 * FADE];
	lane_init(&l, RATE);
	play(&l, &a, 0, 0, 100000);
	play(&l, &b, 77, 0, 100000);
	ck_assert(l.pieces[0].cut);
	ck_assert_int_eq(l.pieces[0].frames, 77);
	ck_assert_int_eq(lane_piece_over(&l, &l.pieces[0]), 77 + FADE);
	hear(&l, 77, out, 2 * FADE, 100);
	for (int i = 0; i < 2 * FADE; i++) {
		int fade = i < FADE ? (10077 + i) * (FADE - i) / FADE : 0;
		ck_assert_msg(out[i] == 1000 + i + fade, "frame %d", i);
	}
	lane_cut(&l, 2 * FADE);
	lane_cut(&l, 3 * FADE);
	ck_assert_int_eq(l.pieces[1].frames, 2 * FADE - 77);
}
END_TEST

START_TEST(an_emergency_is_whole_over_a_loud_tail)
{
	struct ramp a = { 32000, INT64_MAX, false }, b = { 32000, INT64_MAX, false };
	struct lane l;
	int16_t out[2 * FADE];
	lane_init(&l, RATE);
	play(&l, &a, 0, 0, 600);
	play(&l, &b, 10, 0, 600);
	hear(&l, 10, out, 2 * FADE, 64);
	for (int i = 0; i < 2 * FADE; i++)
		ck_assert_int_ge(out[i], 32000 + i); /* it gained, it lost nothing, it did not wrap */
}
END_TEST

START_TEST(nothing_heard_leaves_no_tail)
{
	struct ramp a = { 10000, INT64_MAX, false };
	struct lane l;
	int16_t out[10];
	lane_init(&l, RATE);
	play(&l, &a, 50, 5, 100);
	lane_cut(&l, 50);
	ck_assert(!lane_has(&l, &a));
	ck_assert(!lane_mix(&l, 45, out, 10));
	play(&l, &a, 50, 100, 100);
	ck_assert_int_eq(lane_silent_from(&l), 50);
}
END_TEST

START_TEST(the_rest_of_an_item_that_waits_is_cut_too)
{
	struct ramp a = { 1, 50, false };
	struct lane l;
	lane_init(&l, RATE);
	play(&l, &a, 0, 0, 200);
	ck_assert(lane_wait(&l, 0, 100));
	ck_assert_uint_eq(l.n, 2);
	lane_cut(&l, 80);
	ck_assert_uint_eq(l.n, 1);
	ck_assert(l.pieces[0].cut);
	ck_assert_int_eq(l.pieces[0].frames, 50);
	ck_assert_int_eq(lane_silent_from(&l), 50); /* silent already: there is nothing to fade */
}
END_TEST

START_TEST(what_comes_too_late_happens_later)
{
	struct ramp a = { 1000, INT64_MAX, false }, b = { 9000, INT64_MAX, false };
	struct lane l;
	int16_t out[400];
	lane_init(&l, RATE);
	play(&l, &a, 0, 0, 5000);
	play(&l, &b, 100, 0, 200);
	play(&l, &a, lane_end(&l), 0, 50);
	lane_put_off(&l, 100, 30);
	ck_assert_int_eq(l.pieces[0].frames, 130); /* so long it was heard */
	ck_assert_int_eq(l.pieces[1].at, 130);
	ck_assert_int_eq(l.pieces[2].at, 330); /* what follows still follows */
	ck_assert_int_eq(lane_end(&l), 380);
	hear(&l, 0, out, 400, 64);
	ck_assert_int_eq(out[129], 1129);
	ck_assert_int_eq(out[130], 9000 + 1130);
	lane_put_off(&l, 400, 30);
	ck_assert_int_eq(l.pieces[1].at, 130);
}
END_TEST

START_TEST(there_is_room_for_quick_cuts)
{
	struct ramp a = { 100, INT64_MAX, false };
	struct lane l;
	lane_init(&l, RATE);
	int64_t at = 0;
	for (; !lane_full(&l); at += 10)
		play(&l, &a, at, 0, 100000);
	lane_forget(&l, 10 + FADE);
	ck_assert(!lane_full(&l));
	lane_kill(&l);
	ck_assert_int_eq(lane_silent_from(&l), 0);
}
END_TEST

START_TEST(volume_slides_without_a_jump)
{
	struct ramp a = { 20000, INT64_MAX, false };
	struct lane l;
	int16_t out[1000];
	lane_init(&l, RATE);
	lane_play(&l, source(&a), &a, 0, 0, 5000, volume_gain(1000));
	ck_assert(lane_set_gain(&l, &a, 10, volume_gain(100)));
	ck_assert(!lane_set_gain(&l, &a, 20, volume_gain(100)));
	hear(&l, 0, out, 1000, 100);
	ck_assert_int_eq(out[9], 20009);
	for (int i = 1; i < 1000; i++)
		ck_assert_int_le(abs(out[i] - out[i - 1]), 200);
	ck_assert_int_le(abs(out[999] - (20000 + 999) / 100), 1);
	ck_assert(lane_set_gain(&l, &a, 1000, volume_gain(1000)));
	hear(&l, 1000, out, 1000, 100);
	ck_assert_int_eq(out[999], 20000 + 1999);
}
END_TEST

START_TEST(the_bus_puts_each_lane_on_its_channel)
{
	static struct bus bus;
	struct ramp r[4] = { { 100, INT64_MAX, false }, { 200, INT64_MAX, false }, { 30000, INT64_MAX, false },
		{ 30000, INT64_MAX, false } };
	struct lane lanes[4];
	struct bus_lane on[4] = { { &lanes[0], 2 }, { &lanes[1], 0 }, { &lanes[2], 3 }, { &lanes[3], 3 } };
	int16_t out[10 * 4];
	for (int i = 0; i < 4; i++)
		lane_init(&lanes[i], RATE);
	bus_init(&bus, RATE, 4, on, 4);
	ck_assert(bus_idle(&bus, 0));
	play(&lanes[0], &r[0], 0, 0, 5);
	play(&lanes[1], &r[1], 0, 0, 100);
	play(&lanes[2], &r[2], 0, 0, 10);
	bus_mix(&bus, 0, out, 10);
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(out[4 * i], 200 + i);
		ck_assert_int_eq(out[4 * i + 1], 0);
		ck_assert_int_eq(out[4 * i + 2], i < 5 ? 100 + i : 0);
		ck_assert_int_eq(out[4 * i + 3], 30000 + i); /* shared, but alone: untouched */
	}
	play(&lanes[2], &r[2], 10, 0, 10);
	play(&lanes[3], &r[3], 10, 0, 10);
	bus_mix(&bus, 10, out, 10);
	for (int i = 0; i < 10; i++)
		ck_assert_int_ge(out[4 * i + 3], 32700); /* limited, not wrapped */
	lane_cut(&lanes[1], 20);
	bus_mix(&bus, 20, out, 10);
	ck_assert(!bus_idle(&bus, 30)); /* a tail, and a limiter on its way back */
	bus_skip(&bus);
	ck_assert(bus_idle(&bus, 30 + FADE));
}
END_TEST

/* Wherever it goes back to, what follows is what would have been. */
START_TEST(a_shared_channel_goes_back_without_a_trace)
{
	static struct bus bus;
	struct ramp r[2] = { { 20000, INT64_MAX, false }, { 20000, INT64_MAX, false } };
	struct lane lanes[2];
	struct bus_lane on[2] = { { &lanes[0], 0 }, { &lanes[1], 0 } };
	static int16_t straight[4000], back[4000];
	lane_init(&lanes[0], RATE), lane_init(&lanes[1], RATE);
	play(&lanes[0], &r[0], 0, 0, 4000);
	play(&lanes[1], &r[1], 100, 0, 700);
	bus_init(&bus, RATE, 1, on, 2);
	for (int at = 0; at < 4000; at += 160)
		bus_mix(&bus, at, straight + at, 160);
	bus_init(&bus, RATE, 1, on, 2);
	int64_t at = 0;
	for (int turn = 0; at < 4000; turn++) {
		int64_t n = 4000 - at < 160 ? 4000 - at : 160;
		bus_mix(&bus, at, back + at, (size_t)n);
		at += n;
		if (turn % 4 == 3 && at < 3900) {
			at -= 100 + turn;
			bus_rewind(&bus, at);
		}
	}
	ck_assert_mem_eq(straight, back, sizeof straight);
}
END_TEST

UNIT_MAIN("sound/lane", an_item_plays_once_and_ends, what_is_mixed_again_is_the_same,
		a_starved_lane_waits_and_loses_nothing, a_source_that_ends_early_breaks_its_item,
		live_sound_goes_on_with_the_time, a_cut_fades_within_30_ms_under_the_new_item,
		an_emergency_is_whole_over_a_loud_tail, nothing_heard_leaves_no_tail,
		the_rest_of_an_item_that_waits_is_cut_too, what_comes_too_late_happens_later,
		there_is_room_for_quick_cuts, volume_slides_without_a_jump,
		the_bus_puts_each_lane_on_its_channel, a_shared_channel_goes_back_without_a_trace)
