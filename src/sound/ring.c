#include "sound/ring.h"

#include <stdatomic.h>
#include <string.h>

void ring_init(struct ring *r, int16_t *memory, size_t frames, int64_t from)
{
	r->at = memory;
	r->cap = frames;
	atomic_init(&r->written, from);
	atomic_init(&r->heard, from);
	atomic_init(&r->state, RING_OPEN);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

int16_t *ring_room(const struct ring *r, size_t *n)
{
	int64_t written = atomic_load_explicit(&r->written, memory_order_relaxed);
	int64_t heard = atomic_load_explicit(&r->heard, memory_order_acquire);
	size_t slot = (size_t)((uint64_t)written % r->cap);
	*n = least(least(*n, r->cap - (size_t)(written - heard)), r->cap - slot);
	return r->at + slot;
}

void ring_wrote(struct ring *r, size_t n)
{
	int64_t written = atomic_load_explicit(&r->written, memory_order_relaxed);
	atomic_store_explicit(&r->written, written + (int64_t)n, memory_order_release);
}

void ring_end(struct ring *r, enum ring_state why)
{
	atomic_store_explicit(&r->state, (int)why, memory_order_release);
}

int64_t ring_position(const struct ring *r)
{
	return atomic_load_explicit(&r->written, memory_order_relaxed);
}

int64_t ring_filled(const struct ring *r)
{
	return atomic_load_explicit(&r->written, memory_order_acquire) -
	       atomic_load_explicit(&r->heard, memory_order_acquire);
}

int64_t ring_there(const struct ring *r, int64_t frame)
{
	int64_t there = atomic_load_explicit(&r->written, memory_order_acquire) - frame;
	return there > 0 ? there : 0;
}

static size_t source_read(void *ring, int64_t frame, int16_t *out, size_t n)
{
	const struct ring *r = ring;
	n = least(n, (size_t)ring_there(r, frame));
	size_t slot = (size_t)((uint64_t)frame % r->cap), first = least(n, r->cap - slot);
	memcpy(out, r->at + slot, first * sizeof *out);
	memcpy(out + first, r->at, (n - first) * sizeof *out);
	return n;
}

static int64_t source_there(void *ring, int64_t frame)
{
	return ring_there(ring, frame);
}

static bool source_over(void *ring)
{
	return ring_state(ring) != RING_OPEN;
}

static void source_heard(void *ring, int64_t frame)
{
	struct ring *r = ring;
	if (frame > atomic_load_explicit(&r->heard, memory_order_relaxed))
		atomic_store_explicit(&r->heard, frame, memory_order_release);
}

const struct source_ops ring_source = {
	.read = source_read, .there = source_there, .over = source_over, .heard = source_heard
};

enum ring_state ring_state(const struct ring *r)
{
	return (enum ring_state)atomic_load_explicit(&r->state, memory_order_acquire);
}
