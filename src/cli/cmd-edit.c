/* loaxa edit session: one bulletin into the list of a session or a repeat, or out of it.  The file is written only when
 * the whole schedule is good with it; nothing is applied. */
#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/difference-print.h"
#include "cli/draft.h"
#include "cli/options.h"
#include "config/hint.h"
#include "os/clock.h"
#include "schedule/places.h"
#include "schedule/tz.h"

#include <stdlib.h>

static int run(int argc, char **argv);

const struct cmd cmd_edit = { "edit",
	"session NAME (--add BULLETIN [--after BULLETIN] | --remove BULLETIN) [DIR] [--store DIR] [--state DIR]",
	N_("put a bulletin into a session's list, or take it out; the files' comments and order stay"), run };

struct change {
	const char *name, *add, *after, *remove;
};

/* "bz-cai-dat:2" is the second of that name in the list. */
static char *split(const char *value, int *which)
{
	size_t n = strcspn(value, ":");
	*which = value[n] ? atoi(value + n + 1) : 0;
	return mem_dup_n(value, n);
}

static bool is_one(
	const struct draft *d, struct edit_at at, const char *key, const char *name, int *which, struct err *err)
{
	size_t n = edit_list_count(d->edit, at, key, name);
	if (n > 1 && !*which)
		return err_set(err,
			_("\"%s\" stands %zu times in \"%s\" — which one is meant is not clear — write %s:1 for the "
			  "first, "
			  "%s:2 for the second"),
			name, n, at.name, name, name);
	if (!*which)
		*which = 1;
	return true;
}

/* The days to come on which it may air; all its days when they are over. */
static day_span days_open(const struct station *st, int bulletin)
{
	struct clock clock = os_clock();
	day_num today = tz_local(st->tz, clock.wall(clock.self)).day;
	day_span days = { today, DAY_MAX };
	if (bulletin < 0)
		return days;
	const struct bulletin *b = &st->bulletins.at[bulletin];
	day_span own = b->days, whole = b->campaign >= 0 ? st->campaigns.at[b->campaign].days : own;
	days.until = own.until < whole.until ? own.until : whole.until;
	days.from = own.from > whole.from ? own.from : whole.from;
	if (day_in(days, today))
		days.from = today;
	return days;
}

/* Behind the last announcement that has room behind it. */
static const char *usual_place(const struct draft *d, int rule, const char *add, int *which)
{
	const struct station *st = d->was;
	const struct rule *r = &st->rules.at[rule];
	char *name = mem_dup_n(add, strcspn(add, "@"));
	int b = station_bulletin(st, name), at = (int)r->play.n - 1;
	struct places_ask ask = { .ms = b >= 0 ? bulletin_ms(&st->bulletins.at[b]) : 0, .days = days_open(st, b) };
	if (r->kind == RULE_SESSION)
		places_in_session(st, rule, &ask, &at);
	*which = 0;
	for (int i = 0; at >= 0 && i <= at; i++)
		*which += r->play.at[i].bulletin == r->play.at[at].bulletin;
	mem_free(name);
	return at >= 0 ? st->bulletins.at[r->play.at[at].bulletin].name : NULL;
}

static bool apply_change(struct draft *d, const struct change *c, int rule, struct err *err)
{
	const struct rule *r = &d->was->rules.at[rule];
	struct edit_at at = { rule_kind_name(r->kind), r->name, NULL, NULL };
	const char *key = r->rotate ? "rotate" : "play", *named = c->remove ? c->remove : c->after;
	int which = 0;
	char *beside = named ? split(named, &which) : NULL;
	bool ok = !beside || is_one(d, at, key, beside, &which, err);
	if (ok && !named)
		beside = mem_dup(usual_place(d, rule, c->add, &which));
	if (ok && c->remove)
		ok = edit_list_remove(d->edit, at, key, beside, which, err);
	else if (ok)
		ok = edit_list_add(d->edit, at, key, c->add, beside, which, err);
	mem_free(beside);
	return ok;
}

static void show(const struct draft *d)
{
	struct difference diff;
	struct text t = { 0 };
	struct clock clock = os_clock();
	difference_find(d->was, d->is, clock.wall(clock.self), DIFFERENCE_WEEK, &diff);
	difference_print(&diff, &t);
	fputs(text_str(&t), stdout);
	difference_free(&diff);
	text_free(&t);
}

static int finish(struct draft *d)
{
	struct findings fresh = { 0 };
	struct err err = { "" };
	struct text names = { 0 };
	bool ok = draft_check(d, &fresh, &err);
	draft_names(d, &names);
	load_print_findings(&fresh, false, stderr);
	if (!ok)
		fprintf(stderr, "%s%s%s\n", err.text, *err.text ? "\n" : "",
			_("The schedule would be refused with it — nothing was written — name another bulletin or "
			  "another place."));
	else if (!edit_write(d->edit, &err))
		fprintf(stderr, "loaxa edit: %s\n", (ok = false, err.text));
	if (ok) {
		show(d);
		printf(_("Written: %s. What is on air does not change yet — to apply it: loaxa reload\n"),
			text_str(&names));
	}
	text_free(&names);
	findings_free(&fresh);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

static void no_session(const struct station *st, const char *dir, const char *name)
{
	struct hint hint = hint_new(name);
	for (size_t i = 0; i < st->rules.n; i++)
		if (st->rules.at[i].kind != RULE_EMERGENCY)
			hint_offer(&hint, st->rules.at[i].name);
	if (hint.best)
		fprintf(stderr,
			_("loaxa edit: there is no session \"%s\" in %s — \"%s\" perhaps — nothing was changed\n"),
			name, dir, hint.best);
	else
		fprintf(stderr, _("loaxa edit: there is no session \"%s\" in %s — its names: loaxa plan\n"), name, dir);
}

static int edit_rule(const char *dir, const char *state, const char *store, const struct change *c)
{
	struct draft d;
	struct err err = { "" };
	int code = EXIT_REFUSED;
	if (draft_open(&d, dir, state, store)) {
		int rule = station_rule(d.was, c->name);
		if (rule < 0 || d.was->rules.at[rule].kind == RULE_EMERGENCY)
			no_session(d.was, d.dir, c->name);
		else if (!apply_change(&d, c, rule, &err))
			fprintf(stderr, "loaxa edit: %s\n", err.text);
		else
			code = finish(&d);
	}
	draft_free(&d);
	return code;
}

static int run(int argc, char **argv)
{
	const char *state = NULL, *store = NULL;
	struct change c = { 0 };
	const struct option_row options[] = { { .name = "add", .text = &c.add }, { .name = "after", .text = &c.after },
		{ .name = "remove", .text = &c.remove }, { .name = "store", .text = &store },
		{ .name = "state", .text = &state }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0)
		return EXIT_USAGE;
	if (n < 2 || n > 3 || strcmp(argv[1], "session") || !c.add == !c.remove || (c.after && !c.add))
		return options_usage(&cmd_edit);
	c.name = argv[2];
	return edit_rule(n == 3 ? argv[3] : NULL, state, store, &c);
}
