#include "cli/report-read.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/language.h"
#include "cli/place.h"
#include "cli/report-asked.h"
#include "journal/seal.h"
#include "report/number.h"
#include "schedule/tz.h"

#include <string.h>
#include <time.h>

/* What is open while a report is made. */
struct reading {
	struct report_wanted *wanted;
	struct report_found *found;
	struct journal_log *log;
	struct text checkpoint;
	const struct tz *tz;
	wall_us now, known, begins;
	struct period period;
	struct report_log *rows;
	struct report_events events;
	struct remarks remarks;
	char seal[SHA256_HEX];
};

/* ── The clock ─────────────────────────────────────────────────────────────────────────────────────────────── */

static wall_us machine_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (wall_us){ (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000 };
}

/* The time of a rehearsal is its own: it has come to the end of its last day. */
static void read_clock(struct reading *r)
{
	struct journal_reader last = journal_log_latest(r->log, 1);
	struct journal_row row;
	r->known = last.last_alive(last.self);
	while (last.next(last.self, &row))
		if (row.wall.us > r->known.us)
			r->known = row.wall;
	r->now = machine_now();
	if (journal_log_rehearsal(r->log)) {
		r->now = tz_instant(r->tz, tz_local(r->tz, (wall_us){ r->known.us - 1 }).day + 1, 0);
		r->known = r->now;
	}
}

static wall_us first_row(struct journal_log *log)
{
	struct journal_reader all = journal_log_everything(log, (wall_us){ 1 }, (wall_us){ US_NEVER });
	struct journal_row row;
	return all.next(all.self, &row) ? row.wall : (wall_us){ 0 };
}

/* ── The days ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_campaign(const char *s)
{
	char *folded = s ? text_fold(s, false) : NULL;
	bool yes = folded && (!strcmp(folded, "campaign") || !strcmp(folded, "dot"));
	mem_free(folded);
	return yes;
}

static bool campaign_days(struct reading *r, struct err *err)
{
	const struct period_asked *p = &r->wanted->period;
	const char *title;
	if (p->month || p->week || p->quarter || p->half || p->year || p->from || p->to)
		return err_set(err, _("more than one period is asked for — a report goes over one — name only one of them, e.g. "
				      "--month 7/2021"));
	if (!report_asked_campaign(&r->wanted->asked, &r->found->schedules, &r->period.days, &title, err))
		return false;
	day_num today = tz_local(r->tz, r->now).day;
	bool endless = r->period.days.until == DAY_MAX || r->period.days.from == DAY_MIN;
	if (endless && r->period.days.from == DAY_MIN)
		return err_set(err, _("the campaign has no first day — name the days: --from 1/7/2021 --to 31/8/2021"));
	if (endless)
		r->period.days.until = today > r->period.days.from ? today : r->period.days.from;
	if (r->period.days.until - r->period.days.from >= PERIOD_DAYS_MOST)
		r->period.days.until = r->period.days.from + PERIOD_DAYS_MOST - 1;
	char *span = period_span_title(r->period.days);
	r->period.title = mem_printf(_("campaign \"%s\", %s"), title, span);
	mem_free(span);
	return true;
}

static bool choose_days(struct reading *r, struct err *err)
{
	bool ok = is_campaign(r->wanted->period.period)
			  ? campaign_days(r, err)
			  : period_read(&r->wanted->period, tz_local(r->tz, r->now).day, &r->period, err);
	r->wanted->asked.days = r->period.days;
	r->wanted->asked.title = r->period.title;
	return ok;
}

/* ── The rows ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* A firing of the day before may have airings on the first day, one of the last on the day after. */
static void read_rows(struct reading *r)
{
	static const struct report_filter all = { .state = -1 };
	wall_us from = tz_instant(r->tz, r->period.days.from - 1, 0), to = tz_instant(r->tz, r->period.days.until + 2, 0);
	struct journal_reader rows = journal_log_airings(r->log, from, to);
	r->rows = report_log_read(&rows, &all, text_str(&r->checkpoint));
	r->found->unreadable = r->rows->unreadable;
	/* An absence is written when it is over, a note about a day perhaps weeks later; how the first day began, perhaps
	 * long before it. */
	wall_us long_before = tz_instant(r->tz, r->period.days.from - 400, 0), never = { US_NEVER };
	struct journal_reader events = journal_log_events(r->log, report_event_kinds, long_before, never);
	report_events_read(&r->events, &events);
	struct journal_reader remarked = journal_log_events(r->log, report_remark_kinds, long_before, never);
	report_remarks_read(&r->remarks, &remarked, r->tz);
}

/* The first seal that covers all of the report's days; of days that are not over, the last there is. */
static void read_seal(struct reading *r)
{
	static const char *const kinds[] = { "seal", NULL };
	wall_us end = tz_instant(r->tz, r->period.days.until + 1, 0);
	struct journal_reader seals = journal_log_events(r->log, kinds, tz_instant(r->tz, r->period.days.from, 0), (wall_us){ US_NEVER });
	struct journal_row row;
	bool covers = false;
	while (!covers && seals.next(seals.self, &row)) {
		struct seal seal;
		if (seal_read(&seal, row.body, strlen(row.body)))
			sha256_hex(seal.head, r->seal);
		covers = row.wall.us >= end.us;
	}
}

static wall_us first_heard(void *self, const char *campaign, wall_us since)
{
	struct reading *r = self;
	wall_us before = tz_instant(r->tz, r->period.days.from, 0), first = { 0 };
	struct journal_reader rows = journal_log_airings(r->log, since, before);
	struct journal_row row;
	while (!first.us && rows.next(rows.self, &row)) {
		struct intern *strings = strcmp(row.kind, "verdict") ? NULL : intern_new();
		struct report_row one;
		if (strings && report_row_read(&one, row.body, (wall_us){ 0 }, strings) && one.state == STATE_AIRED &&
			one.campaign && !strcmp(one.campaign, campaign) && report_row_countable(&one) &&
			one.started.us >= since.us)
			first = one.started;
		intern_free(&strings);
	}
	return first;
}

/* ── Together ──────────────────────────────────────────────────────────────────────────────────────────────── */

static day_num begin_of(const struct reading *r, const char *directive)
{
	day_num begins = DAY_NONE;
	for (size_t i = 0; directive && i < r->found->schedules.list.n; i++) {
		const struct station *s = r->found->schedules.list.at[i].station;
		for (size_t k = 0; k < s->campaigns.n; k++)
			for (size_t d = 0; d < s->campaigns.at[k].directives.n; d++) {
				const struct directive *one = &s->campaigns.at[k].directives.at[d];
				day_num from = one->from == DAY_NONE ? s->campaigns.at[k].days.from : one->from;
				bool it = number_means(directive, one->number) || !strcmp(directive, one->name);
				if (it && from > DAY_MIN && (begins == DAY_NONE || from < begins))
					begins = from;
			}
	}
	return begins;
}

static struct report *build(struct reading *r, struct err *err)
{
	VEC(struct report_schedule) schedules = { 0 };
	const struct schedules *all = &r->found->schedules;
	for (size_t i = 0; i < all->list.n; i++)
		vec_push(&schedules, (struct report_schedule){ all->list.at[i].from, all->list.at[i].station });
	struct report_source source = { .log = r->rows,
		.schedules = schedules.at,
		.n_schedules = schedules.n,
		.events = &r->events,
		.remarks = &r->remarks,
		.made = r->now,
		.known = r->known,
		.begins = r->begins,
		.crossed = journal_log_rehearsal(r->log),
		.seal = *r->seal ? r->seal : NULL,
		.first_heard = first_heard,
		.self = r };
	struct report *report = report_build(&source, &r->wanted->asked);
	if (!journal_log_done(r->log, err))
		report_free(&report);
	vec_free(&schedules);
	return report;
}

static struct report *read_all(struct reading *r, struct err *err)
{
	struct schedules *all = &r->found->schedules;
	if (!schedules_read(all, r->log, r->wanted->state_dir, r->wanted->station_dir, err))
		return NULL;
	const struct station *last = all->list.at[all->list.n - 1].station;
	if (r->wanted->paper)
		language_paper(last->language);
	else
		language_station(last->language);
	r->tz = last->tz;
	journal_log_checkpoint(r->log, &r->checkpoint);
	read_clock(r);
	r->found->usage = true;
	if (!report_asked_names(&r->wanted->asked, all, err) || !choose_days(r, err))
		return NULL;
	r->found->usage = false;
	r->found->begins = begin_of(r, r->wanted->asked.directive);
	r->begins = r->found->journal_begins = first_row(r->log);
	read_rows(r);
	read_seal(r);
	return build(r, err);
}

/* No journal there: perhaps the person rehearsed and looks for that. */
static void no_journal(const char *state_dir, struct err *err)
{
	char *rehearsal = place_dry_run();
	if (rehearsal && strcmp(rehearsal, state_dir) != 0 && journal_log_exists(rehearsal))
		err_set(err, _("no journal in %s — no live station has run from there — of the last rehearsal: loaxa report --state %s"),
			state_dir, rehearsal);
	else
		err_set(err, _("no journal in %s — no station has run from there yet — a rehearsal makes one: loaxa dry-run"), state_dir);
	mem_free(rehearsal);
}

struct report *report_read(struct report_wanted *wanted, struct report_found *found, struct err *err)
{
	struct reading r = { .wanted = wanted, .found = found };
	struct report *report = NULL;
	found->begins = DAY_NONE;
	if (!journal_log_exists(wanted->state_dir)) {
		no_journal(wanted->state_dir, err);
		return NULL;
	}
	r.log = journal_log_open(wanted->state_dir, err);
	if (r.log)
		report = read_all(&r, err);
	report_remarks_free(&r.remarks);
	report_events_free(&r.events);
	report_log_free(&r.rows);
	mem_free(r.period.title);
	text_free(&r.checkpoint);
	journal_log_close(&r.log);
	return report;
}

void report_found_free(struct report_found *f)
{
	schedules_free(&f->schedules);
}
