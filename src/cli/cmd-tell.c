/* loaxa tell: hands what the controller's notice says to the station's on-fault program.  A process of its own, because
 * the controller has no network and waits for nobody.  Runs until everything is told; tries again, more and more rarely,
 * when the program fails (the network is often gone when the power was), and then tells how it is by that time. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "cli/told-words.h"
#include "os/child.h"
#include "os/clock.h"
#include "os/notice.h"
#include "os/tzfile.h"
#include "schedule/values.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define PROGRAM_LIMIT_MS 60000
#define LOOK_EVERY_MS 1000
#define FILE_BYTES (256 * 1024)

static int run(int argc, char **argv);

const struct cmd cmd_tell = { "tell", "[--state DIR] [--try [DIR]]",
	N_("hands faults and the daily line to the station's on-fault program"), run };

struct teller {
	const char *state;
	struct clock clock;
	struct told_known known;
	struct told_wanted wanted;
	bool has; /* a notice */
	struct tz *tz;
	int failures;     /* one after the other */
	mono_us retry_at; /* after a failure */
};

/* ── Files ── */

static char *path_of(const struct teller *t, const char *name)
{
	return mem_printf("%s/%s", t->state, name);
}

/* NULL: it is not there, or too long to be ours. */
static char *read_file(const struct teller *t, const char *name, size_t *n)
{
	char *path = path_of(t, name), *text = mem_zero(FILE_BYTES);
	FILE *f = fopen(path, "re");
	*n = f ? fread(text, 1, FILE_BYTES, f) : 0;
	if (!f || *n == FILE_BYTES) {
		mem_free(text);
		text = NULL;
	}
	if (f)
		fclose(f);
	mem_free(path);
	return text;
}

static void write_file(const struct teller *t, const char *name, const char *text)
{
	char *path = path_of(t, name), *new = mem_printf("%s.new", path);
	FILE *f = fopen(new, "we");
	bool done = f && fputs(text, f) >= 0;
	if (f && fclose(f))
		done = false;
	if (!done || rename(new, path))
		fprintf(stderr, _("loaxa tell: %s cannot be written: %s\n"), path, strerror(errno));
	mem_free(new);
	mem_free(path);
}

static void remove_file(const struct teller *t, const char *name)
{
	char *path = path_of(t, name);
	unlink(path);
	mem_free(path);
}

/* ── The notice ── */

static struct tz *zone_named(const char *name)
{
	size_t bytes = 0;
	void *tzif = tzfile_read(name, &bytes);
	struct tz *tz = tzif ? tz_new(tzif, bytes) : NULL;
	free(tzif);
	return tz ? tz : tz_fixed(0);
}

static void read_wanted(struct teller *t)
{
	size_t n;
	char *text = read_file(t, "told-wanted.json", &n);
	told_free_wanted(&t->wanted);
	tz_free(&t->tz);
	t->has = text && told_read_wanted(text, n, &t->wanted);
	if (t->has) {
		t->tz = zone_named(t->wanted.timezone);
		language_station(t->wanted.language);
	}
	mem_free(text);
}

/* Takes the notice off the board; what was taken and not told is found again by the next teller. */
static void take_notice(struct teller *t)
{
	char *board = path_of(t, NOTICE_FILE), *mine = path_of(t, "told-wanted.json");
	if (!rename(board, mine))
		read_wanted(t);
	mem_free(board);
	mem_free(mine);
}

static void keep_known(const struct teller *t)
{
	struct text out = { 0 };
	told_write_known(&t->known, &out);
	write_file(t, "told-known.json", text_str(&out));
	text_free(&out);
}

/* ── Telling ── */

static void failed(struct teller *t, const char *why)
{
	static const int minutes[] = { 1, 5, 15, 30 };
	enum { N = sizeof minutes / sizeof *minutes };
	int wait = minutes[t->failures < N ? t->failures : N - 1];
	char *line = mem_printf("%s\n", why);
	t->failures++;
	t->retry_at.us = t->clock.mono(t->clock.self).us + wait * 60 * US_PER_S;
	write_file(t, NOTICE_TROUBLE, line);
	mem_free(line);
	fprintf(stderr, _("loaxa tell: %s; again in %d min\n"), why, wait);
}

/* False: nothing of that day is known, so there is nothing to say. */
static bool compose_day(const struct teller *t, struct text *out, struct err *err)
{
	day_num day;
	struct told_day d;
	bool read = value_date(t->wanted.day, &day) && told_day_read(t->state, t->tz, day, &d, err);
	if (!read)
		return false;
	if (d.any)
		told_words_day(out, &t->wanted, &d, day, t->tz, t->clock.wall(t->clock.self));
	mem_free(d.faults);
	return d.any;
}

static void tell(struct teller *t, enum told_what what)
{
	struct text message = { 0 };
	struct err err = { "" };
	wall_us now = t->clock.wall(t->clock.self);
	bool any = true;
	if (what == TOLD_DAY)
		any = compose_day(t, &message, &err);
	else
		told_words_change(&message, &t->known, &t->wanted, what, t->tz, now);
	if (any && !child_feed(t->wanted.command, text_str(&message), PROGRAM_LIMIT_MS, &err)) {
		failed(t, err.text);
	} else {
		if (err.text[0])
			fprintf(stderr, "loaxa tell: %s\n", err.text);
		if (any) {
			t->failures = 0;
			remove_file(t, NOTICE_TROUBLE);
		}
		told_done(&t->known, &t->wanted, what, now);
		keep_known(t);
	}
	text_free(&message);
}

static void tell_all(struct teller *t)
{
	for (;;) {
		wall_us when;
		take_notice(t);
		mono_us now = t->clock.mono(t->clock.self);
		enum told_what what = t->has ? told_next(&t->known, &t->wanted, t->clock.wall(t->clock.self), &when)
					     : TOLD_NOTHING;
		if (what == TOLD_NOTHING)
			break;
		if (what == TOLD_WAIT || (t->failures && now.us < t->retry_at.us))
			poll(NULL, 0, LOOK_EVERY_MS);
		else
			tell(t, what);
	}
	remove_file(t, "told-wanted.json");
}

static int tell_notices(const char *state)
{
	struct teller t = { .state = state, .clock = os_clock() };
	size_t n;
	char *path = path_of(&t, "told-lock");
	int lock = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0640);
	mem_free(path);
	if (lock < 0) {
		fprintf(stderr, _("loaxa tell: %s cannot be used: %s — name the station's with --state DIR\n"), state,
			strerror(errno));
		return EXIT_REFUSED;
	}
	/* Whoever holds it looks at the board before it goes. */
	if (!flock(lock, LOCK_EX | LOCK_NB)) {
		char *text = read_file(&t, "told-known.json", &n);
		told_read_known(text ? text : "", text ? n : 0, &t.known);
		mem_free(text);
		read_wanted(&t);
		tell_all(&t);
	}
	close(lock);
	told_free_known(&t.known);
	told_free_wanted(&t.wanted);
	tz_free(&t.tz);
	return EXIT_DONE;
}

static int try(const char *dir, const char *state)
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct text message = { 0 };
	struct clock clock = os_clock();
	char *from;
	struct station *st = peek_station(dir, state, &from, &fs);
	bool done = false;
	if (!st) {
		fprintf(stderr, _("loaxa tell: the schedule in %s cannot be read — see: loaxa check %s\n"), from, from);
	} else if (!st->on_fault) {
		fprintf(stderr,
			_("loaxa tell: the station in %s has no on-fault, so nobody is told — write in its station "
			  "section e.g. on-fault = \"/usr/local/bin/bao-loi\"\n"),
			from);
	} else {
		told_words_try(&message, st, clock.wall(clock.self));
		done = child_feed(st->on_fault, text_str(&message), PROGRAM_LIMIT_MS, &err);
		if (done)
			remove_file(&(struct teller){ .state = state }, NOTICE_TROUBLE);
		if (done)
			printf(_("Handed to %s: see whether it arrives.\n"), st->on_fault);
		else
			fprintf(stderr, "loaxa tell: %s\n", err.text);
	}
	text_free(&message);
	findings_free(&fs);
	station_free(&st);
	mem_free(from);
	return done ? EXIT_DONE : EXIT_REFUSED;
}

static int run(int argc, char **argv)
{
	const char *state = NULL;
	bool trial = false;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "try", .flag = &trial },
		{ 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > (trial ? 1 : 0))
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_tell);
	char *usual = state ? NULL : place_state();
	int code = trial ? try(n ? argv[1] : NULL, state ? state : usual) : tell_notices(state ? state : usual);
	mem_free(usual);
	return code;
}
