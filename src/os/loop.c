#include "os/loop.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

struct watched {
	int fd; /* -1 = free */
	uint32_t generation;
	struct loop_handler handler;
};

struct loop {
	int epoll, timer, signals;
	wall_us armed;
	sigset_t before;
	void (*pipe_before)(int);
	struct watched watched[LOOP_FDS];
};

/* What epoll gives back: which slot, and which use of it.  A handler may close a descriptor whose event already
 * stands in the same batch, and the number may come back at once for another file. */
enum { SLOT_TIMER = LOOP_FDS, SLOT_SIGNALS };

static uint64_t tag(uint32_t slot, uint32_t generation)
{
	return (uint64_t)generation << 32 | slot;
}

static bool add(struct loop *l, int fd, uint32_t events, uint64_t data)
{
	struct epoll_event ev = { .events = events, .data.u64 = data };
	return epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &ev) == 0;
}

static sigset_t our_signals(void)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	return set;
}

struct loop *loop_new(struct err *err)
{
	struct loop *l = mem_new(struct loop);
	for (size_t i = 0; i < LOOP_FDS; i++)
		l->watched[i].fd = -1;
	l->armed.us = US_NEVER;
	sigset_t set = our_signals();
	pthread_sigmask(SIG_BLOCK, &set, &l->before);
	l->pipe_before = signal(SIGPIPE, SIG_IGN);
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	l->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (l->epoll >= 0 && l->timer >= 0 && l->signals >= 0 && add(l, l->timer, EPOLLIN, SLOT_TIMER) &&
		add(l, l->signals, EPOLLIN, SLOT_SIGNALS))
		return l;
	err_set(err, _("the event loop cannot start: %s"), strerror(errno));
	loop_free(&l);
	return NULL;
}

static void close_open(int fd)
{
	if (fd >= 0)
		close(fd);
}

void loop_free(struct loop **pl)
{
	struct loop *l = *pl;
	if (!l)
		return;
	close_open(l->signals);
	close_open(l->timer);
	close_open(l->epoll);
	signal(SIGPIPE, l->pipe_before);
	pthread_sigmask(SIG_SETMASK, &l->before, NULL);
	mem_free(l);
	*pl = NULL;
}

bool loop_watch(struct loop *l, int fd, unsigned want, struct loop_handler handler)
{
	uint32_t events = (want & LOOP_READ ? EPOLLIN : 0) | (want & LOOP_WRITE ? EPOLLOUT : 0);
	for (uint32_t i = 0; i < LOOP_FDS; i++) {
		struct watched *w = &l->watched[i];
		if (w->fd >= 0)
			continue;
		if (!add(l, fd, events, tag(i, w->generation)))
			return false;
		w->fd = fd;
		w->handler = handler;
		return true;
	}
	return false;
}

void loop_unwatch(struct loop *l, int fd)
{
	for (size_t i = 0; i < LOOP_FDS; i++) {
		if (l->watched[i].fd != fd || fd < 0)
			continue;
		epoll_ctl(l->epoll, EPOLL_CTL_DEL, fd, NULL);
		l->watched[i].fd = -1;
		l->watched[i].generation++;
	}
}

/* Always armed, far ahead when nothing is asked for: an unarmed timer would not notice that the clock was set.
 * A step between two waits is reported by this call instead of by read(), and only once. */
static unsigned arm(struct loop *l, wall_us until)
{
	const int64_t far = INT64_C(4000000000) * US_PER_S;
	int64_t us = until.us > far ? far : until.us < 1 ? 1 : until.us;
	if (us == l->armed.us)
		return 0;
	struct itimerspec at = { .it_value = { .tv_sec = us / US_PER_S, .tv_nsec = us % US_PER_S * 1000 } };
	int rc = timerfd_settime(l->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL);
	l->armed.us = us;
	return rc < 0 && errno == ECANCELED ? LOOP_STEPPED : 0;
}

static unsigned timer_event(struct loop *l)
{
	uint64_t count;
	ssize_t n = read(l->timer, &count, sizeof count);
	if (n < 0 && errno == EAGAIN)
		return 0;
	l->armed.us = US_NEVER;
	return n < 0 && errno == ECANCELED ? LOOP_STEPPED : LOOP_DUE;
}

static unsigned signal_event(struct loop *l)
{
	unsigned what = 0;
	struct signalfd_siginfo si;
	while (read(l->signals, &si, sizeof si) == (ssize_t)sizeof si)
		what |= si.ssi_signo == SIGHUP ? LOOP_HANGUP : LOOP_STOP;
	return what;
}

static void call_handler(struct loop *l, uint32_t slot, uint32_t generation)
{
	struct watched *w = &l->watched[slot];
	if (w->fd >= 0 && w->generation == generation)
		w->handler.ready(w->handler.self);
}

unsigned loop_wait(struct loop *l, wall_us until)
{
	struct epoll_event ev[LOOP_FDS + 2];
	unsigned what = arm(l, until);
	int n = epoll_wait(l->epoll, ev, sizeof ev / sizeof *ev, what ? 0 : -1);
	for (int i = 0; i < n; i++) {
		uint32_t slot = (uint32_t)ev[i].data.u64;
		if (slot == SLOT_TIMER)
			what |= timer_event(l);
		else if (slot == SLOT_SIGNALS)
			what |= signal_event(l);
		else
			call_handler(l, slot, (uint32_t)(ev[i].data.u64 >> 32));
	}
	return what;
}

void loop_child(void)
{
	sigset_t set = our_signals();
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
	signal(SIGPIPE, SIG_DFL);
}

void loop_precede(void)
{
	struct sched_param lowest = { .sched_priority = 1 };
	pthread_setschedparam(pthread_self(), SCHED_RR | SCHED_RESET_ON_FORK, &lowest);
}
