#include "journal/backlog.h"

#include "base/mem.h"

#include <string.h>

void backlog_init(struct backlog *b, size_t most)
{
	*b = (struct backlog){ .most = most };
	b->end = &b->first;
}

static char *put(char **at, const char *s)
{
	char *here = *at;
	size_t bytes = strlen(s) + 1;
	memcpy(here, s, bytes);
	*at += bytes;
	return here;
}

static struct waiting *copy(const struct chain_row *r)
{
	size_t bytes = strlen(r->kind) + (r->airing ? strlen(r->airing) : 0) + strlen(r->body) + 3;
	struct waiting *w = mem_zero(sizeof *w + bytes);
	char *at = w->strings;
	w->row = *r;
	w->row.kind = put(&at, r->kind);
	w->row.airing = r->airing ? put(&at, r->airing) : NULL;
	w->row.body = put(&at, r->body);
	return w;
}

/* Gives up as many of the oldest rows as it takes to be `few` fewer; progress rows only, unless all is set. */
static void give_up(struct backlog *b, size_t few, bool all)
{
	struct waiting **at = &b->first;
	while (*at && few) {
		struct waiting *w = *at;
		if (!all && strcmp(w->row.kind, "progress") != 0) {
			at = &w->next;
			continue;
		}
		*at = w->next;
		if (b->end == &w->next)
			b->end = at;
		mem_free(w);
		b->n--;
		b->dropped++;
		few--;
	}
}

/* An eighth at once: going through all rows for each new one would make the loop slow. */
static void thin(struct backlog *b)
{
	size_t few = b->most / 8 + 1, before = b->n;
	give_up(b, few, false);
	if (b->n == before)
		give_up(b, few, true);
}

void backlog_add(struct backlog *b, uint64_t ticket, const struct chain_row *r)
{
	if (b->n >= b->most)
		thin(b);
	struct waiting *w = copy(r);
	w->ticket = ticket;
	*b->end = w;
	b->end = &w->next;
	b->n++;
}

struct waiting *backlog_take(struct backlog *b, size_t most)
{
	struct waiting *list = b->first, **cut = &b->first;
	for (; *cut && most; most--) {
		cut = &(*cut)->next;
		b->n--;
	}
	b->first = *cut;
	*cut = NULL;
	if (!b->first)
		b->end = &b->first;
	return list;
}

void backlog_back(struct backlog *b, struct waiting *list)
{
	struct waiting **end = &list;
	for (; *end; end = &(*end)->next)
		b->n++;
	*end = b->first;
	if (!b->first)
		b->end = list ? end : &b->first;
	b->first = list;
}

void backlog_free_list(struct waiting *list)
{
	while (list) {
		struct waiting *next = list->next;
		mem_free(list);
		list = next;
	}
}

void backlog_free(struct backlog *b)
{
	backlog_free_list(b->first);
	backlog_init(b, b->most);
}
