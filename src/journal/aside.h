/* Damaged journals, kept aside: each in a directory of the state directory, named after the instant when it was found:
 *   journal-hong-YYYYMMDD-HHMMSS/damaged.db (-wal)   the file as it was found
 *   journal-hong-YYYYMMDD-HHMMSS/journal.db          its readable rows, once they are copied: a state of its own
 *   journal-hong-YYYYMMDD-HHMMSS/salvage.json        how many rows, which, up to when; written last
 * Any thread. */
#ifndef LOAXA_JOURNAL_ASIDE_H
#define LOAXA_JOURNAL_ASIDE_H

#include "base/err.h"
#include "base/vec.h"
#include "journal/salvage.h"

#include <stdbool.h>
#include <stdint.h>

struct aside_names {
	VEC(char *) list; /* of the directories; the latest last */
};

void aside_list(const char *state_dir, struct aside_names *);
void aside_names_free(struct aside_names *); /* empties it */

/* Moves journal.db and its -wal away; 0 with the directory's name, to mem_free, or errno. */
int aside_move(const char *state_dir, char **name);

char *aside_path(const char *state_dir, const char *name, const char *file); /* to mem_free */

struct aside_facts {
	bool copied;                            /* else nothing else is known yet */
	int64_t rows, first, last, lost_inside; /* lost_inside: rows missing between first and last */
	int64_t last_wall_us;
};
void aside_read(const char *state_dir, const char *name, struct aside_facts *);
bool aside_write(const char *state_dir, const char *name, const struct salvage_sum *);

#endif
