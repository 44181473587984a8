/* One recording, step by step: look at it, copy it (or take what was made anew), see whether it is there already, find a
 * name, show text and sound.  Until the last step everything lies in files without a name: a pulled stick, a full disk,
 * Ctrl-C or a power cut leaves nothing behind. */
#include "cli/import.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/write.h"
#include "cli/import-name.h"
#include "cli/import-place.h"
#include "cli/import-text.h"
#include "cli/letters.h"
#include "cli/place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 1 << 18, NUMBERS_MOST = 99, BAR = 24 };

struct intake {
	const struct import_source *source;
	const struct import_options *options;
	struct import_result *r;
	struct err *err;
	struct import_place *place;
	struct stat before;
	char *shown; /* the source's name, for people */
	int sound;
	char *sound_temp;
	char *text;                             /* what becomes the text file; NULL: none */
	struct import_place_content content[2]; /* as it comes in, as it will be kept */
	int64_t drawn_ms;
	bool bar;
};

/* ── Progress ── */

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void draw(struct intake *in, const char *what, int64_t done, int64_t all)
{
	char full[BAR + 1];
	struct text line = { 0 }, t = { 0 };
	if (!in->options->progress || letters_plain() || !isatty(STDERR_FILENO) || now_ms() - in->drawn_ms < 200)
		return;
	in->drawn_ms = now_ms();
	in->bar = true;
	for (int i = 0; i < BAR; i++)
		full[i] = all && i < done * BAR / all ? '#' : '.';
	full[BAR] = '\0';
	text_addf(&t, "%s [%s] %s", what, full, in->shown);
	text_add_cell(&line, text_str(&t), 78);
	fprintf(stderr, "\r%s", text_str(&line));
	fflush(stderr);
	text_free(&t);
	text_free(&line);
}

static void draw_no_more(struct intake *in)
{
	if (in->bar)
		fprintf(stderr, "\r%*s\r", 78, "");
	in->bar = false;
}

/* How far the look is nobody knows; that it goes on is shown. */
static bool waiting(void *self)
{
	struct intake *in = self;
	draw(in, _("Listening"), now_ms() / 200 % BAR + 1, BAR);
	return true;
}

/* ── The bytes ── */

static bool cannot_keep(struct intake *in)
{
	const char *dir = in->options->audio_dir;
	if (errno == EACCES || errno == EPERM || errno == EROFS)
		return err_set(in->err,
			_("\"%s\" cannot be kept in %s — this user may not write there — give the command as the "
			  "station's user"),
			in->shown, dir);
	return err_set(in->err,
		_("\"%s\" cannot be kept in %s (%s) — nothing was taken in — make room there, then again"), in->shown,
		dir, strerror(errno));
}

static bool went_away(struct intake *in)
{
	return err_set(in->err,
		_("\"%s\" cannot be read to its end (%s) — the stick was pulled or has a bad place — nothing was taken "
		  "in; put it in again, or copy the file anew"),
		in->shown, strerror(errno));
}

static bool changed(struct intake *in)
{
	struct stat now;
	return fstat(in->source->fd, &now) || now.st_size != in->before.st_size ||
	       now.st_mtim.tv_sec != in->before.st_mtim.tv_sec || now.st_mtim.tv_nsec != in->before.st_mtim.tv_nsec;
}

/* Hashes all of a file, and copies it where `to` is one. */
static bool pass(struct intake *in, int from, int to, struct import_place_content *c)
{
	char *buf = mem_zero(CHUNK);
	uint8_t hash[SHA256_BYTES];
	struct sha256 *sum = sha256_new();
	bool fine = true;
	c->bytes = 0;
	while (fine) {
		ssize_t n = pread(from, buf, CHUNK, c->bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			fine = n == 0 || went_away(in);
			break;
		}
		sha256_add(sum, buf, (size_t)n);
		c->bytes += n;
		fine = c->bytes <= IMPORT_BYTES_MOST && (to < 0 || write_all(to, buf, (size_t)n) || cannot_keep(in));
		draw(in, _("Copying"), c->bytes, in->before.st_size);
	}
	sha256_end(&sum, hash);
	sha256_hex(hash, c->sha256);
	mem_free(buf);
	return fine;
}

static bool copy(struct intake *in)
{
	bool anew = in->r->look.flac;
	if (!pass(in, in->source->fd, anew ? -1 : in->sound, &in->content[0]))
		return false;
	if (changed(in) || in->content[0].bytes != in->before.st_size) {
		struct why_facts why = { WHY_CHANGED, 0, 0 };
		char *words = why_text(&why, in->shown);
		err_set(in->err, "%s", words);
		mem_free(words);
		return false;
	}
	in->content[1] = in->content[0];
	return !anew || pass(in, in->sound, -1, &in->content[1]);
}

/* ── The look ── */

static bool look(struct intake *in)
{
	struct why_facts why;
	char byte, *program = place_program("loaxa-prepare");
	struct look_request rq = { .program = program,
		.source = in->source->fd,
		.flac = in->sound,
		.even = in->options->even,
		.trim = in->options->trim,
		.waiting = waiting,
		.self = in };
	bool fine = look_at(&rq, &in->r->look, &why, in->err);
	mem_free(program);
	if (fine || why.code == WHY_NONE)
		return fine;
	/* a stick that is gone makes every recording look cut off */
	if (pread(in->source->fd, &byte, 1, in->before.st_size - 1) < 0)
		return went_away(in);
	char *words = why_text(&why, in->shown);
	err_set(in->err, "%s", words);
	mem_free(words);
	return false;
}

static bool plausible(struct intake *in)
{
	struct why_facts why = { WHY_NONE, 0, 0 };
	if (fstat(in->source->fd, &in->before))
		return went_away(in);
	if (!S_ISREG(in->before.st_mode))
		why.code = WHY_NOT_A_FILE;
	else if (!in->before.st_size)
		why.code = WHY_EMPTY;
	else if (in->before.st_size > IMPORT_BYTES_MOST)
		return err_set(in->err,
			_("\"%s\" is %.1f GB — a recording of more than 1 GB is not taken in, a bulletin is minutes — "
			  "cut "
			  "out what is to be aired, export it as MP3 or Opus"),
			in->shown, (double)in->before.st_size / (1 << 30));
	if (why.code == WHY_NONE)
		return true;
	char *words = why_text(&why, in->shown);
	err_set(in->err, "%s", words);
	mem_free(words);
	return false;
}

/* ── The name ── */

static const char *ending(const struct import_result *r)
{
	return r->look.flac ? "flac" : look_ending(r->look.kind);
}

/* Free is a name that no recording and no text has, whatever its ending: a text belongs to one recording. */
static bool stem_taken(struct intake *in, const char *stem)
{
	static const char *const endings[] = { "txt", "opus", "flac", "mp3", "wav", "ogg", "m4a" };
	bool taken = false;
	for (size_t i = 0; i < sizeof endings / sizeof *endings && !taken; i++) {
		char *name = mem_printf("%s.%s", stem, endings[i]);
		taken = import_place_taken(in->place, name);
		/* a power cut between text and sound left the text: it is the one that belongs there */
		if (taken && !i && in->text)
			taken = !import_place_holds(in->place, name, in->text);
		mem_free(name);
	}
	return taken;
}

static char *free_stem(struct intake *in)
{
	const char *asked = in->options->name;
	char *base = asked ? mem_dup(asked) : import_name_safe(in->source->name), *stem = mem_dup(base);
	for (int i = 2; stem_taken(in, stem); i++) {
		mem_free(stem);
		stem = NULL;
		if (asked || i > NUMBERS_MOST)
			break;
		stem = mem_printf("%s-%d", base, i);
	}
	if (!stem)
		err_set(in->err,
			_("\"%s\" was not taken in — the name %s is taken in the audio folder, and nothing is "
			  "overwritten — choose another: --name NAME"),
			in->shown, base);
	else if (strcmp(stem, base))
		in->r->wanted = mem_dup(base);
	mem_free(base);
	return stem;
}

/* ── Showing it ── */

static bool show_text(struct intake *in, const char *name)
{
	char *temp = NULL;
	int fd = import_place_temp(in->place, &temp);
	bool fine = fd >= 0 && write_all(fd, in->text, strlen(in->text)) &&
		    import_place_show(in->place, fd, temp, name);
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (!fine && temp)
		import_place_drop(in->place, temp);
	mem_free(temp);
	errno = why;
	return fine;
}

static bool show(struct intake *in, const char *stem)
{
	char *file = mem_printf("%s.%s", stem, ending(in->r)), *text = in->text ? mem_printf("%s.txt", stem) : NULL;
	bool there = text && import_place_holds(in->place, text, in->text);
	bool told = !text || there || show_text(in, text);
	bool fine = told && import_place_show(in->place, in->sound, in->sound_temp, file) &&
		    import_place_sync(in->place);
	int why = errno;
	if (!fine && told && text && !there)
		import_place_drop(in->place, text);
	errno = why;
	if (!fine) {
		cannot_keep(in);
		mem_free(file);
		mem_free(text);
		return false;
	}
	in->r->file = file;
	in->r->text = text;
	memcpy(in->r->sha256, in->content[1].sha256, SHA256_HEX);
	return true;
}

static void note_same(struct intake *in, char *file)
{
	char *text = mem_printf("%.*s.txt", (int)import_name_stem(file), file);
	in->r->same = true;
	in->r->file = file;
	if (import_place_taken(in->place, text))
		in->r->text = mem_dup(text);
	memcpy(in->r->sha256, in->content[1].sha256, SHA256_HEX);
	mem_free(text);
}

static bool keep(struct intake *in)
{
	/* somebody who wants it trimmed knows that the whole of it is there */
	int from = in->options->trim && in->r->look.flac;
	char *same = import_place_same(in->place, in->content + from, 2 - from);
	if (same) {
		note_same(in, same);
		return true;
	}
	char *stem = free_stem(in);
	bool fine = stem && show(in, stem);
	mem_free(stem);
	return fine;
}

/* ── All of it ── */

static bool open_place(struct intake *in)
{
	in->place = import_place_open(in->options->audio_dir);
	in->sound = in->place ? import_place_temp(in->place, &in->sound_temp) : -1;
	return in->sound >= 0 || cannot_keep(in);
}

static bool take(struct intake *in)
{
	bool fine = plausible(in) && open_place(in) && look(in) && copy(in) && keep(in);
	draw_no_more(in);
	if (in->sound_temp && in->place)
		import_place_drop(in->place, in->sound_temp);
	if (in->sound >= 0)
		close(in->sound);
	import_place_close(&in->place);
	mem_free(in->sound_temp);
	if (!fine)
		import_result_free(in->r);
	return fine;
}

bool import_with_text(const struct import_source *source, const char *text, const struct import_options *options,
	struct import_result *r, struct err *err)
{
	struct intake in = { .source = source, .options = options, .r = r, .err = err, .sound = -1 };
	*r = (struct import_result){ .title = import_name_title(source->name) };
	in.shown = import_name_shown(source->name);
	in.text = mem_dup(text);
	bool fine = take(&in);
	mem_free(in.text);
	mem_free(in.shown);
	return fine;
}

bool import_open_file(const struct import_source *source, const struct import_options *options, struct import_result *r,
	struct err *err)
{
	struct err why = { "" };
	char *text = import_text_beside(source->folder, source->name, &why);
	bool fine = import_with_text(source, text, options, r, err);
	if (fine && why.text[0] && !r->same)
		r->text_why = mem_dup(why.text);
	mem_free(text);
	return fine;
}

/* Only plain files are opened at all: opening a device can do things. */
static int open_plain(const char *path, struct err *err)
{
	struct stat st;
	struct why_facts why = { WHY_NONE, 0, 0 };
	int fd = -1;
	if (stat(path, &st))
		why = (struct why_facts){ WHY_UNREADABLE, errno, 0 };
	else if (!S_ISREG(st.st_mode))
		why.code = WHY_NOT_A_FILE;
	else if ((fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)) < 0)
		why = (struct why_facts){ WHY_UNREADABLE, errno, 0 };
	char *shown = import_name_shown(path);
	char *words = fd < 0 ? why_text(&why, shown) : NULL;
	if (words)
		err_set(err, "%s", words);
	mem_free(words);
	mem_free(shown);
	return fd;
}

bool import_file(const char *path, const struct import_options *options, struct import_result *r, struct err *err)
{
	char *for_folder = mem_dup(path), *for_name = mem_dup(path);
	struct import_source source = { .fd = open_plain(path, err), .folder = -1, .name = basename(for_name) };
	*r = (struct import_result){ 0 };
	bool fine = false;
	if (source.fd >= 0) {
		source.folder = open(dirname(for_folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		fine = import_open_file(&source, options, r, err);
		close(source.fd);
	}
	if (source.folder >= 0)
		close(source.folder);
	mem_free(for_folder);
	mem_free(for_name);
	return fine;
}

void import_undo(const struct import_options *options, const struct import_result *r)
{
	struct import_place *p = r->same || !r->file ? NULL : import_place_open(options->audio_dir);
	if (!p)
		return;
	import_place_drop(p, r->file);
	if (r->text)
		import_place_drop(p, r->text);
	import_place_sync(p);
	import_place_close(&p);
}

void import_result_free(struct import_result *r)
{
	mem_free(r->file);
	mem_free(r->text);
	mem_free(r->text_why);
	mem_free(r->title);
	mem_free(r->wanted);
	*r = (struct import_result){ 0 };
}
