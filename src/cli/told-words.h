/* The messages themselves, as on-fault's program gets them: one JSON object on one line.
 *
 * { "event": "raised"|"cleared"|"day"|"try", "at", "station", "station_name", "title", "text",
 *   "faults": [ { "code", "since", "text" } … ]                                     of raised and cleared
 *   "day", "planned", "aired", "partial", "missed", "skipped", "failed", "broadcasts", "heard_s"      of day }
 *
 * title fits into a subject line or a short message, text is for people: lines. */
#ifndef LOAXA_CLI_TOLD_WORDS_H
#define LOAXA_CLI_TOLD_WORDS_H

#include "cli/told-day.h"
#include "cli/told.h"

void told_words_change(struct text *out, const struct told_known *, const struct told_wanted *, enum told_what,
	const struct tz *, wall_us now);
void told_words_day(struct text *out, const struct told_wanted *, const struct told_day *, day_num, const struct tz *,
	wall_us now);
void told_words_try(struct text *out, const struct station *, wall_us now);

#endif
