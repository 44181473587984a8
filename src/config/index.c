/* Open addressing with linear probing; nothing is ever taken out. */
#include "config/index.h"

#include <stdint.h>
#include <string.h>

/* FNV-1a: the names come from the station's own files, nobody there gains by making them collide. */
static uint32_t hash(const char *name)
{
	uint32_t h = 2166136261u;
	for (; *name; name++)
		h = (h ^ (unsigned char)*name) * 16777619u;
	return h;
}

/* The slot that holds the name, or the free one where it belongs. */
static size_t slot_of(const struct index *x, const char *name)
{
	size_t mask = x->slots.n - 1, i = hash(name) & mask;
	while (x->slots.at[i] && strcmp(x->entries.at[x->slots.at[i] - 1].name, name))
		i = (i + 1) & mask;
	return i;
}

static void make_room(struct index *x)
{
	if (x->slots.n > 2 * (x->entries.n + 1))
		return;
	size_t n = x->slots.n ? x->slots.n * 2 : 32;
	vec_free(&x->slots);
	x->slots.at = mem_zero(n * sizeof *x->slots.at);
	x->slots.n = x->slots.cap = n;
	for (size_t i = 0; i < x->entries.n; i++)
		x->slots.at[slot_of(x, x->entries.at[i].name)] = (int)i + 1;
}

const struct index_entry *index_find(const struct index *x, const char *name)
{
	if (!x->slots.n)
		return NULL;
	int entry = x->slots.at[slot_of(x, name)];
	return entry ? &x->entries.at[entry - 1] : NULL;
}

void index_add(struct index *x, const char *name, int at, struct place place)
{
	make_room(x);
	vec_push(&x->entries, (struct index_entry){ name, at, place });
	x->slots.at[slot_of(x, name)] = (int)x->entries.n;
}

void index_free(struct index *x)
{
	vec_free(&x->entries);
	vec_free(&x->slots);
}
