/* Any bytes as a TZif file: refused, or a zone whose answers agree with each other. */
#include "schedule/tz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* The local time that an instant shows comes first at that instant or earlier. */
static void ask(const struct tz *tz, wall_us at)
{
	char text[RFC3339_BYTES];
	struct local l = tz_local(tz, at);
	wall_us first = tz_instant(tz, l.day, l.ms);
	if (first.us > at.us || l.ms < 0 || l.ms >= MS_PER_DAY)
		abort();
	tz_rfc3339(tz, at, text);
	tz_compact(tz, at, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct tz *tz = tz_new(data, n);
	if (!tz)
		return 0;
	const int64_t days[] = { 0, -1, 11016, 18822, 20000, DAY_MAX };
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		ask(tz, (wall_us){ (days[i] * MS_PER_DAY + (int64_t)n * 60000) * US_PER_MS });
	ask(tz, (wall_us){ US_NEVER });
	tz_free(&tz);
	return 0;
}
