#include "review/airings.h"

#include "base/mem.h"
#include "report/number.h"
#include "report/tally.h"
#include "report/times.h"
#include "report/words.h"

#include <string.h>

/* One reading: words are kept by their number. */
struct reading {
	struct review_store *store;
	struct report_log *log;
	const char *station;
	VEC(const char *) words;
};

static const char *word(struct reading *r, int64_t id)
{
	while (r->words.n <= (size_t)id)
		vec_push(&r->words, NULL);
	if (id && !r->words.at[id]) {
		struct review_query *q = review_query(r->store, "SELECT text FROM word WHERE id = ?");
		review_put(q, 1, id);
		while (review_row(q))
			r->words.at[id] = intern_string(r->log->strings, review_get_text(q, 0));
	}
	return r->words.at[id];
}

static void read_row(struct reading *in, struct review_query *q)
{
	struct report_row r = { .station = in->station,
		.planned = { review_get(q, 0) },
		.id = intern_string(in->log->strings, review_get_text(q, 1)),
		.started = { review_get(q, 2) },
		.ended = { review_get(q, 3) },
		.lateness_ms = review_get(q, 4),
		.heard_ms = review_get(q, 5),
		.offset_s = (int32_t)review_get(q, 6),
		.state = (enum state)review_get(q, 7),
		.reason = (enum reason)review_get(q, 8),
		.test = review_get(q, 9) & 1,
		.made_up = review_get(q, 9) & 2 };
	r.kind = word(in, review_get(q, 10));
	r.from = word(in, review_get(q, 11));
	r.zone = word(in, review_get(q, 12));
	r.zone_name = word(in, review_get(q, 13));
	r.bulletin = word(in, review_get(q, 14));
	r.title = word(in, review_get(q, 15));
	r.campaign = word(in, review_get(q, 16));
	r.directives = word(in, review_get(q, 17));
	r.class = word(in, review_get(q, 18));
	r.priority = word(in, review_get(q, 19));
	r.operator= word(in, review_get(q, 20));
	r.station_name = word(in, review_get(q, 21));
	r.approved_by = word(in, review_get(q, 22));
	r.directives = r.directives ? r.directives : "";
	vec_push(&in->log->rows, r);
}

static int64_t number_of(struct review_store *s, const char *station)
{
	struct review_query *q = review_query(s, "SELECT id FROM station WHERE code = ?");
	review_put_text(q, 1, station);
	return review_one(q, 0);
}

static struct report_log *read_days(struct review_store *s, int64_t id, const char *station, day_span days)
{
	struct reading in = { .store = s, .log = mem_new(struct report_log) };
	in.log->strings = intern_new();
	in.station = intern_string(in.log->strings, station);
	struct review_query *q = review_query(s,
		"SELECT planned_us, id, started_us, ended_us, lateness_ms, heard_ms, offset_s, state, reason, flags, "
		"kind,"
		" source, zone, zone_name, bulletin, title, campaign, directives, class, level, operator, station_name,"
		" approved FROM airing WHERE station = ? AND day BETWEEN ? AND ? ORDER BY planned_us, id");
	review_put(q, 1, id);
	review_put(q, 2, days.from);
	review_put(q, 3, days.until);
	while (review_row(q))
		read_row(&in, q);
	vec_free(&in.words);
	return in.log;
}

struct report_log *review_airings(
	struct review_store *s, const char *station, day_span days, const char *directive, struct err *err)
{
	struct report_log *log = read_days(s, number_of(s, station), station, days);
	size_t n = 0;
	for (size_t i = 0; i < log->rows.n; i++)
		if (!directive || report_row_has_directive(&log->rows.at[i], directive))
			log->rows.at[n++] = log->rows.at[i];
	log->rows.n = n;
	if (review_fault(s, err))
		report_log_free(&log);
	return log;
}

void review_shorts_read(
	struct review_store *s, const char *station, day_span days, const char *directive, struct review_shorts *out)
{
	struct review_query *q = review_query(s,
		"SELECT number, day, met, times, asked FROM done JOIN directive d ON d.id = directive WHERE station = "
		"? AND"
		" day BETWEEN ? AND ? AND met NOT IN (?, ?) ORDER BY number, d.id, day");
	review_put(q, 1, number_of(s, station));
	review_put(q, 2, days.from);
	review_put(q, 3, days.until);
	review_put(q, 4, MET_YES);
	review_put(q, 5, MET_NOT_ASKED);
	while (review_row(q))
		if (!directive || number_means(directive, review_get_text(q, 0)))
			vec_push(&out->list,
				(struct review_short){ mem_dup(review_get_text(q, 0)), (day_num)review_get(q, 1),
					(enum met)review_get(q, 2), (int)review_get(q, 3), (int)review_get(q, 4) });
}

void review_shorts_free(struct review_shorts *shorts)
{
	for (size_t i = 0; i < shorts->list.n; i++)
		mem_free(shorts->list.at[i].number);
	vec_free(&shorts->list);
}

/* ── Counting again ────────────────────────────────────────────────────────────────────────────────────────── */

/* Lần, lượt and minutes of one letter from the airings of one day; those of the day after are there for what began before
 * midnight. */
static bool day_agrees(struct review_query *done, const struct report_log *days, day_num day)
{
	struct report_log part = { 0 };
	struct times times = { 0 };
	const char *number = review_get_text(done, 0);
	int64_t aired = 0;
	for (size_t i = 0; i < days->rows.n; i++)
		if (report_row_has_directive(&days->rows.at[i], number))
			vec_push(&part.rows, days->rows.at[i]);
	times_count(part.rows.at, part.rows.n, &times);
	for (size_t i = 0; i < times.days.n; i++)
		aired += times.days.at[i].day == day ? times.days.at[i].aired : 0;
	size_t n = 0;
	while (n < part.rows.n && words_day(&part.rows.at[n], part.rows.at[n].planned) == day)
		n++;
	struct tally sums = tally_of(part.rows.at, n);
	times_free(&times);
	vec_free(&part.rows);
	return (int64_t)sums.broadcasts_planned == review_get(done, 1) &&
	       (int64_t)sums.broadcasts == review_get(done, 2) && sums.heard_ms == review_get(done, 3) &&
	       aired == review_get(done, 4);
}

bool review_recount(struct review_store *s, size_t *days, size_t *wrong, struct err *err)
{
	*days = *wrong = 0;
	struct review_query *all = review_query(
		s, "SELECT station, day, code FROM covered JOIN station ON station.id = station ORDER BY station, day");
	while (review_row(all)) {
		day_num day = (day_num)review_get(all, 1);
		struct report_log *log = read_days(
			s, review_get(all, 0), review_get_text(all, 2), (day_span){ day, day + 1 });
		struct review_query *done = review_query(s, "SELECT number, planned, broadcasts, heard_ms, times FROM "
							    "done JOIN directive d ON d.id = directive WHERE"
							    " station = ? AND day = ? AND number <> ''");
		bool same = true;
		review_put(done, 1, review_get(all, 0));
		review_put(done, 2, day);
		while (review_row(done))
			same = day_agrees(done, log, day) && same;
		++*days;
		*wrong += !same;
		report_log_free(&log);
	}
	return !review_fault(s, err);
}
