/* What the files of the library share.  Nobody else includes this. */
#ifndef LOAXA_SOUND_LIBRARY_INSIDE_H
#define LOAXA_SOUND_LIBRARY_INSIDE_H

#include "base/vec.h"
#include "sound/library.h"
#include "sound/store.h"

/* One file that recordings of the station name, however many of them. */
struct library_file {
	const char *name; /* of the first recording that names it */
	char *path;       /* NULL: why says why not */
	enum recording_state state;
	struct why_facts why;
	char sha256[SHA256_HEX];
	struct store_facts facts[OUTPUTS_MAX]; /* in the order of library.forms; only form, frames, limited */
};

struct library {
	struct store *store;
	const struct library_options *options;
	struct store_form forms[OUTPUTS_MAX]; /* in use, each once */
	int forms_n;
	VEC(struct library_file) files;
	size_t done, all; /* of what loaxa-prepare has to do: through, and altogether */
};

/* The name in the same folder that was probably meant; NULL = none is near.  To mem_free. */
char *library_nearest(const char *audio_dir, const char *file);

/* Has loaxa-prepare prepare these files (indexes into files); all of them have a state afterwards.  False when the
 * program cannot be run. */
bool library_prepare(struct library *, const size_t *which, size_t n, struct err *);
/* One line of loaxa-prepare about one of n files: which one (index into `which`), or -1 when it is no such line.
 * *begun: it only says that the file's turn has come.  Takes anything; for the tests. */
int library_read_line(
	const struct library *, const char *line, size_t bytes, size_t n, struct library_file *, bool *begun);

/* The bar on stderr; nothing when it is not a terminal or the options do not ask for it. */
void library_bar(const struct library *, const char *name);
void library_bar_clear(const struct library *);

#endif
