#include "cli/station-clock.h"

#include "base/json.h"
#include "os/tzfile.h"
#include "report/row.h"

#include <stdlib.h>
#include <string.h>

/* The offset that the oldest airing was written with, else UTC. */
static struct tz *offset_of_rows(struct journal_log *log)
{
	struct journal_reader r = journal_log_airings(log, (wall_us){ 1 }, (wall_us){ US_NEVER });
	struct journal_row row;
	int32_t offset_s = 0;
	bool known = false;
	while (!known && r.next(r.self, &row)) {
		struct json *j = json_parse(row.body, strlen(row.body));
		wall_us at;
		known = j && report_instant(json_get_str(j, "planned"), &at, &offset_s);
		if (j)
			json_free(&j);
	}
	return tz_fixed(offset_s);
}

static struct tz *zone_named(const char *name)
{
	size_t bytes = 0;
	void *tzif = name ? tzfile_read(name, &bytes) : NULL;
	struct tz *tz = tzif ? tz_new(tzif, bytes) : NULL;
	free(tzif);
	return tz;
}

void station_clock_read(struct journal_log *log, struct station_clock *c)
{
	*c = (struct station_clock){ 0 };
	journal_log_checkpoint(log, &c->checkpoint);
	struct json *j = c->checkpoint.n ? json_parse(c->checkpoint.at, c->checkpoint.n) : NULL;
	if (j) {
		c->sample = json_get_bool(j, "sample");
		c->tz = zone_named(json_get_str(j, "timezone"));
		json_free(&j);
	}
	if (!c->tz)
		c->tz = offset_of_rows(log);
}

void station_clock_free(struct station_clock *c)
{
	text_free(&c->checkpoint);
	tz_free(&c->tz);
}
