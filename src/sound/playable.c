#include "sound/playable.h"

#include <string.h>

enum reason playable_recording(const struct recording *r)
{
	if (r->state == RECORDING_CORRUPT)
		return REASON_FILE_CORRUPT;
	if (r->state != RECORDING_READY)
		return REASON_FILE_MISSING;
	return r->bound && strcmp(r->bound, r->sha256) ? REASON_FILE_CHANGED : REASON_NONE;
}
