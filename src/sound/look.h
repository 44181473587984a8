/* What can be said of a recording before it is taken in: its kind, length, loudness, clipping and silences; and, where
 * that is asked for or needed, the recording made anew as FLAC.  Decoding is loaxa-prepare's work, in its cage: this is
 * the one who starts it and believes its answer no further than it makes sense.  One thread a call. */
#ifndef LOAXA_SOUND_LOOK_H
#define LOAXA_SOUND_LOOK_H

#include "base/err.h"
#include "sound/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* LOOK_OTHER: what only ffmpeg reads (m4a, aac, amr, 3gp, wma, webm, odd WAV). */
enum look_kind { LOOK_WAV, LOOK_FLAC, LOOK_OGG, LOOK_OPUS, LOOK_MP3, LOOK_OTHER, LOOK_KINDS };

#define LOOK_NO_LEVEL INT32_MIN /* of silence */

struct look {
	enum look_kind kind;
	int rate, channels;            /* of the source */
	int64_t frames;                /* at that rate */
	int32_t lufs, peak;            /* 1/1000 LUFS, 1/1000 dBFS, mixed to mono */
	int32_t clips;                 /* places where the tops are cut off */
	int64_t clip_ms;               /* where the first of them is */
	int64_t lead_ms, tail_ms;      /* silence before and after */
	int64_t pause_ms, pause_at_ms; /* the longest silence between */
	bool flac;                     /* it was made anew */
	int64_t flac_frames;
};

struct look_request {
	const char *program; /* loaxa-prepare */
	int source;          /* open for reading; borrowed */
	int flac;            /* an empty file, open for reading and writing, for the recording made anew; borrowed */
	bool even;           /* a machine's voice: its peaks are taken down; always made anew */
	bool trim;           /* without the silence before and after: then made anew where there is any */
	/* Called a few times a second; false ends it.  May be NULL. */
	bool (*waiting)(void *self);
	void *self;
};

/* False with *why when it is no recording that can be aired; with err and WHY_NONE when nobody could look. */
bool look_at(const struct look_request *, struct look *, struct why_facts *why, struct err *);
/* loaxa-prepare's one line; false when it is none that it would write.  For the tests. */
bool look_read_line(const char *line, size_t bytes, struct look *, struct why_facts *why);
/* "wav" … : how such a file's name ends; "" for LOOK_OTHER. */
const char *look_ending(enum look_kind);

#endif
