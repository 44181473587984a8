/* A card that is cranked by hand: time goes on only as the test cranks, so nothing depends on how fast the machine is.
 * What was heard is on its tape, which runs on while the card is closed.  With `stiff` it cannot go back. */
#ifndef LOAXA_TESTS_CRANK_H
#define LOAXA_TESTS_CRANK_H

#include "sound/live-inside.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define RATE 8000
#define PERIOD 160
#define QUEUE 4000
#define TAPE (RATE * 200)
#define NOON INT64_C(1626239000000000)

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int64_t written, heard; /* since it was opened */
	int64_t passed;         /* frames on the tape */
	uint64_t looks;
	bool absent; /* opening fails, looking loses it */
	bool going, dry, stiff, stuck;
	_Atomic bool open;
	int16_t ring[QUEUE * 2], tape[TAPE * 2];
} card = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

static struct live_sound *cranked; /* whose threads are to notice */
static _Atomic int64_t elapsed_us;

static wall_us card_wall(void *elapsed)
{
	return (wall_us){ NOON + atomic_load((_Atomic int64_t *)elapsed) };
}

static mono_us card_mono(void *elapsed)
{
	return (mono_us){ atomic_load((_Atomic int64_t *)elapsed) };
}

static const struct clock card_clock = { &elapsed_us, card_wall, card_mono, NULL, { 0 } };

static struct sink *card_open(const struct sink_want *w, struct err *err)
{
	if (w->channels != 2) /* not the test's thread: no ck_assert here */
		abort();
	pthread_mutex_lock(&card.lock);
	card.open = !card.absent;
	card.written = card.heard = 0;
	card.going = card.dry = false;
	if (card.absent)
		err_set(err, "no card");
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
	return card.open ? (struct sink *)&card : NULL;
}

static enum sink_result card_look(struct sink *s, struct sink_state *state)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	enum sink_result result = card.absent ? SINK_LOST : card.dry ? SINK_XRUN : SINK_GOOD;
	state->dropped = card.dry ? card.written - card.heard : 0;
	card.written -= state->dropped;
	card.dry = false;
	state->queued = state->delay = card.written - card.heard;
	state->room = QUEUE - state->queued;
	state->at = card_mono(&elapsed_us);
	card.looks++;
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
	return result;
}

static int64_t card_write(struct sink *s, const int16_t *interleaved, int64_t frames)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	for (int64_t i = 0; i < frames; i++, card.written++)
		memcpy(card.ring + card.written % QUEUE * 2, interleaved + i * 2, 2 * sizeof *interleaved);
	pthread_mutex_unlock(&card.lock);
	return frames;
}

static bool card_go(struct sink *s)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	card.going = true;
	pthread_mutex_unlock(&card.lock);
	return true;
}

static int64_t card_take_back(struct sink *s, int64_t frames)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	int64_t most = card.written - card.heard; /* no card gives back what it has played since it was looked at */
	frames = frames < most && !card.stiff ? frames : most;
	card.going &= !card.stiff;
	card.written -= frames;
	pthread_mutex_unlock(&card.lock);
	return frames;
}

static void card_close(struct sink *s)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	card.open = card.going = false;
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
}

static const struct sink_ops card_ops = { .prefix = "card", .audible = true, .open = card_open, .look = card_look,
	.write = card_write, .go = card_go, .take_back = card_take_back, .close = card_close };

/* Under the lock: one period is heard. */
static void pass_period(void)
{
	bool plays = card.open && card.going && !card.absent && !card.stuck;
	int64_t n = plays ? card.written - card.heard : 0;
	n = n < PERIOD ? n : PERIOD;
	for (int64_t i = 0; i < n; i++)
		memcpy(card.tape + (card.passed + i) * 2, card.ring + (card.heard + i) % QUEUE * 2, 2 * sizeof *card.tape);
	card.heard += n;
	card.passed += PERIOD;
	card.dry |= plays && n < PERIOD;
	card.going &= !card.dry;
}

static void wake(void)
{
	for (size_t i = 0; cranked && i < cranked->layout.outputs.n; i++)
		if (cranked->layout.outputs.at[i].device)
			device_commit(cranked->layout.outputs.at[i].device);
}

/* Until the audio thread has finished the turn it is in and the next: two looks, or until it has closed the card. */
static void let_it_turn(void)
{
	pthread_mutex_lock(&card.lock);
	for (uint64_t looks = card.looks, seen = looks; card.open && !card.absent && card.looks < looks + 2;) {
		pthread_mutex_unlock(&card.lock);
		wake();
		pthread_mutex_lock(&card.lock);
		while (card.open && !card.absent && card.looks == seen)
			pthread_cond_wait(&card.changed, &card.lock);
		seen = card.looks;
	}
	pthread_mutex_unlock(&card.lock);
}

/* The disk keeps up, however fast the card is cranked. */
static void let_it_feed(void)
{
	for (size_t i = 0; cranked && i < cranked->plays.n; i++) {
		struct play *p = cranked->plays.at[i];
		while (p->ring && ring_state(p->ring) == RING_OPEN && ring_position(p->ring) < p->frames &&
				ring_filled(p->ring) < (int64_t)p->ring->cap / 2) {
			feeder_want(cranked->feeder, p);
			sched_yield();
		}
	}
}

/* One period further, once the thread has done what it was told. */
static void crank(void)
{
	let_it_turn();
	pthread_mutex_lock(&card.lock);
	if (card.passed + PERIOD <= TAPE) {
		pass_period();
		atomic_store(&elapsed_us, card.passed * 1000000 / RATE);
	}
	pthread_mutex_unlock(&card.lock);
	let_it_feed();
	wake();
	let_it_turn();
}

static void unplug(bool absent)
{
	pthread_mutex_lock(&card.lock);
	card.absent = absent;
	card.going = card.going && !absent;
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
	wake();
}

#endif
