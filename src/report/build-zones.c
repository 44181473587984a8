/* Zone by zone. */
#include "report/build-inside.h"

#include <string.h>

static struct tally of_zone(const struct build *b, const char *zone)
{
	struct tally_run *run = tally_new();
	VEC(struct report_row) rows = { 0 };
	for (size_t i = 0; i < b->rows.n; i++)
		if (!strcmp(b->rows.at[i].zone, zone))
			vec_push(&rows, b->rows.at[i]);
	tally_add(run, rows.at, rows.n);
	vec_free(&rows);
	return tally_end(&run);
}

void report_build_zones(struct build *b)
{
	const struct station *s = report_build_station_at(b, b->to);
	for (size_t i = 0; i < s->zones.n; i++) {
		const struct zone *z = &s->zones.at[i];
		if (b->asked->zone && strcmp(b->asked->zone, z->name) != 0)
			continue;
		struct report_zone one = { .name = mem_dup(z->name),
			.title = mem_dup(z->title),
			.area = mem_dup(z->area),
			.speakers = z->speakers,
			.sums = of_zone(b, z->name) };
		vec_push(&b->out->zones, one);
	}
}
