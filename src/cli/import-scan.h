/* What lies on a stick that could be a recording.  A stick may be broken, strange or made to do harm: nothing that leads
 * out of it is followed, nothing but plain files is opened, and folders, entries, depth and time are bounded.  One thread. */
#ifndef LOAXA_CLI_IMPORT_SCAN_H
#define LOAXA_CLI_IMPORT_SCAN_H

#include "base/err.h"
#include "base/vec.h"
#include "cli/import.h"

#include <stdbool.h>
#include <stdint.h>

enum import_scan_why {
	SCAN_FINE,
	SCAN_LINK,    /* a symbolic link */
	SCAN_SPECIAL, /* a pipe, socket or device */
	SCAN_EMPTY,
	SCAN_BIG,
	SCAN_NOT_SOUND, /* called like a recording, but no recording inside */
	SCAN_UNREADABLE,
};

struct import_scan_file {
	char *path;  /* below the directory, as it is written there */
	char *shown; /* the same for people */
	enum import_scan_why why;
	int64_t bytes, changed; /* changed: s since 1970 */
};

struct import_scan_limits {
	int folders, entries, depth, files; /* files: of each kind, good and refused */
	int64_t ms;
};
#define IMPORT_SCAN_USUAL ((struct import_scan_limits){ 2000, 50000, 8, 500, 10000 })

struct import_scan {
	int root;
	VEC(struct import_scan_file) good;    /* the newest first */
	VEC(struct import_scan_file) refused; /* by name */
	int folders, others;                  /* looked into; files that are no recordings by name */
	bool stopped;                         /* a limit was met: there may be more */
};

/* NULL: err says why the directory cannot be looked at. */
struct import_scan *import_scan_new(const char *dir, const struct import_scan_limits *, struct err *);
void import_scan_free(struct import_scan **);
/* Opens a good one; its descriptors are the caller's to close.  False: it is gone, or no longer what it was. */
bool import_scan_open(const struct import_scan *, const struct import_scan_file *, struct import_source *);
void import_scan_close(struct import_source *);
/* Why it is refused, for people. */
const char *import_scan_words(enum import_scan_why);
/* Do these first bytes of a file (64, or all of it) look like a recording? */
bool import_scan_is_sound(const uint8_t *bytes, size_t n);

/* Where sticks are mounted now: below /media, /run/media, /mnt. */
struct import_sticks {
	char **at;
	size_t n, cap;
};
void import_scan_sticks(const char *mountinfo, struct import_sticks *);
void import_scan_sticks_free(struct import_sticks *);

#endif
