/* Campaigns short of the times a day they need: the days of this week that are over, as the log has them; today, as the
 * log and what is still to come have it; the days until Sunday, as they are planned. */
#include "cli/todo.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/plan.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <string.h>

struct week {
	const struct todo_facts *facts;
	day_num monday, today, last; /* last: Sunday, tomorrow at least */
};

static bool counts(const struct bulletin *b)
{
	return b->class == CLASS_ANNOUNCEMENT || b->class == CLASS_NEWS || b->class == CLASS_RELAY;
}

static bool will_air(const struct station *s, const struct bulletin *b)
{
	bool ready = b->approved_by || !s->approval;
	for (size_t i = 0; i < b->audio.n; i++)
		ready = ready && b->audio.at[i].state != RECORDING_MISSING && b->audio.at[i].state != RECORDING_CORRUPT;
	return ready;
}

struct firing_key {
	int32_t rule;
	int64_t at;
};

/* Lengths that are not known count as none: what follows them in a session is later than it seems. */
static bool is_ahead(const struct todo_facts *f, const struct planned *p)
{
	bool surely = p->at.us > f->now.us;
	bool lengths = f->lengths_known || p->over.us == US_NEVER;
	return surely || (!lengths && p->over.us > f->now.us);
}

/* One that began already may have aired another bulletin of the campaign. */
static bool in_the_log(const struct todo_facts *f, const struct planned *p, int campaign)
{
	struct text id = { 0 };
	plan_id(f->station, p, &id);
	bool known = f->times && p->firing.us <= f->now.us &&
		     times_counted(f->times, f->station->campaigns.at[campaign].name, text_str(&id));
	text_free(&id);
	return known;
}

/* Firings of that day that still have a bulletin of the campaign to air and are not in the log, each once. */
static int planned_times(const struct week *w, const struct plan *day, int campaign)
{
	const struct station *s = w->facts->station;
	struct {
		struct firing_key *at;
		size_t n, cap;
	} seen = { 0 };
	for (size_t i = 0; i < day->items.n; i++) {
		const struct planned *p = &day->items.at[i];
		const struct bulletin *b = &s->bulletins.at[p->bulletin];
		if (b->campaign != campaign || !counts(b) || !will_air(s, b) || !is_ahead(w->facts, p) ||
			in_the_log(w->facts, p, campaign))
			continue;
		size_t k = 0;
		while (k < seen.n && (seen.at[k].rule != p->rule || seen.at[k].at != p->firing.us))
			k++;
		if (k == seen.n)
			vec_push(&seen, (struct firing_key){ p->rule, p->firing.us });
	}
	int n = (int)seen.n;
	vec_free(&seen);
	return n;
}

/* What exceptions took that day excuses the campaign. */
struct excuse {
	const struct station *station;
	int campaign;
	bool excused;
};

static void excuse(void *self, const struct excused *e)
{
	struct excuse *x = self;
	const struct rule *r = &x->station->rules.at[e->rule];
	for (size_t i = 0; i < r->play.n; i++) {
		int b = r->play.at[i].bulletin;
		if (x->station->bulletins.at[b].campaign == x->campaign && (e->bulletin < 0 || e->bulletin == b))
			x->excused = true;
	}
}

static bool is_excused(const struct station *s, int campaign, day_num day)
{
	struct excuse x = { s, campaign, false };
	plan_excused(s, day, excuse, &x);
	return x.excused;
}

static bool is_explained(const struct todo_facts *f, day_num day)
{
	for (size_t i = 0; i < f->n_notes; i++)
		if (f->notes[i].day == day)
			return true;
	return false;
}

/* A bulletin of the campaign to be aired by hand. */
static const char *one_of(const struct station *s, int campaign, day_num day)
{
	for (size_t i = 0; i < s->bulletins.n; i++)
		if (s->bulletins.at[i].campaign == campaign && counts(&s->bulletins.at[i]) &&
			will_air(s, &s->bulletins.at[i]) && bulletin_open(s, (int)i, day))
			return s->bulletins.at[i].name;
	return NULL;
}

static void add(const struct week *w, const struct campaign *c, day_num day, bool urgent, char *text, char *act,
	struct todos *out)
{
	todo_add(out, (struct todo){ .code = "times-short",
			      .urgent = urgent,
			      .at = tz_instant(w->facts->station->tz, day, 0),
			      .name = mem_dup(c->name),
			      .text = text,
			      .act = act });
}

static void today(const struct week *w, int campaign, const struct plan *day, struct todos *out)
{
	const struct station *s = w->facts->station;
	const struct campaign *c = &s->campaigns.at[campaign];
	const struct times_day *log = w->facts->times ? times_find(w->facts->times, c->name, w->today) : NULL;
	int aired = log ? log->aired : 0, ahead = planned_times(w, day, campaign) + (log ? log->open : 0);
	const char *bulletin = one_of(s, campaign, w->today);
	if (aired + ahead >= c->times_min || is_explained(w->facts, w->today))
		return;
	add(w, c, w->today, true,
		mem_printf(_("Campaign \"%s\" is short TODAY: %d of %d times aired, %d still to come"), c->title, aired,
			c->times_min, ahead),
		bulletin ? mem_printf(_("air it once more: loaxa play %s"), bulletin) : NULL, out);
}

/* The days that are over: what was not aired cannot be mended, only explained. */
static void past(const struct week *w, int campaign, struct todos *out)
{
	const struct station *s = w->facts->station;
	const struct campaign *c = &s->campaigns.at[campaign];
	for (day_num day = w->monday; w->facts->times && day < w->today; day++) {
		const struct times_day *log = times_find(w->facts->times, c->name, day);
		int aired = log ? log->aired + log->open : 0;
		if (!day_in(c->days, day) || day <= w->facts->log_begins || aired >= c->times_min ||
			is_excused(s, campaign, day) || is_explained(w->facts, day))
			continue;
		char date[VALUE_BYTES], iso[VALUE_BYTES];
		value_print_date(day, date);
		value_print_iso_date(day, iso);
		add(w, c, day, false,
			mem_printf(_("Campaign \"%s\" was aired %d of %d times on %s"), c->title, aired, c->times_min, date),
			mem_printf(_("why: loaxa log --from %s\nwrite it down: loaxa note %s \"the reason\""), iso, iso),
			out);
	}
}

static void ahead(const struct week *w, int campaign, const struct plan *days, struct todos *out)
{
	const struct station *s = w->facts->station;
	const struct campaign *c = &s->campaigns.at[campaign];
	day_num first = DAY_NONE;
	int n = 0, least = 0;
	for (day_num day = w->today + 1; day <= w->last; day++) {
		int times = planned_times(w, &days[day - w->today], campaign);
		if (!day_in(c->days, day) || times >= c->times_min || is_excused(s, campaign, day))
			continue;
		first = n++ ? first : day;
		least = n == 1 ? times : least;
	}
	if (!n)
		return;
	char date[VALUE_BYTES];
	value_print_date(first, date);
	struct text t = { 0 };
	text_addf(&t, _("Campaign \"%s\" will be short on %s: %d of %d times are planned"), c->title, date, least,
		c->times_min);
	if (n > 1)
		text_addf(&t, ngettext(" (and on %d more day)", " (and on %d more days)", n - 1), n - 1);
	add(w, c, first, false, text_take(&t),
		mem_dup(_("give it a place: loaxa edit session NAME --add BULLETIN")), out);
}

void todo_times(const struct todo_facts *f, struct todos *out)
{
	const struct station *s = f->station;
	struct week w = { .facts = f, .today = tz_local(s->tz, f->now).day };
	struct plan days[8] = { 0 };
	w.monday = w.today - day_weekday(w.today);
	w.last = w.monday + 6 > w.today ? w.monday + 6 : w.today + 1;
	for (day_num day = w.today; day <= w.last; day++)
		plan_day(s, day, &days[day - w.today]);
	for (int i = 0; i < (int)s->campaigns.n; i++) {
		if (s->campaigns.at[i].times_min < 1)
			continue;
		if (day_in(s->campaigns.at[i].days, w.today) && !is_excused(s, i, w.today))
			today(&w, i, &days[0], out);
		ahead(&w, i, days, out);
		past(&w, i, out);
	}
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		plan_free(&days[i]);
}
