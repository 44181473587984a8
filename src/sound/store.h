/* The store of prepared sound: 16-bit mono PCM (native little-endian, no header) and its facts, keyed by the SHA-256
 * of the source, the form (rate and high-pass) and the recipe.
 *
 *   STORE/ab/abcd…-48000-v3.pcm       the samples
 *   STORE/ab/abcd…-48000-v3.facts     what is known of them; written last: it is there = the sound is complete
 *   STORE/ab/abcd…-48000h200-v3.pcm   the same for horns, without what lies below 200 Hz
 *   STORE/ab/abcd…-v3.bad             why this source cannot be prepared
 *   STORE/seen/DEV-INODE-SIZE-…       symbolic link to a hash: a file that did not change is not hashed again
 *   STORE/tmp-…                       being written
 *
 * Files appear by rename after fsync, so any number of processes may read and write at once.  A store that cannot be
 * written (or made) still answers; then nothing is kept.  Linked into loaxa and loaxa-prepare.  A handle has one
 * owner thread; the PCM files themselves may be read from any thread. */
#ifndef LOAXA_SOUND_STORE_H
#define LOAXA_SOUND_STORE_H

#include "base/err.h"
#include "base/sha256.h"
#include "sound/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stat;

/* Anything that changes the bytes of a prepared sound changes this number. */
#define STORE_RECIPE 3
#define STORE_LIMIT_BYTES (INT64_C(2) << 30)

#define STORE_NO_LOUDNESS INT32_MIN /* silence: nothing above -70 LUFS */

/* What a recording is prepared for. */
struct store_form {
	int rate;      /* Hz */
	int high_pass; /* Hz; 0 = none */
};
#define STORE_PLAIN(rate) ((struct store_form){ (rate), 0 })

#define STORE_RATE_MIN 8000
#define STORE_RATE_MAX 192000
#define STORE_HIGH_PASS_MIN 80
#define STORE_HIGH_PASS_MAX 500

/* "48000", "48000h200", and back: false when it is nothing that store_form_write makes within these bounds.  Pure. */
#define STORE_FORM_BYTES 32
void store_form_write(struct store_form, char out[STORE_FORM_BYTES]);
bool store_form_read(const char *, struct store_form *);
bool store_form_same(struct store_form, struct store_form);

struct store_facts {
	struct store_form form;
	int64_t frames;              /* = round(source frames x rate / source rate) */
	char pcm_sha256[SHA256_HEX]; /* of the .pcm file */
	int32_t source_lufs;         /* 1/1000 LUFS of the source mixed to mono, behind the high-pass */
	int32_t gain;                /* 1/1000 dB that was applied before the limiter */
	int32_t lufs;                /* 1/1000 LUFS of the .pcm */
	int32_t peak;                /* 1/1000 dBTP of the .pcm */
	int32_t limiting;            /* 1/1000 dB that the limiter took away at the worst place; >= 0 */
	bool limited;                /* more than 6 dB of it */
};

/* A text of facts, and back; false when it is not exactly what store_facts_write makes.  Pure. */
#define STORE_FACTS_BYTES 1024
size_t store_facts_write(const struct store_facts *, const char *sha256, char out[STORE_FACTS_BYTES]);
bool store_facts_read(const char *text, size_t bytes, char sha256[SHA256_HEX], struct store_facts *);

struct store;
/* Never NULL.  write: makes the directory where it is absent and may add to it. */
struct store *store_open(const char *dir, bool write);
void store_free(struct store **);
bool store_writable(const struct store *);
const char *store_dir(const struct store *);

/* True when the sound is there, whole (by length) and of this recipe. */
bool store_facts(struct store *, const char *sha256, struct store_form, struct store_facts *);
/* Path of the PCM file, whether it is there or not; to mem_free. */
char *store_pcm_path(struct store *, const char *sha256, struct store_form);
/* Reads all of it and compares length and SHA-256 with the facts: what an emergency needs before it is trusted. */
bool store_pcm_verify(const char *path, const struct store_facts *);

/* The hash of a source that was seen before with this device, inode, size, mtime and ctime. */
bool store_seen(struct store *, const struct stat *, char sha256[SHA256_HEX]);
/* Not for a file that was changed less than 50 ms ago: it could change again without showing it. */
void store_note_seen(struct store *, const struct stat *, const char *sha256);
/* Waits until that is over; then whoever has hashed the file looks whether it is still the same, and notes it. */
void store_let_settle(const struct stat *);

/* Why a source could not be prepared; answers older than a day are forgotten (decoders get better). */
bool store_bad(struct store *, const char *sha256, struct why_facts *);
void store_note_bad(struct store *, const char *sha256, const struct why_facts *);

/* A new file to write PCM into: its descriptor, or -1 with errno.  *path (to mem_free) goes to store_keep or unlink. */
int store_temp(struct store *, char **path);
/* Makes a finished temporary part of the store: syncs, renames, writes the facts.  The descriptor stays open; the
 * temporary is gone afterwards, kept or not. */
bool store_keep(struct store *, const char *sha256, const struct store_facts *, int fd, const char *temp, struct err *);

/* Marks a source as in use (at most once a day on disk), so that it is not the first to go. */
void store_use(struct store *, const char *sha256, struct store_form);
/* Removes least recently used sounds until at most limit bytes are left; never those that store_use named through
 * this handle.  Also clears what dead processes and changed files left behind. */
void store_trim(struct store *, int64_t limit_bytes);

#endif
