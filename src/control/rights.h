/* Who may do what over the control socket.  The kernel names the account at the other end and its groups; they decide,
 * never what the request says of itself.  Pure; any thread.
 *
 *	root, and the account the controller runs under     everything
 *	group loaxa                                         looks and operates
 *	group loaxa-emergency                               looks, commands emergencies, silences
 *	anybody else                                        looks
 *
 * On a machine without these groups (a trial, somebody's own station) anybody else may do nothing at all. */
#ifndef LOAXA_CONTROL_RIGHTS_H
#define LOAXA_CONTROL_RIGHTS_H

#include "engine/command.h"

#define RIGHTS_OPERATORS "loaxa"
#define RIGHTS_EMERGENCIES "loaxa-emergency"

enum {
	RIGHT_LOOK = 1,
	RIGHT_OPERATE = 2,
	RIGHT_EMERGENCY = 4,
	RIGHT_ALL = RIGHT_LOOK | RIGHT_OPERATE | RIGHT_EMERGENCY
};

struct rights_house {
	int64_t owner;                  /* the uid of the controller */
	int64_t operators, emergencies; /* gids; 0 or less = the machine has no such group */
};

bool rights_open(const struct rights_house *); /* does the machine have any of the groups */
/* What an account has: a set of RIGHT_….  gids: all its groups; uid -1 = unknown: nothing. */
unsigned rights_of(const struct rights_house *, int64_t uid, const uint32_t *gids, size_t n);
/* A look at the status is the verb VERB_COUNT. */
bool rights_allow(unsigned has, const struct command *);
/* Says what is not allowed, why, and whom to ask.  account: its name; duty: who is on duty, or NULL. */
void rights_refuse(unsigned has, const struct command *, const char *account, const char *duty, struct err *);

#endif
