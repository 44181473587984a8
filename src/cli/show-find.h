/* Which airing somebody means: its id, the beginning of it, or a time with as much else as needed.
 *
 *	22363/sang/20210714T053000+0700/5.bz-cai-dat/cum-1
 *	sang/20210714T0530
 *	14/7/2021 5h32 cum-1
 *	5h41 "Cụm loa 1"            the last day of the journal */
#ifndef LOAXA_CLI_SHOW_FIND_H
#define LOAXA_CLI_SHOW_FIND_H

#include "journal/reader.h"
#include "report/log.h"
#include "schedule/tz.h"

struct show_asked {
	char *id;            /* an id or the beginning of one; NULL: */
	day_num day;         /* DAY_NONE: not said */
	tod_ms time;         /* -1: not said */
	bool seconds;        /* the time names them: that very instant, else the whole minute */
	char *zone, *bulletin; /* as typed; NULL */
};

/* Reads the words in any order; zones: the station's, from its checkpoint.  false: nothing to look for was said. */
bool show_asked_read(struct show_asked *, char *const *words, size_t n, const char *checkpoint);
void show_asked_free(struct show_asked *); /* empties it */

/* Rows of the days in question, with their bodies, and in `at` those that are meant: what was planned then, or was on air.
 * A day that was not said becomes the last one of the journal. */
struct show_found {
	struct report_log *log;
	VEC(const struct report_row *) at;
};

/* false: what was asked cannot be looked for; err says what is missing. */
bool show_find(struct journal_log *, struct show_asked *, const struct tz *, const char *checkpoint, struct show_found *,
	struct err *);
void show_found_free(struct show_found *); /* empties it */

#endif
