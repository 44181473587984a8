/* A damaged database read without SQLite: page by page, row by row, whatever the pages above are like.  Rows are
 * handed out as they stand there; whether they are what was written only the chain can say.  The newest version of a
 * page may lie in the -wal file: its pages count as pages, too, after those of the database itself.
 * Any thread; a handle belongs to one. */
#ifndef LOAXA_JOURNAL_WRECK_H
#define LOAXA_JOURNAL_WRECK_H

#include "journal/chain.h"

#define WRECK_PAGE 4096 /* bytes: every journal is made of such pages */

struct wreck;

/* Never NULL; of files that are not there it has no pages. */
struct wreck *wreck_open(const char *database);
void wreck_close(struct wreck **);
int64_t wreck_pages(const struct wreck *);     /* of the database itself */
int64_t wreck_wal_pages(const struct wreck *); /* behind them, oldest first */
bool wreck_too_short(const struct wreck *); /* the file is shorter than its own head says, and no -wal holds the rest */

/* Hands over each row that stands whole on page i (0-based, those of the -wal file included); strings live until put
 * returns; nth: its place there, from 0.  Returns how many. */
typedef void wreck_put(void *self, const struct chain_row *, const uint8_t hash[SHA256_BYTES], size_t nth);
size_t wreck_read(struct wreck *, int64_t i, wreck_put *put, void *self);

#endif
