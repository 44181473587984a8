#include "report/build-inside.h"

#include "base/i18n.h"
#include "base/text.h"
#include "report/number.h"
#include "report/words.h"
#include "schedule/plan.h"
#include "schedule/tz.h"

#include <string.h>

/* ── What was in force ─────────────────────────────────────────────────────────────────────────────────────── */

const struct station *report_build_station_at(const struct build *b, wall_us at)
{
	size_t i = b->in->n_schedules - 1;
	while (i > 0 && b->in->schedules[i].from.us > at.us)
		i--;
	return b->in->schedules[i].station;
}

const struct station *report_build_station_of(const struct build *b, day_num day)
{
	return report_build_station_at(b, tz_instant(b->out->tz, day, 0));
}

day_num report_build_day(const struct build *b, wall_us at)
{
	return tz_local(b->out->tz, at).day;
}

const struct campaign *report_build_campaign(const struct station *s, const char *name)
{
	for (size_t i = 0; i < s->campaigns.n; i++)
		if (!strcmp(s->campaigns.at[i].name, name))
			return &s->campaigns.at[i];
	return NULL;
}

struct excuse {
	const struct station *station;
	const char *campaign, *which;
	day_num day;
};

static bool counts(const struct bulletin *b)
{
	return b->class == CLASS_ANNOUNCEMENT || b->class == CLASS_NEWS || b->class == CLASS_RELAY;
}

static void excuse(void *self, const struct excused *e)
{
	struct excuse *x = self;
	const struct rule *r = &x->station->rules.at[e->rule];
	for (size_t i = 0; i < r->play.n && !x->which; i++) {
		int b = r->play.at[i].bulletin;
		const struct bulletin *one = &x->station->bulletins.at[b];
		bool its = one->campaign >= 0 && !strcmp(x->station->campaigns.at[one->campaign].name, x->campaign);
		if (its && (e->bulletin < 0 || e->bulletin == b) && counts(one) && bulletin_open(x->station, b, x->day))
			x->which = x->station->exceptions.at[e->exception].name;
	}
}

bool report_build_excused(const struct station *s, const char *campaign, day_num day, const char **which)
{
	struct excuse x = { s, campaign, NULL, day };
	plan_excused(s, day, excuse, &x);
	if (which)
		*which = x.which;
	return x.which;
}

/* ── Which rows ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Found by its number however typed, or by its name in the schedule: a letter may have no number. */
static bool carries_out(const struct build *b, const struct report_row *r, const char *directive)
{
	if (report_row_has_directive(r, directive))
		return true;
	const struct campaign *c = r->campaign ? report_build_campaign(report_build_station_at(b, r->planned), r->campaign) : NULL;
	for (size_t i = 0; c && i < c->directives.n; i++) {
		const struct directive *d = &c->directives.at[i];
		if (!strcmp(d->name, directive) && (d->from == DAY_NONE || words_day(r, r->planned) >= d->from))
			return true;
	}
	return false;
}

/* Rows do not say it. */
static const char *language_of(const struct build *b, const struct report_row *r)
{
	const struct station *s = report_build_station_at(b, r->planned);
	int i = station_bulletin(s, r->bulletin);
	return i < 0 ? s->language : s->bulletins.at[i].language;
}

static bool is(const char *asked, const char *value)
{
	return !asked || (value && !strcmp(asked, value));
}

static bool is_asked(const struct build *b, const struct report_row *r)
{
	const struct report_asked *a = b->asked;
	return day_in(a->days, words_day(r, r->planned)) && is(a->zone, r->zone) && is(a->campaign, r->campaign) &&
	       is(a->class, r->class) && is(a->priority, r->priority) &&
	       (!a->directive || carries_out(b, r, a->directive)) && (!a->language || is(a->language, language_of(b, r)));
}

/* Of a filter the zone alone changes what a lần is: the others would make days fall short that did not. */
static void choose_rows(struct build *b)
{
	const struct report_log *log = b->in->log;
	for (size_t i = 0; i < log->rows.n; i++) {
		if (is_asked(b, &log->rows.at[i]))
			vec_push(&b->rows, log->rows.at[i]);
		if (is(b->asked->zone, log->rows.at[i].zone))
			vec_push(&b->heard, log->rows.at[i]);
	}
	times_count(b->heard.at, b->heard.n, &b->times);
}

/* ── The head ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_part(struct text *t, const char *what, const char *value)
{
	if (value)
		text_addf(t, "%s%s %s", t->n ? "; " : "", what, value);
}

static void say_filter(struct build *b)
{
	const struct report_asked *a = b->asked;
	struct text t = { 0 };
	const struct station *s = report_build_station_at(b, b->to);
	int zone = a->zone ? station_zone(s, a->zone) : -1;
	const struct campaign *c = a->campaign ? report_build_campaign(s, a->campaign) : NULL;
	const char *number = b->out->directives.n == 1 ? b->out->directives.at[0].number : "";
	add_part(&t, _("directive"), a->directive && *number ? number : a->directive);
	add_part(&t, _("campaign"), c ? c->title : a->campaign);
	add_part(&t, _("zone"), zone >= 0 ? s->zones.at[zone].title : a->zone);
	add_part(&t, _("class"), words_class(a->class));
	add_part(&t, _("priority"), words_level(a->priority));
	add_part(&t, _("language"), a->language);
	b->out->filtered = t.n;
	b->out->filter = t.n ? text_take(&t) : NULL;
	text_free(&t);
}

/* Names that the rows of these days carry and that are not the present one. */
static char *names_before(const struct build *b, const char *present)
{
	struct text t = { 0 };
	struct intern *seen = intern_new();
	for (size_t i = 0; i < b->rows.n; i++) {
		const char *name = b->rows.at[i].station_name;
		size_t *told = name && strcmp(name, present) != 0 ? intern_number(seen, name) : NULL;
		if (!told || *told != SIZE_MAX)
			continue;
		*told = 1;
		text_addf(&t, "%s%s", t.n ? ", " : "", name);
	}
	intern_free(&seen);
	return t.n ? text_take(&t) : NULL;
}

static void say_station(struct build *b)
{
	const struct station *s = report_build_station_at(b, b->to);
	struct report *r = b->out;
	r->station = mem_dup(s->code);
	r->name = mem_dup(s->name);
	r->unit = mem_dup(s->unit);
	r->reports_to = mem_dup(s->reports_to);
	r->names_before = names_before(b, s->name);
	paper_copy(&r->paper, &s->paper);
	r->crossed = b->in->crossed || s->sample;
	r->title = mem_dup(b->asked->title);
	r->seal = mem_dup(b->in->seal);
	r->made = b->in->made;
	r->begins = b->in->begins.us > b->from.us ? b->in->begins : (wall_us){ 0 };
}

struct report *report_build(const struct report_source *in, const struct report_asked *asked)
{
	struct build b = { .in = in, .asked = asked, .out = mem_new(struct report) };
	struct report *r = b.out;
	r->days = asked->days;
	r->tz = in->schedules[in->n_schedules - 1].station->tz;
	b.from = tz_instant(r->tz, asked->days.from, 0);
	b.to = tz_instant(r->tz, asked->days.until + 1, 0);
	choose_rows(&b);
	say_station(&b);
	r->sums = tally_of(b.rows.at, b.rows.n);
	report_build_directives(&b);
	say_filter(&b);
	report_build_days(&b);
	report_build_zones(&b);
	report_build_off(&b);
	report_build_classes(&b);
	report_build_unaired(&b);
	report_build_logbook(&b);
	report_build_strip(&b);
	times_free(&b.times);
	vec_free(&b.heard);
	vec_free(&b.rows);
	return r;
}
