/* What `loaxa doctor` found: one line a fact, with a mark and what to do about it.  The examinations are in
 * doctor-machine.c (the computer), doctor-people.c (who may order what) and doctor-station.c (schedule, cards, controller, journal). */
#ifndef LOAXA_CLI_DOCTOR_H
#define LOAXA_CLI_DOCTOR_H

#include "base/vec.h"
#include "schedule/station.h"

#include <stdio.h>
#include <sys/types.h>

enum doctor_mark {
	DOCTOR_WELL,
	DOCTOR_HINT, /* could be better, nobody has to come */
	DOCTOR_ILL   /* needs a person */
};

struct doctor_line {
	enum doctor_mark mark;
	const char *check;  /* static: the word programs know it by */
	char *fact, *to_do; /* to_do may be NULL */
};

struct doctor {
	/* given */
	const char *dir; /* NULL: the schedule that is running, else the usual directory */
	const char *state, *store;
	/* found on the way */
	struct station *station; /* NULL: it cannot be read */
	pid_t controller;        /* 0: none runs */
	VEC(struct doctor_line) lines;
};

/* Takes fact and to_do (mem_printf). */
void doctor_say(struct doctor *, enum doctor_mark, const char *check, char *fact, char *to_do);
size_t doctor_ill(const struct doctor *); /* how many lines need a person */
void doctor_print(const struct doctor *, bool json, FILE *);
void doctor_free(struct doctor *); /* empties it */

void doctor_station(struct doctor *); /* first: the others want to know the station and the controller */
void doctor_machine(struct doctor *);
void doctor_people(struct doctor *);     /* who may operate, who may command emergencies */
void doctor_key(struct doctor *);        /* is what the station writes sealed? */
void doctor_controller(struct doctor *); /* its own faults, and how its last runs ended */

#endif
