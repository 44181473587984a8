/* A new schedule takes the place of the running one: all of it, or nothing (rule 15). */
#ifndef LOAXA_ENGINE_RELOAD_H
#define LOAXA_ENGINE_RELOAD_H

#include "engine/command.h"

struct engine;

bool reload_schedule(struct engine *, const struct command *, struct err *);
/* … one that ran before. */
bool reload_rollback(struct engine *, const struct command *, struct err *);

#endif
