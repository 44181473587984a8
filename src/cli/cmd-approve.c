/* loaxa approve: writes down that somebody approved bulletins, bound to the sound and the words as they are now.  Where
 * the running schedule differs in nothing else it takes effect at once: ten minutes before 05:30 nobody should have to
 * think of a second command. */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/approve.h"
#include "cli/cmd.h"
#include "cli/dialog.h"
#include "cli/live.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "config/hint.h"
#include "control/client.h"
#include "os/clock.h"
#include "schedule/tz.h"
#include "schedule/values.h"
#include "sound/library.h"
#include "sound/why.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct cmd cmd_listen; /* of cmd-listen.c */

static int run(int argc, char **argv);

const struct cmd cmd_approve = { "approve",
	"BULLETIN… --by \"NAME, OFFICE\" [--via PAPER] [--on DATE] [--typed-by NAME] [--sink SINK] [--store DIR] [--state DIR] [DIR]",
	N_("write down that somebody approved bulletins, bound to sound and text"), run };

struct wish {
	char **names;
	int n;
	const char *by, *via, *on, *typed, *sink, *store, *state;
	const char *dir;
};

/* ── Where and what ── */

/* A name holds no "/": so this is no bulletin. */
static bool is_dir(const char *s)
{
	struct stat st;
	return (strchr(s, '/') || !strcmp(s, ".") || !strcmp(s, "..")) || (stat(s, &st) == 0 && S_ISDIR(st.st_mode));
}

/* Where the running schedule came from, else the usual place. */
static char *usual_dir(const char *state)
{
	char *dir = accepted_origin(state);
	return dir ? dir : place_station();
}

static const struct bulletin *find(const struct station *st, const char *name)
{
	int i = station_bulletin(st, name);
	if (i >= 0)
		return &st->bulletins.at[i];
	struct hint hint = hint_new(name);
	for (size_t b = 0; b < st->bulletins.n; b++)
		hint_offer(&hint, st->bulletins.at[b].name);
	if (hint.best)
		fprintf(stderr, _("NOT approved: there is no bulletin \"%s\" — \"%s\" perhaps — nothing was written\n"), name,
			hint.best);
	else
		fprintf(stderr, _("NOT approved: there is no bulletin \"%s\" in %s — nothing was written\n"), name, st->dir);
	return NULL;
}

static bool find_all(const struct wish *r, const struct station *st)
{
	bool all = true;
	for (int i = 0; i < r->n; i++)
		all = find(st, r->names[i]) && all;
	return all;
}

static bool read_day(const char *word, day_num today, day_num *out)
{
	*out = today;
	if (!word)
		return true;
	if (!value_date(word, out)) {
		fprintf(stderr, _("loaxa approve: --on \"%s\" is no date — write e.g. --on 14/7/2021\n"), word);
		return false;
	}
	if (*out > today) {
		fprintf(stderr, _("loaxa approve: --on %s is a day to come — an approval is given before it is written "
				  "down\n"),
			word);
		return false;
	}
	return true;
}

/* ── Heard before ── */

static bool may_answer(void *self, const char *answer, struct err *why)
{
	(void)self;
	return !strcmp(answer, "duyet") || !strcmp(answer, "nghe") ||
	       err_set(why, _("type duyet to approve, nghe to hear it first, q to leave"));
}

static void listen_to(const struct wish *r, const char *name)
{
	
	char *argv[] = { (char *)"listen", (char *)name, (char *)r->dir, (char *)"--store", (char *)r->store,
		(char *)"--sink", (char *)r->sink, NULL };
	cmd_listen.run(r->sink ? 7 : 5, argv);
}

/* The words, as far as one screen takes them; a text in another encoding or with controls in it is not shown. */
static void show_words(const struct station *st, const struct bulletin *b)
{
	enum { MOST = 1500 };
	char words[MOST + 1];
	struct why_facts why;
	char *path = b->text ? library_path(st->audio_dir, b->text, &why) : NULL;
	FILE *f = path ? fopen(path, "re") : NULL;
	size_t n = f ? fread(words, 1, MOST, f) : 0;
	bool more = n == MOST;
	while (more && n && words[n - 1] != ' ' && words[n - 1] != '\n')
		n--;
	words[n] = '\0';
	bool plain = n && text_bad_utf8(words, n) < 0;
	for (size_t i = 0; i < n; i++)
		plain = plain && ((unsigned char)words[i] >= ' ' || strchr("\n\r\t", words[i])) && words[i] != 0x7F;
	if (plain)
		printf("%s:\n%s%s", b->text, words, more ? "…\n" : words[n - 1] == '\n' ? "" : "\n");
	if (f)
		fclose(f);
	mem_free(path);
}

/* Somebody at a terminal is asked for each; a script has made up its mind.  false: they left. */
static bool heard(const struct wish *r, struct dialog *d, const struct station *st, const struct bulletin *b)
{
	show_words(st, b);
	char *text = mem_printf(_("Approve \"%s\" (%s): duyet, or nghe to hear it first"), b->title, b->name), *answer = NULL;
	struct dialog_question q = { .text = text, .proposal = "duyet", .check = may_answer };
	bool listened = false;
	while ((answer = dialog_ask(d, &q)) && (listened = !strcmp(answer, "nghe"))) {
		mem_free(answer);
		listen_to(r, b->name);
	}
	bool go_on = answer;
	mem_free(answer);
	mem_free(text);
	return go_on;
}

static bool heard_all(const struct wish *r, const struct station *st)
{
	bool go_on = true;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return true;
	struct dialog *d = dialog_new(NULL, NULL);
	for (int i = 0; i < r->n && go_on; i++)
		go_on = heard(r, d, st, find(st, r->names[i]));
	dialog_free(&d);
	if (!go_on)
		puts(_("Left: nothing was approved, nothing was written."));
	return go_on;
}

/* ── In force ── */

static bool answers(const char *state)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	struct err err = { "" };
	char *path = mem_printf("%s/control.sock", state);
	protocol_write_request(REQUEST_PING, &request);
	bool ok = client_ask(path, &request, 2000, &a, &err);
	protocol_free_answer(&a);
	text_free(&request);
	mem_free(path);
	return ok;
}

/* Is what runs this directory, to the letter? */
static bool runs_exactly(const char *state, const char *dir)
{
	char *copy = accepted_load_dir(state), *real = realpath(dir, NULL);
	struct accepted a = { 0 };
	bool same = copy && real && accepted_read(copy, &a) && !strcmp(a.dir, real) && !accepted_differs(state, dir);
	accepted_free(&a);
	free(real);
	mem_free(copy);
	return same;
}

/* As `loaxa reload` orders it; here there is no difference to be looked at. */
static bool reload(const char *state)
{
	enum { RELOAD_MS = 120000 };
	struct text request = { 0 };
	struct answer a = { 0 };
	char *user = live_user();
	struct command c = { .verb = VERB_RELOAD, .by = user, .uid = -1, .pcm = -1, .level = LEVEL_COUNT };
	protocol_write_command(&c, &request);
	bool answered = live_ask(state, &request, RELOAD_MS, &a);
	bool done = answered && a.done;
	if (answered && !done)
		fprintf(stderr, "%s\n", a.text);
	protocol_free_answer(&a);
	text_free(&request);
	mem_free(user);
	return done;
}

static void put_in_force(const struct wish *r, bool alone)
{
	if (!answers(r->state))
		puts(_("The station is not running; it counts from its next start or reload on."));
	else if (!alone)
		printf(_("Not yet in force: other changes wait in %s — look at them and apply all: loaxa reload\n"), r->dir);
	else if (reload(r->state))
		puts(_("In force now."));
	else
		puts(_("The approval is written, but not yet in force — then: loaxa reload"));
}

/* ── All of it ── */

static void tell(const struct bulletin *b, const struct approval *a)
{
	char on[VALUE_BYTES];
	value_print_date(a->on, on);
	printf(_("Approved: \"%s\" (%s) — %s, %s%s%s\n"), b->title, b->name, a->by, a->via ? a->via : "",
		a->via ? ", " : "", on);
	if (b->audio.n && b->text)
		printf(_("  bound to %zu recordings and the text %s: if one changes it is not aired until approved anew\n"),
			b->audio.n, b->text);
	else if (b->audio.n)
		printf(_("  bound to %zu recordings: if one changes it is not aired until approved anew; it has no text\n"),
			b->audio.n);
	else
		puts(_("  a relay: what its source sends nobody can approve beforehand"));
}

static bool write_all(const struct wish *r, const struct station *st, const struct approval *a)
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct edit *e = edit_open(r->dir, &fs);
	bool ok = e;
	for (int i = 0; ok && i < r->n; i++)
		ok = approve_edit(e, &st->bulletins.at[station_bulletin(st, r->names[i])], a, &err);
	ok = ok && edit_write(e, &err);
	if (!ok) {
		load_print_findings(&fs, false, stderr);
		fprintf(stderr, "%s\n%s\n", err.text, _("Nothing was written."));
	}
	edit_free(&e);
	findings_free(&fs);
	return ok;
}

static int approve(const struct wish *r, const struct station *st)
{
	struct clock clock = os_clock();
	wall_us now = clock.wall(clock.self);
	struct approval a = { .by = r->by, .via = r->via };
	if (!read_day(r->on, tz_local(st->tz, now).day, &a.on))
		return EXIT_USAGE;
	if (!find_all(r, st) || !heard_all(r, st))
		return EXIT_REFUSED;
	bool alone = runs_exactly(r->state, r->dir);
	char *typist = approve_typist(r->typed, st->tz, now);
	a.typed = typist;
	bool ok = write_all(r, st, &a);
	for (int i = 0; ok && i < r->n; i++)
		tell(&st->bulletins.at[station_bulletin(st, r->names[i])], &a);
	if (ok && !st->approval)
		puts(_("This station airs unapproved bulletins too (approval = no): the approval is kept as evidence."));
	if (ok)
		put_in_force(r, alone);
	mem_free(typist);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

/* Without the check: it is no good schedule as long as an emergency is not approved, and this is what mends it. */
static int load_and_approve(const struct wish *r)
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct load_options options = { .store = r->store, .accepted = true, .progress = true };
	struct station *st = load_station(r->dir, &options, &fs, &err);
	int code = EXIT_REFUSED;
	if (st)
		code = approve(r, st);
	else
		load_complain(&fs, &err);
	station_free(&st);
	findings_free(&fs);
	return code;
}

static int run(int argc, char **argv)
{
	struct wish r = { 0 };
	const struct option_row options[] = { { .name = "by", .text = &r.by }, { .name = "via", .text = &r.via },
		{ .name = "on", .text = &r.on }, { .name = "typed-by", .text = &r.typed },
		{ .name = "sink", .text = &r.sink }, { .name = "store", .text = &r.store },
		{ .name = "state", .text = &r.state }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0)
		return EXIT_USAGE;
	r.names = argv + 1;
	r.n = n;
	if (n && is_dir(argv[n]))
		r.dir = argv[r.n--];
	if (r.n < 1 || !r.by)
		return options_usage(&cmd_approve);
	char *state = r.state ? NULL : place_state(), *store = r.store ? NULL : place_store(), *dir = NULL;
	r.state = r.state ? r.state : state;
	r.store = r.store ? r.store : store;
	r.dir = r.dir ? r.dir : (dir = usual_dir(r.state));
	int code = load_and_approve(&r);
	mem_free(dir);
	mem_free(store);
	mem_free(state);
	return code;
}
