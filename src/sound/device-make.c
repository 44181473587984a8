#include "sound/device-inside.h"

#include "base/mem.h"

#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#define STACK_BYTES (256 * 1024)

struct device_table *device_table_new(size_t lanes)
{
	struct device_table *t = mem_new(struct device_table);
	t->lanes = mem_zero(lanes * sizeof *t->lanes);
	t->on_bus = mem_zero(lanes * sizeof *t->on_bus);
	t->n = lanes;
	return t;
}

void device_table_seal(struct device_table *t, int rate, int channels)
{
	for (size_t i = 0; i < t->n; i++) {
		lane_init(&t->lanes[i].lane, rate);
		t->on_bus[i] = (struct bus_lane){ .lane = &t->lanes[i].lane, .channel = t->lanes[i].channel };
	}
	bus_init(&t->bus, rate, channels, t->on_bus, t->n);
}

void device_table_free(struct device_table **t)
{
	if (!*t)
		return;
	mem_free((*t)->lanes);
	mem_free((*t)->on_bus);
	mem_free(*t);
	*t = NULL;
}

static void free_memory(struct device *d)
{
	close(d->wake);
	pthread_mutex_destroy(&d->fault_lock);
	device_table_free(&d->table);
	mem_free(d->out);
	mem_free(d->name);
	munlock(d, sizeof *d);
	mem_free(d);
}

static bool start_thread(struct device *d)
{
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	int failed = pthread_create(&d->thread, &small, device_thread, d);
	pthread_attr_destroy(&small);
	return !failed;
}

struct device *device_new(const struct device_setup *s, struct device_table *table)
{
	struct device *d = mem_new(struct device);
	d->ops = s->ops;
	d->name = mem_dup(s->device);
	d->rate = s->rate;
	d->channels = s->channels;
	d->idle_open = s->idle_open || s->ops->stays_open;
	d->clock = s->clock;
	d->notify = s->notify;
	d->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	d->out = mem_zero(BUS_FRAMES * (size_t)s->channels * sizeof *d->out);
	d->redo = US_NEVER;
	d->table = table;
	d->state = s->lost ? DEVICE_IS_LOST : DEVICE_IS_CLOSED;
	d->proving = s->lost;
	d->life = DEVICE_BUSY;
	mailbox_init(&d->orders, d->order_slots, sizeof *d->order_slots, ORDERS);
	mailbox_init(&d->events, d->event_slots, sizeof *d->event_slots, EVENTS);
	pthread_mutex_init(&d->fault_lock, NULL);
	mlock(d, sizeof *d); /* where the system allows it; else the pages are merely used all the time */
	if (d->wake >= 0 && start_thread(d))
		return d;
	free_memory(d);
	return NULL;
}

void device_halt(struct device *d)
{
	if (atomic_exchange(&d->quit, true))
		return;
	eventfd_write(d->wake, 1);
	pthread_join(d->thread, NULL);
}

void device_free(struct device **d)
{
	if (!*d)
		return;
	device_halt(*d);
	struct device_order o;
	while (mailbox_take(&(*d)->orders, &o))
		device_table_free(&o.table);
	struct device_event e;
	while (mailbox_take(&(*d)->events, &e))
		device_table_free(&e.table);
	free_memory(*d);
	*d = NULL;
}

/* A thread that hangs in its card takes no orders.  The last places are for tables: lanes must not go astray. */
bool device_order(struct device *d, const struct device_order *o)
{
	bool room = o->kind == ORDER_TABLE || mailbox_waiting(&d->orders) < ORDERS - ORDERS / 8;
	return room && mailbox_send(&d->orders, o);
}

void device_commit(struct device *d)
{
	eventfd_write(d->wake, 1);
}

bool device_event(struct device *d, struct device_event *e)
{
	return mailbox_take(&d->events, e);
}

void device_fault(struct device *d, struct err *out)
{
	pthread_mutex_lock(&d->fault_lock);
	*out = d->fault;
	pthread_mutex_unlock(&d->fault_lock);
}

uint32_t device_silent(const struct device *d)
{
	return atomic_load(&d->silent);
}

uint32_t device_noisy(const struct device *d)
{
	return atomic_load(&d->noisy);
}

/* One that rests although there is an order for it was not woken, or does not wake. */
enum device_life device_life(const struct device *d, uint32_t *pulse)
{
	enum device_life life = atomic_load(&d->life);
	*pulse = atomic_load(&d->pulse);
	return life == DEVICE_RESTS && mailbox_waiting(&d->orders) ? DEVICE_BUSY : life;
}

mono_us device_open_since(const struct device *d)
{
	return (mono_us){ atomic_load(&d->open_since) };
}
