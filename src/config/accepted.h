/* Accepted copies: what a station runs is never DIR itself but a copy of it made when it was accepted, so
 * that a file half edited, or a stick pulled out, changes nothing.
 *
 *   STATE/accepted/000017/           the newest whole one is what runs; five older, different ones stay behind it
 *       station.conf …               byte for byte
 *       accepted.json                where it came from, its digest, the SHA-256 of each recording
 *   STATE/accepted/new/              being written; left there by a crash, cleared by the next store
 *
 * To go back, an older copy is given the highest number: what ran until then is the one before it.
 *
 * A copy appears by one rename after everything in it is on the disk, so at any moment a start finds whole
 * copies only. One writer: the process that holds the state directory. */
#ifndef LOAXA_CONFIG_ACCEPTED_H
#define LOAXA_CONFIG_ACCEPTED_H

#include "base/err.h"
#include "base/sha256.h"
#include "schedule/station.h"

/* Directory of the newest whole copy, for config_load(); NULL when there is none.  To mem_free. */
char *accepted_load_dir(const char *state);

/* Copies the schedule that st was loaded from (st->dir) into STATE.  False when that is not what lies there
 * any more, or cannot be written; the copies of before are then as they were. */
bool accepted_store(const char *state, const struct station *st, struct err *);

/* Gives the copy the highest number, so that it is the one that runs.  copy: a directory as accepted_load_dir() and
 * accepted_back() name it.  False when it cannot; then nothing has changed. */
bool accepted_again(const char *state, const char *copy, struct err *);

/* Directory of a whole copy: that number; 0 = the newest whose schedule is another than that of the one that runs.
 * NULL when there is none.  To mem_free. */
char *accepted_back(const char *state, int number);

/* The whole copies, the newest (which runs) first. */
struct accepted_copy {
	int number;
	int64_t at_s;    /* when it was accepted first, as the clock said */
	char digest[SHA256_HEX];
	char *path;      /* its directory */
	char *dir;       /* where it came from */
};
struct accepted_copies {
	struct accepted_copy *at;
	size_t n, cap;
};
struct accepted_copies accepted_copies(const char *state);
void accepted_copies_free(struct accepted_copies *);

/* Is what lies in DIR another schedule than the accepted one (or is there none of the two)? */
bool accepted_differs(const char *state, const char *dir);

/* What accepted.json says. */
struct accepted {
	char *dir, *audio_dir; /* absolute */
	char digest[SHA256_HEX];
	struct {
		struct accepted_recording {
			char *file;
			char sha256[SHA256_HEX];
		} * at;
		size_t n, cap;
	} recordings;
};
bool accepted_read(const char *copy, struct accepted *); /* false when the directory is no copy */
/* Enters the SHA-256 each recording had when the schedule was accepted. */
void accepted_name_recordings(const struct accepted *, struct station *);
void accepted_free(struct accepted *); /* empties it */
/* The directory that the newest copy was made from; NULL when there is none.  To mem_free. */
char *accepted_origin(const char *state);

#endif
