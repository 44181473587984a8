#include "airing/verdict.h"

#include <stddef.h>

static const char *const states[STATE_COUNT] = {
	[STATE_AIRED] = "aired",
	[STATE_PARTIAL] = "partial",
	[STATE_MISSED] = "missed",
	[STATE_SKIPPED] = "skipped",
	[STATE_FAILED] = "failed",
};

#define ONLY(state) (1u << (state))

/* Which reason goes with which state: the one table behind names, checks and the manual. */
static const struct {
	const char *name;
	unsigned states;
} reasons[REASON_COUNT] = {
	[REASON_NONE] = { NULL, ONLY(STATE_AIRED) },
	[REASON_LATE] = { "late", ONLY(STATE_MISSED) },
	[REASON_SESSION_OVER] = { "session-over", ONLY(STATE_MISSED) | ONLY(STATE_PARTIAL) },
	[REASON_STATION_OFF] = { "station-off", ONLY(STATE_MISSED) },
	[REASON_CLOCK] = { "clock", ONLY(STATE_MISSED) },
	[REASON_QUIET_HOURS] = { "quiet-hours", ONLY(STATE_SKIPPED) | ONLY(STATE_PARTIAL) },
	[REASON_NOT_APPROVED] = { "not-approved", ONLY(STATE_SKIPPED) },
	[REASON_OUT_OF_WINDOW] = { "out-of-window", ONLY(STATE_SKIPPED) },
	[REASON_ZONE_OFF] = { "zone-off", ONLY(STATE_SKIPPED) },
	[REASON_HELD] = { "held", ONLY(STATE_SKIPPED) | ONLY(STATE_PARTIAL) },
	[REASON_OPERATOR] = { "operator", ONLY(STATE_SKIPPED) | ONLY(STATE_PARTIAL) },
	[REASON_REPLACED] = { "replaced", ONLY(STATE_SKIPPED) },
	[REASON_INTERRUPTED] = { "interrupted", ONLY(STATE_PARTIAL) },
	[REASON_POWER_CUT] = { "power-cut", ONLY(STATE_PARTIAL) },
	[REASON_DEVICE_LOST] = { "device-lost", ONLY(STATE_PARTIAL) | ONLY(STATE_FAILED) },
	[REASON_FILE_MISSING] = { "file-missing", ONLY(STATE_FAILED) },
	[REASON_FILE_CORRUPT] = { "file-corrupt", ONLY(STATE_FAILED) },
	[REASON_FILE_CHANGED] = { "file-changed", ONLY(STATE_FAILED) },
	[REASON_CRASHED] = { "crashed", ONLY(STATE_FAILED) },
};

const char *verdict_state_name(enum state s)
{
	return s < STATE_COUNT ? states[s] : NULL;
}

const char *verdict_reason_name(enum reason r)
{
	return r < REASON_COUNT ? reasons[r].name : NULL;
}

bool verdict_allowed(enum state s, enum reason r)
{
	return s > STATE_OPEN && s < STATE_COUNT && r < REASON_COUNT && (reasons[r].states & ONLY(s));
}
