/* What people write down: who is on duty, and notes that explain a day or an airing.  Of the engine's own files. */
#ifndef LOAXA_ENGINE_REMARK_H
#define LOAXA_ENGINE_REMARK_H

#include "engine/engine-inside.h"

bool remark_duty(struct engine *, const struct command *, zone_set, struct err *);
bool remark_note(struct engine *, const struct command *, zone_set, struct err *);

/* Into a checkpoint, and from one and from rows. */
void remark_write(struct text *, const struct engine *);
void remark_read_duty(struct engine *, const struct json *, wall_us since);
void remark_free(struct engine *);

void remark_status(const struct engine *, struct text *); /* "duty" */

#endif
