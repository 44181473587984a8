/* STATE/on-air: what may be heard at this moment, overwritten each time that changes.  It is written to memory that
 * outlives the program, not to the disk: it tells a start after a crash of our own what the crash fell into, to the
 * frame; rows reach the disk a little later.  Not part of the chain. */
#ifndef LOAXA_JOURNAL_MARK_H
#define LOAXA_JOURNAL_MARK_H

#include <stddef.h>

struct mark;
struct mark *mark_open(const char *path); /* never NULL; without a file it keeps nothing */
void mark_close(struct mark **);
const char *mark_before(const struct mark *); /* as it was found; NULL: nothing, or not whole */
/* Loop thread: a copy into the page cache, a few hundred bytes. */
void mark_write(struct mark *, const char *text, size_t bytes);

#endif
