/* A small station on a card that is cranked by hand (crank.h), for tests of live playout.  Its recordings are marker
 * signals, as in render.c: each frame says which it is. */
#ifndef LOAXA_TESTS_CRANK_STATION_H
#define LOAXA_TESTS_CRANK_STATION_H

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
static inline int16_t mark(int64_t frame)
{
	return (int16_t)(frame * 2 + 1);
}

static inline int16_t alarm_mark(int64_t frame)
{
	return (int16_t)(frame % 1000 + 30000);
}

static inline void prepare(struct recording *r, char letter, int64_t frames, int16_t (*sample)(int64_t))
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

static inline struct live_sound *power_on(void)
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

static inline void power_off(struct live_sound **s)
{
	char command[128];
	unplug(true);
	cranked = NULL;
	live_sound_free(s);
	ck_assert_ptr_null(*s);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static inline struct sound_item item_of(int zone, int bulletin, int64_t from)
{
	return (struct sound_item){ .token = ++token, .zone = zone, .bulletin = &bulletins[bulletin], .from_frame = from,
		.frames = bulletins[bulletin].audio.at[0].frames[0], .volume_permille = 1000, .emergency = bulletin == 1 };
}

static inline void play(struct live_sound *s, int zone, int bulletin, int64_t from)
{
	struct sound_item item = item_of(zone, bulletin, from);
	live_sound_port(s).start(s, &item);
	live_sound_port(s).commit(s);
}

/* Cranks until an event comes; other events than the wanted kind are a failure.  The card may be cranked faster than
 * the feeder feeds: the silence this puts in (and the xrun it is) changes nothing in any account. */
static inline struct sound_event await(int line, struct live_sound *s, enum sound_event_kind kind, uint32_t of)
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
static inline int64_t tape_frame(struct sound_event e)
{
	return ((e.at.us - NOON) * RATE + 999999) / 1000000;
}

/* First frame of the tape that is not silent on that channel. */
static inline int64_t find_sound(int line, int channel)
{
	int64_t i = 0;
	while (i < card.passed && !card.tape[2 * i + channel])
		i++;
	ck_assert_msg(i < card.passed, "line %d: all is silent", line);
	return i;
}

/* From `at` on the channel says these frames, each once, with nothing but silence between; returns where they end. */
static inline int64_t expect(int line, int channel, int64_t at, int64_t first, int64_t end, int16_t (*sample)(int64_t))
{
	for (int64_t i = first; i < end; at++) {
		ck_assert_msg(at < card.passed, "line %d: the tape ends at frame %lld", line, (long long)i);
		int16_t heard = card.tape[2 * at + channel];
		ck_assert_msg(!heard || heard == sample(i), "line %d: frame %lld of %lld: %d at %lld", line, (long long)i, (long long)end, (heard - 1) / 2, (long long)at);
		i += heard != 0;
	}
	return at;
}

static inline void expect_silence(int line, int channel, int64_t from)
{
	for (int64_t i = from; i < card.passed; i++)
		ck_assert_msg(!card.tape[2 * i + channel], "line %d: sound at frame %lld", line, (long long)i);
}

#endif
