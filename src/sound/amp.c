#include "sound/amp.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/amp-state.h"
#include "sound/amp-switch.h"

#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define STACK_BYTES (128 * 1024)

struct amp {
	/* fixed after amp_new */
	char *output;
	const struct clock *clock;
	int notify, wake;
	pthread_t thread;

	pthread_mutex_t lock; /* never held while something is switched */
	struct amp_state state;
	char *key;    /* what the switch is to be */
	bool changed; /* and the thread has not taken it yet */
	struct err fault;

	struct amp_switch *how; /* the thread's */
};

static mono_us now(const struct amp *a)
{
	return a->clock->mono(a->clock->self);
}

/* ── The thread ── */

static void note(struct amp *a, bool on, const struct err *why)
{
	struct err fault = { "" };
	if (why->text[0] && on)
		err_set(&fault,
			_("THE AMPLIFIER of output \"%s\" could not be switched on: %s — the sound goes out, but the "
			  "loudspeakers may be silent — switch it on by hand; it is tried again by itself"),
			a->output, why->text);
	else if (why->text[0])
		err_set(&fault,
			_("The amplifier of output \"%s\" could not be switched off: %s — it may stay on, airings go "
			  "on — switch it off by hand; it is tried again by itself"),
			a->output, why->text);
	bool same = !strcmp(fault.text, a->fault.text);
	a->fault = fault;
	if (!same)
		eventfd_write(a->notify, 1);
}

/* With the lock held; lets go of it meanwhile. */
static void carry_out(struct amp *a, enum amp_act act)
{
	struct err why = { "" };
	bool on = act == AMP_SWITCH_ON;
	pthread_mutex_unlock(&a->lock);
	bool done = amp_switch_set(a->how, on, &why);
	pthread_mutex_lock(&a->lock);
	amp_state_switched(&a->state, act, done, now(a));
	note(a, on, &why);
}

static void take_key(struct amp *a)
{
	struct amp_key key;
	if (a->how && a->state.line != AMP_IS_OFF)
		carry_out(a, AMP_SWITCH_OFF);
	amp_switch_free(&a->how);
	if (amp_key(a->key, &key))
		a->how = amp_switch_new(&key);
	a->changed = false;
	a->state.line = AMP_UNKNOWN;
	a->state.failed = AMP_REST;
}

static void rest(struct amp *a, mono_us until)
{
	struct pollfd p = { .fd = a->wake, .events = POLLIN };
	int64_t left = until.us == US_NEVER ? -1 : (until.us - now(a).us + US_PER_MS - 1) / US_PER_MS;
	pthread_mutex_unlock(&a->lock);
	eventfd_t n;
	if (poll(&p, 1, until.us != US_NEVER && left < 0 ? 0 : left > INT32_MAX ? INT32_MAX : (int)left) > 0)
		eventfd_read(a->wake, &n);
	pthread_mutex_lock(&a->lock);
}

/* At the end one attempt is all there is. */
static void *work(void *self)
{
	struct amp *a = self;
	mono_us until;
	pthread_mutex_lock(&a->lock);
	for (;;) {
		if (a->changed)
			take_key(a);
		bool ending = a->state.ending;
		enum amp_act act = amp_state_next(&a->state, now(a), &until);
		if (act != AMP_REST)
			carry_out(a, act);
		else if (!ending)
			rest(a, until);
		if (ending)
			break;
	}
	pthread_mutex_unlock(&a->lock);
	amp_switch_free(&a->how);
	return NULL;
}

/* ── The loop ── */

static bool start_thread(struct amp *a)
{
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	int failed = pthread_create(&a->thread, &small, work, a);
	pthread_attr_destroy(&small);
	return !failed;
}

static void free_memory(struct amp *a)
{
	if (a->wake >= 0)
		close(a->wake);
	pthread_mutex_destroy(&a->lock);
	mem_free(a->output);
	mem_free(a->key);
	mem_free(a);
}

struct amp *amp_new(const struct amp_setup *s)
{
	struct amp_key key;
	if (!amp_key(s->key, &key))
		return NULL;
	struct amp *a = mem_new(struct amp);
	a->output = mem_dup(s->output);
	a->key = mem_dup(s->key);
	a->clock = s->clock;
	a->notify = s->notify;
	a->state.warm_up_us = s->warm_up_ms * US_PER_MS;
	a->changed = true;
	a->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_init(&a->lock, NULL);
	if (a->wake >= 0 && start_thread(a))
		return a;
	free_memory(a);
	return NULL;
}

static void let_go(struct amp *a)
{
	pthread_mutex_unlock(&a->lock);
	eventfd_write(a->wake, 1);
}

void amp_end(struct amp *a)
{
	pthread_mutex_lock(&a->lock);
	amp_state_end(&a->state);
	let_go(a);
}

void amp_free(struct amp **ap)
{
	if (!*ap)
		return;
	amp_end(*ap);
	pthread_join((*ap)->thread, NULL);
	free_memory(*ap);
	*ap = NULL;
}

void amp_change(struct amp *a, const char *key, int64_t warm_up_ms)
{
	pthread_mutex_lock(&a->lock);
	a->state.warm_up_us = warm_up_ms * US_PER_MS;
	a->changed = a->changed || strcmp(a->key, key) != 0;
	mem_renew(&a->key, key);
	let_go(a);
}

void amp_announce(struct amp *a, mono_us at)
{
	pthread_mutex_lock(&a->lock);
	amp_state_announce(&a->state, now(a), at);
	let_go(a);
}

void amp_start(struct amp *a, mono_us at)
{
	pthread_mutex_lock(&a->lock);
	amp_state_start(&a->state, at);
	let_go(a);
}

void amp_stop(struct amp *a, mono_us heard)
{
	pthread_mutex_lock(&a->lock);
	amp_state_stop(&a->state, heard);
	let_go(a);
}

mono_us amp_warm(struct amp *a, mono_us at)
{
	pthread_mutex_lock(&a->lock);
	mono_us warm = amp_state_warm(&a->state, at);
	pthread_mutex_unlock(&a->lock);
	return warm;
}

void amp_fault(struct amp *a, struct err *out)
{
	pthread_mutex_lock(&a->lock);
	*out = a->fault;
	pthread_mutex_unlock(&a->lock);
}
