/* Names and what they stand for: position in an array and where the name was given.  A hash table, because a
 * schedule may have ten thousand rules.  Pure. */
#ifndef LOAXA_CONFIG_INDEX_H
#define LOAXA_CONFIG_INDEX_H

#include "base/finding.h"
#include "base/vec.h"

struct index_entry {
	const char *name; /* lives as long as the index */
	int at;
	struct place place;
};

struct index {
	VEC(struct index_entry) entries;
	VEC(int) slots; /* entry + 1; 0 = free; a power of two of them */
};

const struct index_entry *index_find(const struct index *, const char *name); /* NULL */
void index_add(struct index *, const char *name, int at, struct place);       /* the name is not there yet */
void index_free(struct index *);                                              /* empties it */

#endif
