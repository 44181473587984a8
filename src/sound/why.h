/* Why a recording cannot be used, as a code that can be stored, and its words in the user's language.
 * Linked into loaxa and loaxa-prepare.  Stateless; any thread. */
#ifndef LOAXA_SOUND_WHY_H
#define LOAXA_SOUND_WHY_H

#include <stdbool.h>
#include <stdint.h>

enum why {
	WHY_NONE,
	/* of the place */
	WHY_NOT_FOUND,
	WHY_OUTSIDE,    /* absolute, "..", or a symbolic link that leaves the folder */
	WHY_NOT_A_FILE, /* folder, FIFO, device */
	WHY_UNREADABLE, /* a = errno */
	/* of the content: the same bytes always give the same answer */
	WHY_EMPTY,     /* no byte in it */
	WHY_NOT_SOUND, /* no decoder knows it */
	WHY_NO_FRAMES, /* a sound format without any sound */
	WHY_JOINED,    /* several recordings one after the other (chained Ogg) */
	WHY_CHANNELS,  /* a = how many */
	WHY_RATE,      /* a = Hz */
	WHY_TOO_LONG,  /* a = longest allowed, in s */
	WHY_CUT,       /* a = ms that can be decoded, b = ms there should be; b = 0: not known */
	WHY_DAMAGED,   /* a = ms into the file, about */
	/* of the moment: may be different next time */
	WHY_NEEDS_FFMPEG,
	WHY_CHANGED, /* while it was read */
	WHY_CRASHED, /* the decoder died or took too long */
	WHY_NO_ROOM, /* a = errno: no place for the working file */
	WHY_COUNT
};

struct why_facts {
	enum why code;
	int64_t a, b;
};

/* One sentence, what — why — what to do; to mem_free.  `file` as the user knows it. */
char *why_text(const struct why_facts *, const char *file);
/* Fixed names for files and lines ("not-found", "channels" …). */
const char *why_name(enum why);
enum why why_by_name(const char *name); /* WHY_NONE when there is no such name */
/* True when the answer belongs to the bytes and may be kept under their hash. */
bool why_is_lasting(enum why);

#endif
