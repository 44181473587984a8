/* Of two firings that meet, the one that comes later is named: it is the one to be moved.  Its first meeting
 * is told with what it costs either of them, the others are counted. */
#include "schedule/check-overlap.h"

#include "base/i18n.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>

/* Nobody hears a shorter wait. */
#define LATE_US (INT64_C(1) * US_PER_S)

struct side {
	int32_t rule;
	wall_us firing;
	int64_t late_us;
	int32_t lost; /* first bulletin cut or never begun, or -1 */
};

struct overlap {
	size_t count;
	struct side comer, host; /* of the first meeting */
	wall_us last_comer;
};

struct check_overlap {
	const struct check *check;
	struct overlap *by_rule;
};

struct check_overlap *check_overlap_new(const struct check *c)
{
	struct check_overlap *o = mem_new(struct check_overlap);
	o->check = c;
	o->by_rule = mem_zero(c->station->rules.n * sizeof *o->by_rule);
	return o;
}

void check_overlap_free(struct check_overlap **po)
{
	if (!*po)
		return;
	mem_free((*po)->by_rule);
	mem_free(*po);
	*po = NULL;
}

static bool comes_later(const struct side *a, const struct side *b)
{
	if (a->firing.us != b->firing.us)
		return a->firing.us > b->firing.us;
	return a->rule > b->rule;
}

static bool same(const struct side *a, const struct side *b)
{
	return a->rule == b->rule && a->firing.us == b->firing.us;
}

static void add_to(struct side *side, const struct side *from)
{
	side->late_us = from->late_us > side->late_us ? from->late_us : side->late_us;
	if (side->lost < 0)
		side->lost = from->lost;
}

static void add_meeting(struct overlap *o, const struct side *comer, const struct side *host)
{
	if (!o->count) {
		o->comer = *comer;
		o->host = *host;
	} else if (same(&o->comer, comer) && same(&o->host, host)) {
		add_to(&o->comer, comer);
		add_to(&o->host, host);
	}
	o->count += !o->count || o->last_comer.us != comer->firing.us;
	o->last_comer = comer->firing;
}

void check_overlap_add(struct check_overlap *o, const struct forecast_item *it)
{
	const struct planned *p = &it->planned;
	bool lost = it->outcome != FORECAST_AIRED;
	int64_t late_us = it->outcome == FORECAST_LOST ? 0 : it->start.us - p->at.us;
	if (it->waited_for < 0 || (!lost && late_us < LATE_US))
		return;
	struct side self = { p->rule, p->firing, late_us, lost ? p->bulletin : -1 };
	struct side other = { it->waited_for, it->waited_firing, 0, -1 };
	if (comes_later(&self, &other))
		add_meeting(&o->by_rule[self.rule], &self, &other);
	else
		add_meeting(&o->by_rule[other.rule], &other, &self);
}

/* When the firing should be over, on the minute: a session at its end, a repeat after its bulletins. */
static wall_us over_at(const struct station *s, const struct side *side)
{
	const struct rule *r = &s->rules.at[side->rule];
	int64_t sum = 0, longest = 0;
	if (r->kind == RULE_SESSION)
		return tz_instant(s->tz, tz_local(s->tz, side->firing).day + (r->end <= r->start), r->end);
	for (size_t i = 0; i < r->play.n; i++) {
		int64_t ms = bulletin_ms(&s->bulletins.at[r->play.at[i].bulletin]);
		longest = ms > longest ? ms : longest;
		sum += ms;
	}
	int64_t minutes = ((r->rotate ? longest : sum) + 59999) / 60000;
	return (wall_us){ side->firing.us + minutes * 60 * US_PER_S };
}

/* What the meeting costs; a long wait is told in minutes. */
enum harm {
	HOST_LOSES,
	COMER_LOSES,
	HOST_LATE_LOSES,
	HOST_LATE,
	COMER_WAITS,
	TOLD_IN_SECONDS,
	MINUTES = TOLD_IN_SECONDS - HOST_LATE_LOSES, /* added to the three before */
	HARMS = TOLD_IN_SECONDS + MINUTES
};

enum host { HOST_SESSION, HOST_REPEAT, HOST_ITSELF };

#define MINUTES_FROM_US (INT64_C(300) * US_PER_S)

static enum harm harm_of(const struct overlap *o)
{
	if (o->host.lost >= 0)
		return o->host.late_us < LATE_US ? HOST_LOSES : HOST_LATE_LOSES;
	if (o->comer.lost >= 0)
		return COMER_LOSES;
	return o->host.late_us > o->comer.late_us ? HOST_LATE : COMER_WAITS;
}

static enum host host_of(const struct station *s, const struct overlap *o)
{
	if (o->host.rule == o->comer.rule)
		return HOST_ITSELF;
	return s->rules.at[o->host.rule].kind == RULE_SESSION ? HOST_SESSION : HOST_REPEAT;
}

/* A repeat that is in its own way loses or waits, whichever of its firings it is. */
static const char *itself(bool loses, bool minutes)
{
	if (loses)
		return N_("\"{1}\" {2} comes while its own firing of {4} is on air in {5} zone(s) — one item "
			  "per zone at a time, so \"{7}\" is lost — make every longer, or take a bulletin out");
	if (minutes)
		return N_("\"{1}\" {2} comes while its own firing of {4} is on air in {5} zone(s) — one item "
			  "per zone at a time, so it waits {6} minutes — make every longer, or take a "
			  "bulletin out");
	return N_("\"{1}\" {2} comes while its own firing of {4} is on air in {5} zone(s) — one item per "
		  "zone at a time, so it waits {6} s — make every longer, or take a bulletin out");
}

static const char *pattern(enum host host, enum harm harm, bool minutes)
{
	static const char *const into_session[HARMS] = {
		[HOST_LOSES] = N_("\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item "
				  "per zone at a time, so \"{3}\" loses \"{7}\" — move \"{1}\" to {8}"),
		[HOST_LATE_LOSES] = N_(
			"\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item per zone "
			"at a time, so \"{3}\" runs {6} s late and loses \"{7}\" — move \"{1}\" to {8}"),
		[HOST_LATE_LOSES + MINUTES] = N_("\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} "
						 "zone(s) — one item per zone at a time, so \"{3}\" runs {6} "
						 "minutes late and loses \"{7}\" — move \"{1}\" to {8}"),
		[COMER_LOSES] = N_("\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item per zone "
				   "at a time, so \"{1}\" waits too long and loses \"{7}\" — move \"{1}\" to {8}"),
		[HOST_LATE] = N_("\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item "
				 "per zone at a time, so \"{3}\" runs {6} s late — move \"{1}\" to {8}"),
		[HOST_LATE + MINUTES] = N_(
			"\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item per "
			"zone at a time, so \"{3}\" runs {6} minutes late — move \"{1}\" to {8}"),
		[COMER_WAITS] = N_("\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item "
				   "per zone at a time, so \"{1}\" waits {6} s — move \"{1}\" to {8}"),
		[COMER_WAITS + MINUTES] = N_(
			"\"{1}\" {2} falls inside session \"{3}\" ({4}) in {5} zone(s) — one item per "
			"zone at a time, so \"{1}\" waits {6} minutes — move \"{1}\" to {8}"),
	};
	static const char *const into_repeat[HARMS] = {
		[HOST_LOSES] = N_("\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one "
				  "item per zone at a time, so \"{3}\" loses \"{7}\" — move \"{1}\" to {8}"),
		[HOST_LATE_LOSES] = N_(
			"\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one item per zone "
			"at a time, so \"{3}\" runs {6} s late and loses \"{7}\" — move \"{1}\" to {8}"),
		[HOST_LATE_LOSES + MINUTES] = N_("\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} "
						 "zone(s) — one item per zone at a time, so \"{3}\" runs {6} "
						 "minutes late and loses \"{7}\" — move \"{1}\" to {8}"),
		[COMER_LOSES] = N_(
			"\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one item per zone "
			"at a time, so \"{1}\" waits too long and loses \"{7}\" — move \"{1}\" to {8}"),
		[HOST_LATE] = N_("\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one item "
				 "per zone at a time, so \"{3}\" runs {6} s late — move \"{1}\" to {8}"),
		[HOST_LATE + MINUTES] = N_(
			"\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one item per "
			"zone at a time, so \"{3}\" runs {6} minutes late — move \"{1}\" to {8}"),
		[COMER_WAITS] = N_("\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one "
				   "item per zone at a time, so \"{1}\" waits {6} s — move \"{1}\" to {8}"),
		[COMER_WAITS + MINUTES] = N_(
			"\"{1}\" {2} comes while \"{3}\" of {4} is on air in {5} zone(s) — one item per "
			"zone at a time, so \"{1}\" waits {6} minutes — move \"{1}\" to {8}"),
	};
	if (host == HOST_ITSELF)
		return itself(harm <= HOST_LATE_LOSES, minutes);
	if (minutes && harm >= HOST_LATE_LOSES)
		harm += MINUTES;
	return host == HOST_SESSION ? into_session[harm] : into_repeat[harm];
}

static void host_times(const struct check *c, const struct side *host, char out[CHECK_WHEN_BYTES])
{
	char from[CHECK_WHEN_BYTES], to[CHECK_WHEN_BYTES];
	check_time(c, host->firing, from);
	check_time(c, over_at(c->station, host), to);
	if (c->station->rules.at[host->rule].kind == RULE_SESSION)
		snprintf(out, CHECK_WHEN_BYTES, "%.16s–%.16s", from, to);
	else
		snprintf(out, CHECK_WHEN_BYTES, "%.16s", from);
}

static int count_zones(zone_set zones)
{
	int n = 0;
	for (; zones; zones &= zones - 1)
		n++;
	return n;
}

static void report(const struct check *c, const struct overlap *o)
{
	const struct station *s = c->station;
	const struct rule *comer = &s->rules.at[o->comer.rule], *host = &s->rules.at[o->host.rule];
	enum harm harm = harm_of(o);
	int lost = harm == COMER_LOSES ? o->comer.lost : o->host.lost;
	int64_t late_us = harm == COMER_WAITS ? o->comer.late_us : o->host.late_us;
	bool minutes = late_us >= MINUTES_FROM_US;
	int64_t unit_us = minutes ? 60 * US_PER_S : US_PER_S;
	zone_set zones = comer->zones & host->zones & station_all_zones(s);
	struct check_tally tally = { .count = o->count, .first = o->comer.firing };
	char when[CHECK_WHEN_BYTES], hours[CHECK_WHEN_BYTES], better[CHECK_WHEN_BYTES];
	check_when(c, &tally, when);
	host_times(c, &o->host, hours);
	check_time(c, over_at(s, &o->host), better);
	finding_add(c->findings, FINDING_WARNING, "overlap", comer->place, pattern(host_of(s, o), harm, minutes),
		comer->name, when, host->name, hours, check_number(count_zones(zones)).text,
		check_number((late_us + unit_us - 1) / unit_us).text, lost >= 0 ? s->bulletins.at[lost].name : "",
		better, NULL);
}

void check_overlap_report(const struct check_overlap *o)
{
	for (size_t i = 0; i < o->check->station->rules.n; i++)
		if (o->by_rule[i].count)
			report(o->check, &o->by_rule[i]);
}
