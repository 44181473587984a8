/* What past.c (airings, checkpoints) and past-events.c (everything else) share, and nobody else may see. */
#ifndef LOAXA_ENGINE_PAST_INSIDE_H
#define LOAXA_ENGINE_PAST_INSIDE_H

#include "engine/engine-inside.h"

/* The emergency of that name, as commanded then; NULL when the present schedule has none. */
struct alarm_run *past_add_alarm(struct engine *, const char *name, wall_us commanded, int number);
void past_set_person(struct alarm_run *, const struct json *);
void past_read_ended_firing(struct engine *, const struct json *);
void past_read_accounted(struct engine *, const struct json *); /* of a checkpoint or a reload */

/* A row that is no airing's; of a station that has a schedule. */
void past_read_event(struct engine *, const struct journal_row *, const struct json *);
/* A repeat that has a row is not due again, and its number not free. */
void past_read_repeat(struct engine *, const struct journal_row *);

#endif
