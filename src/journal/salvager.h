/* A thread with the least right to the machine: airing goes on meanwhile.  It copies the readable rows of damaged journals,
 * one after the other (what is not finished is begun anew at the next start), and then reads the running one once from
 * its first row to its last: damage far from its ends is found that way. */
#ifndef LOAXA_JOURNAL_SALVAGER_H
#define LOAXA_JOURNAL_SALVAGER_H

#include <stdbool.h>

struct salvager;
/* NULL when there can be no thread. */
struct salvager *salvager_start(const char *state_dir);
void salvager_stop(struct salvager **); /* waits for it to notice */

/* The running journal cannot be read as a whole.  Any thread. */
bool salvager_found_damage(const struct salvager *);

#endif
