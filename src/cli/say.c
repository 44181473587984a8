/* The voice gets the words as its standard input and writes into a file without a name: neither text nor path is ever an
 * argument, and nothing is left behind when it is stopped. */
#include "cli/say.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/spawn.h"
#include "base/text.h"
#include "cli/import-text.h"
#include "cli/place.h"
#include "reading/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PATIENCE_MS = 120000, TITLE_MOST = 60, TABLE_MOST = TABLE_BYTES_MOST };

/* ── The words ── */

/* True also when there is no such file. */
static bool read_table(struct table *t, const char *path, struct err *err)
{
	FILE *f = fopen(path, "rbe");
	if (!f)
		return errno == ENOENT || err_set(err, _("%s cannot be read (%s) — it says how abbreviations are read"),
						  path, strerror(errno));
	char *text = mem_zero(TABLE_MOST + 1);
	size_t n = fread(text, 1, TABLE_MOST + 1, f);
	fclose(f);
	int bad = n > TABLE_MOST ? 1 : table_read(t, text, n);
	mem_free(text);
	return !bad ||
	       err_set(err,
		       _("%s:%d: this line is not understood — lines are: ABBREVIATION = words, or # and a comment — "
			 "correct it, then again"),
		       path, bad);
}

static struct table *tables(const char *station_dir, struct err *err)
{
	struct table *t = table_new();
	char *shipped = place_reading(), *own = station_dir ? mem_printf("%s/cach-doc.txt", station_dir) : NULL;
	bool fine = read_table(t, shipped, err) && (!own || read_table(t, own, err));
	mem_free(shipped);
	mem_free(own);
	if (!fine)
		table_free(&t);
	return t;
}

static char *words_by(const char *text, const struct table *t, struct err *err)
{
	if (strlen(text) > SAY_BYTES_MOST) {
		err_set(err, _("the text is longer than %d KB, about 20 minutes — make several bulletins of it"),
			SAY_BYTES_MOST >> 10);
		return NULL;
	}
	char *words = reading_words(text, t);
	if (words && *words)
		return words;
	err_set(err, _("there is nothing to read aloud — the text is empty, or not in Vietnamese letters"));
	mem_free(words);
	return NULL;
}

char *say_words(const char *text, const char *station_dir, struct err *err)
{
	struct table *t = tables(station_dir, err);
	char *words = t ? words_by(text, t, err) : NULL;
	table_free(&t);
	return words;
}

/* ── The voice ── */

static bool no_voice(struct err *err)
{
	return err_set(
		err, _("the text cannot be spoken — espeak-ng is not installed — type: apt install espeak-ng; or "
		       "record it and: loaxa import FILE"));
}

bool say_can(void)
{
	const char *dirs = getenv("PATH");
	for (const char *p = dirs ? dirs : "/usr/bin:/bin"; *p;) {
		size_t n = strcspn(p, ":");
		char *path = mem_printf("%.*s/espeak-ng", (int)n, p);
		bool there = n && !access(path, X_OK);
		mem_free(path);
		if (there)
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}

static bool speak(int words, int sound, const char *voice, struct err *err)
{
	char *argv[] = { "espeak-ng", "-v", (char *)voice, "-s", "120", "--stdin", "-w", "/proc/self/fd/1", NULL };
	struct err why = { "" };
	if (!say_can())
		return no_voice(err);
	return spawn_run(argv, (struct spawn_files){ words, sound, -1 }, PATIENCE_MS, &why) ||
	       err_set(err,
		       _("espeak-ng did not speak the text — perhaps it has no voice \"%s\" — see: "
			 "espeak-ng --voices=vi"),
		       voice);
}

/* Somebody at a terminal is told that it takes a while. */
static bool speak_aloud(int words, int sound, const char *voice, bool progress, struct err *err)
{
	bool shown = progress && isatty(STDERR_FILENO);
	if (shown)
		fputs(_("The machine reads the text ..."), stderr);
	bool fine = speak(words, sound, voice, err);
	if (shown)
		fprintf(stderr, "\r%*s\r", 60, "");
	return fine;
}

/* ── The recording ── */

static int memory_of(const char *words)
{
	int fd = memfd_create("loaxa-say", MFD_CLOEXEC);
	size_t n = strlen(words);
	if (fd >= 0 && (write(fd, words, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* On the audio folder's disk where that goes: an hour of speech is 150 MB. */
static int scratch(const char *dir)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	return fd >= 0 ? fd : memfd_create("loaxa-say", MFD_CLOEXEC);
}

/* The beginning of the first line, cut at a word. */
static char *title_of(const char *text)
{
	text += strspn(text, " \n");
	size_t n = strcspn(text, "\n"), cut = 0;
	for (size_t i = 0; i < n && i <= TITLE_MOST; i++)
		if (text[i] == ' ')
			cut = i;
	if (n > TITLE_MOST)
		n = cut ? cut : strcspn(text, " \n");
	char *title = mem_dup_n(text, n);
	while (n && strchr(" ,;:!?.", title[n - 1]))
		title[--n] = '\0';
	return title;
}

/* The same, without the signs that mean something in a path. */
static char *file_name_of(const char *title)
{
	char *name = mem_dup(title);
	for (char *p = name; *p; p++)
		if (strchr("/.", *p))
			*p = ' ';
	return name;
}

static bool record(const char *text, const char *words, const char *voice, const struct say_options *o,
	struct import_result *r, struct err *err)
{
	int in = memory_of(words), out = scratch(o->audio_dir);
	char *title = title_of(text), *name = file_name_of(title);
	struct import_source source = { out, -1, name };
	struct import_options take = {
		.audio_dir = o->audio_dir, .name = o->name, .even = true, .trim = true, .progress = o->progress
	};
	bool fine = in >= 0 && out >= 0;
	if (!fine)
		err_set(err, "%s", strerror(errno));
	fine = fine && speak_aloud(in, out, voice, o->progress, err) && import_with_text(&source, text, &take, r, err);
	if (in >= 0)
		close(in);
	if (out >= 0)
		close(out);
	if (fine)
		mem_renew(&r->title, title);
	mem_free(title);
	mem_free(name);
	return fine;
}

bool say_recording(const char *text, const struct say_options *o, struct import_result *r, struct err *err)
{
	*r = (struct import_result){ 0 };
	struct table *t = tables(o->station_dir, err);
	char *clean = t ? import_text_clean(text, strlen(text), err) : NULL;
	char *words = clean ? words_by(clean, t, err) : NULL;
	bool fine = words && record(clean, words, o->voice ? o->voice : table_voice(t), o, r, err);
	mem_free(words);
	mem_free(clean);
	table_free(&t);
	return fine;
}
