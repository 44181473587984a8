/* loaxa say: a text becomes a recording, spoken by a machine. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/import-name.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "cli/say.h"
#include "config/accepted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run(int argc, char **argv);

const struct cmd cmd_say = { "say", "TEXT|- [--out NAME] [--voice VOICE] [--words] [--dir DIR] [--state DIR]",
	N_("make a recording of a text: a machine reads it, numbers and abbreviations as people say them"), run };

struct request {
	const char *text, *name, *voice, *dir, *state;
	bool words;
};

/* Standard input to its end, a little more than is allowed at most. */
static char *from_stdin(void)
{
	char *text = mem_zero(SAY_BYTES_MOST + 2);
	size_t n = fread(text, 1, SAY_BYTES_MOST + 1, stdin);
	text[n] = '\0';
	return text;
}

static int refuse(const struct err *err)
{
	fprintf(stderr, _("No recording made: %s\n"), err->text);
	return EXIT_REFUSED;
}

static int show_words(const char *text, const char *dir)
{
	struct err err = { "" };
	char *words = say_words(text, dir, &err);
	if (!words)
		return refuse(&err);
	printf("%s\n", words);
	mem_free(words);
	return EXIT_DONE;
}

static void tell_what_next(const char *audio_dir, const char *file)
{
	char *real = realpath(audio_dir, NULL);
	printf(_("  Hear it first: loaxa listen %s/%s — a person's voice is better where there is time\n"),
		real ? real : audio_dir, file);
	printf(_("  As an emergency, at once: loaxa emergency NAME --with %s/%s\n"), real ? real : audio_dir, file);
	free(real);
}

static int make(const struct request *rq, const char *text, const char *dir, const char *audio_dir)
{
	struct say_options o = { dir, audio_dir, rq->name, rq->voice, true };
	struct import_result r;
	struct err err = { "" };
	if (!say_recording(text, &o, &r, &err))
		return refuse(&err);
	char *words = say_words(text, dir, &err);
	printf(_("Read as: %s\n"), words ? words : "");
	mem_free(words);
	import_print(&r, stdout);
	if (!r.same) {
		tell_what_next(audio_dir, r.file);
		import_print_section(&r, stdout);
	}
	import_result_free(&r);
	return EXIT_DONE;
}

/* Where people edit: of an accepted copy, the directory it was made of. */
static char *edited(const char *from)
{
	struct accepted copy = { 0 };
	bool is_copy = accepted_read(from, &copy);
	char *dir = mem_dup(is_copy ? copy.dir : from);
	if (is_copy)
		accepted_free(&copy);
	return dir;
}

static int with_station(const struct request *rq, const char *text)
{
	char *state = rq->state ? NULL : place_state(), *from = NULL;
	struct findings fs = { 0 };
	struct station *st = peek_station(rq->dir, rq->state ? rq->state : state, &from, &fs);
	char *dir = edited(from);
	int code = EXIT_REFUSED;
	if (rq->words)
		code = show_words(text, dir);
	else if (st)
		code = make(rq, text, dir, st->audio_dir);
	else
		fprintf(stderr, _("No recording made: the schedule in %s has errors — see: loaxa check %s\n"), from,
			from);
	station_free(&st);
	findings_free(&fs);
	mem_free(dir);
	mem_free(from);
	mem_free(state);
	return code;
}

static int run(int argc, char **argv)
{
	struct request rq = { 0 };
	const struct option_row options[] = { { .name = "out", .text = &rq.name },
		{ .name = "voice", .text = &rq.voice }, { .name = "words", .flag = &rq.words },
		{ .name = "dir", .text = &rq.dir }, { .name = "state", .text = &rq.state }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_say);
	if (rq.name && !import_name_is_safe(rq.name)) {
		fprintf(stderr, _("loaxa say: --out takes small letters a-z, digits and single dashes, at most %d\n"),
			IMPORT_NAME_MOST);
		return EXIT_USAGE;
	}
	char *typed = strcmp(argv[1], "-") ? NULL : from_stdin();
	int code = with_station(&rq, typed ? typed : argv[1]);
	mem_free(typed);
	return code;
}
