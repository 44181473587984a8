/* The people at the control socket: what their accounts are called, and what they are told when they may not. */
#ifndef LOAXA_CLI_RUN_PEOPLE_H
#define LOAXA_CLI_RUN_PEOPLE_H

#include "control/rights.h"
#include "engine/engine.h"

struct run_people;

struct run_people *run_people_new(void);
void run_people_free(struct run_people **);
struct rights_house run_people_house(void); /* this process and the groups of this machine */
/* NULL = not known.  Lives until the next call. */
const char *run_people_name(const struct run_people *, const struct command *);
/* Journals it and says whom to ask. */
void run_people_refuse(
	const struct run_people *, struct engine *, unsigned has, const struct command *, struct reply *);

#endif
