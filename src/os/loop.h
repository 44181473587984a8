/* The event loop: epoll, one timer on the wall clock, and the signals that end the program.
 * One thread.  Nothing is allocated after loop_new(); at most LOOP_FDS descriptors are watched.
 *
 *	while (!ended) {
 *		unsigned what = loop_wait(loop, engine_next(engine));
 *		…
 *	}                                                                                                      */
#ifndef LOAXA_OS_LOOP_H
#define LOAXA_OS_LOOP_H

#include "base/clock.h"
#include "base/err.h"

#define LOOP_FDS 16

struct loop;

/* Blocks SIGTERM, SIGINT and SIGHUP in the calling thread (and so in every thread it starts later) and ignores
 * SIGPIPE: call it before any thread is started.  A child process must unblock them: loop_child(). */
struct loop *loop_new(struct err *);
void loop_free(struct loop **); /* the signals act again as before */

/* The calling thread goes before everything but the cards' own threads, where the system allows it: an order that comes
 * while other programs take all of the processor does not wait for them.  What it starts later does not inherit that. */
void loop_precede(void);

enum loop_want { LOOP_READ = 1, LOOP_WRITE = 2 };

struct loop_handler {
	void *self;
	void (*ready)(void *self);
};

/* false when LOOP_FDS are watched already or the kernel refuses the descriptor (a plain file). */
bool loop_watch(struct loop *, int fd, unsigned want, struct loop_handler);
void loop_unwatch(struct loop *, int fd); /* also from inside a handler; unknown descriptors are ignored */

enum loop_event {
	LOOP_DUE = 1,     /* the wall clock has reached the instant asked for */
	LOOP_STEPPED = 2, /* somebody set the wall clock */
	LOOP_STOP = 4,    /* SIGTERM or SIGINT */
	LOOP_HANGUP = 8,  /* SIGHUP: the terminal is gone */
};

/* Sleeps until the wall clock shows `until` (US_NEVER: no limit; past: not at all), a descriptor is ready or a signal
 * comes; calls the handlers of what is ready; returns loop_event bits. */
unsigned loop_wait(struct loop *, wall_us until);

/* In a child between fork and exec: signals as a program expects them. */
void loop_child(void);

#endif
