/* times-short, times-over, minutes-short, minutes-over: what a campaign gets each day of its window.  A time
 * (lần) is a firing with at least one countable bulletin of the campaign; minutes count once over all zones.
 */
#include "base/i18n.h"
#include "schedule/check-parts.h"
#include "schedule/tz.h"

#include <stdlib.h>

struct account {
	/* of the day */
	int64_t times, ms;
	bool excused;
	/* of all days, with the amount of the first one */
	struct check_tally short_times, over_times, short_minutes, over_minutes;
	int64_t short_times_got, over_times_got, short_ms_got, over_ms_got;
};

/* One firing that carries the campaign. */
struct firing_key {
	int32_t campaign, rule;
	int64_t at;
};

struct campaigns {
	const struct check *check;
	struct account *by_campaign;
	VEC(struct firing_key) keys; /* of the day */
};

static void *open_campaigns(const struct check *c)
{
	struct campaigns *k = mem_new(struct campaigns);
	k->check = c;
	k->by_campaign = mem_zero(c->station->campaigns.n * sizeof *k->by_campaign);
	return k;
}

/* The campaign a bulletin counts for, or -1: signature, music and tests never count. */
static int counts_for(const struct station *s, int bulletin)
{
	const struct bulletin *b = &s->bulletins.at[bulletin];
	bool counts = b->class == CLASS_ANNOUNCEMENT || b->class == CLASS_NEWS || b->class == CLASS_RELAY;
	return counts ? b->campaign : -1;
}

static int by_key(const void *pa, const void *pb)
{
	const struct firing_key *a = pa, *b = pb;
	if (a->campaign != b->campaign)
		return a->campaign < b->campaign ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static void count_day(struct campaigns *k, const struct check_day *d)
{
	k->keys.n = 0;
	for (size_t i = 0; i < d->n; i++) {
		const struct planned *p = &d->items[i];
		int campaign = counts_for(k->check->station, p->bulletin);
		if (campaign < 0 || !check_counts(k->check, p))
			continue;
		vec_push(&k->keys, (struct firing_key){ campaign, p->rule, p->firing.us });
		k->by_campaign[campaign].ms += p->ms;
	}
	if (k->keys.n)
		qsort(k->keys.at, k->keys.n, sizeof *k->keys.at, by_key);
	for (size_t i = 0; i < k->keys.n; i++)
		if (i == 0 || by_key(&k->keys.at[i - 1], &k->keys.at[i]) != 0)
			k->by_campaign[k->keys.at[i].campaign].times++;
}

/* A day is excused for what exceptions took from the campaign. */
static void excuse(void *self, const struct excused *e)
{
	struct campaigns *k = self;
	const struct station *s = k->check->station;
	const struct rule *r = &s->rules.at[e->rule];
	for (size_t i = 0; i < r->play.n; i++) {
		int bulletin = r->play.at[i].bulletin, campaign = counts_for(s, bulletin);
		if (campaign >= 0 && (e->bulletin < 0 || e->bulletin == bulletin))
			k->by_campaign[campaign].excused = true;
	}
}

/* A directive may count its days from before the campaign's own first day. */
static bool is_required(const struct campaign *c, day_num day)
{
	day_num from = c->days.from;
	for (size_t i = 0; i < c->directives.n; i++) {
		day_num own = c->directives.at[i].from;
		if (own != DAY_NONE && own < from)
			from = own;
	}
	return from <= day && day <= c->days.until;
}

static void judge_day(const struct check *c, const struct campaign *of, struct account *a, day_num day)
{
	wall_us at = tz_instant(c->station->tz, day, 0);
	if (!a->excused && of->times_min > a->times && check_tally_add(&a->short_times, at))
		a->short_times_got = a->times;
	if (!a->excused && of->minutes_min >= 0 && of->minutes_min * INT64_C(60000) > a->ms &&
		check_tally_add(&a->short_minutes, at))
		a->short_ms_got = a->ms;
	if (of->times_max >= 0 && of->times_max < a->times && check_tally_add(&a->over_times, at))
		a->over_times_got = a->times;
	if (of->minutes_max >= 0 && of->minutes_max * INT64_C(60000) < a->ms && check_tally_add(&a->over_minutes, at))
		a->over_ms_got = a->ms;
}

static void day_campaigns(void *self, const struct check_day *d)
{
	struct campaigns *k = self;
	const struct station *s = k->check->station;
	for (size_t i = 0; i < s->campaigns.n; i++) {
		k->by_campaign[i].times = k->by_campaign[i].ms = 0;
		k->by_campaign[i].excused = false;
	}
	count_day(k, d);
	plan_excused(s, d->day, excuse, k);
	for (size_t i = 0; i < s->campaigns.n; i++)
		if (is_required(&s->campaigns.at[i], d->day))
			judge_day(k->check, &s->campaigns.at[i], &k->by_campaign[i], d->day);
}

static void report(const struct check *c, const struct campaign *of, const char *code, const char *pattern,
	const struct check_tally *t, int64_t got, int64_t want)
{
	char days[CHECK_WHEN_BYTES];
	if (!t->count)
		return;
	check_on_days(c, t, days);
	finding_add(c->findings, FINDING_WARNING, code, of->place, pattern, of->name, days, check_number(got).text,
		check_number(want).text, NULL);
}

static void close_campaigns(void *self)
{
	struct campaigns *k = self;
	const struct check *c = k->check;
	for (size_t i = 0; i < c->station->campaigns.n; i++) {
		const struct campaign *of = &c->station->campaigns.at[i];
		const struct account *a = &k->by_campaign[i];
		report(c, of, "times-short",
			N_("campaign \"{1}\" is aired {3} times on {2} — at least {4} times a day are "
			   "required — add it to a session, or add a repeat"),
			&a->short_times, a->short_times_got, of->times_min);
		report(c, of, "times-over",
			N_("campaign \"{1}\" is aired {3} times on {2} — at most {4} times a day are wanted "
			   "— take it out of a session, or drop a repeat"),
			&a->over_times, a->over_times_got, of->times_max);
		report(c, of, "minutes-short",
			N_("campaign \"{1}\" has {3} minutes of sound on {2} — at least {4} minutes a day "
			   "are required — air more of its bulletins, or more often"),
			&a->short_minutes, a->short_ms_got / 60000, of->minutes_min);
		report(c, of, "minutes-over",
			N_("campaign \"{1}\" has {3} minutes of sound on {2} — at most {4} minutes a day are "
			   "wanted — air fewer of its bulletins, or less often"),
			&a->over_minutes, (a->over_ms_got + 59999) / 60000, of->minutes_max);
	}
	vec_free(&k->keys);
	mem_free(k->by_campaign);
	mem_free(k);
}

const struct checker check_campaigns = { open_campaigns, day_campaigns, close_campaigns };
