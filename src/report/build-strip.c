/* The days as a strip: of each local hour what became of what was planned in it.  Where nothing was planned it tells whether
 * that was because an exception took it away, or whether nothing could have been heard. */
#include "report/build-inside.h"

#include "report/words.h"
#include "schedule/plan.h"
#include "schedule/tz.h"

#include <string.h>

#define HOUR_US (INT64_C(3600) * US_PER_S)

struct hour {
	int open, aired, part, not_aired, off; /* airings planned in it */
	bool emergency, heard;                 /* was anything on air in it */
	bool excused;
};

struct strip {
	struct build *b;
	struct hour *hours; /* 24 a day */
	int64_t first, n;   /* local hours since 1970; of the report's days */
};

/* NULL outside the report. */
static struct hour *hour_at(struct strip *s, const struct report_row *r, wall_us at)
{
	int64_t i = (at.us / US_PER_S + r->offset_s) / 3600 - s->first;
	return i >= 0 && i < s->n ? &s->hours[i] : NULL;
}

static void count_plan(struct hour *h, const struct report_row *r)
{
	h->open += r->state == STATE_OPEN;
	h->aired += r->state == STATE_AIRED;
	h->part += r->state == STATE_PARTIAL;
	h->off += r->reason == REASON_ZONE_OFF;
	h->not_aired += r->state > STATE_PARTIAL && r->reason != REASON_ZONE_OFF;
}

/* A relay of 05:36 is heard at six o'clock too. */
static void count_sound(struct strip *s, const struct report_row *r)
{
	bool emergency = r->priority && !strcmp(r->priority, "emergency");
	if (!r->started.us || (r->ended.us && !r->frames_played))
		return;
	wall_us end = r->ended.us > r->started.us ? r->ended : (wall_us){ r->started.us + 1 };
	for (wall_us at = r->started; at.us < end.us; at.us += HOUR_US - at.us % HOUR_US) {
		struct hour *h = hour_at(s, r, at);
		if (!h)
			continue;
		h->heard = true;
		h->emergency = h->emergency || emergency;
	}
}

static void count_rows(struct strip *s)
{
	for (size_t i = 0; i < s->b->rows.n; i++) {
		const struct report_row *r = &s->b->rows.at[i];
		struct hour *h = r->test ? NULL : hour_at(s, r, r->planned);
		if (h)
			count_plan(h, r);
		if (!r->test)
			count_sound(s, r);
	}
}

/* ── What exceptions took ── */

struct taking {
	struct strip *strip;
	const struct station *station;
};

static void excuse_hours(struct strip *s, day_num day, tod_ms from, tod_ms to)
{
	int64_t base = (int64_t)day * 24 - s->first, last = (to > from ? to - 1 : MS_PER_DAY - 1) / 3600000;
	for (int64_t h = from / 3600000; h <= last; h++)
		if (base + h >= 0 && base + h < s->n)
			s->hours[base + h].excused = true;
}

static void excuse(void *self, const struct excused *x)
{
	struct taking *t = self;
	const struct rule *r = &t->station->rules.at[x->rule];
	if (r->kind == RULE_SESSION)
		excuse_hours(t->strip, x->day, r->start, r->end);
	for (size_t i = 0; i < r->at.n; i++)
		excuse_hours(t->strip, x->day, r->at.at[i], r->at.at[i] + 1);
	for (size_t i = 0; i < r->within.n; i++)
		excuse_hours(t->strip, x->day, r->within.at[i].from, r->within.at[i].to);
}

/* ── When nothing could be heard ── */

/* How much of the hour lies in the intervals, in µs; they are sorted by their beginning, and may overlap. */
static int64_t covered(const struct report_off *off, size_t n, wall_us from, wall_us to)
{
	int64_t sum = 0, until = from.us;
	for (size_t i = 0; i < n && off[i].from.us < to.us; i++) {
		int64_t a = off[i].from.us > until ? off[i].from.us : until;
		int64_t b = off[i].to.us < to.us ? off[i].to.us : to.us;
		sum += b > a ? b - a : 0;
		until = b > until ? b : until;
	}
	return sum;
}

static bool was_off(const struct report *r, wall_us from, wall_us to)
{
	int64_t half = (to.us - from.us) / 2;
	if (covered(r->station_off.at, r->station_off.n, from, to) > half)
		return true;
	bool all = r->zones.n > 0;
	for (size_t z = 0; z < r->zones.n && all; z++)
		all = covered(r->zones.at[z].off.at, r->zones.at[z].off.n, from, to) > half;
	return all;
}

/* ── Cells ── */

static enum strip_cell cell_of(const struct strip *s, const struct hour *h, wall_us from)
{
	if (h->emergency)
		return STRIP_EMERGENCY;
	if (h->open)
		return STRIP_OPEN;
	if (h->aired && !h->part && !h->not_aired)
		return STRIP_AIRED;
	if (h->aired || h->part)
		return STRIP_PART;
	if (h->not_aired)
		return STRIP_MISSED;
	if (h->off)
		return STRIP_OFF;
	if (h->heard)
		return STRIP_AIRED;
	if (h->excused)
		return STRIP_EXCUSED;
	return was_off(s->b->out, from, (wall_us){ from.us + HOUR_US }) ? STRIP_OFF : STRIP_NOTHING;
}

void report_build_strip(struct build *b)
{
	day_span days = b->asked->days;
	struct strip s = { .b = b, .first = (int64_t)days.from * 24, .n = ((int64_t)days.until - days.from + 1) * 24 };
	s.hours = mem_zero((size_t)s.n * sizeof *s.hours);
	count_rows(&s);
	for (day_num day = days.from; day <= days.until; day++) {
		struct taking t = { &s, report_build_station_of(b, day) };
		plan_excused(t.station, day, excuse, &t);
	}
	for (day_num day = days.from; day <= days.until; day++) {
		struct report_strip row = { .day = day };
		for (int h = 0; h < 24; h++)
			row.hour[h] = (unsigned char)cell_of(&s, &s.hours[(int64_t)(day - days.from) * 24 + h],
				tz_instant(b->out->tz, day, (int64_t)h * 3600000));
		vec_push(&b->out->strip, row);
	}
	mem_free(s.hours);
}
