/* overlap, late-only, silence: what the forecast of each zone says.  Zones that hear the same rules under the
 * same guards have the same forecast: it is made once for all of them. */
#include "base/i18n.h"
#include "schedule/check-overlap.h"
#include "schedule/check-parts.h"
#include "schedule/forecast.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#define SILENCE_US (INT64_C(120) * US_PER_S)

/* One place of one rule's list. */
struct slot {
	size_t planned, begun;
	wall_us first; /* planned instant */
	bool behind_end;
};

struct silence {
	struct check_tally tally;
	wall_us since, anchor; /* of the first one */
	int32_t bulletin;
};

struct lanes {
	const struct check *check;
	struct forecast *forecasts[ZONES_MAX]; /* NULL: as an earlier zone */
	int like[ZONES_MAX];                   /* the zone whose forecast is this one's */
	struct slot **by_rule;                 /* [rule][place - 1] */
	struct silence *silences;              /* by rule */
	struct check_overlap *overlap;
};

static bool hears_the_same(const struct station *s, int a, int b)
{
	for (size_t i = 0; i < s->rules.n; i++)
		if ((s->rules.at[i].zones >> a & 1) != (s->rules.at[i].zones >> b & 1))
			return false;
	for (size_t i = 0; i < s->guards.n; i++)
		if ((s->guards.at[i].zones >> a & 1) != (s->guards.at[i].zones >> b & 1))
			return false;
	return true;
}

static void open_lane(struct lanes *l, int zone)
{
	const struct station *s = l->check->station;
	l->like[zone] = zone;
	for (int other = 0; other < zone; other++) {
		if (l->forecasts[other] && hears_the_same(s, other, zone)) {
			l->like[zone] = other;
			return;
		}
	}
	l->forecasts[zone] = forecast_new(s, zone);
}

static void *open_lanes(const struct check *c)
{
	struct lanes *l = mem_new(struct lanes);
	l->check = c;
	l->overlap = check_overlap_new(c);
	l->silences = mem_zero(c->station->rules.n * sizeof *l->silences);
	l->by_rule = mem_zero(c->station->rules.n * sizeof *l->by_rule);
	for (size_t i = 0; i < c->station->rules.n; i++)
		l->by_rule[i] = mem_zero(c->station->rules.at[i].play.n * sizeof *l->by_rule[i]);
	for (int zone = 0; zone < (int)c->station->zones.n; zone++)
		open_lane(l, zone);
	return l;
}

/* Of several forecasts that hear the rule, the one of its first zone speaks for it. */
static bool speaks_for(const struct lanes *l, int zone, int32_t rule)
{
	zone_set zones = l->check->station->rules.at[rule].zones & station_all_zones(l->check->station);
	return zones && l->like[__builtin_ctzll(zones)] == zone;
}

static void note_slot(struct lanes *l, const struct forecast_item *it)
{
	const struct planned *p = &it->planned;
	struct slot *slot = &l->by_rule[p->rule][p->place - 1];
	bool begun = it->outcome != FORECAST_LOST;
	if (!begun && guard_at(l->check->station, GUARD_REFUSE, p->zone, p->at))
		return; /* said already, as an error */
	if (!slot->planned) {
		slot->first = p->at;
		slot->behind_end = p->at.us >= p->over.us;
	}
	slot->planned += speaks_for(l, p->zone, p->rule);
	slot->begun += begun;
}

static void note_silence(struct lanes *l, const struct forecast_item *it)
{
	const struct planned *p = &it->planned;
	if (!p->anchored || it->outcome == FORECAST_LOST || !speaks_for(l, p->zone, p->rule))
		return;
	wall_us since = it->idle_since.us > p->firing.us ? it->idle_since : p->firing;
	struct silence *silence = &l->silences[p->rule];
	if (it->start.us - since.us <= SILENCE_US || !check_tally_add(&silence->tally, since))
		return;
	silence->since = since;
	silence->anchor = it->start;
	silence->bulletin = p->bulletin;
}

static void note_overlap(struct lanes *l, const struct forecast_item *it)
{
	const struct station *s = l->check->station;
	if (it->waited_for < 0)
		return;
	zone_set both = s->rules.at[it->planned.rule].zones & s->rules.at[it->waited_for].zones & station_all_zones(s);
	if (both && l->like[__builtin_ctzll(both)] == it->planned.zone)
		check_overlap_add(l->overlap, it);
}

static void note(void *self, const struct forecast_item *it)
{
	note_slot(self, it);
	note_silence(self, it);
	note_overlap(self, it);
}

static void day_lanes(void *self, const struct check_day *d)
{
	struct lanes *l = self;
	const struct station *s = l->check->station;
	wall_us midnight = tz_instant(s->tz, d->day + 1, 0);
	for (size_t zone = 0; zone < s->zones.n; zone++) {
		if (!l->forecasts[zone])
			continue;
		forecast_add(l->forecasts[zone], d->items, d->n);
		forecast_run(l->forecasts[zone], midnight, note, l);
	}
}

static void report_late_only(const struct check *c, const struct rule *r, const struct slot *slots)
{
	for (size_t i = 0; i < r->play.n; i++) {
		const struct slot *slot = &slots[i];
		if (!slot->planned || slot->begun)
			continue;
		struct check_tally tally = { .count = slot->planned, .first = slot->first };
		const char *bulletin = c->station->bulletins.at[r->play.at[i].bulletin].name;
		char when[CHECK_WHEN_BYTES], end[VALUE_BYTES];
		check_when(c, &tally, when);
		value_print_time(r->end, end);
		if (slot->behind_end)
			finding_add(c->findings, FINDING_WARNING, "late-only", r->place,
				N_("\"{2}\" of session \"{1}\" is never aired: its turn comes at {3} — the "
				   "session ends at {4}, and nothing starts then any more — let it end "
				   "later, or take an item out"),
				r->name, bulletin, when, end, NULL);
		else
			finding_add(c->findings, FINDING_WARNING, "late-only", r->place,
				N_("\"{2}\" of \"{1}\" is never aired: planned at {3}, it waits longer than "
				   "it may every time — other items hold the zone — move it, or give it a "
				   "longer max-late"),
				r->name, bulletin, when, NULL);
		return;
	}
}

static void report_silence(const struct check *c, const struct rule *r, const struct silence *silence)
{
	char when[CHECK_WHEN_BYTES], anchor[CHECK_WHEN_BYTES];
	if (!silence->tally.count)
		return;
	check_when(c, &silence->tally, when);
	check_time(c, silence->anchor, anchor);
	finding_add(c->findings, FINDING_WARNING, "silence", r->place,
		N_("\"{1}\" is silent from {2} until \"{3}\" at {4} — that is more than two minutes, people "
		   "think it is over — put an item or music before it, or start later"),
		r->name, when, c->station->bulletins.at[silence->bulletin].name, anchor, NULL);
}

static void close_lanes(void *self)
{
	struct lanes *l = self;
	const struct check *c = l->check;
	for (size_t zone = 0; zone < c->station->zones.n; zone++) {
		if (l->forecasts[zone])
			forecast_run(l->forecasts[zone], (wall_us){ US_NEVER }, note, l);
		forecast_free(&l->forecasts[zone]);
	}
	for (size_t i = 0; i < c->station->rules.n; i++) {
		report_late_only(c, &c->station->rules.at[i], l->by_rule[i]);
		report_silence(c, &c->station->rules.at[i], &l->silences[i]);
		mem_free(l->by_rule[i]);
	}
	check_overlap_report(l->overlap);
	check_overlap_free(&l->overlap);
	mem_free(l->silences);
	mem_free(l->by_rule);
	mem_free(l);
}

const struct checker check_lanes = { open_lanes, day_lanes, close_lanes };
