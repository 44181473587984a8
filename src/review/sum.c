/* What is kept of a directive on a day, so that a year of a province is a sum of small numbers.  Nothing is judged here: the
 * report says whether a day was met, by the same rule as on the station's own paper. */
#include "base/mem.h"
#include "review/take.h"
#include "report/words.h"

#include <string.h>

/* Lượt and minutes of a campaign's day; rows are in the order of their planned instants. */
static struct tally day_of(const struct report_log *log, const char *campaign, day_num day, size_t *at)
{
	struct tally_run *run = tally_new();
	VEC(struct report_row) rows = { 0 };
	while (*at < log->rows.n && words_day(&log->rows.at[*at], log->rows.at[*at].planned) < day)
		++*at;
	for (; *at < log->rows.n && words_day(&log->rows.at[*at], log->rows.at[*at].planned) == day; ++*at)
		if (log->rows.at[*at].campaign && !strcmp(log->rows.at[*at].campaign, campaign))
			vec_push(&rows, log->rows.at[*at]);
	tally_add(run, rows.at, rows.n);
	vec_free(&rows);
	return tally_end(&run);
}

/* Two campaigns may carry out one letter: it was done when both were. */
static void add(struct review_bundle *b, const struct review_done *d)
{
	static const int worse[MET_COUNT] = {
		[MET_NOT_ASKED] = 0, [MET_YES] = 1, [MET_EXCUSED] = 2, [MET_OPEN] = 3, [MET_NO] = 4
	};
	for (size_t i = 0; i < b->done.n; i++) {
		struct review_done *o = &b->done.at[i];
		if (o->day != d->day || o->issued != d->issued || strcmp(o->number, d->number) ||
			strcmp(o->issuer, d->issuer))
			continue;
		o->met = worse[d->met] > worse[o->met] ? d->met : o->met;
		o->asked += d->asked;
		o->times += d->times;
		o->planned += d->planned;
		o->broadcasts += d->broadcasts;
		o->heard_ms += d->heard_ms;
		return;
	}
	vec_push(&b->done, *d);
}

void review_sum_up(struct review_bundle *b, const struct report *r, const struct report_log *log)
{
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		size_t at = 0;
		for (size_t k = 0; k < d->per_day.n; k++) {
			const struct report_directive_day *day = &d->per_day.at[k];
			if (!day_in(b->days, day->day))
				continue;
			struct tally sums = day_of(log, d->campaign, day->day, &at);
			add(b, &(struct review_done){ d->number, d->issuer, d->subject, d->issued, day->day, day->met,
				       day->asked_min > 0 && day->met != MET_NOT_ASKED ? day->asked_min : 0, day->times,
				       sums.broadcasts_planned, sums.broadcasts, sums.heard_ms });
		}
	}
}

void review_bundle_free(struct review_bundle *b)
{
	vec_free(&b->seals);
	vec_free(&b->airings);
	vec_free(&b->done);
}
