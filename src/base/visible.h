/* Characters that a reader cannot see, or that make him see another text than the one that is there: controls (a
 * terminal obeys ESC), zero width, fillers, directions that reorder what follows, tags.  Pure; any thread. */
#ifndef LOAXA_BASE_VISIBLE_H
#define LOAXA_BASE_VISIBLE_H

#include "base/text.h"

bool visible_all(const char *s); /* s: valid UTF-8; false when one such character is in it */

/* Adds at most `most` bytes of whatever these bytes are, fit for one line of a log: \x1b, \u{202e}, \xff for bytes that
 * are no UTF-8, \\ for a backslash; "…" when there was more. */
void visible_escape(struct text *, const char *s, size_t bytes, size_t most);

#endif
