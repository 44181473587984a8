/*	The next 7 days, from 16:05 on 13/7/2021: 7 broadcasts added, 0 removed, 28 moved, 0 changed
 *	Session "sang"
 *	  + 05:32:15            Hướng dẫn cài đặt Bluezone (1:15)  every day
 *	  > 05:33:30 (05:32:15) Khai báo y tế  every day
 */
#include "cli/difference-print.h"

#include "base/i18n.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>

enum { ROWS_MOST = 36, OTHERS_MOST = 10, TOGETHER = 3, DATES_NAMED = 4 };

struct sheet {
	const struct difference *d;
	struct text *out;
	int lines; /* more of this part */
	size_t left_out;
};

static bool room(struct sheet *s)
{
	if (s->lines > 0) {
		s->lines--;
		return true;
	}
	s->left_out++;
	return false;
}

/* ── Words ── */

static void add_date(struct text *t, day_num day)
{
	struct civil c = civil_from_day(day);
	text_addf(t, "%02d/%s%d", c.day, c.month <= 2 ? "0" : "", c.month);
}

/* Whole seconds: nobody sets a clock by the rest. */
static void add_time(struct text *t, tod_ms at)
{
	char time[VALUE_BYTES];
	value_print_time(at - at % 1000, time);
	text_add(t, time);
}

static void add_shift(struct text *t, int64_t ms)
{
	char by[VALUE_BYTES];
	int64_t shift = ms < 0 ? -ms : ms, seconds = (shift + 500) / 1000 * 1000;
	value_print_duration(seconds ? seconds : shift, by);
	text_addf(t, ms < 0 ? _("%s earlier") : _("%s later"), by);
}

static int count_days(uint32_t days)
{
	int n = 0;
	for (; days; days &= days - 1)
		n++;
	return n;
}

static int first_day(uint32_t days)
{
	int i = 0;
	while (i < DIFFERENCE_DAYS_MOST && !(days >> i & 1))
		i++;
	return i;
}

static int last_day(uint32_t days)
{
	int i = DIFFERENCE_DAYS_MOST - 1;
	while (i > 0 && !(days >> i & 1))
		i--;
	return i;
}

/* The first day is a rest of one, over which a daily item may have passed already. */
static bool is_every_day(const struct difference *d, uint32_t days)
{
	uint32_t all = d->days < 32 ? (UINT32_C(1) << d->days) - 1 : UINT32_MAX;
	return d->days > 2 && (days | 1) == all;
}

static void add_days(struct text *t, const struct difference *d, uint32_t days)
{
	int n = count_days(days), first = first_day(days), last = last_day(days);
	if (is_every_day(d, days)) {
		text_add(t, _("every day"));
	} else if (n <= DATES_NAMED) {
		for (int i = first; i <= last; i++)
			if (days >> i & 1) {
				text_add(t, i > first ? ", " : "");
				add_date(t, d->from + i);
			}
	} else {
		text_addf(t, ngettext("%d day, ", "%d days, ", (unsigned long)n), n);
		add_date(t, d->from + first);
		text_add(t, "–");
		add_date(t, d->from + last);
	}
}

static const char *bulletin_title(const struct difference *d, const struct difference_row *r)
{
	return r->is.bulletin >= 0 ? d->after->bulletins.at[r->is.bulletin].title
				   : d->before->bulletins.at[r->was.bulletin].title;
}

static void add_titled(struct text *t, const char *title)
{
	enum { WIDTH = 40 };
	int width = text_width(title);
	text_add_cell(t, title, width < WIDTH ? width : WIDTH);
}

/* ── Rows ── */

static void add_length(struct text *t, int64_t ms)
{
	text_add(t, " (");
	words_length(t, ms);
	text_add(t, ")");
}

static int count_zones(zone_set zones)
{
	int n = 0;
	for (; zones; zones &= zones - 1)
		n++;
	return n;
}

static void add_change(struct text *t, const struct difference_row *r)
{
	if (r->was.ms != r->is.ms) {
		add_length(t, r->was.ms);
		text_add(t, " →");
		add_length(t, r->is.ms);
	}
	if (count_zones(r->was.zones) != count_zones(r->is.zones))
		text_addf(t, _(", %d zones before, %d now"), count_zones(r->was.zones), count_zones(r->is.zones));
	else if (r->was.ms == r->is.ms)
		text_addf(t, ", %s", _("other zones"));
}

static void add_row(struct sheet *s, const struct difference_row *r)
{
	static const char sign[] = {
		[DIFFERENCE_REMOVED] = '-', [DIFFERENCE_MOVED] = '>', [DIFFERENCE_CHANGED] = '~', [DIFFERENCE_ADDED] = '+'
	};
	const char *const word[] = { [DIFFERENCE_REMOVED] = _("removed"),
		[DIFFERENCE_MOVED] = _("moved"),
		[DIFFERENCE_CHANGED] = _("changed"),
		[DIFFERENCE_ADDED] = _("added") };
	const struct station *st = s->d->after;
	if (!room(s))
		return;
	text_addf(s->out, "  %c %s ", sign[r->kind], word[r->kind]);
	if (r->kind == DIFFERENCE_MOVED) {
		add_time(s->out, r->was.at);
		text_add(s->out, " → ");
	}
	add_time(s->out, r->kind == DIFFERENCE_REMOVED ? r->was.at : r->is.at);
	text_add(s->out, "  ");
	add_titled(s->out, bulletin_title(s->d, r));
	if (r->kind == DIFFERENCE_ADDED)
		add_length(s->out, r->is.ms);
	else if (r->kind == DIFFERENCE_CHANGED)
		add_change(s->out, r);
	text_add(s->out, "  ");
	add_days(s->out, s->d, r->days);
	text_add(s->out, "\n");
	if (r->is.bulletin >= 0 && st->approval && !st->bulletins.at[r->is.bulletin].approved_by && room(s))
		text_addf(s->out, "      ! %s\n", _("not approved: it will NOT be aired"));
}

static bool moves_with(const struct difference_row *a, const struct difference_row *b)
{
	return b->kind == DIFFERENCE_MOVED && a->is.rule == b->is.rule && a->days == b->days &&
	       a->is.at - a->was.at == b->is.at - b->was.at;
}

/* What stands behind an item that was put in moves by its length: one line for all of it. */
static size_t add_together(struct sheet *s, size_t at)
{
	const struct difference *d = s->d;
	const struct difference_row *first = &d->rows.at[at];
	size_t n = 1;
	while (first->kind == DIFFERENCE_MOVED && at + n < d->rows.n && moves_with(first, &d->rows.at[at + n]))
		n++;
	if (n < TOGETHER) {
		for (size_t i = at; i < at + n; i++)
			add_row(s, &d->rows.at[i]);
		return n;
	}
	if (!room(s))
		return n;
	text_addf(s->out, "  > %s ", _("moved"));
	add_time(s->out, first->was.at);
	text_add(s->out, " → ");
	add_time(s->out, first->is.at);
	text_addf(s->out, _("  %zu bulletins, the first \""), n);
	add_titled(s->out, bulletin_title(d, first));
	text_add(s->out, "\": ");
	add_shift(s->out, first->is.at - first->was.at);
	text_add(s->out, "  ");
	add_days(s->out, d, first->days);
	text_add(s->out, "\n");
	return n;
}

static const struct rule *rule_of(const struct difference *d, const struct difference_row *r)
{
	return r->is.rule >= 0 ? &d->after->rules.at[r->is.rule] : &d->before->rules.at[r->was.rule];
}

static void add_rows(struct sheet *s)
{
	const struct rule *last = NULL;
	for (size_t i = 0; i < s->d->rows.n;) {
		const struct rule *r = rule_of(s->d, &s->d->rows.at[i]);
		if (r != last && room(s))
			text_addf(s->out, "%s \"%s\"\n", r->kind == RULE_SESSION ? _("Session") : _("Repeat"), r->name);
		last = r;
		i += add_together(s, i);
	}
}

/* ── Minutes ── */

static bool same_day(const struct difference_day *a, const struct difference_day *b)
{
	return a->was_ms == b->was_ms && a->is_ms == b->is_ms && a->was == b->was && a->is == b->is;
}

static void add_day(struct sheet *s, int from, int to)
{
	const struct difference_day *day = &s->d->day[from];
	if ((day->was == day->is && day->was_ms == day->is_ms) || !room(s))
		return;
	text_add(s->out, "  ");
	add_date(s->out, s->d->from + from);
	if (to > from + 1) {
		text_add(s->out, "–");
		add_date(s->out, s->d->from + to - 1);
	}
	text_add(s->out, ": ");
	words_minutes(s->out, day->was_ms);
	text_add(s->out, " → ");
	words_minutes(s->out, day->is_ms);
	text_addf(s->out, _("; broadcasts: %d → %d\n"), day->was, day->is);
}

static void add_minutes(struct sheet *s)
{
	bool any = false;
	for (int i = 0; i < s->d->days; i++)
		any = any || s->d->day[i].was != s->d->day[i].is || s->d->day[i].was_ms != s->d->day[i].is_ms;
	if (!any)
		return;
	text_addf(s->out, "%s\n", _("Minutes a day:"));
	for (int i = 0, n; i < s->d->days; i += n) {
		for (n = 1; i + n < s->d->days && same_day(&s->d->day[i], &s->d->day[i + n]); n++)
			;
		add_day(s, i, i + n);
	}
}

/* ── Quiet hours ── */

static void add_near(struct sheet *s, const struct difference_near *n)
{
	const char *const words[] = { [DIFFERENCE_INSIDE] = _("inside"),
		[DIFFERENCE_AFTER] = _("soon after"),
		[DIFFERENCE_BEFORE] = _("ends shortly before"),
		[DIFFERENCE_INTO] = _("is cut by") };
	const struct guard *g = &s->d->after->guards.at[n->guard];
	if (!room(s))
		return;
	text_add(s->out, "  ! ");
	add_time(s->out, n->is.at);
	text_add(s->out, " ");
	add_titled(s->out, s->d->after->bulletins.at[n->is.bulletin].title);
	text_addf(s->out, " (%s) – %s ", s->d->after->rules.at[n->is.rule].name, words[n->nearness]);
	add_time(s->out, g->from);
	text_add(s->out, "–");
	add_time(s->out, g->to);
	text_add(s->out, ", ");
	add_days(s->out, s->d, n->days);
	text_add(s->out, "\n");
}

/* ── Settings ── */

static const char *what_word(enum difference_what what)
{
	const char *const words[DIFFERENCE_WHATS] = {
		[DIFFERENCE_STATION] = _("the station"),
		[DIFFERENCE_OUTPUT] = _("output"),
		[DIFFERENCE_ZONE] = _("zone"),
		[DIFFERENCE_GUARD] = _("guard"),
		[DIFFERENCE_LIMIT] = _("limit"),
		[DIFFERENCE_CAMPAIGN] = _("campaign"),
		[DIFFERENCE_BULLETIN] = _("bulletin"),
		[DIFFERENCE_SOUND] = _("recording of"),
		[DIFFERENCE_TEXT] = _("text of"),
		[DIFFERENCE_APPROVAL] = _("approval of"),
		[DIFFERENCE_RULE] = _("rule"),
		[DIFFERENCE_EXCEPTION] = _("exception"),
	};
	return words[what];
}

static const char *setting_name(const struct difference *d, const struct difference_setting *x)
{
	const struct station *s = x->is >= 0 ? d->after : d->before;
	int i = x->is >= 0 ? x->is : x->was;
	switch (x->what) {
	case DIFFERENCE_OUTPUT:
		return s->outputs.at[i].name;
	case DIFFERENCE_ZONE:
		return s->zones.at[i].name;
	case DIFFERENCE_GUARD:
		return s->guards.at[i].name;
	case DIFFERENCE_LIMIT:
		return s->limits.at[i].name;
	case DIFFERENCE_CAMPAIGN:
		return s->campaigns.at[i].name;
	case DIFFERENCE_RULE:
		return s->rules.at[i].name;
	case DIFFERENCE_EXCEPTION:
		return s->exceptions.at[i].name;
	case DIFFERENCE_STATION:
		return s->code;
	default:
		return s->bulletins.at[i].name;
	}
}

static void add_setting(struct sheet *s, const struct difference_setting *x)
{
	if (!room(s))
		return;
	text_addf(s->out, "  %c %s \"%s\": %s\n",
		x->kind == DIFFERENCE_ADDED     ? '+'
		: x->kind == DIFFERENCE_REMOVED ? '-'
						: '~',
		what_word(x->what), setting_name(s->d, x),
		x->kind == DIFFERENCE_ADDED     ? _("added")
		: x->kind == DIFFERENCE_REMOVED ? _("removed")
						: _("changed"));
}

/* ── The whole ── */

static void add_heading(struct sheet *s)
{
	const struct difference *d = s->d;
	char date[VALUE_BYTES];
	struct local from = tz_local(d->after->tz, d->start);
	text_addf(s->out, ngettext("The next %d day, from ", "The next %d days, from ", (unsigned long)(d->days - 1)),
		d->days - 1);
	add_time(s->out, from.ms - from.ms % 60000);
	value_print_date(from.day, date);
	text_addf(s->out, _(" on %s: "), date);
	if (d->rows.n)
		text_addf(s->out, _("%zu added, %zu removed, %zu moved, %zu changed\n"), d->count[DIFFERENCE_ADDED],
			d->count[DIFFERENCE_REMOVED], d->count[DIFFERENCE_MOVED], d->count[DIFFERENCE_CHANGED]);
	else
		text_addf(s->out, "%s\n", _("what is aired stays as it is"));
}

/* Every part has lines of its own; what nobody may miss stands last, above the question. */
void difference_print(const struct difference *d, struct text *out)
{
	struct sheet s = { .d = d, .out = out };
	add_heading(&s);
	s.lines = ROWS_MOST;
	add_rows(&s);
	s.lines = OTHERS_MOST;
	size_t settings = d->before ? d->settings.list.n : 0; /* the first schedule is all new: nobody need be told */
	if (settings)
		text_addf(out, "%s\n", _("In the files besides:"));
	for (size_t i = 0; i < settings; i++)
		add_setting(&s, &d->settings.list.at[i]);
	s.lines = OTHERS_MOST;
	add_minutes(&s);
	s.lines = OTHERS_MOST;
	if (d->near.n)
		text_addf(out, "%s\n", _("Near quiet hours:"));
	for (size_t i = 0; i < d->near.n; i++)
		add_near(&s, &d->near.at[i]);
	if (s.left_out)
		text_addf(out,
			ngettext("… and %zu line more — see: loaxa plan\n", "… and %zu lines more — see: loaxa plan\n",
				s.left_out),
			s.left_out);
}
