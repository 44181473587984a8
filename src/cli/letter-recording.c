/* What a letter airs: a recording to be taken in, a text that the machine reads, or a bulletin that is there already.
 * Whatever is taken in goes again when they leave. */
#include "base/i18n.h"
#include "cli/import-name.h"
#include "cli/import-pick.h"
#include "cli/import-text.h"
#include "cli/letter.h"
#include "cli/say.h"
#include "schedule/values.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct station *station_of(const struct letter *l)
{
	return l->draft->was;
}

/* The bulletin that is that recording and nothing else; -1. */
static int bulletin_of_file(const struct station *st, const char *file)
{
	for (size_t i = 0; i < st->bulletins.n; i++)
		if (st->bulletins.at[i].audio.n == 1 && !strcmp(st->bulletins.at[i].audio.at[0].file, file))
			return (int)i;
	return -1;
}

static bool take_bulletin(struct letter *l, int bulletin, struct err *why)
{
	const struct bulletin *b = &station_of(l)->bulletins.at[bulletin];
	bool good = b->class == CLASS_ANNOUNCEMENT || b->class == CLASS_NEWS;
	if (!good)
		return err_set(why,
			_("\"%s\" is no announcement — music, signatures, relays and tests do not count as aired — "
			  "name "
			  "another bulletin or a file."),
			b->name);
	l->bulletin = bulletin;
	l->ms = bulletin_ms(b);
	return true;
}

/* Of an answer before this one, which would not do after all. */
static void take_back(struct letter *l)
{
	if (!l->taken_in)
		return;
	import_undo(&l->import, &l->recording);
	import_result_free(&l->recording);
	l->taken_in = false;
}

/* l->recording is filled in. */
static bool keep(struct letter *l, struct err *why)
{
	const struct look *look = &l->recording.look;
	l->taken_in = true;
	l->ms = look->rate ? (look->frames * 1000 + look->rate - 1) / look->rate : 0;
	import_print(&l->recording, stdout);
	int same = l->recording.same ? bulletin_of_file(station_of(l), l->recording.file) : -1;
	if (same < 0)
		return true;
	printf(_("It is the recording of bulletin \"%s\" already: that one is taken.\n"),
		station_of(l)->bulletins.at[same].name);
	return take_bulletin(l, same, why);
}

static bool is_text(const char *path)
{
	const char *dot = strrchr(path, '.');
	return dot && !strcasecmp(dot, ".txt");
}

/* Cleaned, to mem_free; NULL: why says why. */
static char *read_text(const char *path, struct err *why)
{
	char *bytes = mem_zero(IMPORT_TEXT_MOST + 1), *text = NULL;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	size_t n = 0;
	ssize_t got = fd < 0 ? -1 : 1;
	while (got > 0 && n <= IMPORT_TEXT_MOST && (got = read(fd, bytes + n, IMPORT_TEXT_MOST + 1 - n)) > 0)
		n += (size_t)got;
	if (got < 0)
		err_set(why, _("\"%s\" cannot be read: %s — nothing was taken in — check its name and its rights."),
			path, strerror(errno));
	else
		text = import_text_clean(bytes, n, why);
	if (fd >= 0)
		close(fd);
	mem_free(bytes);
	return text;
}

static bool say_file(struct letter *l, const char *path, struct err *why)
{
	char *text = read_text(path, why);
	struct say_options o = { .station_dir = l->draft->dir, .audio_dir = l->import.audio_dir, .progress = true };
	bool ok = text && say_recording(text, &o, &l->recording, why);
	char *title = import_name_title(path);
	if (ok)
		mem_renew(&l->recording.title, title);
	mem_free(title);
	mem_free(text);
	return ok && keep(l, why);
}

/* ── Sticks and folders ── */

static bool list_folder(struct letter *l, const char *dir, struct err *why)
{
	struct import_scan *scan = import_scan_new(dir, &IMPORT_SCAN_USUAL, why);
	if (!scan)
		return false;
	import_scan_free(&l->stick);
	l->stick = scan;
	if (scan->good.n)
		import_pick_print(scan, dir, stdout);
	return scan->good.n;
}

static const char *how_to_pick(void)
{
	return _("To take one of them, write its number.");
}

/* Never an answer: what was asked for is in it. */
static bool look_into(struct letter *l, const char *dir, struct err *why)
{
	if (list_folder(l, dir, why))
		return err_set(why, "%s", how_to_pick());
	return *why->text ? false
			  : err_set(why,
				    _("There is no recording in %s — it was looked through — name another folder or a "
				      "file."),
				    dir);
}

void letter_list_stick(struct letter *l)
{
	struct import_sticks found;
	struct err err = { "" };
	import_scan_sticks("/proc/self/mountinfo", &found);
	size_t i = 0;
	while (i < found.n && !list_folder(l, found.at[i], &err))
		i++;
	if (i < found.n)
		puts(how_to_pick());
	import_scan_sticks_free(&found);
}

/* A number of the list. */
static bool is_listed(const struct letter *l, const char *answer, size_t *i)
{
	int64_t number;
	if (!l->stick || !value_number(answer, 1, IMPORT_PICK_MOST, &number))
		return false;
	*i = (size_t)number - 1;
	return *i < l->stick->good.n;
}

static bool take_listed(struct letter *l, size_t i, struct err *why)
{
	const struct import_scan_file *f = &l->stick->good.at[i];
	struct import_source source;
	if (!import_scan_open(l->stick, f, &source))
		return err_set(why,
			_("\"%s\" is gone — was the stick pulled? — put it in again, or name another recording."),
			f->shown);
	bool ok = import_open_file(&source, &l->import, &l->recording, why);
	import_scan_close(&source);
	return ok && keep(l, why);
}

/* A path dragged into a terminal comes in quotes. */
static char *path_of(const char *answer)
{
	size_t n = strlen(answer);
	bool quoted = n > 1 && (*answer == '\'' || *answer == '"') && answer[n - 1] == *answer;
	return quoted ? mem_dup_n(answer + 1, n - 2) : mem_dup(answer);
}

bool letter_take(struct letter *l, const char *answer, struct err *why)
{
	struct stat st;
	int bulletin = station_bulletin(station_of(l), answer);
	char *path = path_of(answer);
	bool there = !stat(path, &st), ok;
	size_t i;
	take_back(l);
	l->bulletin = -1;
	if (is_listed(l, answer, &i))
		ok = take_listed(l, i, why);
	else if (!there && bulletin >= 0)
		ok = take_bulletin(l, bulletin, why);
	else if (!there)
		ok = err_set(why,
			_("\"%s\" is neither a file nor a bulletin of the schedule — names are exact, small and "
			  "capital "
			  "letters too — write the file's whole path, or q and: ls."),
			answer);
	else if (S_ISDIR(st.st_mode))
		ok = look_into(l, path, why);
	else if (is_text(path))
		ok = say_file(l, path, why);
	else
		ok = import_file(path, &l->import, &l->recording, why) && keep(l, why);
	mem_free(path);
	return ok;
}
