/* The controller's side of the control socket: takes requests, hands them on, answers.  One thread, never blocks.
 * Bounded: SERVER_CLIENTS connections, one request of PROTOCOL_LINE bytes and one reply of PROTOCOL_REPLY bytes each;
 * one request a turn of each, so that nobody's thousand requests stand before another's one;
 * at most one descriptor comes with a request (of `speak`), and is ours until the command was carried out;
 * who does not finish a request, or does not read its reply, within SERVER_PATIENCE_S is cut.
 * When all places are taken, the next one is told so.  SERVER_DOOR more places serve for that, and for one thing
 * besides: an emergency, its end, stop and silence are carried out there too. */
#ifndef LOAXA_CONTROL_SERVER_H
#define LOAXA_CONTROL_SERVER_H

#include "base/clock.h"
#include "control/protocol.h"
#include "control/rights.h"

#define SERVER_CLIENTS 32
#define SERVER_DOOR 4
#define SERVER_PATIENCE_S 10

struct server;

struct server_handler {
	void *self;
	void (*command)(void *self, const struct command *, struct reply *);
	void (*status)(void *self, struct text *out); /* one JSON object */
	/* Somebody who has these rights may not do that (or not look: VERB_COUNT): says so in words. */
	void (*refused)(void *self, unsigned has, const struct command *, struct reply *);
	struct rights_house house;
	void (*log)(void *self, const char *line); /* of what was turned down, see control/refusal.h; NULL = nobody reads */
};

/* Listens on path: open to everybody on a machine that has our groups (mode 0666), else 0660; who it is decides.  A
 * socket left behind is replaced only if nobody answers on it. */
struct server *server_new(const char *path, struct server_handler, struct err *);
void server_free(struct server **);   /* cuts everybody, takes the socket away */
int server_fd(const struct server *); /* becomes readable when there is something to do */
void server_turn(struct server *, mono_us now);

#endif
