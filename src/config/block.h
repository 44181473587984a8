/* A section as it was written: its title, its keys and their values as text, each with its line; no meaning
 * yet. scan.c makes blocks (places), parse.c fills in the values (libconfuse), the build-*.c files give them
 * meaning. Owner: a block owns everything below it except keys (static) and file names (the station's). */
#ifndef LOAXA_CONFIG_BLOCK_H
#define LOAXA_CONFIG_BLOCK_H

#include "base/finding.h"
#include "base/vec.h"
#include "config/keys.h"

struct value {
	char *text; /* NULL until parse.c has been here */
	int line;
};

struct setting {
	const struct key *key;
	int line;
	VEC(struct value) values; /* exactly one unless the key takes a list */
};

struct block {
	enum section section;
	char *title; /* NULL where the section takes none */
	struct place place;
	bool broken; /* a syntax error cut it short: what is missing in it is no news */
	VEC(struct setting) settings;
	VEC(struct block) parts; /* sections inside this one, in file order */
};

const struct setting *block_get(const struct block *, const char *key); /* NULL when the key was not written */
struct place block_place(const struct block *, const struct setting *); /* of the setting, else of the block */
struct place block_value_place(const struct block *, const struct value *);
void block_free(struct block *); /* empties it */

#endif
