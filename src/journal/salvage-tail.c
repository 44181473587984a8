/* New rows go to new pages at the end of the file, so the file is read backwards until a checkpoint is found: what a
 * start needs to know is in it and behind it. */
#include "base/mem.h"
#include "journal/salvage-link.h"
#include "journal/salvage.h"
#include "journal/wreck.h"

#include <stdlib.h>

enum { PAGES_MOST = 4096 };

static bool is_checkpoint(const struct chain_row *r)
{
	return !strcmp(r->kind, "start") || !strcmp(r->kind, "day");
}

struct looking {
	struct salvage_tail *tail;
	bool checkpoint; /* one was found since this was cleared */
};

static char *put_string(char **at, const char *s)
{
	char *here = *at;
	size_t bytes = strlen(s) + 1;
	memcpy(here, s, bytes);
	*at += bytes;
	return here;
}

static void keep(void *self, const struct chain_row *r, const uint8_t hash[SHA256_BYTES], size_t nth)
{
	struct looking *l = self;
	size_t bytes = strlen(r->boot) + strlen(r->kind) + (r->airing ? strlen(r->airing) : 0) + strlen(r->body) + 4;
	struct salvage_row s = { .row = *r, .strings = mem_new_n(char, bytes), .order = l->tail->rows.n, .nth = nth };
	char *at = s.strings;
	s.row.boot = put_string(&at, r->boot);
	s.row.kind = put_string(&at, r->kind);
	s.row.airing = r->airing ? put_string(&at, r->airing) : NULL;
	s.row.body = put_string(&at, r->body);
	memcpy(s.hash, hash, SHA256_BYTES);
	vec_push(&l->tail->rows, s);
	l->checkpoint |= is_checkpoint(r);
}

static int by_seq(const void *a, const void *b)
{
	const struct salvage_row *x = a, *y = b;
	return x->row.seq != y->row.seq ? (x->row.seq > y->row.seq) - (x->row.seq < y->row.seq)
					: (x->order > y->order) - (x->order < y->order);
}

/* Which of those with one seq is the row?  The first that continues the chain. */
static void sift(struct salvage_tail *t)
{
	struct text scratch = { 0 };
	struct salvage_link before = { 0 }, now, last = { 0 }; /* before: of another seq than last */
	bool found = false;
	if (t->rows.n)
		qsort(t->rows.at, t->rows.n, sizeof *t->rows.at, by_seq);
	for (size_t i = 0; i < t->rows.n; i++) {
		struct salvage_row *s = &t->rows.at[i];
		bool again = i && t->rows.at[i - 1].row.seq == s->row.seq;
		if (!again)
			before = last;
		found = again && found;
		s->good = !found && salvage_link_holds(&before, &s->row, s->hash, s->nth, &scratch, &now);
		if (s->good || !again)
			last = now;
		found |= s->good;
	}
	text_free(&scratch);
}

static void drop(struct salvage_tail *t, size_t i)
{
	mem_free(t->rows.at[i].strings);
	t->rows.at[i].strings = NULL;
}

/* Leaves the good ones from the last good checkpoint on; false: there is no such checkpoint. */
static bool cut(struct salvage_tail *t, bool whatever)
{
	size_t from = t->rows.n, n = 0;
	while (from && !(t->rows.at[from - 1].good && is_checkpoint(&t->rows.at[from - 1].row)))
		from--;
	if (!from && !whatever)
		return false;
	from -= from > 0;
	for (size_t i = 0; i < t->rows.n; i++) {
		if (i < from || !t->rows.at[i].good)
			drop(t, i);
		else
			t->rows.at[n++] = t->rows.at[i];
	}
	t->rows.n = n;
	return true;
}

void salvage_tail_read(const char *database, struct salvage_tail *t)
{
	*t = (struct salvage_tail){ 0 };
	struct wreck *w = wreck_open(database);
	struct looking l = { .tail = t };
	int64_t pages = wreck_pages(w), frames = wreck_wal_pages(w), page = pages;
	int64_t end = pages > PAGES_MOST ? pages - PAGES_MOST : 0;
	for (int64_t f = frames; f > 0 && f > frames - PAGES_MOST; f--)
		wreck_read(w, pages + f - 1, keep, &l);
	do {
		l.checkpoint = false;
		while (page > end && !l.checkpoint)
			wreck_read(w, --page, keep, &l);
		/* The row before the checkpoint proves it; pages between hold the end of a long row. */
		while (page > end && !wreck_read(w, --page, keep, &l))
			;
		sift(t);
	} while (!cut(t, page == end));
	if (t->rows.n) {
		const struct salvage_row *s = &t->rows.at[t->rows.n - 1];
		t->last = s->row.seq;
		t->last_wall_us = s->row.wall_us;
		memcpy(t->head, s->hash, SHA256_BYTES);
	}
	wreck_close(&w);
}

void salvage_tail_free(struct salvage_tail *t)
{
	for (size_t i = 0; i < t->rows.n; i++)
		drop(t, i);
	vec_free(&t->rows);
}
