#include "review/airings.h"

#include "base/mem.h"
#include "report/tally.h"
#include "report/times.h"
#include "report/words.h"

#include <string.h>

#define WORD(column) "(SELECT text FROM word WHERE id = " column ")"
#define COLUMNS                                                                                                                                            \
	"SELECT planned_us, a.id, started_us, ended_us, lateness_ms, heard_ms, offset_s, state, reason, flags, " WORD("kind") "," WORD("source") "," WORD( \
		"zone") "," WORD("zone_name") "," WORD("bulletin") "," WORD("title") "," WORD("campaign") "," WORD("d"                                     \
														   "i"                                     \
														   "r"                                     \
														   "e"                                     \
														   "c"                                     \
														   "t"                                     \
														   "i"                                     \
														   "v"                                     \
														   "e"                                     \
														   "s") "," WORD("class") "," WORD("level") "," WORD("operator") "," WORD("approved") " FROM airing a WHERE a.station = ?1 AND day BETWEEN ?2 AND ?3"

static const char *kept(struct review_query *q, int column, struct intern *strings)
{
	const char *text = review_get_text(q, column);
	return *text ? intern_string(strings, text) : NULL;
}

static void read_row(struct review_query *q, struct report_log *log, const char *station)
{
	struct report_row r = { .station = station,
		.planned = { review_get(q, 0) },
		.id = kept(q, 1, log->strings),
		.started = { review_get(q, 2) },
		.ended = { review_get(q, 3) },
		.lateness_ms = review_get(q, 4),
		.heard_ms = review_get(q, 5),
		.offset_s = (int32_t)review_get(q, 6),
		.state = (enum state)review_get(q, 7),
		.reason = (enum reason)review_get(q, 8),
		.test = review_get(q, 9) & 1,
		.made_up = review_get(q, 9) & 2 };
	const char **texts[] = { &r.kind, &r.from, &r.zone, &r.zone_name, &r.bulletin, &r.title, &r.campaign,
		&r.directives, &r.class, &r.priority, &r.operator, & r.approved_by };
	for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
		*texts[i] = kept(q, 10 + i, log->strings);
	if (!r.directives)
		r.directives = "";
	vec_push(&log->rows, r);
}

static int64_t number_of(struct review_store *s, const char *station)
{
	struct review_query *q = review_query(s, "SELECT id FROM station WHERE code = ?");
	review_put_text(q, 1, station);
	return review_one(q, 0);
}

static struct report_log *read_days(struct review_store *s, int64_t id, const char *station, day_span days)
{
	struct report_log *log = mem_new(struct report_log);
	log->strings = intern_new();
	struct review_query *q = review_query(s, COLUMNS " ORDER BY planned_us, a.id");
	review_put(q, 1, id);
	review_put(q, 2, days.from);
	review_put(q, 3, days.until);
	station = intern_string(log->strings, station);
	while (review_row(q))
		read_row(q, log, station);
	return log;
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
