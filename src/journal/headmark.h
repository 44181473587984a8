/* STATE/journal.head: the number of the last row that was made durable, overwritten after each commit, without waiting for
 * the disk.  A journal that ends before it has lost rows: a -wal file taken away, an old copy put back.  It may lag,
 * never lead.  Not part of the chain, and not of a backup.  Any thread. */
#ifndef LOAXA_JOURNAL_HEADMARK_H
#define LOAXA_JOURNAL_HEADMARK_H

#include <stdint.h>

void headmark_write(const char *path, int64_t seq); /* best effort; 0640 */
int64_t headmark_read(const char *path);            /* 0: no file, or not one whole record */

#endif
