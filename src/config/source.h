/* The files of a schedule as bytes: which, in which order, how large.  The only place of config that opens
 * them. */
#ifndef LOAXA_CONFIG_SOURCE_H
#define LOAXA_CONFIG_SOURCE_H

#include "base/finding.h"
#include "base/sha256.h"
#include "base/vec.h"

#define SOURCE_FILE_MOST (1024 * 1024)
#define SOURCE_FILES_MOST 200
#define SOURCE_TOTAL_MOST (16 * 1024 * 1024)

struct source {
	char *name;  /* without the directory */
	char *bytes; /* NULL = could not be read (reported) */
	size_t n;
};

struct sources {
	VEC(struct source) list; /* by name */
};

/* Reads every *.conf of DIR but hidden ones.  What cannot be read is a finding. */
void source_read_dir(const char *dir, struct sources *, struct findings *);
/* Takes copies. */
void source_add(struct sources *, const char *name, const char *bytes, size_t n);
void source_free(struct sources *); /* empties it */

/* SHA-256 over names and bytes: equal = the same schedule, letter by letter. */
void source_digest(const struct source *, size_t count, char out[SHA256_HEX]);

#endif
