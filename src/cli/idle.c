#include "cli/idle.h"

#include "report/row.h"

#include <string.h>

static int64_t until(const struct json *next, wall_us now)
{
	const char *planned = json_get_str(next, "planned");
	wall_us at;
	if (!planned || !report_instant(planned, &at, NULL))
		return 0; /* what cannot be read may begin at any time */
	return at.us > now.us ? (at.us - now.us) / US_PER_MS : 0;
}

static int64_t zone_idle(const struct json *z, wall_us now)
{
	const struct json *next = json_get(z, "next");
	int64_t least = INT64_MAX;
	if (json_key(json_get(z, "on_air"), 0) || json_count(json_get(z, "waiting")))
		return 0;
	for (size_t i = 0; i < json_count(next); i++) {
		int64_t ms = until(json_at(next, i), now);
		least = ms < least ? ms : least;
	}
	return least;
}

int64_t idle_ms(const struct json *status)
{
	const struct json *zones = json_get(status, "zones");
	const char *stamp = json_get_str(status, "now");
	int64_t least = INT64_MAX;
	wall_us now = { 0 };
	if (json_count(json_get(status, "emergencies")) || (stamp && !report_instant(stamp, &now, NULL)))
		return 0;
	for (size_t i = 0; i < json_count(zones); i++) {
		int64_t ms = zone_idle(json_at(zones, i), now);
		least = ms < least ? ms : least;
	}
	return least;
}
