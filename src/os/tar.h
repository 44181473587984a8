/* Archives of plain files in the tar format of POSIX (ustar), which every system can list and unpack.  Reading is strict:
 * anything but a plain file with a short name that leads nowhere else ends it.  One thread. */
#ifndef LOAXA_OS_TAR_H
#define LOAXA_OS_TAR_H

#include "base/err.h"
#include "base/sha256.h"

#include <stdint.h>

#define TAR_NAME_MOST 100 /* bytes of a member's name */

/* ── Writing ── */

struct tar_out;
/* Nothing may be there under that name; what is written stays beside it until tar_finish().  NULL: err says why. */
struct tar_out *tar_create(const char *path, struct err *);
/* From a file as long as it is now; hash (of what was written) and *bytes tell what that was. */
bool tar_add_file(struct tar_out *, const char *name, const char *from, char hash[SHA256_HEX], int64_t *bytes,
	struct err *);
bool tar_add_text(struct tar_out *, const char *name, const char *text, size_t n, struct err *);
bool tar_finish(struct tar_out **, struct err *); /* on the disk, under its name */
void tar_abandon(struct tar_out **);              /* nothing is left of it; NULL is fine */

/* ── Reading ── */

struct tar_in;
struct tar_in *tar_open(const char *path, struct err *);
void tar_close(struct tar_in **);

struct tar_entry {
	char name[TAR_NAME_MOST + 1];
	int64_t bytes;
};
/* The next member; what was not read of the one before is passed over.  false: the end (err is empty) or damage. */
bool tar_next(struct tar_in *, struct tar_entry *, struct err *);
/* Its bytes to a file (to >= 0), and their hash.  Once for each member. */
bool tar_read(struct tar_in *, int to, char hash[SHA256_HEX], struct err *);
/* The same into memory, at most `most` bytes, terminated; to mem_free.  NULL: more, or damaged. */
char *tar_read_text(struct tar_in *, size_t most, struct err *);

#endif
