/* The audio directory as the place where new recordings appear: whole, under a name that was free, or not at all. */
#ifndef LOAXA_CLI_IMPORT_PLACE_H
#define LOAXA_CLI_IMPORT_PLACE_H

#include "base/sha256.h"

#include <stdbool.h>
#include <stdint.h>

struct import_place;
/* NULL with errno.  The directory is held open: whoever moves it meanwhile does not lead us elsewhere. */
struct import_place *import_place_open(const char *audio_dir);
void import_place_close(struct import_place **);

/* A new file without a name, for reading and writing; gone when it is closed.  *temp (to mem_free): the name it has all
 * the same where the file system knows no files without one; else NULL.  -1 with errno. */
int import_place_temp(struct import_place *, char **temp);
/* The finished file appears under that name.  False with errno; EEXIST: there is something of that name. */
bool import_place_show(struct import_place *, int fd, const char *temp, const char *name);
void import_place_drop(struct import_place *, const char *name); /* a file of that name goes */
bool import_place_sync(struct import_place *);
bool import_place_taken(struct import_place *, const char *name);
/* A plain file of that name holds exactly this text. */
bool import_place_holds(struct import_place *, const char *name, const char *text);
/* A file there with that hash, its path below the directory (to mem_free); NULL = none.  sizes and hashes: n of them. */
struct import_place_content {
	int64_t bytes;
	char sha256[SHA256_HEX];
};
char *import_place_same(struct import_place *, const struct import_place_content *, int n);

#endif
