/* The lock guards the list alone and is never held over a read, so that the loop cannot come to wait for a disk.
 * While something plays the feeder looks at its rings twice a second; the audio thread never has to wake it. */
#include "sound/feeder.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sound/pcm.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define STACK_BYTES (256 * 1024)
#define TURN_NS 500000000
#define PIECE_FRAMES 12000 /* read at once: a quarter of a second, then the next ring has its turn */

struct feeder {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	/* under the lock */
	VEC(struct play *) added;
	bool quit, woken;
	/* feeder thread */
	VEC(struct play *) plays;
};

static void free_play(struct play *p)
{
	pcm_free(&p->pcm);
	mem_free(p->memory);
	mem_free(p->ring);
	mem_free(p);
}

static int64_t target(const struct play *p)
{
	int64_t cap = (int64_t)p->ring->cap;
	return atomic_load(&p->wanted) ? cap : cap / FEEDER_RING_S * FEEDER_CUE_S;
}

/* Reads one piece; false when there was nothing to do. */
static bool feed(struct play *p)
{
	int64_t position = ring_position(p->ring);
	if (position >= p->frames || ring_state(p->ring) != RING_OPEN || ring_filled(p->ring) >= target(p))
		return false;
	size_t n = PIECE_FRAMES;
	if ((uint64_t)(p->frames - position) < n)
		n = (size_t)(p->frames - position);
	int16_t *room = ring_room(p->ring, &n);
	if (!n)
		return false;
	size_t got = pcm_read(p->pcm, position, room, n);
	ring_wrote(p->ring, got);
	if (got < n)
		ring_end(p->ring, pcm_broken_gone(p->pcm) ? RING_GONE : RING_CORRUPT);
	return got == n;
}

static void take_added(struct feeder *f)
{
	for (size_t i = 0; i < f->added.n; i++)
		vec_push(&f->plays, f->added.at[i]);
	f->added.n = 0;
	f->woken = false;
}

static void free_dropped(struct feeder *f)
{
	for (size_t i = 0; i < f->plays.n;) {
		if (!atomic_load(&f->plays.at[i]->dropped)) {
			i++;
			continue;
		}
		free_play(f->plays.at[i]);
		vec_remove(&f->plays, i);
	}
}

static bool feed_all(struct feeder *f)
{
	bool any = false;
	for (size_t i = 0; i < f->plays.n; i++)
		any |= feed(f->plays.at[i]);
	return any;
}

/* Until something changes, or it is time to look again; false when the thread is to end. */
static bool rest(struct feeder *f, bool busy)
{
	pthread_mutex_lock(&f->lock);
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += TURN_NS;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	while (!busy && !f->woken && !f->quit) {
		if (!f->plays.n)
			pthread_cond_wait(&f->wake, &f->lock);
		else if (pthread_cond_timedwait(&f->wake, &f->lock, &until))
			break;
	}
	take_added(f);
	bool go_on = !f->quit;
	pthread_mutex_unlock(&f->lock);
	return go_on;
}

static void *feeder_run(void *self)
{
	struct feeder *f = self;
	bool busy = false;
	while (rest(f, busy)) {
		free_dropped(f);
		busy = feed_all(f);
	}
	return NULL;
}

static void wake(struct feeder *f, struct play *added)
{
	pthread_mutex_lock(&f->lock);
	if (added)
		vec_push(&f->added, added);
	f->woken = true;
	pthread_cond_signal(&f->wake);
	pthread_mutex_unlock(&f->lock);
}

void feeder_add(struct feeder *f, struct play *p, struct pcm *pcm, int rate)
{
	size_t frames = (size_t)rate * FEEDER_RING_S;
	p->pcm = pcm;
	p->memory = mem_new_n(int16_t, frames); /* untouched pages cost nothing until they are fed */
	p->ring = mem_new(struct ring);
	ring_init(p->ring, p->memory, frames, p->from);
	p->source = (struct source){ &ring_source, p->ring };
	wake(f, p);
}

void feeder_want(struct feeder *f, struct play *p)
{
	atomic_store(&p->wanted, true);
	wake(f, NULL);
}

void feeder_drop(struct feeder *f, struct play *p)
{
	atomic_store(&p->dropped, true);
	wake(f, NULL);
}

struct feeder *feeder_new(void)
{
	struct feeder *f = mem_new(struct feeder);
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->wake, &attr);
	pthread_condattr_destroy(&attr);
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	int failed = pthread_create(&f->thread, &small, feeder_run, f);
	pthread_attr_destroy(&small);
	if (!failed)
		return f;
	pthread_cond_destroy(&f->wake);
	pthread_mutex_destroy(&f->lock);
	mem_free(f);
	return NULL;
}

void feeder_free(struct feeder **fp)
{
	struct feeder *f = *fp;
	if (!f)
		return;
	pthread_mutex_lock(&f->lock);
	f->quit = true;
	pthread_cond_signal(&f->wake);
	pthread_mutex_unlock(&f->lock);
	pthread_join(f->thread, NULL);
	for (size_t i = 0; i < f->plays.n; i++)
		free_play(f->plays.at[i]);
	vec_free(&f->plays);
	vec_free(&f->added);
	pthread_cond_destroy(&f->wake);
	pthread_mutex_destroy(&f->lock);
	mem_free(f);
	*fp = NULL;
}
