/* loaxa init: a new station.  Asks a dozen things, each with a proposal, shows what it will write, and writes it only
 * where there is no station yet.  What comes out passes loaxa check: it is checked before it is written. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/dialog.h"
#include "cli/init-card.h"
#include "cli/language.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/edit.h"
#include "os/tzfile.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_init = { "init", "[DIR] [--answers FILE]", N_("make a new station: code, names, zones, card"),
	run };

struct making {
	const char *dir;
	struct dialog *dialog;
	struct devices devices;
	struct init_station st;
};

/* ── What an answer must be ───────────────────────────────────────────────────────────────────────────────────── */

static bool check_code(void *self, const char *s, struct err *why)
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-";
	size_t n = strlen(s);
	(void)self;
	return (n && n <= 48 && strspn(s, letters) == n) ||
	       err_set(why,
		       _("The code \"%s\" cannot be used — it is at most 48 digits and plain letters — write the "
			 "commune's "
			 "number, e.g. 22363."),
		       s);
}

static bool check_text(void *self, const char *s, struct err *why)
{
	(void)self;
	return edit_can_write(s) ||
	       err_set(why, "%s",
		       _("This text cannot stand in a schedule file — it holds signs that do not show, "
			 "or ${ — write it again without them."));
}

static bool check_language(void *self, const char *s, struct err *why)
{
	(void)self;
	return !strcmp(s, "vi") || !strcmp(s, "en") ||
	       err_set(why, _("\"%s\" is no language of this program — there are vi and en — write one of them."), s);
}

static bool check_zone(void *self, const char *s, struct err *why)
{
	size_t bytes;
	void *there = tzfile_read(s, &bytes);
	(void)self;
	free(there);
	return there || err_set(why,
				_("The time zone \"%s\" is not known here — names are like Asia/Ho_Chi_Minh — write it "
				  "again."),
				s);
}

static bool check_yes(void *self, const char *s, struct err *why)
{
	bool *yes = self;
	char *plain = text_fold(s, false);
	bool is_yes = plain &&
		      (!strcmp(plain, "co") || !strcmp(plain, "c") || !strcmp(plain, "yes") || !strcmp(plain, "y"));
	bool is_no = plain &&
		     (!strcmp(plain, "khong") || !strcmp(plain, "k") || !strcmp(plain, "no") || !strcmp(plain, "n"));
	mem_free(plain);
	*yes = is_yes;
	return is_yes || is_no || err_set(why, "%s", _("Neither yes nor no — write co or khong."));
}

static bool check_card(void *self, const char *s, struct err *why)
{
	struct making *m = self;
	return init_card_choose(&m->devices, s, &m->st, why);
}

static void forget_zones(struct init_station *st)
{
	for (size_t i = 0; i < st->zones.n; i++)
		mem_free(st->zones.at[i]);
	st->zones.n = 0;
}

static bool check_zones(void *self, const char *s, struct err *why)
{
	struct making *m = self;
	size_t room = init_room(&m->st) < ZONES_MAX ? init_room(&m->st) : ZONES_MAX;
	forget_zones(&m->st);
	init_split_zones(&m->st, s);
	if (!m->st.zones.n)
		return err_set(
			why, "%s", _("No cluster is named — at least one is needed — write their names with commas."));
	if (m->st.zones.n > room)
		return err_set(why,
			_("%zu clusters are named, and the card has %zu channels — each cluster needs a channel of its "
			  "own "
			  "— name fewer, or leave with q and begin again with more cards."),
			m->st.zones.n, room);
	return check_text(NULL, s, why);
}

/* ── Asking ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool ask(struct making *m, const char *text, const char *proposal,
	bool (*check)(void *, const char *, struct err *), void *self, char **answer)
{
	*answer = dialog_ask(m->dialog, &(struct dialog_question){ text, proposal, check, self });
	return *answer;
}

static bool ask_who(struct making *m)
{
	struct init_station *st = &m->st;
	if (!ask(m, _("Code of the commune (5 digits, as in reports)"), NULL, check_code, NULL, &st->code) ||
		!ask(m, _("Name of the station, e.g. Đài truyền thanh xã An Bình"), NULL, check_text, NULL, &st->name))
		return false;
	char *unit = init_unit_of(st->name);
	bool ok = ask(m, _("The body it belongs to"), unit, check_text, NULL, &st->unit) &&
		  ask(m, _("The body it reports to (Enter: none)"), "", check_text, NULL, &st->reports_to);
	mem_free(unit);
	return ok;
}

static bool ask_how(struct making *m)
{
	struct init_station *st = &m->st;
	char *approval = NULL;
	const char *now = getenv("LANGUAGE");
	bool ok = ask(m, _("Language of messages and papers, vi or en"), now && !strcmp(now, "en") ? "en" : "vi",
			  check_language, NULL, &st->language) &&
		  ask(m, _("Time zone"), "Asia/Ho_Chi_Minh", check_zone, NULL, &st->timezone) &&
		  ask(m, _("Is a bulletin aired only when somebody approved it? (co/khong)"), "co", check_yes,
			  &st->approval, &approval);
	mem_free(approval);
	return ok;
}

static bool ask_where(struct making *m)
{
	char *card = NULL, *zones = NULL;
	struct text proposal = { 0 };
	init_card_list(&m->devices, stdout);
	bool ok = ask(m, _("Number of the card that feeds the loudspeakers, several with a space between them"),
		init_card_proposal(&m->devices), check_card, m, &card);
	size_t room = init_room(&m->st);
	for (size_t i = 0; ok && i < (room < 2 ? room : 2); i++)
		text_addf(&proposal, _("%sCluster %zu"), i ? ", " : "", i + 1);
	ok = ok && ask(m, _("Names of the loudspeaker clusters, in the order of the channels, with commas"),
			   text_str(&proposal), check_zones, m, &zones);
	if (ok)
		init_card_fit(&m->st);
	mem_free(card);
	mem_free(zones);
	text_free(&proposal);
	return ok;
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Is it a station already, or can nothing be written there?  Said before anything is asked. */
static bool is_ours_to_make(const char *dir)
{
	DIR *d = opendir(dir);
	bool free_place = d || errno == ENOENT;
	int why = errno;
	for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
		size_t n = strlen(e->d_name);
		if (n <= 5 || strcmp(e->d_name + n - 5, ".conf") != 0)
			continue;
		fprintf(stderr,
			_("loaxa init: %s is a station already (%s) — nothing was changed — name another folder: loaxa "
			  "init "
			  "DIR\n"),
			dir, e->d_name);
		free_place = false;
		break;
	}
	if (!d && !free_place)
		fprintf(stderr, _("loaxa init: %s cannot be used: %s — name another folder\n"), dir, strerror(why));
	if (d)
		closedir(d);
	return free_place;
}

static bool make_dir(const char *path, struct err *err)
{
	return !mkdir(path, 0755) || errno == EEXIST ||
	       err_set(err,
		       _("the folder %s cannot be made: %s — name another one, or ask for the right to write there"),
		       path, strerror(errno));
}

static bool passes(const struct making *m, const struct edit *e, struct err *err)
{
	struct sources files = { 0 };
	struct findings fs = { 0 };
	edit_sources(e, &files);
	struct station *st = load_station(m->dir, &(struct load_options){ .files = &files }, &fs, err);
	bool good = st;
	if (!good)
		load_complain(&fs, err);
	station_free(&st);
	findings_free(&fs);
	source_free(&files);
	return good || (!err->text[0] &&
			       err_set(err, "%s", _("what was answered makes no good schedule — nothing was written")));
}

/* In a folder that a group keeps together (the package's /etc/loaxa), others of it may go on with what was made. */
static void share(const char *dir, const char *audio)
{
	struct stat st;
	if (stat(dir, &st) || !(st.st_mode & S_IWGRP))
		return;
	char *conf = mem_printf("%s/station.conf", dir);
	/* What they say does not matter: all is written, and whoever made it can share it by hand. */
	chmod(audio, 02775);
	chmod(conf, 0664);
	mem_free(conf);
}

static bool write_station(const struct making *m, const char *lines, struct err *err)
{
	char *audio = mem_printf("%s/audio", m->dir);
	struct sources none = { 0 };
	struct edit *e = edit_of(m->dir, &none);
	bool ok = e && edit_append(e, "station.conf", lines, err) && passes(m, e, err) && make_dir(m->dir, err) &&
		  make_dir(audio, err) && edit_write(e, err);
	if (ok)
		share(m->dir, audio);
	edit_free(&e);
	mem_free(audio);
	return ok;
}

static void say_next(const char *dir)
{
	printf(_("\nWritten: %s/station.conf; recordings go to %s/audio.\nNext:\n"), dir, dir);
	printf("  loaxa check %s\n", dir);
	printf(_("  loaxa run %s        starts it; then, in another window:\n"), dir);
	printf(_("  loaxa test all        are the clusters heard?\n"));
	printf(_("  loaxa import FILE --dir %s        takes a recording in\n"), dir);
}

static int make(struct making *m)
{
	struct text lines = { 0 };
	struct err err = { "" };
	int code = EXIT_REFUSED;
	printf(_("A new station in %s.  Enter takes what stands in brackets, q leaves; nothing is written before the "
		 "end.\n\n"),
		m->dir);
	if (!ask_who(m) || !ask_how(m) || !ask_where(m)) {
		printf("\n%s\n", _("Left: nothing was written."));
		return code;
	}
	language_station(m->st.language);
	init_write(&m->st, &lines);
	printf("\n%s\n", text_str(&lines));
	char *question = mem_printf(_("Write this to %s/station.conf?"), m->dir);
	enum dialog_reply reply = dialog_yes(m->dialog, question);
	if (reply != DIALOG_YES)
		printf("\n%s\n", _("Left: nothing was written."));
	else if (write_station(m, text_str(&lines), &err))
		code = EXIT_DONE;
	else
		fprintf(stderr, "loaxa init: %s\n", err.text);
	if (code == EXIT_DONE)
		say_next(m->dir);
	mem_free(question);
	text_free(&lines);
	return code;
}

static int run(int argc, char **argv)
{
	const char *answers = NULL;
	const struct option_row options[] = { { .name = "answers", .text = &answers }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_init);
	char *usual = n ? NULL : place_station();
	struct err err = { "" };
	struct making m = { .dir = n ? argv[1] : usual };
	int code = EXIT_REFUSED;
	if (is_ours_to_make(m.dir)) {
		m.dialog = dialog_new(answers, &err);
		devices_find(&m.devices, NULL, 0);
		if (m.dialog)
			code = make(&m);
		else
			fprintf(stderr, "loaxa init: %s\n", err.text);
		devices_free(&m.devices);
		dialog_free(&m.dialog);
	}
	init_free(&m.st);
	mem_free(usual);
	return code;
}
