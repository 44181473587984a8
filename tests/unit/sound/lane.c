#include "sound/lane.h"
#include "sound/bus.h"
#include "sound/volume.h"
#include "../unit.h"

#include <string.h>

#define RATE 8000
#define FADE 240 /* 30 ms */

/* A source that has everything from `first` to `until`, each sample its frame number plus `base`. */
struct ramp {
	int16_t base;
	int64_t until;
};

static size_t read_ramp(void *self, int64_t frame, int16_t *out, size_t n)
{
	const struct ramp *r = self;
	size_t i = 0;
	for (; i < n && frame + (int64_t)i < r->until; i++)
		out[i] = (int16_t)(r->base + frame + (int64_t)i);
	return i;
}

static struct source source(struct ramp *r)
{
	return (struct source){ r, read_ramp };
}

START_TEST(an_item_plays_once_and_ends)
{
	struct ramp r = { 1000, INT64_MAX };
	struct lane l;
	int16_t out[500];
	lane_init(&l, RATE);
	ck_assert(!lane_active(&l));
	lane_start(&l, source(&r), 100, 900, GAIN_UNITY);
	ck_assert_uint_eq(lane_mix(&l, out, 500), 500);
	for (int i = 0; i < 500; i++)
		ck_assert_int_eq(out[i], 1100 + i);
	ck_assert_uint_eq(lane_mix(&l, out, 500), 300);
	for (int i = 0; i < 500; i++)
		ck_assert_int_eq(out[i], i < 300 ? 1600 + i : 0);
	ck_assert(!l.on);
	ck_assert_int_eq(l.frame, 900);
	ck_assert(!lane_active(&l));
}
END_TEST

START_TEST(a_starved_lane_waits_and_loses_nothing)
{
	struct ramp r = { 1, 50 };
	struct lane l;
	int16_t out[100];
	lane_init(&l, RATE);
	lane_start(&l, source(&r), 0, 200, GAIN_UNITY);
	ck_assert_uint_eq(lane_mix(&l, out, 100), 50);
	ck_assert(l.on);
	ck_assert_int_eq(out[50], 0);
	r.until = 200;
	ck_assert_uint_eq(lane_mix(&l, out, 100), 100);
	ck_assert_int_eq(out[0], 51);
}
END_TEST

START_TEST(a_cut_fades_within_30_ms_under_the_new_item)
{
	struct ramp a = { 10000, INT64_MAX }, b = { 1000, INT64_MAX };
	struct lane l;
	int16_t out[2 * FADE];
	lane_init(&l, RATE);
	lane_start(&l, source(&a), 0, 100000, GAIN_UNITY);
	lane_mix(&l, out, 77);
	lane_start(&l, source(&b), 0, 100000, GAIN_UNITY);
	lane_mix(&l, out, 2 * FADE);
	for (int i = 0; i < 2 * FADE; i++) {
		int fade = i < FADE ? (10077 + i) * (FADE - i) / FADE : 0;
		ck_assert_msg(out[i] == 1000 + i + fade, "frame %d", i);
	}
	ck_assert_int_eq(lane_cut(&l), 2 * FADE);
	ck_assert_int_eq(lane_cut(&l), 2 * FADE);
}
END_TEST

START_TEST(an_emergency_is_whole_over_a_loud_tail)
{
	struct ramp a = { 32000, INT64_MAX }, b = { 32000, INT64_MAX };
	struct lane l;
	int16_t out[2 * FADE];
	lane_init(&l, RATE);
	lane_start(&l, source(&a), 0, 600, GAIN_UNITY);
	lane_mix(&l, out, 10);
	lane_start(&l, source(&b), 0, 600, GAIN_UNITY);
	lane_mix(&l, out, 2 * FADE);
	for (int i = 0; i < 2 * FADE; i++)
		ck_assert_int_ge(out[i], 32000 + i); /* it gained, it lost nothing, it did not wrap */
}
END_TEST

START_TEST(nothing_heard_leaves_no_tail)
{
	struct ramp a = { 10000, INT64_MAX };
	struct lane l;
	lane_init(&l, RATE);
	lane_start(&l, source(&a), 5, 100, GAIN_UNITY);
	ck_assert_int_eq(lane_cut(&l), 5);
	ck_assert(!lane_active(&l));
	lane_start(&l, source(&a), 100, 100, GAIN_UNITY);
	ck_assert(!lane_active(&l));
}
END_TEST

START_TEST(tails_of_quick_cuts_add_up_and_end)
{
	struct ramp a = { 100, INT64_MAX };
	struct lane l;
	int16_t out[FADE];
	lane_init(&l, RATE);
	for (int i = 0; i < 50; i++) {
		lane_start(&l, source(&a), 0, 100000, GAIN_UNITY);
		lane_mix(&l, out, 10);
		ck_assert_uint_le(l.tail_n, FADE);
	}
	lane_cut(&l);
	lane_mix(&l, out, FADE);
	ck_assert(!lane_active(&l));
	lane_start(&l, source(&a), 0, 100000, GAIN_UNITY);
	lane_mix(&l, out, 10);
	lane_kill(&l);
	ck_assert(!lane_active(&l));
}
END_TEST

START_TEST(volume_slides_without_a_jump)
{
	struct ramp a = { 20000, INT64_MAX };
	struct lane l;
	int16_t out[1000];
	lane_init(&l, RATE);
	lane_start(&l, source(&a), 0, 5000, volume_gain(1000));
	lane_mix(&l, out, 10);
	lane_set_gain(&l, volume_gain(100));
	lane_mix(&l, out, 1000);
	for (int i = 1; i < 1000; i++)
		ck_assert_int_le(abs(out[i] - out[i - 1]), 200);
	ck_assert_int_le(abs(out[999] - (20000 + 1009) / 100), 1);
	lane_set_gain(&l, volume_gain(1000));
	lane_mix(&l, out, 1000);
	ck_assert_int_eq(out[999], 20000 + 2009);
}
END_TEST

START_TEST(skipping_is_mixing_without_looking)
{
	struct ramp a = { 1, INT64_MAX };
	struct lane l, m;
	int16_t out[150];
	lane_init(&l, RATE);
	lane_start(&l, source(&a), 0, 1000, GAIN_UNITY);
	m = l;
	lane_mix(&l, out, 150), lane_cut(&l);
	lane_skip(&m, 150), lane_cut(&m);
	lane_mix(&l, out, 150);
	lane_skip(&m, 150);
	ck_assert_int_eq(l.frame, m.frame);
	ck_assert_uint_eq(l.tail_at, m.tail_at);
	int16_t x[90], y[90];
	lane_mix(&l, x, 90);
	lane_mix(&m, y, 90);
	ck_assert_mem_eq(x, y, sizeof x);
}
END_TEST

START_TEST(the_bus_puts_each_lane_on_its_channel)
{
	static struct bus bus;
	struct ramp r[4] = { { 100, INT64_MAX }, { 200, INT64_MAX }, { 30000, INT64_MAX }, { 30000, INT64_MAX } };
	struct lane lanes[4];
	struct bus_lane on[4] = { { &lanes[0], 2, 0 }, { &lanes[1], 0, 0 }, { &lanes[2], 3, 0 }, { &lanes[3], 3, 0 } };
	int16_t out[10 * 4];
	for (int i = 0; i < 4; i++)
		lane_init(&lanes[i], RATE);
	bus_init(&bus, RATE, 4, on, 4);
	ck_assert(bus_idle(&bus));
	lane_start(&lanes[0], source(&r[0]), 0, 5, GAIN_UNITY);
	lane_start(&lanes[1], source(&r[1]), 0, 100, GAIN_UNITY);
	lane_start(&lanes[2], source(&r[2]), 0, 10, GAIN_UNITY);
	bus_mix(&bus, out, 10);
	for (int i = 0; i < 10; i++) {
		ck_assert_int_eq(out[4 * i], 200 + i);
		ck_assert_int_eq(out[4 * i + 1], 0);
		ck_assert_int_eq(out[4 * i + 2], i < 5 ? 100 + i : 0);
		ck_assert_int_eq(out[4 * i + 3], 30000 + i); /* shared, but alone: untouched */
	}
	ck_assert_uint_eq(on[0].went, 5);
	ck_assert_uint_eq(on[1].went, 10);
	lane_start(&lanes[2], source(&r[2]), 0, 10, GAIN_UNITY);
	lane_start(&lanes[3], source(&r[3]), 0, 10, GAIN_UNITY);
	bus_mix(&bus, out, 10);
	for (int i = 0; i < 10; i++)
		ck_assert_int_ge(out[4 * i + 3], 32700); /* limited, not wrapped */
	lane_cut(&lanes[1]);
	bus_mix(&bus, out, 10);
	ck_assert(!bus_idle(&bus)); /* a tail, and a limiter on its way back */
	bus_skip(&bus, FADE);
	ck_assert(bus_idle(&bus));
}
END_TEST

UNIT_MAIN("sound/lane", an_item_plays_once_and_ends, a_starved_lane_waits_and_loses_nothing,
		a_cut_fades_within_30_ms_under_the_new_item, an_emergency_is_whole_over_a_loud_tail,
		nothing_heard_leaves_no_tail, tails_of_quick_cuts_add_up_and_end, volume_slides_without_a_jump,
		skipping_is_mixing_without_looking, the_bus_puts_each_lane_on_its_channel)
