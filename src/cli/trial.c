#include "cli/trial.h"

#include "base/mem.h"
#include "os/clock.h"
#include "sound/sink.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* Shared with a thread that may hang in a driver for ever: the last of the two to leave frees it. */
struct attempt {
	const struct sink_ops *ops;
	char *device;
	int rate, channels;
	bool opens;
	struct err why;
	atomic_int owners;
};

static void leave(struct attempt *a)
{
	if (atomic_fetch_sub(&a->owners, 1) != 1)
		return;
	mem_free(a->device);
	mem_free(a);
}

static void *attempt(void *self)
{
	struct attempt *a = self;
	struct clock clock = os_clock();
	struct sink_want want = { .device = a->device, .rate = a->rate, .channels = a->channels, .clock = &clock };
	struct sink *s = a->ops->open(&want, &a->why);
	a->opens = s;
	if (s)
		a->ops->close(s);
	leave(a);
	return NULL;
}

/* NULL: nothing to try. */
static struct attempt *prepare(const struct output *o)
{
	const char *device = "";
	const struct sink_ops *ops = sink_find(o->sink, &device);
	if (!ops || !ops->audible)
		return NULL;
	struct attempt *a = mem_new(struct attempt);
	a->ops = ops;
	a->device = mem_dup(device);
	a->rate = o->rate;
	a->channels = o->channels;
	atomic_init(&a->owners, 2);
	return a;
}

static void wait_for(struct attempt *a, pthread_t thread, const struct timespec *until, struct trial *t)
{
	bool ended = !pthread_timedjoin_np(thread, NULL, until);
	t->result = !ended ? TRIAL_NO_ANSWER : a->opens ? TRIAL_OPENS : TRIAL_FAILS;
	if (ended)
		t->why = a->why;
	else
		pthread_detach(thread);
}

static struct timespec in_ms(int ms)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	int64_t ns = t.tv_nsec + (int64_t)ms * 1000000;
	return (struct timespec){ t.tv_sec + ns / 1000000000, ns % 1000000000 };
}

void trial_outputs(const struct station *st, int limit_ms, struct trial trials[OUTPUTS_MAX])
{
	struct attempt *attempts[OUTPUTS_MAX] = { NULL };
	pthread_t threads[OUTPUTS_MAX];
	memset(trials, 0, OUTPUTS_MAX * sizeof *trials);
	for (size_t o = 0; o < st->outputs.n; o++) {
		struct attempt *a = attempts[o] = prepare(&st->outputs.at[o]);
		if (!a)
			continue;
		if (a->ops->setup)
			a->ops->setup();
		if (pthread_create(&threads[o], NULL, attempt, a)) {
			leave(a);
			leave(a);
			attempts[o] = NULL;
		}
	}
	struct timespec until = in_ms(limit_ms);
	for (size_t o = 0; o < st->outputs.n; o++)
		if (attempts[o]) {
			wait_for(attempts[o], threads[o], &until, &trials[o]);
			leave(attempts[o]);
		}
}
