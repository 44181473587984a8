#include "report/intern.h"

#include "base/mem.h"

#include <stdint.h>
#include <string.h>

struct entry {
	char *string; /* NULL = free */
	size_t number;
};

/* Open addressing; the size is a power of two, at most half of it used. */
struct intern {
	struct entry *at;
	size_t n, size;
};

static uint64_t fnv1a(const char *s)
{
	uint64_t h = 14695981039346656037u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h;
}

static struct entry *find(struct entry *at, size_t size, const char *s)
{
	size_t i = (size_t)fnv1a(s) & (size - 1);
	while (at[i].string && strcmp(at[i].string, s) != 0)
		i = (i + 1) & (size - 1);
	return &at[i];
}

static void grow(struct intern *t)
{
	size_t size = t->size * 2;
	struct entry *at = mem_zero(size * sizeof *at);
	for (size_t i = 0; i < t->size; i++)
		if (t->at[i].string)
			*find(at, size, t->at[i].string) = t->at[i];
	mem_free(t->at);
	t->at = at;
	t->size = size;
}

struct intern *intern_new(void)
{
	struct intern *t = mem_new(struct intern);
	t->size = 256;
	t->at = mem_zero(t->size * sizeof *t->at);
	return t;
}

void intern_free(struct intern **table)
{
	struct intern *t = *table;
	if (!t)
		return;
	for (size_t i = 0; i < t->size; i++)
		mem_free(t->at[i].string);
	mem_free(t->at);
	mem_free(t);
	*table = NULL;
}

static struct entry *entry(struct intern *t, const char *s)
{
	struct entry *e = find(t->at, t->size, s);
	if (e->string)
		return e;
	if (2 * (t->n + 1) > t->size) {
		grow(t);
		e = find(t->at, t->size, s);
	}
	*e = (struct entry){ mem_dup(s), SIZE_MAX };
	t->n++;
	return e;
}

const char *intern_string(struct intern *t, const char *s)
{
	return s ? entry(t, s)->string : NULL;
}

size_t *intern_number(struct intern *t, const char *s)
{
	return &entry(t, s)->number;
}
