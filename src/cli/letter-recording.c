/* What a letter airs: a recording to be taken in, a text that the machine reads, or a bulletin that is there already.
 * Whatever is taken in goes again when they leave. */
#include "base/i18n.h"
#include "cli/import-name.h"
#include "cli/import-text.h"
#include "cli/letter.h"
#include "cli/say.h"

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
	if (!there && bulletin >= 0)
		ok = take_bulletin(l, bulletin, why);
	else if (!there)
		ok = err_set(why,
			_("\"%s\" is neither a file nor a bulletin of the schedule — names are exact, small and "
			  "capital "
			  "letters too — write the file's whole path, or q and: ls."),
			answer);
	else if (is_text(path))
		ok = say_file(l, path, why);
	else
		ok = import_file(path, &l->import, &l->recording, why) && keep(l, why);
	mem_free(path);
	return ok;
}
