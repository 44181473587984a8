/* Taking a recording in: looked at in the cage, copied into the audio directory under a safe name, its text beside it.
 * Whole or not at all: both files appear under their names only when they are complete and on the disk.  Nothing is
 * ever overwritten.  What only ffmpeg reads (a phone's m4a, amr, 3gp) is made anew as FLAC, so that the station needs no
 * ffmpeg to air it; all else is kept byte for byte, unless it is trimmed.  One thread. */
#ifndef LOAXA_CLI_IMPORT_H
#define LOAXA_CLI_IMPORT_H

#include "base/err.h"
#include "base/sha256.h"
#include "sound/look.h"

#include <stdint.h>

#define IMPORT_BYTES_MOST (INT64_C(1) << 30) /* of a recording */

struct import_options {
	const char *audio_dir;
	const char
		*name; /* without ending; must be safe, and free.  NULL: made of the file's name, numbered when taken */
	bool even;     /* a machine's voice: its peaks are taken down */
	bool trim;     /* without the silence before and after */
	bool progress; /* shown on stderr when that is a terminal */
};

struct import_result {
	bool same;               /* the audio directory had it already: file names that one, nothing was copied */
	char *file;              /* name in the audio directory */
	char *text;              /* its text's name there; NULL: it has none */
	char *text_why;          /* a text lay beside it and was not taken: why; else NULL */
	char *title;             /* what people would call it */
	char *wanted;            /* the name that was taken already by something else; else NULL */
	char sha256[SHA256_HEX]; /* of the file in the audio directory */
	struct look look;
};

/* One file, wherever it lies.  False: err says why, nothing was left behind. */
bool import_file(const char *path, const struct import_options *, struct import_result *, struct err *);
/* The same of a file that is open already: fd (borrowed), the folder it lies in (for its text; -1: nobody looks for one),
 * its name there. */
struct import_source {
	int fd, folder;
	const char *name;
};
bool import_open_file(
	const struct import_source *, const struct import_options *, struct import_result *, struct err *);
/* A text that is in memory already takes the place of the one beside the file. */
bool import_with_text(const struct import_source *, const char *text, const struct import_options *,
	struct import_result *, struct err *);
/* Takes back what the calls above put there (nothing when it was there before). */
void import_undo(const struct import_options *, const struct import_result *);
void import_result_free(struct import_result *);

/* What was found out, for people, a few lines. */
#include <stdio.h>
void import_print(const struct import_result *, FILE *);
/* The section that would air it, for somebody to paste. */
void import_print_section(const struct import_result *, FILE *);

#endif
