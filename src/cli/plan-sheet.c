/* Columns of an item's line:
 *	  05:30:12–05:30:33     0:21  Mở đầu chương trình sáng    nhạc hiệu   ưu tiên
 * A firing's line stands at the margin; what concerns one item stands indented under it. */
#include "cli/plan-sheet.h"

#include "base/i18n.h"
#include "cli/plan-rows.h"
#include "cli/plan-sums.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

enum { TIMES = 17, LENGTH = 7, REMARK_INDENT = 2 + TIMES + 2 + LENGTH + 2, TITLE_LEAST = 16 };

#define QUIET_US (INT64_C(60) * US_PER_S) /* shorter silence is not worth a line */

struct sheet {
	const struct station *station;
	const struct plan_sheet_how *how;
	const struct plan_row *rows; /* of one day */
	size_t n;
	int title_columns, class_columns;
	struct text out;
};

/* ── Words ── */

static void add_time(struct sheet *s, wall_us at)
{
	char time[VALUE_BYTES];
	int second = tz_local(s->station->tz, at).ms / 1000;
	snprintf(time, sizeof time, "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60);
	text_add(&s->out, time);
}

static void add_clock(struct text *out, tod_ms t)
{
	char time[VALUE_BYTES];
	value_print_time(t, time);
	text_add(out, time);
}

static int count(zone_set zones)
{
	int n = 0;
	for (; zones; zones &= zones - 1)
		n++;
	return n;
}

/* "6 cụm loa"; a few by their titles, more by their names. */
static void add_zones(struct text *out, const struct station *s, zone_set zones)
{
	enum { BY_TITLE = 3 };
	int n = count(zones), all = (int)s->zones.n;
	if (n == all) {
		text_addf(out, ngettext("%d zone", "%d zones", (unsigned long)n), n);
		return;
	}
	if (n > BY_TITLE)
		text_addf(out, _("%d of %d zones: "), n, all);
	const char *between = "";
	for (size_t z = 0; z < s->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		text_addf(out, "%s%s", between, n > BY_TITLE ? s->zones.at[z].name : s->zones.at[z].title);
		between = ", ";
	}
}

static const char *kind_of(const struct rule *r)
{
	return r->kind == RULE_SESSION ? _("Session") : _("Repeat");
}

static void add_heading(struct sheet *s, const char *line)
{
	text_addf(&s->out, s->how->emphasis ? "\033[1m%s\033[0m\n" : "%s\n", line);
}

/* ── Items ── */

static wall_us end_of(const struct plan_row *row)
{
	return (wall_us){ row->planned.at.us + row->planned.ms * US_PER_MS };
}

/* The length is that of the times shown, so that the columns add up. */
static void add_span(struct sheet *s, wall_us from, wall_us to)
{
	struct text length = { 0 };
	int64_t ms = (to.us / US_PER_S - from.us / US_PER_S) * 1000;
	text_add(&s->out, "  ");
	add_time(s, from);
	text_add(&s->out, "–");
	add_time(s, to);
	text_add(&s->out, "  ");
	words_length(&length, ms);
	text_add_cell(&s->out, text_str(&length), -LENGTH);
	text_add(&s->out, "  ");
	text_free(&length);
}

static void add_item(struct sheet *s, const struct plan_row *row)
{
	const struct bulletin *b = &s->station->bulletins.at[row->planned.bulletin];
	bool priority = b->level == LEVEL_PRIORITY, anchored = row->planned.anchored;
	const char *class = words_class(class_name(b->class));
	add_span(s, row->planned.at, end_of(row));
	text_add_cell(&s->out, b->title, s->title_columns);
	text_add(&s->out, "  ");
	if (priority || anchored)
		text_add_cell(&s->out, class, s->class_columns);
	else
		text_add(&s->out, class);
	if (priority)
		text_addf(&s->out, "  %s", _("priority"));
	if (anchored)
		text_addf(&s->out, "  %s", _("fixed time"));
	text_add(&s->out, "\n");
}

/* Behind a remark: in which zones, when it is not all of the item's. */
static void add_where(struct sheet *s, const struct plan_row *row, zone_set zones)
{
	if (zones != row->zones) {
		text_add(&s->out, " (");
		text_addf(&s->out, _("in %d of %d zones"), count(zones), count(row->zones));
		text_add(&s->out, ")");
	}
	text_add(&s->out, "\n");
}

static void add_lost(struct sheet *s, const struct plan_row *row)
{
	const struct planned *p = &row->planned;
	text_addf(&s->out, "%*s✗ ", REMARK_INDENT, "");
	if (row->waited_for >= 0)
		text_addf(&s->out, _("cannot be aired: \"%s\" holds the zone too long"),
			s->station->rules.at[row->waited_for].name);
	else if (p->at.us >= p->over.us)
		text_add(&s->out, _("cannot be aired: the session is over by then"));
	else
		text_add(&s->out, _("cannot be aired: what stands before it takes too long"));
	add_where(s, row, row->lost);
}

static void add_late(struct sheet *s, const struct plan_row *row)
{
	struct text late = { 0 };
	char time[VALUE_BYTES];
	value_print_time(
		tz_local(s->station->tz, (wall_us){ row->planned.at.us + row->late_us }).ms / 1000 * 1000, time);
	words_length(&late, row->late_us / US_PER_MS);
	text_addf(&s->out, "%*s! ", REMARK_INDENT, "");
	if (row->waited_for >= 0)
		text_addf(&s->out, _("waits for \"%s\": starts %s, %s late"),
			s->station->rules.at[row->waited_for].name, time, text_str(&late));
	else
		text_addf(&s->out, _("starts %s, %s late: what stands before it takes longer"), time, text_str(&late));
	add_where(s, row, row->late);
	text_free(&late);
}

static void add_remarks(struct sheet *s, const struct plan_row *row)
{
	if (row->late)
		add_late(s, row);
	if (row->lost)
		add_lost(s, row);
	if (row->cut) {
		text_addf(&s->out, "%*s! %s", REMARK_INDENT, "", _("is cut before its end"));
		add_where(s, row, row->cut);
	}
}

/* ── Firings ── */

static bool same_firing(const struct plan_row *a, const struct plan_row *b)
{
	return a->planned.rule == b->planned.rule && a->planned.firing.us == b->planned.firing.us;
}

/* "05:30–06:30" of a session, "11:15" of a repeat. */
static void add_firing_times(struct text *out, const struct station *st, const struct plan_row *row)
{
	const struct rule *r = &st->rules.at[row->planned.rule];
	struct local begin = tz_local(st->tz, row->planned.firing);
	add_clock(out, begin.ms);
	if (r->kind == RULE_SESSION) {
		text_add(out, "–");
		add_clock(out, r->end);
	}
}

/* The earlier firing that is still planned to be on air when this one starts, in a zone of both; NULL = none.
 */
static const struct plan_row *meets(const struct sheet *s, size_t first)
{
	const struct plan_row *row = &s->rows[first];
	for (size_t i = 0; i < first; i++)
		if ((s->rows[i].zones & row->zones) && !same_firing(&s->rows[i], row) &&
			end_of(&s->rows[i]).us > row->planned.firing.us)
			return &s->rows[i];
	return NULL;
}

static void add_firing_heading(struct sheet *s, size_t first)
{
	const struct plan_row *row = &s->rows[first], *other = meets(s, first);
	const struct rule *r = &s->station->rules.at[row->planned.rule];
	struct text line = { 0 }, times = { 0 };
	add_firing_times(&times, s->station, row);
	text_add_cell(&line, text_str(&times), 13);
	text_addf(&line, "%s \"%s\" · ", kind_of(r), r->name);
	add_zones(&line, s->station, row->zones);
	if (tz_local(s->station->tz, row->planned.firing).day < row->day)
		text_addf(&line, " · %s", _("since the evening before"));
	add_heading(s, text_str(&line));
	if (other)
		text_addf(&s->out, _("%*s! comes while \"%s\" is on air\n"), 13, "",
			s->station->rules.at[other->planned.rule].name);
	text_free(&line);
	text_free(&times);
}

/* Rows [first, end) of one firing. */
static void add_firing(struct sheet *s, size_t first, size_t end)
{
	add_firing_heading(s, first);
	wall_us over = s->rows[first].planned.at;
	for (size_t i = first; i < end; i++) {
		const struct plan_row *row = &s->rows[i];
		const struct rule *r = &s->station->rules.at[row->planned.rule];
		int64_t silence_us = row->planned.at.us - over.us;
		if (silence_us >= US_PER_S && silence_us > r->gap_ms * US_PER_MS) {
			add_span(s, over, row->planned.at);
			text_addf(&s->out, "%s\n", _("(silence)"));
		}
		add_item(s, row);
		add_remarks(s, row);
		over = end_of(row).us > over.us ? end_of(row) : over;
	}
}

/* ── The day ── */

/* What exceptions take, one line for each rule. */
struct taken {
	struct sheet *sheet;
	int32_t exception, rule; /* of the line begun; -1 = none */
};

static void add_exception(void *self, const struct excused *e)
{
	struct taken *t = self;
	struct text *out = &t->sheet->out;
	const struct station *st = t->sheet->station;
	const char *exception = st->exceptions.at[e->exception].name, *rule = st->rules.at[e->rule].name;
	if (e->bulletin < 0)
		text_addf(out, _("\n– exception \"%s\": no \"%s\" on this day"), exception, rule);
	else if (t->exception != e->exception || t->rule != e->rule)
		text_addf(out, _("\n– exception \"%s\": \"%s\" goes without "), exception, rule);
	else
		text_add(out, ", ");
	if (e->bulletin >= 0)
		text_addf(out, "\"%s\"", st->bulletins.at[e->bulletin].name);
	t->exception = e->exception;
	t->rule = e->rule;
}

static void add_day_heading(struct sheet *s, day_num day)
{
	struct text line = { 0 };
	text_addf(&line, _("PLAN — %s — "), s->station->name);
	words_date(&line, day);
	add_heading(s, text_str(&line));
	struct taken taken = { s, -1, -1 };
	size_t before = s->out.n;
	plan_excused(s->station, day, add_exception, &taken);
	text_add(&s->out, s->out.n > before ? "\n\n" : "\n");
	text_free(&line);
}

/* "4 h 49 min without sound" between the end of all so far and the next firing. */
static void add_pause(struct sheet *s, wall_us from, wall_us to)
{
	struct text line = { 0 };
	int64_t minutes = (to.us - from.us) / (60 * US_PER_S);
	if (minutes >= 60)
		text_addf(&line, _("%d h %02d min without sound"), (int)(minutes / 60), (int)(minutes % 60));
	else
		text_addf(&line, _("%d min without sound"), (int)minutes);
	text_addf(&s->out, "\n%*s⋮ %s\n\n", 13, "", text_str(&line));
	text_free(&line);
}

static void add_firings(struct sheet *s)
{
	wall_us over = { INT64_MIN };
	for (size_t first = 0, end; first < s->n; first = end) {
		for (end = first + 1; end < s->n && same_firing(&s->rows[end], &s->rows[first]);)
			end++;
		wall_us begin = s->rows[first].planned.at;
		if (first && begin.us - over.us >= QUIET_US)
			add_pause(s, over, begin);
		else if (first)
			text_add(&s->out, "\n");
		add_firing(s, first, end);
		for (size_t i = first; i < end; i++)
			over = end_of(&s->rows[i]).us > over.us ? end_of(&s->rows[i]) : over;
	}
}

/* As wide as what stands in them; titles give way on a narrow terminal. */
static void measure(struct sheet *s)
{
	s->title_columns = TITLE_LEAST;
	s->class_columns = 0;
	for (size_t i = 0; i < s->n; i++) {
		const struct bulletin *b = &s->station->bulletins.at[s->rows[i].planned.bulletin];
		int title = text_width(b->title), class = text_width(words_class(class_name(b->class)));
		s->title_columns = title > s->title_columns ? title : s->title_columns;
		s->class_columns = class > s->class_columns ? class : s->class_columns;
	}
	int room = s->how->columns - REMARK_INDENT - 2 - s->class_columns - 2 - text_width(_("fixed time"));
	if (s->title_columns > room)
		s->title_columns = room > TITLE_LEAST ? room : TITLE_LEAST;
}

static void add_day(struct sheet *s, day_num day, struct plan_sums *all)
{
	struct plan_sums *sums = plan_sums_new(s->station);
	measure(s);
	add_day_heading(s, day);
	add_firings(s);
	if (!s->n)
		text_addf(&s->out, "%s\n", _("Nothing is planned on this day."));
	for (size_t i = 0; i < s->n; i++) {
		plan_sums_add(sums, &s->rows[i]);
		plan_sums_add(all, &s->rows[i]);
	}
	text_add(&s->out, "\n");
	plan_sums_print(sums, _("Sum of the day"), &s->out);
	plan_sums_print_campaigns(sums, day, &s->out);
	plan_sums_free(&sums);
}

static void put_days(struct sheet *s, const struct plan_rows *rows, day_num from, day_num to, struct plan_sums *all,
	void (*put)(void *self, const char *text), void *self)
{
	size_t first = 0;
	for (day_num day = from; day < to; day++) {
		size_t end = first;
		while (end < rows->list.n && rows->list.at[end].day == day)
			end++;
		s->rows = rows->list.at + first;
		s->n = end - first;
		add_day(s, day, all);
		if (day + 1 < to)
			text_add(&s->out, "\n\n");
		put(self, text_str(&s->out));
		text_clear(&s->out);
		first = end;
	}
}

void plan_sheet_print(const struct station *st, day_num from, int days, const struct plan_sheet_how *how,
	void (*put)(void *self, const char *text), void *self)
{
	enum { DAYS_AT_ONCE = 7 };
	struct sheet s = { .station = st, .how = how };
	struct plan_rows rows = { 0 };
	struct plan_sums *all = plan_sums_new(st);
	for (day_num day = from; day < from + days; day += DAYS_AT_ONCE) {
		day_num to = day + DAYS_AT_ONCE < from + days ? day + DAYS_AT_ONCE : from + days;
		if (day > from)
			put(self, "\n\n");
		plan_rows_gather(st, tz_instant(st->tz, day, 0), tz_instant(st->tz, to, 0), &rows);
		put_days(&s, &rows, day, to, all, put, self);
	}
	if (days > 1) {
		struct text words = { 0 };
		text_addf(&words, _("Sum of %d days"), days);
		text_add(&s.out, "\n");
		plan_sums_print(all, text_str(&words), &s.out);
		put(self, text_str(&s.out));
		text_free(&words);
	}
	plan_sums_free(&all);
	plan_rows_free(&rows);
	text_free(&s.out);
}
