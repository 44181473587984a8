/* loaxa letter: from a letter on the desk to the schedule that runs, in one conversation. */
#include "base/i18n.h"
#include "cli/apply.h"
#include "cli/approve.h"
#include "cli/cmd.h"
#include "cli/letter.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/place.h"
#include "control/client.h"
#include "os/clock.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <signal.h>
#include <stdlib.h>

extern const struct cmd cmd_listen; /* of cmd-listen.c */

static int run(int argc, char **argv);

const struct cmd cmd_letter = { "letter",
	"[DIR] [--answers FILE] [--today DATE] [--store DIR] [--by NAME] [--state DIR]",
	N_("a letter has arrived: asks for all it needs, shows what will be heard, writes and applies it"), run };

struct wish {
	const char *dir, *answers, *today, *store, *by, *state;
};

/* Ctrl-C, or a line that is lost: reading the answer fails, which leaves as q does. */
static void leave(int signal)
{
	(void)signal;
}

static void leave_in_order(void)
{
	static const int signals[] = { SIGINT, SIGHUP, SIGTERM };
	struct sigaction act = { .sa_handler = leave };
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &act, NULL);
}

static bool approve(struct letter *l, const struct wish *r, struct err *err)
{
	if (!l->by)
		return true;
	const struct station *is = l->draft->is;
	char *typed = approve_typist(r->by, is->tz, l->now);
	struct approval approval = { .by = l->by, .via = l->via, .typed = typed, .on = l->today };
	const struct bulletin *b = &is->bulletins.at[station_bulletin(is, l->bulletin_name)];
	bool ok = approve_edit(l->draft->edit, b, &approval, err);
	mem_free(typed);
	return ok;
}

static bool is_running(const char *state)
{
	char *usual = state ? NULL : place_state(), *path = mem_printf("%s/control.sock", state ? state : usual);
	struct text ping = { 0 };
	struct answer a = { 0 };
	struct err err = { "" };
	protocol_write_request(REQUEST_PING, &ping);
	bool yes = client_ask_passing(path, &ping, -1, 5000, &a, &err);
	protocol_free_answer(&a);
	text_free(&ping);
	mem_free(path);
	mem_free(usual);
	return yes;
}

static bool apply(const struct letter *l, const struct wish *r)
{
	char *dir = realpath(l->draft->dir, NULL);
	struct command c = { .verb = VERB_RELOAD,
		.dir = dir,
		.by = r->by,
		.uid = -1,
		.level = LEVEL_COUNT,
		.pcm = -1,
		.digest = l->draft->is->digest };
	bool done = dir && live_command(r->state, &c) == EXIT_DONE;
	free(dir);
	return done;
}

static void say_applied(const struct letter *l, const struct wish *r, bool *applied)
{
	*applied = false;
	if (r->today)
		puts(_("An exercise of another day: nothing was applied."));
	else if (!is_running(r->state))
		puts(_("NOT applied yet: the controller does not run — the files are good and wait — when it runs: "
		       "loaxa "
		       "reload"));
	else if (!(*applied = apply(l, r)))
		puts(_("NOT applied yet: the reason stands above — the files are good and wait — then: loaxa reload"));
	if (!l->by && l->draft->is->approval && !letter_is_approved(l))
		printf(_("Will NOT air before it is approved: loaxa approve %s --by \"…\"\n"), l->bulletin_name);
}

/* After the yes.  *code: 0 when all of it was done. */
static bool finish(const struct letter *l, const struct wish *r, int *code)
{
	struct text names = { 0 }, sum = { 0 };
	struct err err = { "" };
	bool applied = false;
	draft_names(l->draft, &names);
	letter_summary(l, &sum);
	bool written = edit_write(l->draft->edit, &err);
	if (written) {
		printf(_("Written: %s\n"), text_str(&names));
		fflush(stdout);
		say_applied(l, r, &applied);
		printf("%s.\n", text_str(&sum));
	} else {
		puts(err.text);
	}
	text_free(&names);
	text_free(&sum);
	*code = written && (applied || r->today) ? EXIT_DONE : EXIT_REFUSED;
	return written;
}

static enum dialog_reply agreed(struct letter *l, struct dialog *d, const struct wish *r)
{
	struct findings fresh = { 0 };
	struct err err = { "" };
	struct apply how = { .state = r->state, .store = r->store };
	bool made = approve(l, r, &err) && draft_check(l->draft, &fresh, &err);
	struct station *running = made && !r->today ? apply_running(&how) : NULL;
	if (made)
		letter_show(l, running);
	load_print_findings(&fresh, false, stdout);
	if (*err.text)
		puts(err.text);
	enum dialog_reply reply = made ? dialog_yes(d, _("Write the files and apply them")) : DIALOG_LEFT;
	station_free(&running);
	findings_free(&fresh);
	return reply;
}

static void listen_to(const struct letter *l, const char *what)
{
	const char *argv[8] = { "listen", what, l->draft->dir };
	int n = 3;
	if (l->state) {
		argv[n++] = "--state";
		argv[n++] = l->state;
	}
	if (l->draft->load.store) {
		argv[n++] = "--store";
		argv[n++] = l->draft->load.store;
	}
	fflush(stdout);
	cmd_listen.run(n, (char **)argv);
}

static int converse(struct draft *draft, struct dialog *d, const struct wish *r, wall_us now)
{
	struct letter l;
	int code = EXIT_REFUSED;
	letter_begin(&l, draft, now);
	l.listen = listen_to;
	l.state = r->state;
	leave_in_order();
	enum dialog_reply reply = DIALOG_NO;
	for (int from = 0; reply == DIALOG_NO; from = LETTER_PLACES) {
		if (from)
			puts(_("Not written. The places once more; < goes further back."));
		reply = letter_ask(&l, d, from) ? agreed(&l, d, r) : DIALOG_LEFT;
	}
	bool written = reply == DIALOG_YES && finish(&l, r, &code);
	if (!written)
		puts(_("Nothing was written; everything is as it was."));
	letter_free(&l, written);
	return code;
}

/* Letters arrive at 16:00. */
static bool find_now(const struct wish *r, const struct station *st, wall_us *now)
{
	struct clock clock = os_clock();
	day_num day;
	*now = clock.wall(clock.self);
	if (!r->today)
		return true;
	if (!value_date(r->today, &day)) {
		fprintf(stderr, _("loaxa: \"%s\" is no date — write for example 14/7/2021 or 2021-07-14\n"), r->today);
		return false;
	}
	*now = tz_instant(st->tz, day, INT64_C(16) * 3600000);
	return true;
}

static int letter_of(const struct wish *r)
{
	struct draft draft;
	struct err err = { "" };
	struct dialog *d = dialog_new(r->answers, &err);
	int code = EXIT_USAGE;
	wall_us now;
	if (!d) {
		fprintf(stderr, "loaxa letter: %s\n", err.text);
		return code;
	}
	if (!draft_open(&draft, r->dir, r->state, r->store))
		code = EXIT_REFUSED;
	else if (!draft_can_write(&draft, &err)) {
		code = EXIT_REFUSED;
		fprintf(stderr, "loaxa letter: %s\n", err.text);
	} else if (find_now(r, draft.was, &now))
		code = converse(&draft, d, r, now);
	draft_free(&draft);
	dialog_free(&d);
	return code;
}

static int run(int argc, char **argv)
{
	struct wish r = { 0 };
	const struct option_row options[] = { { .name = "answers", .text = &r.answers },
		{ .name = "today", .text = &r.today }, { .name = "store", .text = &r.store },
		{ .name = "by", .text = &r.by }, { .name = "state", .text = &r.state }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_letter);
	r.dir = n ? argv[1] : NULL;
	return letter_of(&r);
}
