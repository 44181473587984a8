/* Live playout on a card that is cranked by hand (crank.h).  The recordings are marker signals, as in render.c. */
#include "sound/live.h"
#include "base/mem.h"
#include "sound/store.h"
#include "crank.h"
#include "../unit.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FADE 240
#define ITEM 50001
#define ALARM 9999

/* ── The station ── */

static struct recording recordings[] = {
	{ .file = "i.wav", .state = RECORDING_READY, .frames = { ITEM } },
	{ .file = "a.wav", .state = RECORDING_READY, .frames = { ALARM } },
	{ .file = "short.wav", .state = RECORDING_READY, .frames = { ITEM } }, /* the store has less */
	{ .file = "gone.wav", .state = RECORDING_READY, .frames = { ITEM } },  /* the store has nothing */
};
static struct bulletin bulletins[] = { { .audio = { &recordings[0], 1, 1 } }, { .audio = { &recordings[1], 1, 1 } },
	{ .audio = { &recordings[2], 1, 1 } }, { .audio = { &recordings[3], 1, 1 } }, { .relay = { .source = "alsa:hw:1", .ms = 60000 } } };
static struct list_item alarm_list[] = { { .bulletin = 1 } };
static struct rule rules[] = { { .kind = RULE_EMERGENCY, .name = "r", .zones = 3, .play = { alarm_list, 1, 1 }, .all_clear = -1 } };
static struct output outputs[] = { { .name = "ampli", .sink = "dry-run", .rate = RATE, .channels = 2, .idle = IDLE_OPEN } };
static struct zone zones[] = { { .name = "left", .channel = 1 }, { .name = "right", .channel = 2 } };
static const struct station station = { .outputs = { outputs, 1, 1 }, .zones = { zones, 2, 2 }, .rules = { rules, 1, 1 },
	.bulletins = { bulletins, 5, 5 } };

static char dir[64];
static uint32_t token;

/* Never silent: what is silent on the tape is none of it. */
static int16_t mark(int64_t frame)
{
	return (int16_t)(frame * 2 + 1);
}

static int16_t alarm_mark(int64_t frame)
{
	return (int16_t)(frame % 1000 + 30000);
}

static void prepare(struct recording *r, char letter, int64_t frames, int16_t (*sample)(int64_t))
{
	struct store *store = store_open(dir, true);
	struct store_facts facts = { .form = STORE_PLAIN(RATE), .frames = frames };
	struct err err = { "" };
	char *temp;
	uint8_t hash[SHA256_BYTES];
	int16_t *pcm = mem_new_n(int16_t, (size_t)frames);
	for (int64_t i = 0; i < frames; i++)
		pcm[i] = sample(i);
	memset(r->sha256, letter, 64);
	sha256_of(pcm, (size_t)frames * 2, hash);
	sha256_hex(hash, facts.pcm_sha256);
	int fd = store_temp(store, &temp);
	ck_assert_int_eq(write(fd, pcm, (size_t)frames * 2), frames * 2);
	ck_assert_msg(store_keep(store, r->sha256, &facts, fd, temp, &err), "%s", err.text);
	close(fd);
	mem_free(temp);
	mem_free(pcm);
	store_free(&store);
}

static struct live_sound *power_on(void)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-live-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	prepare(&recordings[0], 'a', ITEM, mark);
	prepare(&recordings[1], 'b', ALARM, alarm_mark);
	prepare(&recordings[2], 'c', 20000, mark);
	memset(recordings[3].sha256, 'd', 64);
	struct err err = { "" };
	struct live_sound *s = live_sound_new(&station, &(struct live_options){ .store = dir, .clock = &card_clock, .sink = &card_ops }, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	cranked = s;
	while (!card.open && !card.absent)
		sched_yield();
	bool locked;
	ck_assert_int_eq(live_sound_vault_bytes(s, &locked), ALARM * 2);
	return s;
}

static void power_off(struct live_sound **s)
{
	char command[128];
	unplug(true);
	cranked = NULL;
	live_sound_free(s);
	ck_assert_ptr_null(*s);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static struct sound_item item_of(int zone, int bulletin, int64_t from)
{
	return (struct sound_item){ .token = ++token, .zone = zone, .bulletin = &bulletins[bulletin], .from_frame = from,
		.frames = bulletins[bulletin].audio.at[0].frames[0], .volume_permille = 1000, .emergency = bulletin == 1 };
}

static void play(struct live_sound *s, int zone, int bulletin, int64_t from)
{
	struct sound_item item = item_of(zone, bulletin, from);
	live_sound_port(s).start(s, &item);
	live_sound_port(s).commit(s);
}

/* Cranks until an event comes; other events than the wanted kind are a failure.  The card may be cranked faster than
 * the feeder feeds: the silence this puts in (and the xrun it is) changes nothing in any account. */
static struct sound_event await(int line, struct live_sound *s, enum sound_event_kind kind, uint32_t of)
{
	struct sound_port p = live_sound_port(s);
	struct sound_event e = { 0 };
	for (int i = 0; !p.next_event(s, &e) || e.kind == SOUND_XRUN; i++) {
		struct pollfd fd = { live_sound_fd(s), POLLIN, 0 };
		ck_assert_msg(i < 20000, "line %d: nothing comes", line);
		crank();
		poll(&fd, 1, 1); /* at most twenty times as fast as life: the feeder is to keep up, more or less */
	}
	ck_assert_msg(e.kind == kind && e.token == of, "line %d: kind %d token %u", line, e.kind, e.token);
	return e;
}

/* Which frame of the tape an event speaks of. */
static int64_t tape_frame(struct sound_event e)
{
	return ((e.at.us - NOON) * RATE + 999999) / 1000000;
}

/* First frame of the tape that is not silent on that channel. */
static int64_t find_sound(int line, int channel)
{
	int64_t i = 0;
	while (i < card.passed && !card.tape[2 * i + channel])
		i++;
	ck_assert_msg(i < card.passed, "line %d: all is silent", line);
	return i;
}

/* From `at` on the channel says these frames, each once, with nothing but silence between; returns where they end. */
static int64_t expect(int line, int channel, int64_t at, int64_t first, int64_t end, int16_t (*sample)(int64_t))
{
	for (int64_t i = first; i < end; at++) {
		ck_assert_msg(at < card.passed, "line %d: the tape ends at frame %lld", line, (long long)i);
		int16_t heard = card.tape[2 * at + channel];
		ck_assert_msg(!heard || heard == sample(i), "line %d: frame %lld of %lld", line, (long long)i, (long long)end);
		i += heard != 0;
	}
	return at;
}

static void expect_silence(int line, int channel, int64_t from)
{
	for (int64_t i = from; i < card.passed; i++)
		ck_assert_msg(!card.tape[2 * i + channel], "line %d: sound at frame %lld", line, (long long)i);
}

/* ── Tests ── */

START_TEST(an_item_is_heard_whole_and_once)
{
	struct live_sound *s = power_on();
	play(s, 1, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	struct sound_event ended = await(__LINE__, s, SOUND_ENDED, token);
	ck_assert_int_eq(ended.frame, ITEM);
	ck_assert_int_eq(live_sound_port(s).position(s, 1, token), ITEM);
	for (int i = 0; i < 10; i++)
		crank();
	int64_t end = expect(__LINE__, 1, 0, 0, ITEM, mark);
	ck_assert_int_le(llabs(ended.at.us - NOON - end * 1000000 / RATE), 1000);
	expect_silence(__LINE__, 1, end);
	expect_silence(__LINE__, 0, 0);
	power_off(&s);
}
END_TEST

START_TEST(an_emergency_cuts_and_the_item_goes_on_at_that_frame)
{
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	uint32_t item = token;
	await(__LINE__, s, SOUND_STARTED, item);
	for (int i = 0; i < 100; i++)
		crank();
	play(s, 0, 1, 0);
	struct sound_event cut = await(__LINE__, s, SOUND_STOPPED, item);
	int64_t alarm = tape_frame(await(__LINE__, s, SOUND_STARTED, token));
	await(__LINE__, s, SOUND_ENDED, token);
	play(s, 0, 0, cut.frame);
	await(__LINE__, s, SOUND_STARTED, token);
	await(__LINE__, s, SOUND_ENDED, token);
	crank();
	ck_assert_int_le(expect(__LINE__, 0, 0, 0, cut.frame, mark), alarm);
	for (int64_t i = 0; i < FADE; i++) /* whole from its first frame; what is added is less than the cut item */
		ck_assert_int_le(abs(card.tape[2 * (alarm + i)] - alarm_mark(i)), abs(mark(cut.frame + i)));
	for (int64_t i = FADE; i < ALARM; i++)
		ck_assert_int_eq(card.tape[2 * (alarm + i)], alarm_mark(i));
	expect(__LINE__, 0, alarm + ALARM, cut.frame, ITEM, mark);
	power_off(&s);
}
END_TEST

START_TEST(a_stopped_item_counts_what_left_before_the_fade)
{
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	play(s, 0, 0, 123);
	await(__LINE__, s, SOUND_STARTED, token);
	for (int i = 0; i < 20; i++)
		crank();
	ck_assert_int_gt(p.position(s, 0, token), 123);
	p.stop(s, 0, token);
	p.stop(s, 0, token + 1); /* nobody */
	struct sound_event e = await(__LINE__, s, SOUND_STOPPED, token);
	crank(), crank(), crank();
	int64_t end = expect(__LINE__, 0, 0, 123, e.frame, mark);
	ck_assert_int_eq(card.tape[2 * end], mark(e.frame)); /* the fade begins there, still at full level … */
	ck_assert_int_eq(card.tape[2 * (end + FADE)], 0);    /* … and is over in 30 ms */
	ck_assert_int_eq(p.position(s, 0, token), e.frame);
	power_off(&s);
}
END_TEST

START_TEST(a_start_keeps_its_instant_to_the_frame)
{
	struct live_sound *s = power_on();
	struct sound_item item = item_of(0, 1, 0); /* from memory: it is ready whatever the disk does */
	item.at.us = NOON + 2000000 + 125 * 37; /* 37 frames into a period, if the tape began at 0 */
	struct sound_item cue = item;
	cue.token = 0;
	live_sound_port(s).cue(s, &cue);
	for (int i = 0; i < 20; i++)
		crank();
	live_sound_port(s).start(s, &item);
	struct sound_event e = await(__LINE__, s, SOUND_STARTED, item.token);
	ck_assert_int_le(llabs(e.at.us - item.at.us), 125);
	crank(), crank();
	int64_t at = find_sound(__LINE__, 0);
	ck_assert_int_le(llabs(at - (2 * RATE + 37)), 1);
	expect(__LINE__, 0, at, 0, PERIOD, alarm_mark);
	power_off(&s);
}
END_TEST

START_TEST(a_lost_card_is_a_state)
{
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	uint32_t first = token;
	await(__LINE__, s, SOUND_STARTED, first);
	play(s, 1, 0, 7);
	await(__LINE__, s, SOUND_STARTED, token);
	for (int i = 0; i < 50; i++)
		crank();
	unplug(true);
	struct sound_event left = await(__LINE__, s, SOUND_LOST, first);
	struct sound_event right = await(__LINE__, s, SOUND_LOST, token);
	struct sound_event lost = await(__LINE__, s, SOUND_LOST, 0);
	ck_assert_int_eq(lost.output, 0);
	/* All that is on the tape, and nothing of what was mixed and never written. */
	expect_silence(__LINE__, 0, expect(__LINE__, 0, 0, 0, left.frame, mark));
	expect_silence(__LINE__, 1, expect(__LINE__, 1, 0, 7, right.frame, mark));
	play(s, 0, 0, left.frame);
	ck_assert_int_eq(await(__LINE__, s, SOUND_LOST, token).frame, left.frame);
	unplug(false);
	await(__LINE__, s, SOUND_BACK, 0);
	int64_t again = card.passed;
	play(s, 0, 0, left.frame);
	await(__LINE__, s, SOUND_STARTED, token);
	await(__LINE__, s, SOUND_ENDED, token);
	crank();
	expect(__LINE__, 0, again, left.frame, ITEM, mark);
	power_off(&s);
}
END_TEST

START_TEST(an_absent_card_is_said_at_once)
{
	card.absent = true;
	struct live_sound *s = power_on();
	await(__LINE__, s, SOUND_LOST, 0);
	struct err why;
	live_sound_fault(s, 0, &why);
	ck_assert_str_eq(why.text, "no card");
	unplug(false);
	await(__LINE__, s, SOUND_BACK, 0);
	live_sound_fault(s, 0, &why);
	ck_assert_str_eq(why.text, "");
	power_off(&s);
}
END_TEST

START_TEST(broken_sound_is_played_as_far_as_it_goes)
{
	struct live_sound *s = power_on();
	play(s, 0, 2, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	struct sound_event e = await(__LINE__, s, SOUND_BROKEN, token);
	ck_assert_int_eq(e.frame, 20000);
	ck_assert_int_eq(e.reason, REASON_FILE_CORRUPT);
	expect(__LINE__, 0, 0, 0, 20000, mark);
	/* What cannot be played cuts nothing. */
	play(s, 0, 0, 0);
	uint32_t item = token;
	await(__LINE__, s, SOUND_STARTED, item);
	play(s, 0, 3, 0);
	e = await(__LINE__, s, SOUND_BROKEN, token);
	ck_assert_int_eq(e.frame, 0);
	ck_assert_int_eq(e.reason, REASON_FILE_MISSING);
	await(__LINE__, s, SOUND_ENDED, item);
	power_off(&s);
}
END_TEST

START_TEST(a_reload_moves_lanes_and_the_sound_goes_on)
{
	static struct zone moved[] = { { .name = "new", .channel = 2 }, { .name = "left", .channel = 1 } };
	static struct output louder[] = { { .name = "ampli", .sink = "dry-run", .rate = RATE, .channels = 2, .idle = IDLE_OPEN } };
	static const struct station next = { .outputs = { louder, 1, 1 }, .zones = { moved, 2, 2 },
		.bulletins = { bulletins, 5, 5 }, .rules = { rules, 1, 1 } };
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	uint32_t stays = token;
	await(__LINE__, s, SOUND_STARTED, stays);
	play(s, 1, 1, 0);
	uint32_t goes = token;
	await(__LINE__, s, SOUND_STARTED, goes);
	live_sound_port(s).adopt(s, &next);
	struct sound_event e = await(__LINE__, s, SOUND_STOPPED, goes);
	ck_assert_int_eq(e.zone, -1);
	play(s, 0, 1, 5);
	await(__LINE__, s, SOUND_STARTED, token);
	await(__LINE__, s, SOUND_ENDED, token);
	e = await(__LINE__, s, SOUND_ENDED, stays);
	ck_assert_int_eq(e.zone, 1);
	crank();
	expect(__LINE__, 0, 0, 0, ITEM, mark);
	/* An output with another rate is another device. */
	louder[0].channels = 2, louder[0].idle = IDLE_CLOSE;
	play(s, 1, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	unplug(true);
	live_sound_adopt(s, &next);
	unplug(false);
	e = await(__LINE__, s, SOUND_LOST, token);
	ck_assert_int_eq(e.zone, 1);
	await(__LINE__, s, SOUND_LOST, 0);
	await(__LINE__, s, SOUND_BACK, 0);
	live_sound_adopt(s, NULL);
	power_off(&s);
}
END_TEST

/* Whether the card is open or not; sound comes from a disk that takes its time: they begin on one frame all the same. */
START_TEST(zones_started_together_begin_together)
{
	outputs[0].idle = IDLE_CLOSE;
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	for (int round = 0; round < 20; round++) {
		struct sound_item left = item_of(0, round % 2, 0), right = item_of(1, round % 2, 0);
		while (card.open && round % 4 > 1)
			crank();
		p.start(s, &left);
		p.start(s, &right);
		p.commit(s);
		struct sound_event one = await(__LINE__, s, SOUND_STARTED, left.token);
		struct sound_event two = await(__LINE__, s, SOUND_STARTED, right.token);
		ck_assert_int_eq(one.at.us, two.at.us);
		p.stop(s, 0, left.token);
		p.stop(s, 1, right.token);
		p.commit(s);
		await(__LINE__, s, SOUND_STOPPED, left.token);
		await(__LINE__, s, SOUND_STOPPED, right.token);
	}
	outputs[0].idle = IDLE_OPEN;
	power_off(&s);
}
END_TEST

/* However long the queue: what cannot wait is heard before the hardware has gone on for 10 ms, and the other zone of the
 * card does not notice; on a card that cannot go back too, which is emptied and filled anew. */
START_TEST(an_order_that_cannot_wait_is_heard_at_once)
{
	card.stiff = _i;
	struct live_sound *s = power_on();
	play(s, 1, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	for (int i = 0; i < 50; i++)
		crank();
	ck_assert_int_eq(card.written - card.heard, QUEUE);
	int64_t now = card.passed;
	play(s, 0, 1, 0);
	let_it_turn();
	int64_t at = tape_frame(await(__LINE__, s, SOUND_STARTED, token));
	ck_assert_int_ge(at, now);
	ck_assert_int_le(at - now, RATE / 100);
	await(__LINE__, s, SOUND_ENDED, token);
	await(__LINE__, s, SOUND_ENDED, token - 1);
	expect(__LINE__, 0, find_sound(__LINE__, 0), 0, ALARM, alarm_mark);
	int64_t from = find_sound(__LINE__, 1);
	ck_assert_int_eq(expect(__LINE__, 1, from, 0, ITEM, mark) - from, ITEM); /* not a frame of silence in between */
	card.stiff = false;
	power_off(&s);
}
END_TEST

/* ── What was foreseen ── */

static struct sound_item foreseen(int zone, int bulletin, int64_t in_us)
{
	struct sound_item item = item_of(zone, bulletin, 0);
	item.at.us = NOON + elapsed_us + in_us;
	return item;
}

START_TEST(what_was_foreseen_leaves_to_the_frame_and_is_told_when_it_was_started)
{
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	struct sound_event e;
	crank(), crank();
	struct sound_item one = foreseen(0, 1, 1000000), two = foreseen(0, 0, 1200000); /* before the first has ended */
	p.arm(s, &one);
	p.commit(s);
	for (int i = 0; i < 60; i++)
		crank();
	ck_assert(!p.next_event(s, &e)); /* it is on air; nobody asked for it yet */
	p.start(s, &one);
	p.arm(s, &two);
	p.commit(s);
	e = await(__LINE__, s, SOUND_STARTED, one.token);
	ck_assert_int_ge(e.at.us, one.at.us - 1);
	ck_assert_int_le(e.at.us, one.at.us + 125);
	int64_t end = tape_frame(await(__LINE__, s, SOUND_ENDED, one.token));
	p.start(s, &two);
	p.commit(s);
	ck_assert_int_eq(tape_frame(await(__LINE__, s, SOUND_STARTED, two.token)), end);
	await(__LINE__, s, SOUND_ENDED, two.token);
	int64_t from = find_sound(__LINE__, 0);
	ck_assert_int_eq(expect(__LINE__, 0, from, 0, ALARM, alarm_mark) - from, ALARM);
	ck_assert_int_eq(expect(__LINE__, 0, from + ALARM, 0, ITEM, mark) - from, ALARM + ITEM);
	power_off(&s);
}
END_TEST

START_TEST(what_was_foreseen_wrongly_is_never_heard)
{
	static const struct {
		int line;
		bool disarm, another;
	} T[] = {
		{ __LINE__, true, false },  /* nothing comes */
		{ __LINE__, false, true },  /* something else is started */
		{ __LINE__, true, true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct live_sound *s = power_on();
		struct sound_port p = live_sound_port(s);
		int64_t from = card.passed;
		struct sound_item wrong = foreseen(0, 0, 400000), right = foreseen(0, 1, 0);
		p.arm(s, &wrong);
		p.commit(s);
		for (int k = 0; k < 10; k++)
			crank();
		if (T[i].disarm)
			p.disarm(s, 0);
		if (T[i].another)
			p.start(s, &right);
		p.commit(s);
		if (T[i].another) {
			await(T[i].line, s, SOUND_STARTED, right.token);
			await(T[i].line, s, SOUND_ENDED, right.token);
		}
		for (int k = 0; k < 30; k++)
			crank();
		for (int64_t k = from; k < card.passed; k++)
			ck_assert_msg(!card.tape[2 * k] || (T[i].another && card.tape[2 * k] >= 30000), "row of line %d", T[i].line);
		ck_assert(!p.next_event(s, &(struct sound_event){ 0 }));
		ck_assert_uint_eq(s->plays.n, 0);
		power_off(&s);
		unplug(false);
	}
}
END_TEST

/* The loop was away for longer than the item: it plays all the same, and all of it is told then. */
START_TEST(what_was_foreseen_and_is_over_is_told_late)
{
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	struct sound_event e;
	struct sound_item one = foreseen(0, 1, 100000), never = foreseen(1, 1, 100000);
	p.arm(s, &one);
	p.arm(s, &never);
	p.commit(s);
	for (int i = 0; i < 120; i++)
		crank();
	ck_assert(!p.next_event(s, &e));
	p.start(s, &one);
	p.disarm(s, 1);
	p.commit(s);
	e = await(__LINE__, s, SOUND_STARTED, one.token);
	ck_assert_int_le(llabs(e.at.us - one.at.us), 125);
	ck_assert_int_eq(await(__LINE__, s, SOUND_ENDED, one.token).frame, ALARM);
	ck_assert_uint_eq(s->plays.n, 0);
	power_off(&s);
}
END_TEST

START_TEST(a_card_that_stands_still_is_given_up_and_not_believed_at_once)
{
	struct live_sound *s = power_on();
	struct sound_event e;
	struct err why;
	play(s, 0, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	card.stuck = true;
	await(__LINE__, s, SOUND_LOST, token);
	await(__LINE__, s, SOUND_LOST, 0);
	for (int i = 0; i < 300; i++) {
		struct pollfd fd = { live_sound_fd(s), POLLIN, 0 };
		crank();
		poll(&fd, 1, 1);
		ck_assert(!live_sound_port(s).next_event(s, &e)); /* it opens, and does not play */
	}
	live_sound_fault(s, 0, &why);
	ck_assert_ptr_nonnull(strstr(why.text, "stands still"));
	card.stuck = false;
	await(__LINE__, s, SOUND_BACK, 0);
	live_sound_fault(s, 0, &why);
	ck_assert_str_eq(why.text, "");
	power_off(&s);
}
END_TEST

START_TEST(volume_follows_while_it_plays)
{
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	live_sound_port(s).set_volume(s, 0, 500);
	struct sound_event e = await(__LINE__, s, SOUND_ENDED, token);
	crank();
	ck_assert_int_eq(e.frame, ITEM);
	int64_t last = card.passed - 1;
	while (last > 0 && !card.tape[2 * last])
		last--;
	ck_assert_int_le(abs(card.tape[2 * last] * 4 - mark(ITEM - 1)), 2);
	power_off(&s);
}
END_TEST

START_TEST(a_stand_in_is_never_heard_by_a_village)
{
	struct live_sound *s = power_on();
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[4], 0), REASON_DEVICE_LOST);
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[0], 0), REASON_NONE);
	recordings[0].bound = "0";
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[0], 0), REASON_FILE_CHANGED);
	recordings[0].bound = NULL;
	power_off(&s);
	struct err err = { "" };
	struct live_options o = { .store = "/tmp", .clock = &card_clock };
	s = live_sound_new(&station, &o, &err); /* the station's own sink: dry-run */
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[4], 0), REASON_NONE);
	live_sound_free(&s);
	o.sink_override = "gramophone:1";
	ck_assert_ptr_null(live_sound_new(&station, &o, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "gramophone:1"));
}
END_TEST

int main(void)
{
	const TTest *const all[] = { an_item_is_heard_whole_and_once,
		an_emergency_cuts_and_the_item_goes_on_at_that_frame, a_stopped_item_counts_what_left_before_the_fade,
		a_start_keeps_its_instant_to_the_frame, a_lost_card_is_a_state, an_absent_card_is_said_at_once,
		broken_sound_is_played_as_far_as_it_goes, a_reload_moves_lanes_and_the_sound_goes_on,
		zones_started_together_begin_together, what_was_foreseen_leaves_to_the_frame_and_is_told_when_it_was_started,
		what_was_foreseen_wrongly_is_never_heard, what_was_foreseen_and_is_over_is_told_late,
		a_card_that_stands_still_is_given_up_and_not_believed_at_once, volume_follows_while_it_plays,
		a_stand_in_is_never_heard_by_a_village };
	Suite *suite = suite_create("sound/live");
	TCase *cases = tcase_create("all");
	tcase_set_timeout(cases, 300);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		tcase_add_test(cases, all[i]);
	tcase_add_loop_test(cases, an_order_that_cannot_wait_is_heard_at_once, 0, 2);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
