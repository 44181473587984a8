/* What somebody speaks, written down as a WAV file: a thread of its own, so that a slow disk holds up nobody.
 * Bounded twice: RECORDER_WAITS_S of sound wait in memory at most, what comes then is lost and said so; and the folder
 * holds RECORDER_FOLDER bytes at most, the oldest recordings make room, never below RECORDER_SPARE free on the disk. */
#ifndef LOAXA_SOUND_RECORDER_H
#define LOAXA_SOUND_RECORDER_H

#include "base/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORDER_WAITS_S 20
#define RECORDER_FOLDER (INT64_C(1) << 30) /* three hours at 48 kHz */
#define RECORDER_SPARE (INT64_C(64) << 20)

struct recorder;

struct recorder_setup {
	const char *dir, *name; /* the file; the folder is made if need be */
	int rate;
	int64_t most_ms; /* no longer: what it needs room for */
	int64_t folder;  /* bytes, instead of RECORDER_FOLDER; 0 = that */
	int notify;      /* eventfd, added to when the file is finished */
};

/* NULL: no thread to be had. */
struct recorder *recorder_new(const struct recorder_setup *);
void recorder_free(struct recorder **); /* ends it, waits for the disk */

/* One thread; never waits for the disk. */
void recorder_add(struct recorder *, const int16_t *samples, size_t n);
void recorder_end(struct recorder *);

/* Any thread: is the file finished (or given up)?  Only then: */
bool recorder_done(const struct recorder *);
const char *recorder_name(const struct recorder *);
int64_t recorder_frames(const struct recorder *);     /* in the file */
int64_t recorder_lost(const struct recorder *);       /* said and not in the file */
const char *recorder_sha256(const struct recorder *); /* of the file, hex; "" = there is none: */
const char *recorder_fault(const struct recorder *);  /* why, for people; "" */

#endif
