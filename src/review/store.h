/* The receiver's book: one SQLite file for all stations.  The only place that speaks SQLite; what is kept and asked stands in
 * review/take.c and review/answer.c, in SQL.  Opened to be written, one process at a time; readers never wait.
 * Errors stick: after the first one every call does nothing, and review_end() or review_fault() says what it was. */
#ifndef LOAXA_REVIEW_STORE_H
#define LOAXA_REVIEW_STORE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct review_store;

enum review_use { REVIEW_READ, REVIEW_WRITE }; /* write: makes the file where there is none, mode 0640 */

/* NULL with a reason. */
struct review_store *review_open(const char *path, enum review_use, struct err *);
void review_close(struct review_store **);

/* All of what comes between, or nothing of it, whatever happens meanwhile.  review_end: false = nothing was kept. */
bool review_begin(struct review_store *, struct err *);
bool review_end(struct review_store *, struct err *);
void review_undo(struct review_store *);
bool review_fault(const struct review_store *, struct err *); /* true: something went wrong */

/* A statement, ready to be given its values (numbered from 1) and to be run.  sql: a literal; prepared once.  One run at a
 * time of the same literal. */
struct review_query;
struct review_query *review_query(struct review_store *, const char *sql);
void review_put(struct review_query *, int at, int64_t);
void review_put_text(struct review_query *, int at, const char *); /* NULL: nothing; must live until it was run */
void review_put_bytes(struct review_query *, int at, const void *, size_t bytes); /* likewise */
void review_do(struct review_query *);                                            /* runs it to its end */
bool review_row(struct review_query *);                                           /* the next row; false: no more */
int64_t review_get(struct review_query *, int column);                            /* columns from 0 */
const char *review_get_text(struct review_query *, int column); /* "" when there is none; until the next row */
const void *review_get_bytes(struct review_query *, int column, size_t *bytes);
int64_t review_one(struct review_query *, int64_t fallback); /* first column of the first row */
int64_t review_last_id(const struct review_store *);

/* Is every page of the file as it was written? */
bool review_sound(struct review_store *, struct err *);

#endif
