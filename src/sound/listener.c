/* The lock guards the list of plays against the loop and is held for copies of memory only; audio threads see nothing
 * but rings. */
#include "sound/listener.h"

#include "base/i18n.h"
#include "base/vec.h"
#include "sound/frames.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define STACK_BYTES (256 * 1024)
#define PIECE_MS 20
#define PIECE_FRAMES 4096 /* room for a piece at any rate there is */
#define LOOK_MS 10        /* how often a ring is asked for room: audio threads wake nobody */
#define GO_MS 250         /* of the opening left: time to open a microphone; what it does not take is heard as delay */
#define GO_PATIENCE_S 15  /* for an output that does not come up */
#define DAWDLE_MS 10000

struct listener {
	/* fixed after listener_new */
	int pcm, wake, notify, rate;
	int64_t limit_ms;
	int16_t *opening;
	int64_t opening_frames;
	struct recorder *record;
	pthread_t thread;
	/* both sides */
	_Atomic bool begun, quit, ended;
	pthread_mutex_t lock;
	/* under the lock */
	VEC(struct play *) plays;
	bool over; /* nothing more is said: a play that comes now has nothing */
	/* its own thread */
	char rest; /* half a sample */
	bool has_rest;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until it is woken, or the socket has something when that is asked for. */
static void rest(const struct listener *l, int ms, bool for_samples)
{
	struct pollfd p[2] = { { .fd = l->wake, .events = POLLIN }, { .fd = l->pcm, .events = POLLIN } };
	eventfd_t n;
	if (poll(p, for_samples ? 2 : 1, ms) > 0 && p[0].revents)
		eventfd_read(l->wake, &n);
}

/* ── Into the rings ── */

static void put(struct play *p, const int16_t *samples, size_t n)
{
	while (n) {
		size_t piece = n;
		int16_t *room = ring_room(p->ring, &piece);
		if (!piece)
			return;
		memcpy(room, samples, piece * sizeof *samples);
		ring_wrote(p->ring, piece);
		samples += piece;
		n -= piece;
	}
}

static void put_all(struct listener *l, const int16_t *samples, size_t n)
{
	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < l->plays.n; i++)
		put(l->plays.at[i], samples, n);
	pthread_mutex_unlock(&l->lock);
	if (l->record)
		recorder_add(l->record, samples, n);
}

/* Of the zone that hears fastest: one that was cut and takes no more must not hold up the others. */
static size_t room(struct listener *l)
{
	size_t most = 0;
	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < l->plays.n; i++) {
		const struct ring *r = l->plays.at[i]->ring;
		size_t free = r->cap - (size_t)ring_filled(r);
		most = free > most && !atomic_load(&l->plays.at[i]->stop) ? free : most;
	}
	pthread_mutex_unlock(&l->lock);
	return most;
}

/* What there is room for; have all of them heard nearly the whole? */
static bool put_opening(struct listener *l)
{
	bool heard = true;
	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < l->plays.n; i++) {
		struct play *p = l->plays.at[i];
		int64_t at = ring_position(p->ring);
		put(p, l->opening + at, (size_t)(l->opening_frames - at));
		int64_t left = l->opening_frames - ring_position(p->ring) + ring_filled(p->ring);
		heard = heard && (atomic_load(&p->stop) || left <= frames_in_ms(l->rate, GO_MS));
	}
	pthread_mutex_unlock(&l->lock);
	return heard;
}

/* ── From the socket ── */

/* Whole samples, at most n; 0: nothing now, -1: the speaker has hung up. */
static ssize_t hear(struct listener *l, int16_t *out, size_t n)
{
	char *bytes = (char *)out;
	size_t have = l->has_rest;
	bytes[0] = l->rest;
	ssize_t got = recv(l->pcm, bytes + have, n * sizeof *out - have, MSG_DONTWAIT);
	if (got < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	if (!got)
		return -1;
	have += (size_t)got;
	l->has_rest = have % sizeof *out;
	l->rest = bytes[have - 1];
	return (ssize_t)(have / sizeof *out);
}

/* The speaker may be gone: the next read says so. */
static void say(const struct listener *l, char what)
{
	if (send(l->pcm, &what, 1, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		errno = 0;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Until the speaker ends, or dawdles, or `left` frames were said. */
static void listen_to(struct listener *l, int64_t left)
{
	int16_t piece[PIECE_FRAMES];
	size_t most = least((size_t)frames_in_ms(l->rate, PIECE_MS), PIECE_FRAMES);
	int64_t last = now_ms(), until = last + l->limit_ms + DAWDLE_MS;
	while (left > 0 && !atomic_load(&l->quit) && now_ms() < until && now_ms() - last < LISTENER_PATIENCE_S * 1000) {
		size_t n = room(l);
		if (!n) {
			rest(l, LOOK_MS, false);
			last = now_ms(); /* it is we who do not listen */
			continue;
		}
		ssize_t got = hear(l, piece, least(least(n, most), (size_t)left));
		if (got < 0)
			return;
		if (!got) {
			rest(l, 1000, true);
			continue;
		}
		put_all(l, piece, (size_t)got);
		left -= got;
		last = now_ms();
	}
	if (left <= 0)
		say(l, LISTENER_LIMIT);
}

static void finish(struct listener *l)
{
	pthread_mutex_lock(&l->lock);
	l->over = true;
	for (size_t i = 0; i < l->plays.n; i++)
		ring_end(l->plays.at[i]->ring, RING_OVER);
	pthread_mutex_unlock(&l->lock);
	if (l->record)
		recorder_end(l->record);
}

static void *listener_run(void *self)
{
	struct listener *l = self;
	while (!atomic_load(&l->begun) && !atomic_load(&l->quit))
		rest(l, -1, false);
	int64_t until = now_ms() + GO_PATIENCE_S * 1000;
	while (!put_opening(l) && !atomic_load(&l->quit) && now_ms() < until)
		rest(l, LOOK_MS, false);
	if (!atomic_load(&l->quit)) {
		say(l, LISTENER_GO);
		listen_to(l, frames_in_ms(l->rate, l->limit_ms) - l->opening_frames);
	}
	finish(l);
	while (!atomic_load(&l->quit))
		rest(l, -1, false);
	shutdown(l->pcm, SHUT_RDWR);
	atomic_store(&l->ended, true);
	eventfd_write(l->notify, 1);
	return NULL;
}

/* ── The loop's side ── */

static void wake(struct listener *l)
{
	eventfd_write(l->wake, 1);
}

static void free_play(struct play *p)
{
	mem_free(p->memory);
	mem_free(p->ring);
	mem_free(p);
}

void listener_add(struct listener *l, struct play *p)
{
	size_t frames = (size_t)frames_in_ms(l->rate, LISTENER_RING_MS);
	p->memory = mem_new_n(int16_t, frames);
	p->ring = mem_new(struct ring);
	ring_init(p->ring, p->memory, frames, p->from);
	pthread_mutex_lock(&l->lock);
	vec_push(&l->plays, p);
	if (l->over)
		ring_end(p->ring, RING_OVER);
	pthread_mutex_unlock(&l->lock);
}

void listener_drop(struct listener *l, struct play *p)
{
	pthread_mutex_lock(&l->lock);
	for (size_t i = 0; i < l->plays.n; i++)
		if (l->plays.at[i] == p) {
			vec_remove(&l->plays, i);
			break;
		}
	pthread_mutex_unlock(&l->lock);
	free_play(p);
}

void listener_begin(struct listener *l)
{
	if (!atomic_exchange(&l->begun, true))
		wake(l);
}

void listener_hang_up(struct listener *l)
{
	atomic_store(&l->quit, true);
	wake(l);
}

bool listener_done(const struct listener *l)
{
	bool kept = !l->record || recorder_done(l->record);
	return atomic_load(&l->ended) && !l->plays.n && kept; /* only the loop changes the list */
}

const struct recorder *listener_recorder(const struct listener *l)
{
	return l->record;
}

static void free_handle(struct listener *l)
{
	recorder_free(&l->record);
	for (size_t i = 0; i < l->plays.n; i++)
		free_play(l->plays.at[i]);
	vec_free(&l->plays);
	if (l->pcm >= 0)
		close(l->pcm);
	if (l->wake >= 0)
		close(l->wake);
	pthread_mutex_destroy(&l->lock);
	mem_free(l->opening);
	mem_free(l);
}

struct listener *listener_new(const struct listener_setup *setup, struct err *err)
{
	struct listener *l = mem_new(struct listener);
	l->rate = setup->rate;
	l->limit_ms = setup->limit_ms;
	l->opening = setup->opening;
	l->opening_frames = setup->opening ? setup->opening_frames : 0;
	l->record = setup->record;
	l->notify = setup->notify;
	l->pcm = fcntl(setup->pcm, F_DUPFD_CLOEXEC, 0);
	l->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_init(&l->lock, NULL);
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	bool good = l->pcm >= 0 && l->wake >= 0 && !pthread_create(&l->thread, &small, listener_run, l);
	pthread_attr_destroy(&small);
	if (good)
		return l;
	free_handle(l);
	err_set(err, _("nobody can be listened to — the system gives no thread — end other programs"));
	return NULL;
}

void listener_free(struct listener **lp)
{
	struct listener *l = *lp;
	if (!l)
		return;
	listener_hang_up(l);
	pthread_join(l->thread, NULL);
	free_handle(l);
	*lp = NULL;
}
