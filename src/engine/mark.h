/* What the station was airing at the moment of a crash of its own, to the frame: rows reach the disk a little later, and
 * an item that ends us with its first frame would else never be known. */
#ifndef LOAXA_ENGINE_MARK_H
#define LOAXA_ENGINE_MARK_H

struct engine;

/* Notes it where it changed.  Before the sound is told to start anything. */
void mark_now(struct engine *);

enum mark { MARK_NONE, MARK_ONCE, MARK_TWICE };
/* Whether the crash fell into that airing, and the one before it, too. */
enum mark mark_of(const char *marks, const char *id);

#endif
