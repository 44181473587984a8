/* Inside of `loaxa review`: what its files share. */
#ifndef LOAXA_CLI_REVIEW_INSIDE_H
#define LOAXA_CLI_REVIEW_INSIDE_H

#include "review/store.h"
#include "schedule/receiver.h"

struct review_place {
	char *dir, *book; /* the folder with receiver's files, and the file in it */
	struct receiver *receiver;
};

/* Reads the receiver's files; false after having said on stderr what is wrong. */
bool review_place_open(struct review_place *, const char *state_dir);
void review_place_close(struct review_place *);

/* Each returns the exit code. */
int review_import(const struct review_place *, char *const files[], size_t n);
int review_trust(const struct review_place *, const char *code, const char *key);
int review_check(const struct review_place *);

#endif
