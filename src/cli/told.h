/* What is to be told next: what people know, what the controller's newest notice says, and how often one may ring.
 * All that came within a few seconds is one message; six may follow each other, then one every ten minutes, whatever a
 * loose cable does; the last word is always how it is now.  Pure; the wall clock is a parameter. */
#ifndef LOAXA_CLI_TOLD_H
#define LOAXA_CLI_TOLD_H

#include "base/clock.h"
#include "base/json.h"
#include "base/vec.h"

#define TOLD_SETTLE_US (5 * US_PER_S)
#define TOLD_EVERY_US (600 * US_PER_S)
#define TOLD_AT_ONCE 6
#define TOLD_FAULTS_MAX 256

struct told_fault {
	char *code, *since, *text;
};

struct told_list {
	struct told_fault *at;
	size_t n, cap;
};

/* A notice. */
struct told_wanted {
	char *command, *language, *timezone, *station, *station_name;
	char *day; /* "2021-07-13" */
	struct told_list faults;
};

/* What was told; kept between two runs. */
struct told_known {
	struct told_list faults;
	char *day;             /* NULL: nothing was ever told */
	wall_us paced;         /* when the next message would be free if they came evenly */
	wall_us pending_since; /* .us = 0: nothing is; not kept */
};

/* False: it is no notice; *out is empty then. */
bool told_read_wanted(const char *text, size_t bytes, struct told_wanted *out);
/* Anything unreadable is nothing. */
void told_read_known(const char *text, size_t bytes, struct told_known *out);
void told_write_known(const struct told_known *, struct text *out);
void told_free_wanted(struct told_wanted *); /* empties it */
void told_free_known(struct told_known *);

enum told_what { TOLD_NOTHING, TOLD_WAIT, TOLD_RAISED, TOLD_CLEARED, TOLD_DAY };

/* TOLD_WAIT: until *when.  Before each message the newest notice should be read. */
enum told_what told_next(struct told_known *, const struct told_wanted *, wall_us now, wall_us *when);
/* The i-th fault that a message of that kind is about; NULL: no more. */
const struct told_fault *told_about(const struct told_known *, const struct told_wanted *, enum told_what, size_t i);
/* It was told. */
void told_done(struct told_known *, const struct told_wanted *, enum told_what, wall_us now);

#endif
