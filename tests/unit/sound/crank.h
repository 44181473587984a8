/* A card that is cranked by hand: time goes on only as the test grants frames, so nothing sleeps or depends on how fast
 * the machine is.  What it heard is on its tape. */
#ifndef LOAXA_TESTS_CRANK_H
#define LOAXA_TESTS_CRANK_H

#include "sound/sink.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define RATE 8000
#define PERIOD 160
#define TAPE (RATE * 200)
#define NOON INT64_C(1626239000000000)

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int64_t credit, written;
	bool absent;   /* opening fails, writing loses it */
	_Atomic bool open;
	int16_t tape[TAPE * 2];
} card = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0, false, false, { 0 } };

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
	card.credit = 0;
	if (card.absent)
		err_set(err, "no card");
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
	return card.open ? (struct sink *)&card : NULL;
}

static enum sink_result card_write(struct sink *s, const int16_t *interleaved, size_t frames)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	while (!card.absent && card.credit < (int64_t)frames)
		pthread_cond_wait(&card.changed, &card.lock);
	enum sink_result result = card.absent ? SINK_LOST : SINK_WRITTEN;
	if (!card.absent && card.written + (int64_t)frames <= TAPE) {
		memcpy(card.tape + card.written * 2, interleaved, frames * 2 * sizeof *interleaved);
		card.written += (int64_t)frames;
		card.credit -= (int64_t)frames;
		atomic_store(&elapsed_us, card.written * 1000000 / RATE);
	}
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
	return result;
}

static int64_t card_delay(struct sink *s)
{
	(void)s;
	return 0;
}

static void card_close(struct sink *s)
{
	(void)s;
	pthread_mutex_lock(&card.lock);
	card.open = false;
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
}

static const struct sink_ops card_ops = { .prefix = "card", .audible = true, .open = card_open, .write = card_write,
	.delay = card_delay, .close = card_close };

/* One period further, if the card is open. */
static void crank(void)
{
	pthread_mutex_lock(&card.lock);
	card.credit += PERIOD;
	pthread_cond_broadcast(&card.changed);
	while (card.open && !card.absent && card.credit >= PERIOD)
		pthread_cond_wait(&card.changed, &card.lock);
	pthread_mutex_unlock(&card.lock);
}

static void unplug(bool absent)
{
	pthread_mutex_lock(&card.lock);
	card.absent = absent;
	card.credit = 0;
	pthread_cond_broadcast(&card.changed);
	pthread_mutex_unlock(&card.lock);
}

#endif
