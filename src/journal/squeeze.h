/* zstd, of pieces that lie whole in memory.  The same bytes always become the same bytes (with one libzstd). */
#ifndef LOAXA_JOURNAL_SQUEEZE_H
#define LOAXA_JOURNAL_SQUEEZE_H

#include "base/text.h"

void squeeze_pack(const void *in, size_t n, struct text *out); /* appends */

/* How many bytes came out, `most` at most: all of them, or as far as a damaged piece could be followed. */
size_t squeeze_unpack(const void *in, size_t n, void *out, size_t most);

#endif
