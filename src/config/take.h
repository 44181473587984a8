/* The values of a block as numbers, times, dates …: what is written, else the key table's default.  A value
 * that makes no sense is a finding, and the default is used so that the check goes on. Two layers: take_one_…
 * takes one value of a list, take_… the one value of a key. */
#ifndef LOAXA_CONFIG_TAKE_H
#define LOAXA_CONFIG_TAKE_H

#include "config/block.h"
#include "schedule/station.h"

/* One value, already text.  False after a finding. */
bool take_one_time(struct findings *, const struct key *, const char *text, struct place, tod_ms *);
bool take_one_window(struct findings *, const struct key *, const char *text, struct place, struct window *);
bool take_one_date(struct findings *, const struct key *, const char *text, struct place, day_num *);
bool take_one_word(
	struct findings *, const struct key *, const char *text, struct place, int *); /* place in key->words */
/* A path inside the audio directory: not absolute, no "..". */
bool take_one_file(struct findings *, const struct key *, const char *text, struct place);
/* No control characters, at most TEXT_MOST bytes. */
#define TEXT_MOST 1000
bool take_one_text(struct findings *, const struct key *, const char *text, struct place);

char *take_text(struct findings *, const struct block *, const char *key); /* NULL = nothing said; to mem_free */
char *take_text_or(struct findings *, const struct block *, const char *key, const char *otherwise);
bool take_yes(struct findings *, const struct block *, const char *key);
int take_number(struct findings *, const struct block *, const char *key, int otherwise);
int64_t take_duration(struct findings *, const struct block *, const char *key, int64_t otherwise); /* ms */
tod_ms take_time(struct findings *, const struct block *, const char *key);                         /* -1 */
day_num take_date(struct findings *, const struct block *, const char *key, day_num otherwise);
char *take_stamp(struct findings *, const struct block *, const char *key); /* as written; NULL */
int take_word(struct findings *, const struct block *, const char *key, int otherwise);
uint8_t take_days(struct findings *, const struct block *); /* key "days": bit 0 = Monday */
void take_range(struct findings *, const struct block *, const char *key, int *min, int *max); /* -1 = not said */
day_span take_span(struct findings *, const struct block *); /* keys "from" and "until", in that order */

/* Every key that the section cannot do without is there. */
void take_required(struct findings *, const struct block *);

#endif
