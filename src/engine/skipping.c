/* `skip-session`: a session of one day is not aired.  What is skipped is a session's name and a day, not an instant: a
 * reload that moves the session does not bring it back.  Its items are skipped at their instants, as after `stop`. */
#include "engine/skipping.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

#define AHEAD_DAYS 366
#define SKIPS_MAX 64

static day_num day_of(const struct engine *e, wall_us at)
{
	return tz_local(e->station->tz, at).day;
}

static struct skipped_session *find(const struct engine *e, const char *session, day_num day)
{
	for (size_t i = 0; i < e->skips.n; i++)
		if (e->skips.at[i].day == day && !strcmp(e->skips.at[i].session, session))
			return &e->skips.at[i];
	return NULL;
}

bool skipping_hits(const struct engine *e, const struct planned *p)
{
	return e->skips.n && find(e, e->station->rules.at[p->rule].name, day_of(e, p->firing));
}

static void drop(struct engine *e, struct skipped_session *s)
{
	mem_free(s->session);
	mem_free(s->by);
	vec_remove(&e->skips, (size_t)(s - e->skips.at));
}

void skipping_free(struct engine *e)
{
	while (e->skips.n)
		drop(e, &e->skips.at[0]);
	vec_free(&e->skips);
}

/* A session may end on the day after. */
void skipping_forget(struct engine *e)
{
	day_num today = e->skips.n ? day_of(e, e->entered) : 0;
	for (size_t i = 0; i < e->skips.n;)
		if (e->skips.at[i].day + 1 < today)
			drop(e, &e->skips.at[i]);
		else
			i++;
}

/* ── Rows ── */

static void write_skip(struct text *t, const char *session, day_num day)
{
	char date[VALUE_BYTES];
	value_print_iso_date(day, date);
	json_str(t, "name", session);
	json_str(t, "day", date);
}

void skipping_write(struct text *t, const struct engine *e)
{
	json_open(t, "skips", '[');
	for (size_t i = 0; i < e->skips.n; i++) {
		json_open(t, NULL, '{');
		write_skip(t, e->skips.at[i].session, e->skips.at[i].day);
		json_int(t, "since_us", e->skips.at[i].since.us);
		json_str(t, "by", e->skips.at[i].by);
		json_close(t, '}');
	}
	json_close(t, ']');
}

static bool read_skip(const struct json *j, const char **session, day_num *day)
{
	const char *date = json_get_str(j, "day");
	*session = json_get_str(j, "name");
	return *session && date && value_date(date, day);
}

void skipping_read(struct engine *e, const struct json *j, wall_us since)
{
	const char *session;
	day_num day;
	if (!read_skip(j, &session, &day) || find(e, session, day))
		return;
	since.us = json_get_int(j, "since_us", since.us);
	vec_push(&e->skips,
		(struct skipped_session){ mem_dup(session), day, since, mem_dup(json_get_str(j, "by")) });
}

void skipping_read_undone(struct engine *e, const struct json *j)
{
	const char *session;
	day_num day;
	struct skipped_session *s = read_skip(j, &session, &day) ? find(e, session, day) : NULL;
	if (s)
		drop(e, s);
}

static void record(struct engine *e, const char *kind, const struct command *c, day_num day)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	write_skip(&t, c->name, day);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, kind, text_str(&t));
	text_free(&t);
}

/* ── The command ── */

/* The firing of that session on that day: when it begins, when it is over, how much it airs. */
struct firing {
	wall_us at, over;
	size_t items;
};

static struct firing firing_of(const struct engine *e, int rule, day_num day)
{
	struct firing f = { { US_NEVER }, { 0 }, 0 };
	struct plan plan = { 0 };
	plan_day(e->station, day, &plan);
	for (size_t i = 0; i < plan.items.n; i++)
		if (plan.items.at[i].rule == rule) {
			f.at = plan.items.at[i].firing;
			f.over = plan.items.at[i].over;
			f.items++;
		}
	plan_free(&plan);
	return f;
}

static bool at_desk(const struct engine *e, const char *session, wall_us firing)
{
	for (size_t i = 0; i < desk_count(e->desk); i++) {
		const struct airing *a = desk_at(e->desk, i);
		if (a->kind == AIRING_PLANNED && a->firing.us == firing.us && !strcmp(a->rule->name, session))
			return true;
	}
	return false;
}

static bool read_day(const struct engine *e, const struct command *c, day_num *day, struct err *err)
{
	day_num today = day_of(e, e->now);
	*day = today;
	if (c->date && !value_date(c->date, day))
		return err_set(err, _("\"%s\" is no date — say --date 14/8/2021 or --date 2021-08-14"), c->date);
	if (*day > today + AHEAD_DAYS)
		return err_set(err,
			_("%s is more than a year ahead — what lies so far ahead belongs in the schedule files, as an "
			  "exception"),
			c->date);
	if (*day < today - 1)
		return err_set(err, _("%s has passed — what was aired then: loaxa log"), c->date);
	return true;
}

static int session(const struct engine *e, const char *name, struct err *err)
{
	int rule = station_rule(e->station, name);
	if (rule >= 0 && e->station->rules.at[rule].kind == RULE_SESSION)
		return rule;
	err_set(err, _("there is no session \"%s\" — sessions and their days: loaxa plan"), name);
	return -1;
}

/* Nothing of it is on air or waits yet, or it never will: there is nothing to skip. */
static bool may_skip(
	const struct engine *e, const struct command *c, const struct firing *f, const char *date, struct err *err)
{
	if (!f->items)
		return err_set(err, _("session \"%s\" airs nothing on %s — its days: loaxa plan"), c->name, date);
	if (f->over.us <= e->now.us && !at_desk(e, c->name, f->at))
		return err_set(err, _("session \"%s\" of %s is over — for another day: --date"), c->name, date);
	if (e->skips.n == SKIPS_MAX)
		return err_set(err,
			_("%d sessions are skipped already — what lies further ahead belongs in the schedule "
			  "files, as an exception"),
			SKIPS_MAX);
	return true;
}

static bool skip(struct engine *e, const struct command *c, day_num day, int rule, struct err *err)
{
	struct firing f = firing_of(e, rule, day);
	char date[VALUE_BYTES], iso[VALUE_BYTES], clock[VALUE_BYTES];
	value_print_date(day, date);
	value_print_iso_date(day, iso);
	if (!may_skip(e, c, &f, date, err))
		return false;
	value_print_time(tz_local(e->station->tz, f.at).ms, clock);
	record(e, "skip-session", c, day);
	vec_push(&e->skips, (struct skipped_session){ mem_dup(c->name), day, e->now, mem_dup(c->by) });
	desk_stop_firing(e->desk, c->name, f.at);
	err_set(err, _("Session \"%s\" of %s (%s) is skipped — to undo: loaxa skip-session %s --date %s --undo"),
		c->name, date, clock, c->name, iso);
	return true;
}

static bool undo(struct engine *e, const struct command *c, day_num day, int rule, struct err *err)
{
	struct skipped_session *s = find(e, c->name, day);
	char date[VALUE_BYTES];
	value_print_date(day, date);
	if (!s)
		return err_set(err, _("session \"%s\" of %s is not skipped — nothing to undo"), c->name, date);
	record(e, "unskip-session", c, day);
	drop(e, s);
	desk_resume_firing(e->desk, c->name, firing_of(e, rule, day).at);
	err_set(err, _("Session \"%s\" of %s airs again, from what is still to come of it on"), c->name, date);
	return true;
}

bool skipping_command(struct engine *e, const struct command *c, struct err *err)
{
	day_num day;
	int rule = session(e, c->name, err);
	if (rule < 0 || !read_day(e, c, &day, err))
		return false;
	const struct skipped_session *s = find(e, c->name, day);
	if (s && !c->undo)
		return err_set(err, _("session \"%s\" of that day is skipped already, by %s"), c->name, s->by);
	return c->undo ? undo(e, c, day, rule, err) : skip(e, c, day, rule, err);
}

void skipping_status(const struct engine *e, struct text *t)
{
	json_open(t, "skips", '[');
	for (size_t i = 0; i < e->skips.n; i++) {
		char since[RFC3339_BYTES];
		tz_rfc3339(e->station->tz, e->skips.at[i].since, since);
		json_open(t, NULL, '{');
		write_skip(t, e->skips.at[i].session, e->skips.at[i].day);
		json_str(t, "since", since);
		json_str(t, "by", e->skips.at[i].by);
		json_close(t, '}');
	}
	json_close(t, ']');
}
