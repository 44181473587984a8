/* The notice board: one file of the state directory that says how the station is; whoever takes it away and tells people
 * works in a process of its own (loaxa tell).  Only the newest notice counts.  A thread of ours writes it, so that a disk
 * that hangs delays nobody. */
#ifndef LOAXA_OS_NOTICE_H
#define LOAXA_OS_NOTICE_H

#include "base/err.h"

#define NOTICE_DIR "told"             /* holds a notice, or nothing: a service manager can watch it */
#define NOTICE_FILE "told/now.json"
#define NOTICE_TROUBLE "told-trouble" /* what the teller could not do, in a line; gone when it could */

struct notice;

/* teller: argv of the program to be started whenever a notice lies there and none of ours runs; NULL: something else
 * watches the directory.  Its strings are copied. */
struct notice *notice_new(const char *state_dir, char *const *teller);
/* What was put is written before; a teller that runs is left to itself. */
void notice_free(struct notice **);
/* Never waits. */
void notice_put(struct notice *, const char *text);
/* Is nobody told, and why?  As of at most a minute ago. */
bool notice_trouble(struct notice *, struct err *);

#endif
