#include "cli/plan-rows.h"

#include "schedule/forecast.h"
#include "schedule/tz.h"

#include <stdlib.h>

#define LATE_US US_PER_S /* nobody hears less */

/* What ran over from the evening before may make the first ones wait. */
#define LEAD_IN_US (INT64_C(86400) * US_PER_S)

static int by_item(const void *pa, const void *pb)
{
	const struct plan_row *a = pa, *b = pb;
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->planned.firing.us != b->planned.firing.us)
		return a->planned.firing.us < b->planned.firing.us ? -1 : 1;
	if (a->planned.rule != b->planned.rule)
		return a->planned.rule < b->planned.rule ? -1 : 1;
	if (a->planned.place != b->planned.place)
		return a->planned.place < b->planned.place ? -1 : 1;
	return (int)a->planned.zone - (int)b->planned.zone;
}

struct gathering {
	const struct station *station;
	wall_us from;
	struct plan_rows *rows;
};

static void note(void *self, const struct forecast_item *it)
{
	struct gathering *g = self;
	if (it->planned.at.us < g->from.us)
		return;
	zone_set zone = (zone_set)1 << it->planned.zone;
	struct plan_row row = { .planned = it->planned, .zones = zone, .waited_for = it->waited_for };
	row.day = tz_local(g->station->tz, it->planned.at).day;
	int64_t late_us = it->start.us - it->planned.at.us;
	if (it->outcome == FORECAST_LOST) {
		row.lost = zone;
	} else if (late_us >= LATE_US) {
		row.late = zone;
		row.late_us = late_us;
	}
	row.cut = it->outcome == FORECAST_CUT ? zone : 0;
	vec_push(&g->rows->list, row);
}

static bool same_item(const struct plan_row *a, const struct plan_row *b)
{
	return a->planned.rule == b->planned.rule && a->planned.firing.us == b->planned.firing.us &&
	       a->planned.place == b->planned.place;
}

static void add_zone(struct plan_row *row, const struct plan_row *other)
{
	row->zones |= other->zones;
	row->late |= other->late;
	row->lost |= other->lost;
	row->cut |= other->cut;
	row->late_us = other->late_us > row->late_us ? other->late_us : row->late_us;
	row->waited_for = row->waited_for < 0 ? other->waited_for : row->waited_for;
}

static void unite_zones(struct plan_rows *rows)
{
	size_t kept = 0;
	if (!rows->list.n)
		return;
	qsort(rows->list.at, rows->list.n, sizeof *rows->list.at, by_item);
	for (size_t i = 1; i < rows->list.n; i++) {
		if (same_item(&rows->list.at[kept], &rows->list.at[i]))
			add_zone(&rows->list.at[kept], &rows->list.at[i]);
		else
			rows->list.at[++kept] = rows->list.at[i];
	}
	rows->list.n = kept + 1;
}

void plan_rows_gather(const struct station *s, wall_us from, wall_us to, struct plan_rows *out)
{
	struct plan plan = { 0 };
	struct gathering g = { s, from, out };
	out->list.n = 0;
	plan_between(s, (wall_us){ from.us - LEAD_IN_US }, to, &plan);
	for (size_t zone = 0; zone < s->zones.n; zone++) {
		struct forecast *f = forecast_new(s, (int)zone);
		forecast_add(f, plan.items.at, plan.items.n);
		forecast_run(f, (wall_us){ US_NEVER }, note, &g);
		forecast_free(&f);
	}
	plan_free(&plan);
	unite_zones(out);
}

void plan_rows_free(struct plan_rows *rows)
{
	vec_free(&rows->list);
}
