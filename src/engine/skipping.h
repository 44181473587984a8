/* Whole sessions that people skip, today's or one to come (rule 17).  Of the engine's own files. */
#ifndef LOAXA_ENGINE_SKIPPING_H
#define LOAXA_ENGINE_SKIPPING_H

#include "engine/engine-inside.h"

bool skipping_command(struct engine *, const struct command *, struct err *);
/* Is that item of a session somebody skipped? */
bool skipping_hits(const struct engine *, const struct planned *);
void skipping_forget(struct engine *); /* those whose day is over */
void skipping_free(struct engine *);

/* Into a checkpoint, and from one and from rows. */
void skipping_write(struct text *, const struct engine *);
void skipping_read(struct engine *, const struct json *, wall_us since);
void skipping_read_undone(struct engine *, const struct json *);

void skipping_status(const struct engine *, struct text *); /* "skips" */

#endif
