/* A thread that copies the readable rows of damaged journals, one after the other, with the least right to the machine:
 * airing goes on meanwhile.  What is not finished is begun anew at the next start. */
#ifndef LOAXA_JOURNAL_SALVAGER_H
#define LOAXA_JOURNAL_SALVAGER_H

struct salvager;
/* NULL when nothing is to be copied. */
struct salvager *salvager_start(const char *state_dir);
void salvager_stop(struct salvager **); /* waits for it to notice */

#endif
