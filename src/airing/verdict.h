/* The final states of an airing, their reasons, and their names in files (JSON) — design section 3, "States and reasons". */
#ifndef LOAXA_AIRING_VERDICT_H
#define LOAXA_AIRING_VERDICT_H

#include <stdbool.h>

enum state { STATE_OPEN, STATE_AIRED, STATE_PARTIAL, STATE_MISSED, STATE_SKIPPED, STATE_FAILED, STATE_COUNT };

enum reason {
	REASON_NONE,
	REASON_LATE,
	REASON_SESSION_OVER,
	REASON_STATION_OFF,
	REASON_CLOCK,
	REASON_QUIET_HOURS,
	REASON_NOT_APPROVED,
	REASON_OUT_OF_WINDOW,
	REASON_ZONE_OFF,
	REASON_HELD,
	REASON_OPERATOR,
	REASON_REPLACED,
	REASON_INTERRUPTED,
	REASON_POWER_CUT,
	REASON_DEVICE_LOST,
	REASON_FILE_MISSING,
	REASON_FILE_CORRUPT,
	REASON_FILE_CHANGED,
	REASON_CRASHED,
	REASON_COUNT
};

const char *verdict_state_name(enum state);   /* "aired"; NULL for STATE_OPEN */
const char *verdict_reason_name(enum reason); /* "session-over"; NULL for REASON_NONE */
/* Is this pair in the table of design section 3? */
bool verdict_allowed(enum state, enum reason);

#endif
