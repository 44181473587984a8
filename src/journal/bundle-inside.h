/* What the files of the bundle share: its frames and its rows as bytes.  Inside the journal only; loaxa-bundle(5) is the
 * description for everybody else.
 *
 * A file is 16 bytes that say what it is, then frames: one "head", one "kept", any number of "rows", one "end\n".  A frame is
 * its tag (4 bytes), the number of its first row (8), its size unpacked (4) and packed (4), the packed bytes, and 32 bytes:
 * SHA-256 of the 32 bytes that ended the frame before (for the first one: of the file's 16 bytes) and of this frame up to
 * there.  Numbers have their high byte first. */
#ifndef LOAXA_JOURNAL_BUNDLE_INSIDE_H
#define LOAXA_JOURNAL_BUNDLE_INSIDE_H

#include "base/json.h"
#include "base/vec.h"
#include "journal/bundle.h"

#include <stdio.h>

#define BUNDLE_MAGIC "loaxa-bundle 1\n\x1a"
#define BUNDLE_MAGIC_BYTES 16
#define BUNDLE_FRAME_MOST (64u * 1024 * 1024) /* a schedule, the largest row there is, is 16 MiB of text */
#define BUNDLE_FRAME_BYTES (1024u * 1024)     /* a frame of rows is closed when it has so many */
#define BUNDLE_KIND_BYTES 32
#define BUNDLE_CHECK_BYTES 4 /* of a row's hash: they say which row changed, the seals that none did */

enum bundle_tag { BUNDLE_HEAD, BUNDLE_KEPT, BUNDLE_ROWS, BUNDLE_END };

struct bundle_frame {
	enum bundle_tag tag;
	int64_t first;
	const uint8_t *at; /* unpacked; lives until the next frame is read */
	size_t n;
};

/* The file and its running check, for both directions. */
struct bundle_file {
	FILE *f;
	uint8_t check[SHA256_BYTES];
	struct text packed;
	uint8_t *raw;
	size_t cap;
};

bool bundle_begin(struct bundle_file *); /* writes the first 16 bytes; false with errno, as the next */
bool bundle_put(struct bundle_file *, enum bundle_tag, int64_t first, const void *raw, size_t n);
/* WHOLE, NO_FILE, NONE or NEWER. */
enum bundle_wrong bundle_recognise(struct bundle_file *);
/* WHOLE, NO_FILE, CUT or CHANGED; of the last two with what could be followed of it, perhaps nothing. */
enum bundle_wrong bundle_get(struct bundle_file *, struct bundle_frame *);
void bundle_file_free(struct bundle_file *); /* closes it, too */

/* ── Rows as bytes ── */

void bundle_number(struct text *, uint64_t value, int bytes);
uint64_t bundle_number_at(const uint8_t *, int bytes);
/* The canonical form (chain.c) back into a row, whose strings lie in it, but for the kind.  false: it is none. */
bool bundle_row_read(const uint8_t *at, size_t n, struct chain_row *, char kind[BUNDLE_KIND_BYTES]);

/* ── Who the station is, from its checkpoints: writer and reader see the same ── */

struct bundle_identity {
	char *station, *timezone;
	VEC(char *) names;
	bool sample;
};

void bundle_identity_add(struct bundle_identity *, const struct json *checkpoint);
bool bundle_identity_same(const struct bundle_identity *, const struct bundle_identity *);
void bundle_identity_free(struct bundle_identity *); /* empties it */

#endif
