/* Rows that wait to be written, oldest first.  Bounded: when too many wait (a full disk, for days), the oldest
 * progress rows are given up first, then the oldest rows, and counted.  Not thread-safe: the owner locks. */
#ifndef LOAXA_JOURNAL_BACKLOG_H
#define LOAXA_JOURNAL_BACKLOG_H

#include "journal/chain.h"

struct waiting {
	struct waiting *next;
	uint64_t ticket;
	struct chain_row row; /* boot is the caller's; the other strings lie in `strings` */
	char strings[];
};

struct backlog {
	struct waiting *first, **end; /* end: where the next one is hung in */
	size_t n, most, dropped;
};

void backlog_init(struct backlog *, size_t most);
/* Copies kind, airing and body. */
void backlog_add(struct backlog *, uint64_t ticket, const struct chain_row *);
/* Takes up to `most` of the oldest out, as a list of their own; back puts such a list in front again. */
struct waiting *backlog_take(struct backlog *, size_t most);
void backlog_back(struct backlog *, struct waiting *list);
void backlog_free(struct backlog *);
void backlog_free_list(struct waiting *list);

#endif
