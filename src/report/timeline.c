#include "report/timeline.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "schedule/tz.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 18
#define QUIET_SPLITS (INT64_C(20) * 60 * US_PER_S) /* longer silences are not drawn */
#define COLUMNS_MAX 240

/* What one character shows.  Where several share it, the later in this list wins: an emergency of two seconds must not
 * vanish behind a relay of half an hour. */
enum mark {
	MARK_NOTHING,
	MARK_MUSIC,
	MARK_SIGNATURE,
	MARK_RELAY,
	MARK_TEST,
	MARK_SPEECH,
	MARK_NOT_AIRED,
	MARK_EMERGENCY,
	MARKS
};

static const struct {
	const char *sign, *colour, *name;
} marks[MARKS] = {
	[MARK_NOTHING] = { "·", "2", N_("silence") },
	[MARK_MUSIC] = { "♪", "36", N_("music") },
	[MARK_SIGNATURE] = { "~", "36", N_("signature tune") },
	[MARK_RELAY] = { "▒", "34", N_("relay") },
	[MARK_TEST] = { "t", "2", N_("test") },
	[MARK_SPEECH] = { "█", "32", N_("bulletin") },
	[MARK_NOT_AIRED] = { "x", "33", N_("not aired, or not wholly") },
	[MARK_EMERGENCY] = { "!", "1;31", N_("EMERGENCY") },
};

struct bar {
	const char *zone, *label;
	int order;
	wall_us from, to;
	enum mark mark;
};

struct picture {
	VEC(struct bar) bars; /* by start */
	const struct timeline_options *how;
	const struct report_out *out;
	struct text line;
};

/* ── From rows to bars ── */

static enum mark mark_of(const struct report_row *r)
{
	if (!strcmp(r->priority, "emergency"))
		return MARK_EMERGENCY;
	if (r->test)
		return MARK_TEST;
	if (!strcmp(r->class, "music"))
		return MARK_MUSIC;
	if (!strcmp(r->class, "signature"))
		return MARK_SIGNATURE;
	return strcmp(r->class, "relay") ? MARK_SPEECH : MARK_RELAY;
}

static void add_bar(struct picture *p, const struct report_row *r, wall_us from, int64_t us, enum mark mark)
{
	struct bar b = { .zone = r->zone,
		.label = r->zone_name,
		.order = r->zone_order,
		.from = from,
		.to = { from.us + us },
		.mark = mark };
	vec_push(&p->bars, b);
}

static void add_row(struct picture *p, const struct report_row *r)
{
	struct json *body = json_parse(r->body, strlen(r->body));
	const struct json *segments = json_get(body, "segments");
	for (size_t i = 0; i < json_count(segments) && r->frames_played; i++) {
		const struct json *s = json_at(segments, i);
		int64_t frames = json_as_int(json_at(s, 1), 0) - json_as_int(json_at(s, 0), 0);
		wall_us from;
		if (report_instant(json_as_str(json_at(s, 2)), &from, NULL))
			add_bar(p, r, from, frames * r->heard_ms / r->frames_played * US_PER_MS, mark_of(r));
	}
	if (r->state > STATE_AIRED)
		add_bar(p, r, r->planned, 1, MARK_NOT_AIRED);
	json_free(&body);
}

static int by_start(const void *pa, const void *pb)
{
	const struct bar *a = pa, *b = pb;
	return (a->from.us > b->from.us) - (a->from.us < b->from.us);
}

/* ── Drawing ── */

static void put_line(struct picture *p)
{
	text_add(&p->line, "\n");
	p->out->put(p->out->self, text_str(&p->line));
	text_clear(&p->line);
}

/* The smallest step on this list with which the block fits; the steps are those of a wall clock. */
static int64_t step_for(int64_t length, int columns)
{
	static const int seconds[] = { 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, 3600 };
	size_t n = sizeof seconds / sizeof *seconds, i = 0;
	while (i + 1 < n && length > seconds[i] * US_PER_S * columns)
		i++;
	return seconds[i] * US_PER_S;
}

/* Ticks at round local times, far enough apart for their labels. */
static void draw_axis(struct picture *p, wall_us from, int64_t step, int columns)
{
	static const int minutes[] = { 1, 2, 5, 10, 15, 30, 60, 120 };
	size_t i = 0;
	while (i + 1 < sizeof minutes / sizeof *minutes && minutes[i] * 60 * US_PER_S < 8 * step)
		i++;
	text_add_cell(&p->line, "", LABEL_COLUMNS);
	for (int c = 0; c < columns;) {
		struct local l = tz_local(p->how->tz, (wall_us){ from.us + c * step });
		bool tick = l.ms * US_PER_MS % (minutes[i] * 60 * US_PER_S) < step;
		if (tick)
			text_addf(&p->line, "%02d:%02d ", l.ms / 3600000, l.ms / 60000 % 60);
		else
			text_add(&p->line, " ");
		c += tick ? 6 : 1;
	}
	put_line(p);
}

static void add_mark(struct picture *p, enum mark mark)
{
	if (p->how->colour)
		text_addf(&p->line, "\033[%sm%s\033[0m", marks[mark].colour, marks[mark].sign);
	else
		text_add(&p->line, marks[mark].sign);
}

static const char *fill_zone(
	enum mark *row, const struct bar *bars, size_t n, const char *zone, wall_us from, int64_t step, int columns)
{
	const char *label = zone;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(bars[i].zone, zone))
			continue;
		label = bars[i].label;
		int c = (int)((bars[i].from.us - from.us) / step);
		int last = (int)((bars[i].to.us - 1 - from.us) / step);
		for (; c <= last && c < columns; c++)
			if (bars[i].mark > row[c])
				row[c] = bars[i].mark;
	}
	return label;
}

static void draw_zone(
	struct picture *p, const struct bar *bars, size_t n, const char *zone, wall_us from, int64_t step, int columns)
{
	enum mark row[COLUMNS_MAX] = { MARK_NOTHING };
	text_add_cell(&p->line, fill_zone(row, bars, n, zone, from, step, columns), LABEL_COLUMNS);
	for (int c = 0; c < columns; c++)
		add_mark(p, row[c]);
	put_line(p);
}

static int by_zone(const struct bar *a, const struct bar *b)
{
	return a->order != b->order ? a->order - b->order : strcmp(a->zone, b->zone);
}

/* Zones of the whole picture, in the station's order. */
static size_t zones_of(const struct picture *p, const char **zones)
{
	const struct bar *last = NULL;
	for (size_t n = 0; n < ZONES_MAX; n++) {
		const struct bar *next = NULL;
		for (size_t i = 0; i < p->bars.n; i++) {
			const struct bar *b = &p->bars.at[i];
			if ((!last || by_zone(b, last) > 0) && (!next || by_zone(b, next) < 0))
				next = b;
		}
		if (!next)
			return n;
		zones[n] = next->zone;
		last = next;
	}
	return ZONES_MAX;
}

static void draw_block(
	struct picture *p, const struct bar *bars, size_t n, wall_us to, const char *const *zones, size_t nzones)
{
	int columns = p->how->columns - LABEL_COLUMNS;
	columns = columns > COLUMNS_MAX ? COLUMNS_MAX : columns < 20 ? 20 : columns;
	int64_t step = step_for(to.us - bars[0].from.us, columns - 1);
	struct local l = tz_local(p->how->tz, bars[0].from);
	wall_us from = { bars[0].from.us - (l.ms * US_PER_MS + l.us) % step };
	int used = (int)((to.us - 1 - from.us) / step) + 1;
	columns = used < columns ? used : columns;
	draw_axis(p, from, step, columns);
	for (size_t z = 0; z < nzones; z++)
		draw_zone(p, bars, n, zones[z], from, step, columns);
	put_line(p);
}

static void draw_legend(struct picture *p)
{
	for (int m = MARK_MUSIC; m < MARKS; m++) {
		add_mark(p, m);
		text_addf(&p->line, " %s%s", _(marks[m].name), m + 1 < MARKS ? "   " : "");
	}
	put_line(p);
}

void timeline_draw(const struct report_log *log, const struct timeline_options *how, const struct report_out *out)
{
	struct picture p = { .how = how, .out = out };
	const char *zones[ZONES_MAX];
	for (size_t i = 0; i < log->rows.n; i++)
		add_row(&p, &log->rows.at[i]);
	if (p.bars.n)
		qsort(p.bars.at, p.bars.n, sizeof *p.bars.at, by_start);
	size_t nzones = zones_of(&p, zones);
	for (size_t i = 0; i < p.bars.n;) {
		size_t first = i;
		wall_us to = p.bars.at[i].to;
		for (; i < p.bars.n && p.bars.at[i].from.us <= to.us + QUIET_SPLITS; i++)
			if (p.bars.at[i].to.us > to.us)
				to = p.bars.at[i].to;
		draw_block(&p, &p.bars.at[first], i - first, to, zones, nzones);
	}
	if (p.bars.n)
		draw_legend(&p);
	vec_free(&p.bars);
	text_free(&p.line);
}
