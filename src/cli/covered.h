/* Has every planned airing its row?  The plan is made again from the schedules in the journal, as the station made it, and
 * held against the airings that have rows.  Rows come from a bundle or from a journal, in order, attached ones first. */
#ifndef LOAXA_CLI_COVERED_H
#define LOAXA_CLI_COVERED_H

#include "base/text.h"
#include "base/vec.h"
#include "engine/ports.h"

#define COVERED_NAMED 20

struct covered_sum {
	size_t planned;   /* airings that the schedules in force planned in that time */
	size_t undecided; /* of these: no row of an end yet, and there need not be one when the rows end */
	size_t missing;   /* of these: no row at all */
	struct {
		char *id;
		wall_us at;
	} first[COVERED_NAMED];           /* of the missing ones, by planned instant */
	wall_us unknown_from, unknown_to; /* rows without a schedule: nothing can be said of that time; .us = 0: none */
	size_t unreadable;                /* schedules that this version cannot read */
};

struct covered;
/* Only airings planned in [from, to) are asked for. */
struct covered *covered_new(wall_us from, wall_us to);
void covered_row(struct covered *, const struct journal_row *);
/* After the last row; belongs to it. */
const struct covered_sum *covered_end(struct covered *);
/* Of the last schedule; NULL: none was there.  Belongs to it. */
const struct station *covered_station(const struct covered *);
void covered_free(struct covered **);

#endif
