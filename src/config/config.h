/* Schedule files -> struct station.  Reads DIR once, finds every error with its file and line, and gives back
 * a whole station or none.  One thread at a time (libconfuse). */
#ifndef LOAXA_CONFIG_CONFIG_H
#define LOAXA_CONFIG_CONFIG_H

#include "schedule/codes.h"
#include "schedule/receiver.h"
#include "schedule/station.h"

struct config_env {
	void *self;
	/* Bytes of a time zone of tzdata, malloc'ed, or NULL. */
	void *(*tzif)(void *self, const char *zone, size_t *bytes);
};

/* NULL when there is any error; warnings alone do no harm.  DIR may be an accepted copy (accepted.h): its
 * recordings are then those of the directory it was made from. */
struct station *config_load(const char *dir, const struct config_env *, struct findings *);

/* The same from memory: what config_load() does once the files are read. */
struct source;
struct station *config_build(
	const char *dir, const struct source *, size_t count, const struct config_env *, struct findings *);

/* A receiver's files -> struct receiver.  NULL when there is any error.  A folder without any such file gives a receiver
 * that knows nobody (title NULL). */
struct receiver *config_receiver(const char *dir, struct findings *);
/* The same from memory. */
struct receiver *config_receiver_build(const char *dir, const struct source *, size_t count, struct findings *);

/* The schedule as it was, out of the body of a "schedule" row of the journal: a whole station, with the facts of its
 * recordings and texts as they were.  NULL when it is no such row, or of a version that this one cannot read. */
struct station *config_again(const char *body, size_t bytes, const struct config_env *, struct findings *);

/* Every code that config_load() and schedule files as such can give, ended by a NULL name. */
extern const struct finding_code config_codes[];

#endif
