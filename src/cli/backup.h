/* A station in one file: what `loaxa backup` writes and `loaxa restore` reads.  A tar archive; its last member, the list,
 * names every other one with its part, its path there and its SHA-256.
 *
 *   state/…     accepted copies, speeches that were kept, the journal as one consistent file, what else is noted there
 *   station/…   the schedule files
 *   audio/…     recordings and texts
 *
 * Prepared sound is not in it: it is made again from the recordings. */
#ifndef LOAXA_CLI_BACKUP_H
#define LOAXA_CLI_BACKUP_H

#include "base/err.h"
#include "base/sha256.h"
#include "base/text.h"
#include "base/vec.h"

#include <stdint.h>

#define BACKUP_LIST "loaxa-backup.json"
#define BACKUP_LIST_MOST (64 << 20)
#define BACKUP_FILES_MOST 100000

enum backup_part { BACKUP_STATE, BACKUP_STATION, BACKUP_AUDIO, BACKUP_PARTS };
const char *backup_part_name(enum backup_part);

struct backup_file {
	enum backup_part part;
	char *path;   /* inside its part */
	char *member; /* its name in the archive */
	char sha256[SHA256_HEX];
	int64_t bytes;
};

struct backup_list {
	char *station, *name; /* code and name, for people; may be NULL */
	char *dir, *audio_dir; /* where those parts were, absolute */
	VEC(struct backup_file) files; /* in the order of the archive */
	bool without_key; /* writing: this account may not read it */
};
void backup_list_free(struct backup_list *);

/* A line of JSON, and back; false: it is none. */
void backup_list_write(const struct backup_list *, struct text *out);
bool backup_list_read(struct backup_list *, const char *json, size_t bytes);

/* Writes it; the station may be on air.  dir, audio_dir: of the schedule that is running. */
bool backup_write(const char *state, const char *file, struct backup_list *, struct err *);

struct backup_place {
	const char *state; /* where to; made when it is missing */
	const char *dir;   /* NULL = where it was */
};
/* Everything is checked by its hash before anything takes its place.  Refuses what would overwrite anything. */
bool backup_restore(const char *file, const struct backup_place *, struct backup_list *, struct err *);

#endif
