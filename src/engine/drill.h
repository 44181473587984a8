/* Drills of emergencies: see drill.c.  Of the engine's own files. */
#ifndef LOAXA_ENGINE_DRILL_H
#define LOAXA_ENGINE_DRILL_H

#include "engine/engine-inside.h"

bool drill_command(struct engine *, const struct command *, zone_set, struct err *);
/* The drill of that emergency, if one is on; NULL = of any. */
bool drill_is_on(const struct engine *, const char *emergency);
/* Ends it in those zones: what is on air is partial (operator), what waits skipped. */
void drill_end(struct engine *, const char *emergency, zone_set);
void drill_forget(struct engine *); /* over when its last airing has its verdict */
void drill_free(struct engine *);

#endif
