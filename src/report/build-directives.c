/* Directive by directive: what was asked of each day, and whether it was done.  Each day is judged by the schedule it
 * began with; what a new schedule brought in during the day, by that one. */
#include "report/build-inside.h"

#include "report/number.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <string.h>

static struct report_directive *find(struct build *b, const struct campaign *c, const struct directive *d)
{
	for (size_t i = 0; i < b->out->directives.n; i++) {
		struct report_directive *have = &b->out->directives.at[i];
		if (!strcmp(have->campaign, c->name) && !strcmp(have->name, d->name) && !strcmp(have->number, d->number))
			return have;
	}
	return NULL;
}

/* What is said of it, as the latest schedule says it. */
static void describe(struct report_directive *to, const struct campaign *c, const struct directive *d)
{
	mem_renew(&to->campaign, c->name);
	mem_renew(&to->campaign_title, c->title);
	mem_renew(&to->set_by, c->set_by);
	mem_renew(&to->name, d->name);
	mem_renew(&to->number, d->number ? d->number : "");
	mem_renew(&to->issuer, d->issuer);
	mem_renew(&to->subject, d->subject);
	mem_renew(&to->report_to, d->report_to);
	mem_renew(&to->received, d->received);
	to->urgency = d->urgency;
	to->issued = d->issued;
	to->pictures = d->pictures;
	to->uptakes.n = 0;
	for (size_t i = 0; i < c->uptakes.n; i++)
		vec_push(&to->uptakes, c->uptakes.at[i]);
}

static struct report_directive *slot(struct build *b, const struct campaign *c, const struct directive *d)
{
	struct report_directive *have = find(b, c, d);
	if (!have) {
		vec_push(&b->out->directives, (struct report_directive){ .days = { 1, 0 }, .first_airing_ms = -1 });
		have = &b->out->directives.at[b->out->directives.n - 1];
	}
	describe(have, c, d);
	return have;
}

static bool is_asked_for(const struct build *b, const struct campaign *c, const struct directive *d)
{
	const struct report_asked *a = b->asked;
	return (!a->campaign || !strcmp(a->campaign, c->name)) &&
	       (!a->directive || number_means(a->directive, d->number) || !strcmp(a->directive, d->name));
}

/* First of the rows planned at that instant or later. */
static size_t first_from(const struct build *b, wall_us at)
{
	size_t low = 0, high = b->heard.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (b->heard.at[middle].planned.us < at.us)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* What became of the campaign's airings of that day. */
static struct tally of_day(const struct build *b, const char *campaign, day_num day)
{
	wall_us begin = tz_instant(b->out->tz, day, 0), end = tz_instant(b->out->tz, day + 1, 0);
	VEC(struct report_row) rows = { 0 };
	for (size_t i = first_from(b, begin); i < b->heard.n && b->heard.at[i].planned.us < end.us; i++) {
		const struct report_row *r = &b->heard.at[i];
		if (r->campaign && !strcmp(r->campaign, campaign))
			vec_push(&rows, *r);
	}
	struct tally sums = tally_of(rows.at, rows.n);
	vec_free(&rows);
	return sums;
}

/* A zone that is off keeps no lần from being counted: it explains a day only when nothing else does. */
static enum reason most_frequent(const struct tally *t)
{
	int most = REASON_NONE;
	for (int r = REASON_NONE + 1; r < REASON_COUNT; r++)
		if (r != REASON_ZONE_OFF && t->by_reason[r] && (most == REASON_NONE || t->by_reason[r] > t->by_reason[most]))
			most = r;
	return most == REASON_NONE && t->by_reason[REASON_ZONE_OFF] ? REASON_ZONE_OFF : (enum reason)most;
}

static enum met judge(const struct build *b, const struct station *s, const struct campaign *c,
	const struct report_directive_day *d, bool open)
{
	bool times = d->asked_min > 0, minutes = !times && d->asked_minutes > 0;
	if (!times && !minutes)
		return MET_NOT_ASKED;
	if (times ? d->times >= d->asked_min : d->heard_ms >= d->asked_minutes * INT64_C(60000))
		return MET_YES;
	if (report_build_excused(s, c->name, d->day, NULL))
		return MET_EXCUSED;
	return open || d->day >= report_build_day(b, b->in->made) ? MET_OPEN : MET_NO;
}

static void add_day(struct build *b, const struct station *s, const struct campaign *c, struct report_directive *to,
	day_num day)
{
	const struct times_day *log = times_find(&b->times, c->name, day);
	struct tally sums = of_day(b, c->name, day);
	struct report_directive_day d = { .day = day,
		.asked_min = c->times_min,
		.asked_max = c->times_max,
		.asked_minutes = c->minutes_min,
		.times = log ? log->aired : 0,
		.heard_ms = sums.heard_ms,
		.why = most_frequent(&sums) };
	d.met = judge(b, s, c, &d, log && log->open);
	if (to->days.from > to->days.until)
		to->days.from = day;
	/* A schedule in between may have left the directive out. */
	for (day_num gap = to->days.until + 1; to->per_day.n && gap < day; gap++) {
		struct report_directive_day none = { .day = gap, .asked_min = -1, .asked_max = -1, .asked_minutes = -1 };
		vec_push(&to->per_day, none);
	}
	to->days.until = day;
	vec_push(&to->per_day, d);
}

static void look_at(struct build *b, const struct station *s, day_num day)
{
	for (size_t i = 0; i < s->campaigns.n; i++) {
		const struct campaign *c = &s->campaigns.at[i];
		for (size_t k = 0; day_in(c->days, day) && k < c->directives.n; k++) {
			const struct directive *d = &c->directives.at[k];
			if (!is_asked_for(b, c, d) || (d->from != DAY_NONE && day < d->from))
				continue;
			struct report_directive *to = slot(b, c, d);
			if (to->per_day.n && to->days.until >= day)
				continue; /* the day began with it */
			add_day(b, s, c, to, day);
		}
	}
}

static void add_up(struct report_directive *d)
{
	bool asked = false;
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		asked = asked || day->asked_min > 0;
		d->times += day->times;
		d->times_asked += day->asked_min > 0 ? day->asked_min : 0;
		d->days_asked += day->met != MET_NOT_ASKED;
		d->days_met += day->met == MET_YES;
		d->days_excused += day->met == MET_EXCUSED;
		d->days_open += day->met == MET_OPEN;
	}
	d->times_asked = asked ? d->times_asked : -1;
}

/* ── Lượt, minutes, the first airing ───────────────────────────────────────────────────────────────────────── */

static void count(const struct build *b, struct report_directive *d)
{
	VEC(struct report_row) rows = { 0 };
	for (size_t i = 0; i < b->rows.n; i++) {
		const struct report_row *r = &b->rows.at[i];
		if (r->campaign && !strcmp(r->campaign, d->campaign) && day_in(d->days, words_day(r, r->planned)))
			vec_push(&rows, *r);
	}
	d->sums = tally_of(rows.at, rows.n);
	vec_free(&rows);
}

/* "13/7/2021 16:05"; without the hour nobody can say how many hours it took. */
static wall_us received_at(const struct build *b, const struct report_directive *d)
{
	char *date = mem_dup(d->received ? d->received : ""), *time = strchr(date, ' ');
	day_num day;
	tod_ms ms;
	wall_us at = { 0 };
	if (time) {
		*time++ = '\0';
		if (value_date(date, &day) && value_time(time, &ms))
			at = tz_instant(b->out->tz, day, ms);
	}
	mem_free(date);
	return at;
}

static void time_first_airing(const struct build *b, struct report_directive *d)
{
	wall_us received = received_at(b, d), first = { 0 };
	const struct report_log *log = b->in->log;
	if (!received.us)
		return;
	if (received.us < b->from.us && b->in->first_heard)
		first = b->in->first_heard(b->in->self, d->campaign, received);
	for (size_t i = 0; !first.us && i < log->rows.n; i++) {
		const struct report_row *r = &log->rows.at[i];
		if (r->campaign && !strcmp(r->campaign, d->campaign) && report_row_countable(r) &&
			r->state == STATE_AIRED && r->started.us >= received.us)
			first = r->started;
	}
	/* Where nobody can tell what was before, a later airing is not said to be the first. */
	if (first.us && (received.us >= b->from.us || b->in->first_heard))
		d->first_airing_ms = (first.us - received.us) / US_PER_MS;
}

static int by_date(const void *a, const void *b)
{
	return ((const struct uptake *)a)->date - ((const struct uptake *)b)->date;
}

void report_build_directives(struct build *b)
{
	for (day_num day = b->asked->days.from; day <= b->asked->days.until; day++) {
		wall_us end = tz_instant(b->out->tz, day + 1, 0), begin = tz_instant(b->out->tz, day, 0);
		look_at(b, report_build_station_of(b, day), day);
		for (size_t i = 0; i < b->in->n_schedules; i++)
			if (b->in->schedules[i].from.us > begin.us && b->in->schedules[i].from.us < end.us)
				look_at(b, b->in->schedules[i].station, day);
	}
	for (size_t i = 0; i < b->out->directives.n; i++) {
		struct report_directive *d = &b->out->directives.at[i];
		add_up(d);
		count(b, d);
		time_first_airing(b, d);
		if (d->uptakes.n)
			qsort(d->uptakes.at, d->uptakes.n, sizeof *d->uptakes.at, by_date);
	}
}
