/* How two stations differ in what is no airing: an emergency's pattern, a zone's volume, a rule that first fires in
 * a month.  Pure. */
#ifndef LOAXA_SCHEDULE_DIFFERENCE_SETTINGS_H
#define LOAXA_SCHEDULE_DIFFERENCE_SETTINGS_H

#include "schedule/station.h"

enum difference_kind { DIFFERENCE_REMOVED, DIFFERENCE_MOVED, DIFFERENCE_CHANGED, DIFFERENCE_ADDED };

enum difference_what {
	DIFFERENCE_STATION,
	DIFFERENCE_OUTPUT,
	DIFFERENCE_ZONE,
	DIFFERENCE_GUARD,
	DIFFERENCE_LIMIT,
	DIFFERENCE_CAMPAIGN,
	DIFFERENCE_BULLETIN,
	DIFFERENCE_SOUND,    /* a bulletin's recordings: never ADDED or REMOVED, as are the next two */
	DIFFERENCE_TEXT,     /* … its text … */
	DIFFERENCE_APPROVAL, /* … and its approval */
	DIFFERENCE_RULE,
	DIFFERENCE_EXCEPTION,
	DIFFERENCE_WHATS
};

struct difference_setting {
	enum difference_what what;
	enum difference_kind kind; /* never MOVED */
	int32_t was, is;           /* indexes; -1 */
};

struct difference_settings {
	VEC(struct difference_setting) list;
};

/* Appends; before: NULL when no schedule runs. */
void difference_settings_find(const struct station *before, const struct station *after, struct difference_settings *);

#endif
