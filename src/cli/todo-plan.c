/* What the schedule shows: what is planned until the end of tomorrow and will not be heard, campaigns that end,
 * reports that are due. */
#include "cli/todo.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/plan.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

enum { ENDING_DAYS = 3, OVERDUE_DAYS = 7 };

wall_us todo_next_session(const struct station *s, wall_us now, int *rule)
{
	wall_us next = { US_NEVER };
	day_num today = tz_local(s->tz, now).day;
	struct plan plan = { 0 };
	for (day_num day = today; day <= today + 7 && next.us == US_NEVER; day++) {
		plan.items.n = 0;
		plan_day(s, day, &plan);
		for (size_t i = 0; i < plan.items.n; i++) {
			const struct planned *p = &plan.items.at[i];
			if (s->rules.at[p->rule].kind != RULE_SESSION || p->firing.us <= now.us ||
				p->firing.us >= next.us)
				continue;
			next = p->firing;
			*rule = p->rule;
		}
	}
	plan_free(&plan);
	return next;
}

/* ── What will not be heard ── */

/* One bulletin's airings until the horizon: the first, and how many instants. */
struct airs {
	wall_us first, last;
	size_t count;
};

static void say_airs(struct text *t, const struct todo_facts *f, const struct airs *a)
{
	struct text when = { 0 };
	todo_when(&when, f->station->tz, f->now, a->first);
	text_addf(t, _("Will NOT air at %s"), text_str(&when));
	if (a->count > 1)
		text_addf(t, ngettext(" and %zu more time", " and %zu more times", a->count - 1), a->count - 1);
	text_free(&when);
}

/* Whoever approves or records wants a day's notice. */
static bool is_near(const struct todo_facts *f, wall_us at)
{
	enum { NEAR_S = 86400 };
	return at.us - f->now.us < NEAR_S * US_PER_S;
}

static void unapproved(const struct todo_facts *f, const struct bulletin *b, const struct airs *a, struct todos *out)
{
	struct text t = { 0 };
	say_airs(&t, f, a);
	text_addf(&t, _(": \"%s\" is not approved"), b->title);
	todo_add(out, (struct todo){ .code = "not-approved",
			      .urgent = is_near(f, a->first),
			      .at = a->first,
			      .name = mem_dup(b->name),
			      .text = text_take(&t),
			      .act = mem_printf(_("loaxa approve %s --by \"Name, office\""), b->name) });
}

/* NULL: all its recordings can go on air. */
static const struct recording *unplayable(const struct bulletin *b)
{
	for (size_t i = 0; i < b->audio.n; i++) {
		const struct recording *r = &b->audio.at[i];
		bool changed = r->bound && r->sha256[0] && strcmp(r->bound, r->sha256) != 0;
		if (r->state == RECORDING_MISSING || r->state == RECORDING_CORRUPT || changed)
			return r;
	}
	return NULL;
}

static void broken(const struct todo_facts *f, const struct bulletin *b, const struct recording *r,
	const struct airs *a, struct todos *out)
{
	struct todo what = { .code = "recording", .urgent = is_near(f, a->first), .at = a->first, .name = mem_dup(b->name) };
	struct text t = { 0 };
	say_airs(&t, f, a);
	if (r->state == RECORDING_MISSING) {
		text_addf(&t, _(": the recording \"%s\" of \"%s\" is not there"), r->file, b->title);
		what.act = mem_printf(_("put it back in %s, or take another: loaxa import FILE"), f->station->audio_dir);
	} else if (r->state == RECORDING_CORRUPT) {
		text_addf(&t, _(": the recording \"%s\" of \"%s\" is damaged"), r->file, b->title);
		what.act = mem_dup(_("record it anew, or take another: loaxa import FILE"));
	} else {
		text_addf(&t, _(": the recording \"%s\" of \"%s\" was changed after it was approved"), r->file, b->title);
		what.act = mem_printf(_("listen, then approve it anew: loaxa approve %s --by \"Name, office\""), b->name);
	}
	what.text = text_take(&t);
	todo_add(out, what);
}

static void words_changed(const struct todo_facts *f, const struct bulletin *b, const struct airs *a, struct todos *out)
{
	struct text t = { 0 };
	say_airs(&t, f, a);
	text_addf(&t, _(": the text of \"%s\" was changed after it was approved"), b->title);
	todo_add(out, (struct todo){ .code = "text-changed",
			      .urgent = is_near(f, a->first),
			      .at = a->first,
			      .name = mem_dup(b->name),
			      .text = text_take(&t),
			      .act = mem_printf(_("read it, then approve it anew: loaxa approve %s --by \"Name, office\""),
				      b->name) });
}

/* The controller says so itself, and stands in the list. */
static bool is_told(const struct todo_facts *f, const char *file)
{
	const struct json *list = json_get(f->status, "faults");
	char *code = mem_printf("changed:%s", file);
	bool found = false;
	for (size_t i = 0; i < json_count(list); i++) {
		const char *one = json_get_str(json_at(list, i), "code");
		found = found || (one && !strcmp(one, code));
	}
	mem_free(code);
	return found;
}

static void unheard(const struct todo_facts *f, struct todos *out)
{
	const struct station *s = f->station;
	day_num today = tz_local(s->tz, f->now).day;
	struct airs *airs = mem_zero(s->bulletins.n * sizeof *airs);
	struct plan plan = { 0 };
	plan_between(s, (wall_us){ f->now.us + 1 }, tz_instant(s->tz, today + 2, 0), &plan);
	for (size_t i = 0; i < plan.items.n; i++) {
		struct airs *a = &airs[plan.items.at[i].bulletin];
		wall_us at = plan.items.at[i].at;
		if (a->count && a->last.us == at.us)
			continue; /* the same in another zone */
		a->first = a->count++ ? a->first : at;
		a->last = at;
	}
	for (size_t i = 0; i < s->bulletins.n; i++) {
		const struct bulletin *b = &s->bulletins.at[i];
		const struct recording *r = unplayable(b);
		if (airs[i].count && s->approval && !b->approved_by)
			unapproved(f, b, &airs[i], out);
		else if (airs[i].count && r && is_told(f, r->file))
			continue;
		else if (airs[i].count && r)
			broken(f, b, r, &airs[i], out);
		else if (airs[i].count && bulletin_text_changed(b) && !is_told(f, b->text ? b->text : ""))
			words_changed(f, b, &airs[i], out);
	}
	plan_free(&plan);
	mem_free(airs);
}

/* ── What ends, and what is owed ── */

static void add_in_days(struct text *t, int days)
{
	if (days < 0)
		text_addf(t, ngettext("%d day ago", "%d days ago", -days), -days);
	else if (days == 0)
		text_add(t, _("today"));
	else if (days == 1)
		text_add(t, _("tomorrow"));
	else
		text_addf(t, ngettext("in %d day", "in %d days", days), days);
}

static const char *base_name(const char *file)
{
	const char *slash = file ? strrchr(file, '/') : NULL;
	return slash ? slash + 1 : file ? file : "?";
}

static void ending(const struct todo_facts *f, const struct campaign *c, day_num today, struct todos *out)
{
	char last[VALUE_BYTES];
	struct text t = { 0 };
	if (c->days.until < today || c->days.until - today > ENDING_DAYS || c->days.from > today)
		return;
	value_print_date(c->days.until, last);
	text_addf(&t, _("Campaign \"%s\" has its last day on %s ("), c->title, last);
	add_in_days(&t, c->days.until - today);
	text_add(&t, ")");
	todo_add(out, (struct todo){ .code = "campaign-ending",
			      .at = tz_instant(f->station->tz, c->days.until + 1, 0),
			      .name = mem_dup(c->name),
			      .text = text_take(&t),
			      .act = mem_printf(_("to go on: change \"until\" in %s, then: loaxa reload"),
				      base_name(c->place.file)) });
}

/* Somebody wrote since that day that it was sent, naming the letter. */
static bool is_reported(const struct todo_facts *f, const struct directive *d, day_num since)
{
	const char *name = *d->number ? d->number : d->name;
	for (size_t i = 0; i < f->n_notes; i++)
		if (tz_local(f->station->tz, f->notes[i].written).day >= since && strstr(f->notes[i].text, name))
			return true;
	return false;
}

static void report_due(const struct todo_facts *f, const struct campaign *c, const struct directive *d, day_num today,
	struct todos *out)
{
	day_num start = d->from != DAY_NONE ? d->from : d->issued != DAY_NONE ? d->issued : c->days.from;
	int every = d->report_every_days;
	if (every < 1 || today + 1 - start < every)
		return;
	day_num due = start + (today + 1 - start) / every * every;
	if (due - every > c->days.until || today - due > OVERDUE_DAYS || is_reported(f, d, due - 1))
		return;
	char date[VALUE_BYTES], from[VALUE_BYTES], now[VALUE_BYTES];
	const char *name = *d->number ? d->number : d->name;
	struct text t = { 0 };
	value_print_date(due, date);
	value_print_iso_date(due - every, from);
	value_print_iso_date(today, now);
	text_addf(&t, _("Report on %s due on %s ("), name, date);
	add_in_days(&t, due - today);
	text_add(&t, d->pictures ? _("), with pictures") : ")");
	if (d->report_to)
		text_addf(&t, _(", to %s"), d->report_to);
	todo_add(out, (struct todo){ .code = "report-due",
			      .at = tz_instant(f->station->tz, due, 0),
			      .name = mem_dup(name),
			      .text = text_take(&t),
			      .act = mem_printf(_("figures: loaxa log --directive \"%s\" --from %s\n"
						  "once sent: loaxa note %s \"%s sent\""),
				      name, from, now, name) });
}

void todo_plan(const struct todo_facts *f, struct todos *out)
{
	const struct station *s = f->station;
	day_num today = tz_local(s->tz, f->now).day;
	unheard(f, out);
	for (size_t i = 0; i < s->campaigns.n; i++) {
		const struct campaign *c = &s->campaigns.at[i];
		ending(f, c, today, out);
		for (size_t k = 0; k < c->directives.n; k++)
			report_due(f, c, &c->directives.at[k], today, out);
	}
}
