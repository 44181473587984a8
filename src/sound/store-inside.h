/* What the files of the store share.  Nobody else includes this. */
#ifndef LOAXA_SOUND_STORE_INSIDE_H
#define LOAXA_SOUND_STORE_INSIDE_H

#include "base/vec.h"
#include "sound/store.h"

struct store_use {
	char sha256[SHA256_HEX];
	struct store_form form;
};

struct store {
	char *dir;
	int fd; /* of the directory; -1 = there is none, everything is absent */
	bool write;
	VEC(struct store_use) uses; /* named through this handle */
};

#define STORE_DAY_S 86400
#define STORE_NAME_BYTES 128

bool store_is_hash(const char *sha256); /* 64 lower-case hexadecimal digits */
/* "ab/abcd…-48000-v3.pcm"; rate 0 leaves the form out. */
void store_name(char out[STORE_NAME_BYTES], const char *sha256, struct store_form, const char *suffix);
/* Reads a whole small file of the store into buf; its size, or -1 (absent, too big, not a plain file).  age_s, when
 * wanted: seconds since it was written. */
long store_read(const struct store *, const char *name, char *buf, size_t cap, int64_t *age_s);
/* Puts a small file there at once: temporary, fsync, rename. */
bool store_write(struct store *, const char *name, const char *text, size_t bytes);
/* The folder "ab" of a hash; makes it. */
bool store_shelf(struct store *, const char *sha256);

#endif
