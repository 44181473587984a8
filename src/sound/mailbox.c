#include "sound/mailbox.h"

#include <stdatomic.h>
#include <string.h>

void mailbox_init(struct mailbox *m, void *slots, size_t each, size_t count)
{
	m->slots = slots;
	m->each = each;
	m->count = count;
	atomic_init(&m->sent, 0);
	atomic_init(&m->taken, 0);
}

size_t mailbox_waiting(const struct mailbox *m)
{
	return atomic_load_explicit(&m->sent, memory_order_acquire) -
	       atomic_load_explicit(&m->taken, memory_order_acquire);
}

bool mailbox_send(struct mailbox *m, const void *message)
{
	size_t sent = atomic_load_explicit(&m->sent, memory_order_relaxed);
	if (sent - atomic_load_explicit(&m->taken, memory_order_acquire) == m->count)
		return false;
	memcpy(m->slots + sent % m->count * m->each, message, m->each);
	atomic_store_explicit(&m->sent, sent + 1, memory_order_release);
	return true;
}

bool mailbox_take(struct mailbox *m, void *message)
{
	size_t taken = atomic_load_explicit(&m->taken, memory_order_relaxed);
	if (taken == atomic_load_explicit(&m->sent, memory_order_acquire))
		return false;
	memcpy(message, m->slots + taken % m->count * m->each, m->each);
	atomic_store_explicit(&m->taken, taken + 1, memory_order_release);
	return true;
}
