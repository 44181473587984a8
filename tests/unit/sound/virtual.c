#include "sound/virtual.h"
#include "../unit.h"

#include <string.h>

#define NOON INT64_C(1626239000000000) /* some wall instant */

/* A clock that the test sets; its wall time is its mono time plus an offset. */
struct hand {
	int64_t mono, offset;
};

static wall_us hand_wall(void *self)
{
	struct hand *h = self;
	return (wall_us){ h->mono + h->offset };
}

static mono_us hand_mono(void *self)
{
	return (mono_us){ ((struct hand *)self)->mono };
}

static struct recording recordings[] = {
	{ .file = "a.wav", .state = RECORDING_READY, .sha256 = "aa" },
	{ .file = "b.wav", .state = RECORDING_READY, .sha256 = "bb", .bound = "bb" },
	{ .file = "c.wav", .state = RECORDING_READY, .sha256 = "cc", .bound = "c0" },
	{ .file = "d.wav", .state = RECORDING_MISSING },
	{ .file = "e.wav", .state = RECORDING_CORRUPT },
	{ .file = "f.wav", .state = RECORDING_UNKNOWN },
};
static struct bulletin bulletins[] = {
	{ .name = "a", .audio = { &recordings[0], 1, 1 } },
	{ .name = "ab", .audio = { &recordings[0], 2, 2 } },
	{ .name = "abc", .audio = { &recordings[0], 3, 3 } },
	{ .name = "d", .audio = { &recordings[3], 1, 1 } },
	{ .name = "e", .audio = { &recordings[4], 1, 1 } },
	{ .name = "f", .audio = { &recordings[5], 1, 1 } },
	{ .name = "relay", .relay = { .source = "alsa:hw:1", .ms = 60000 } },
	{ .name = "nothing" },
};
static struct output outputs[] = {
	{ .name = "ampli", .rate = 48000, .channels = 2 },
	{ .name = "other", .rate = 44100, .channels = 1 },
};
static struct zone zones[] = {
	{ .name = "z0", .output = 0, .channel = 1 },
	{ .name = "z1", .output = 0, .channel = 2 },
	{ .name = "z2", .output = 1, .channel = 1 },
};
static const struct station station = { .outputs = { outputs, 2, 2 }, .zones = { zones, 3, 3 } };

static struct hand hand;
static struct clock hand_clock = { &hand, hand_wall, hand_mono, NULL, { 0 } };

static struct virtual_sound *at_epoch(int64_t mono)
{
	hand = (struct hand){ mono, NOON };
	return virtual_new(&station, &hand_clock, (mono_us){ mono });
}

static void go(struct virtual_sound *v, int64_t mono)
{
	hand.mono = mono;
	virtual_advance(v, (mono_us){ mono });
}

static void start(struct virtual_sound *v, uint32_t token, int zone, int64_t from, int64_t frames)
{
	struct sound_port p = virtual_port(v);
	p.start(p.self, &(struct sound_item){ .token = token, .zone = zone, .bulletin = &bulletins[0], .from_frame = from,
			.frames = frames, .volume_permille = 1000 });
}

static void expect(struct virtual_sound *v, int line, enum sound_event_kind kind, uint32_t token, int64_t frame,
		int64_t mono)
{
	struct sound_port p = virtual_port(v);
	struct sound_event e;
	ck_assert_msg(p.next_event(p.self, &e), "line %d: no event", line);
	ck_assert_msg(e.kind == kind && e.token == token && e.frame == frame && e.at.us == NOON + mono,
			"line %d: kind %d token %u frame %lld at %lld", line, e.kind, e.token, (long long)e.frame,
			(long long)(e.at.us - NOON));
}

static void expect_nothing(struct virtual_sound *v, int line)
{
	struct sound_port p = virtual_port(v);
	struct sound_event e;
	ck_assert_msg(!p.next_event(p.self, &e), "line %d: kind %d token %u", line, e.kind, e.token);
}

START_TEST(an_item_ends_at_its_last_frame)
{
	struct virtual_sound *v = at_epoch(7);
	start(v, 1, 0, 0, 48000);
	expect(v, __LINE__, SOUND_STARTED, 1, 0, 7);
	int64_t end = virtual_next(v).us;
	ck_assert_int_eq(end, 7 + 1000000); /* when its last frame is over, not when it begins */
	go(v, 7 + 999979);
	ck_assert_int_eq(virtual_port(v).position(v, 0, 1), 47999);
	expect_nothing(v, __LINE__);
	go(v, 5000000); /* found late, dated right */
	expect(v, __LINE__, SOUND_ENDED, 1, 48000, end);
	expect_nothing(v, __LINE__);
	ck_assert_int_eq(virtual_port(v).position(v, 0, 1), 48000);
	ck_assert_int_eq(virtual_next(v).us, US_NEVER);
	virtual_free(&v);
	ck_assert_ptr_null(v);
}
END_TEST

START_TEST(a_cut_item_loses_and_doubles_no_frame)
{
	/* Whatever the instants: cut at f, started again from f, the parts add up and each end is exact. */
	for (int64_t cut = 1000; cut < 1000000; cut += 997) {
		struct virtual_sound *v = at_epoch(0);
		start(v, 1, 2, 0, 88200);
		expect(v, __LINE__, SOUND_STARTED, 1, 0, 0);
		go(v, cut);
		int64_t f = virtual_port(v).position(v, 2, 1);
		start(v, 2, 2, 0, 441);
		expect(v, __LINE__, SOUND_STOPPED, 1, f, cut);
		expect(v, __LINE__, SOUND_STARTED, 2, 0, cut);
		int64_t back = virtual_next(v).us;
		go(v, back);
		expect(v, __LINE__, SOUND_ENDED, 2, 441, back);
		start(v, 3, 2, f, 88200);
		expect(v, __LINE__, SOUND_STARTED, 3, f, back);
		int64_t end = virtual_next(v).us;
		go(v, end);
		expect(v, __LINE__, SOUND_ENDED, 3, 88200, end);
		ck_assert_int_eq(end, (88200 + 441) * INT64_C(1000000) / 44100); /* as if never cut */
		virtual_free(&v);
	}
}
END_TEST

START_TEST(stop_reports_only_its_own_token)
{
	struct virtual_sound *v = at_epoch(0);
	struct sound_port p = virtual_port(v);
	start(v, 1, 0, 100, 96000);
	expect(v, __LINE__, SOUND_STARTED, 1, 100, 0);
	go(v, 500000);
	p.stop(v, 0, 9);
	expect_nothing(v, __LINE__);
	p.stop(v, 0, 1);
	expect(v, __LINE__, SOUND_STOPPED, 1, 24100, 500000);
	p.stop(v, 0, 1);
	expect_nothing(v, __LINE__);
	ck_assert_int_eq(p.position(v, 0, 1), 24100);
	virtual_free(&v);
}
END_TEST

START_TEST(a_start_may_wait_for_its_instant)
{
	struct virtual_sound *v = at_epoch(0);
	struct sound_port p = virtual_port(v);
	struct sound_item item = { .token = 5, .zone = 1, .frames = 48, .at = { NOON + 250000 } };
	p.start(v, &item);
	expect_nothing(v, __LINE__);
	ck_assert_int_eq(virtual_next(v).us, 250000);
	go(v, 300000);
	expect(v, __LINE__, SOUND_STARTED, 5, 0, 250000);
	expect(v, __LINE__, SOUND_ENDED, 5, 48, 251000);
	item.token = 6, item.at.us = NOON + 400000;
	p.start(v, &item);
	p.stop(v, 1, 6);
	expect(v, __LINE__, SOUND_STOPPED, 6, 0, 300000);
	ck_assert_int_eq(virtual_next(v).us, US_NEVER);
	virtual_free(&v);
}
END_TEST

START_TEST(a_lost_output_takes_its_items_only)
{
	struct virtual_sound *v = at_epoch(0);
	start(v, 1, 0, 0, 480000);
	start(v, 2, 1, 0, 480000);
	start(v, 3, 2, 0, 441000);
	for (uint32_t t = 1; t <= 3; t++)
		expect(v, __LINE__, SOUND_STARTED, t, 0, 0);
	go(v, 1000000);
	virtual_lose(v, 0);
	virtual_lose(v, 0);
	expect(v, __LINE__, SOUND_LOST, 1, 48000, 1000000);
	expect(v, __LINE__, SOUND_LOST, 2, 48000, 1000000);
	expect(v, __LINE__, SOUND_LOST, 0, 0, 1000000);
	expect_nothing(v, __LINE__);
	start(v, 4, 0, 48000, 480000);
	expect(v, __LINE__, SOUND_LOST, 4, 48000, 1000000);
	expect(v, __LINE__, SOUND_LOST, 0, 0, 1000000);
	ck_assert_int_eq(virtual_port(v).playable(v, &bulletins[0], 0), REASON_NONE);
	go(v, 2000000);
	virtual_restore(v, 0);
	expect(v, __LINE__, SOUND_BACK, 0, 0, 2000000);
	start(v, 5, 0, 48000, 480000);
	expect(v, __LINE__, SOUND_STARTED, 5, 48000, 2000000);
	ck_assert_int_eq(virtual_port(v).position(v, 2, 3), 88200);
	virtual_free(&v);
}
END_TEST

START_TEST(playable_says_why_not)
{
	static const struct {
		int line, bulletin;
		enum reason want;
	} T[] = {
		{ __LINE__, 0, REASON_NONE },
		{ __LINE__, 1, REASON_NONE },
		{ __LINE__, 2, REASON_FILE_CHANGED },
		{ __LINE__, 3, REASON_FILE_MISSING },
		{ __LINE__, 4, REASON_FILE_CORRUPT },
		{ __LINE__, 5, REASON_FILE_MISSING },
		{ __LINE__, 6, REASON_NONE },
		{ __LINE__, 7, REASON_FILE_MISSING },
	};
	struct virtual_sound *v = at_epoch(0);
	struct sound_port p = virtual_port(v);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(p.playable(v, &bulletins[T[i].bulletin], 0) == T[i].want, "row of line %d", T[i].line);
	virtual_file_gone(v, "b.wav");
	ck_assert_int_eq(p.playable(v, &bulletins[0], 0), REASON_NONE);
	ck_assert_int_eq(p.playable(v, &bulletins[1], 0), REASON_FILE_MISSING);
	virtual_reset(v);
	ck_assert_int_eq(p.playable(v, &bulletins[1], 0), REASON_FILE_MISSING);
	virtual_free(&v);
}
END_TEST

START_TEST(reload_finds_zones_by_name)
{
	static struct zone fewer[] = { { .name = "new", .output = 0 }, { .name = "z2", .output = 1 }, { .name = "z0", .output = 1 } };
	static struct output swapped[] = { { .name = "other", .rate = 44100 }, { .name = "ampli", .rate = 48000 } };
	static const struct station next = { .outputs = { swapped, 2, 2 }, .zones = { fewer, 3, 3 } };
	struct virtual_sound *v = at_epoch(0);
	struct sound_port p = virtual_port(v);
	start(v, 1, 0, 0, 96000);
	start(v, 2, 1, 0, 96000);
	struct sound_event e;
	p.next_event(v, &e);
	go(v, 1000000);
	p.adopt(v, &next);
	p.next_event(v, &e); /* the start of 2 was waiting to be taken: its zone is no more */
	ck_assert_int_eq(e.token, 2);
	ck_assert_int_eq(e.zone, -1);
	ck_assert_int_eq(e.output, 1);
	expect(v, __LINE__, SOUND_STOPPED, 2, 48000, 1000000);
	expect_nothing(v, __LINE__);
	ck_assert_int_eq(p.position(v, 2, 1), 48000);
	go(v, 2000000);
	p.next_event(v, &e);
	ck_assert_int_eq(e.kind, SOUND_ENDED);
	ck_assert_int_eq(e.zone, 2);
	virtual_free(&v);
}
END_TEST

START_TEST(power_off_is_silent)
{
	struct virtual_sound *v = at_epoch(0);
	start(v, 1, 0, 0, 96000);
	go(v, 1000);
	virtual_reset(v);
	expect_nothing(v, __LINE__);
	ck_assert_int_eq(virtual_next(v).us, US_NEVER);
	virtual_adopt(v, NULL);
	virtual_adopt(v, &station);
	start(v, 2, 2, 0, 44100);
	expect(v, __LINE__, SOUND_STARTED, 2, 0, 1000);
	virtual_free(&v);
}
END_TEST

UNIT_MAIN("sound/virtual", an_item_ends_at_its_last_frame, a_cut_item_loses_and_doubles_no_frame,
		stop_reports_only_its_own_token, a_start_may_wait_for_its_instant, a_lost_output_takes_its_items_only,
		playable_says_why_not, reload_finds_zones_by_name, power_off_is_silent)
