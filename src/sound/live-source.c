#include "sound/live-source.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sound/live-level.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>

#define STACK_BYTES (256 * 1024)
#define PIECE_FRAMES 2048
#define WAIT_MS 50
#define FIRST_WAIT_MS 200
#define LONGEST_WAIT_MS 5000
#define STEP_MS 500
#define QUIET_US US_PER_S

struct live_source {
	/* fixed */
	struct live_setup setup;
	pthread_t thread;

	_Atomic bool stop, ended;
	pthread_mutex_t lock; /* never held over a read or an open */
	pthread_cond_t wake;
	/* under the lock */
	VEC(struct live_tap *) taps;
	struct live_news news;

	/* source's thread */
	struct live_feed *open;
	struct live_level level;
	mono_us heard; /* when something last came, or the gap was last counted */
	int64_t told_s;
	int wait_ms;
	int16_t piece[PIECE_FRAMES];
};

static mono_us now(const struct live_source *s)
{
	return s->setup.clock->mono(s->setup.clock->self);
}

/* ── What is told ── */

/* Under the lock. */
static void set_state(struct live_source *s, enum live_state state, const struct err *why)
{
	int64_t quiet_us = live_level_quiet_us(&s->level);
	bool news = s->news.state != state || strcmp(s->news.why.text, why->text) || quiet_us / US_PER_S != s->told_s;
	s->news.times_lost += state == LIVE_LOST && s->news.state != LIVE_LOST;
	s->news.state = state;
	s->news.why = *why;
	s->news.quiet_us = quiet_us;
	s->told_s = quiet_us / US_PER_S;
	if (news)
		eventfd_write(s->setup.notify, 1);
}

static void tell_lost(struct live_source *s, const struct err *why)
{
	pthread_mutex_lock(&s->lock);
	set_state(s, LIVE_LOST, why);
	pthread_mutex_unlock(&s->lock);
}

static void count_gap(struct live_source *s)
{
	mono_us at = now(s);
	live_level_gap(&s->level, at.us - s->heard.us);
	s->heard = at;
}

/* ── Source's thread ── */

static void hand_out(struct live_source *s, size_t n, const struct err *why)
{
	if (n) {
		live_level_add(&s->level, s->piece, n);
		s->heard = now(s);
	} else {
		count_gap(s);
	}
	bool quiet = live_level_quiet_us(&s->level) >= QUIET_US;
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->taps.n && n; i++)
		live_tap_write(s->taps.at[i], s->piece, n);
	bool opening = !n && s->news.state == LIVE_OPENING, lost = !n && why->text[0];
	set_state(s, lost ? LIVE_LOST : opening ? LIVE_OPENING : quiet ? LIVE_QUIET : LIVE_ON, why);
	pthread_mutex_unlock(&s->lock);
}

static void sleep_ms(struct live_source *s, int ms)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += ms % 1000 * 1000000L;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	pthread_mutex_lock(&s->lock);
	while (!atomic_load(&s->stop) && !pthread_cond_timedwait(&s->wake, &s->lock, &until))
		continue;
	pthread_mutex_unlock(&s->lock);
}

/* In small steps: how long it is quiet is told all the while. */
static void rest(struct live_source *s, const struct err *why)
{
	for (int left = s->wait_ms; left > 0 && !atomic_load(&s->stop); left -= STEP_MS) {
		tell_lost(s, why);
		sleep_ms(s, left < STEP_MS ? left : STEP_MS);
		count_gap(s);
	}
	s->wait_ms = s->wait_ms * 2 < LONGEST_WAIT_MS ? s->wait_ms * 2 : LONGEST_WAIT_MS;
}

static void try_open(struct live_source *s)
{
	struct err why = { "" };
	s->open = s->setup.feed->open(&s->setup, &s->stop, &why);
	count_gap(s);
	if (s->open)
		return;
	rest(s, &why);
}

static void read_on(struct live_source *s, struct err *why)
{
	ssize_t n = s->setup.feed->read(s->open, s->piece, PIECE_FRAMES, WAIT_MS, why);
	if (n >= 0) {
		if (n)
			s->wait_ms = FIRST_WAIT_MS;
		hand_out(s, (size_t)n, why);
		return;
	}
	s->setup.feed->close(s->open);
	s->open = NULL;
	count_gap(s);
	rest(s, why);
	*why = (struct err){ "" };
}

static void *run(void *self)
{
	struct live_source *s = self;
	struct err why = { "" };
	while (!atomic_load(&s->stop)) {
		if (s->open)
			read_on(s, &why);
		else
			try_open(s);
	}
	if (s->open)
		s->setup.feed->close(s->open);
	atomic_store(&s->ended, true);
	eventfd_write(s->setup.notify, 1);
	return NULL;
}

/* ── Loop's side ── */

static void free_memory(struct live_source *s)
{
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	vec_free(&s->taps);
	mem_free((char *)s->setup.what);
	mem_free((char *)s->setup.program);
	mem_free(s);
}

static bool start_thread(struct live_source *s)
{
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	int failed = pthread_create(&s->thread, &small, run, s);
	pthread_attr_destroy(&small);
	return !failed;
}

struct live_source *live_source_new(const struct live_setup *setup)
{
	struct live_source *s = mem_new(struct live_source);
	pthread_condattr_t attr;
	s->setup = *setup;
	s->setup.what = mem_dup(setup->what);
	s->setup.program = mem_dup(setup->program);
	s->wait_ms = FIRST_WAIT_MS;
	s->heard = now(s);
	live_level_init(&s->level, s->setup.rate);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, &attr);
	pthread_condattr_destroy(&attr);
	if (start_thread(s))
		return s;
	free_memory(s);
	return NULL;
}

struct live_tap *live_source_tap(struct live_source *s)
{
	struct live_tap *t = mem_new(struct live_tap);
	live_tap_init(t, mem_new_n(int16_t, (size_t)s->setup.rate * LIVE_RING_S), s->setup.rate, s->setup.clock);
	pthread_mutex_lock(&s->lock);
	vec_push(&s->taps, t);
	pthread_mutex_unlock(&s->lock);
	return t;
}

void live_source_untap(struct live_source *s, struct live_tap **t)
{
	pthread_mutex_lock(&s->lock);
	for (size_t i = 0; i < s->taps.n; i++) {
		if (s->taps.at[i] != *t)
			continue;
		vec_remove(&s->taps, i);
		break;
	}
	pthread_mutex_unlock(&s->lock);
	mem_free((*t)->at);
	mem_free(*t);
	*t = NULL;
}

void live_source_look(struct live_source *s, struct live_news *out)
{
	pthread_mutex_lock(&s->lock);
	*out = s->news;
	pthread_mutex_unlock(&s->lock);
}

void live_source_end(struct live_source *s)
{
	pthread_mutex_lock(&s->lock);
	atomic_store(&s->stop, true);
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
}

static void join(struct live_source **s)
{
	pthread_join((*s)->thread, NULL);
	free_memory(*s);
	*s = NULL;
}

bool live_source_reap(struct live_source **s)
{
	if (!atomic_load(&(*s)->ended))
		return false;
	join(s);
	return true;
}

void live_source_free(struct live_source **s)
{
	if (!*s)
		return;
	live_source_end(*s);
	join(s);
}
