#include "cli/import-scan.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/import-name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { HEAD = 64, PATH_MOST = 2048 };

struct folder {
	char *path; /* below the root; "" is the root itself */
	int depth;
};

struct walk {
	struct import_scan *s;
	const struct import_scan_limits *limits;
	VEC(struct folder) folders; /* a queue: what lies near the top comes first */
	int entries;
	int64_t end_ms;
};

/* ── Opening ── */

/* Never through a link, never to another file system, never out of the stick. */
static int open_below(int root, const char *path, int flags)
{
	struct open_how how = { .flags = (unsigned)(flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV };
	return (int)syscall(SYS_openat2, root, *path ? path : ".", &how, sizeof how);
}

static bool is_plain(int fd)
{
	struct stat st;
	return !fstat(fd, &st) && S_ISREG(st.st_mode);
}

bool import_scan_open(const struct import_scan *s, const struct import_scan_file *f, struct import_source *out)
{
	const char *slash = strrchr(f->path, '/');
	char *folder = mem_dup_n(f->path, slash ? (size_t)(slash - f->path) : 0);
	*out = (struct import_source){ open_below(s->root, f->path, O_RDONLY), open_below(s->root, folder, O_RDONLY),
		slash ? slash + 1 : f->path };
	mem_free(folder);
	if (out->fd >= 0 && is_plain(out->fd))
		return true;
	import_scan_close(out);
	return false;
}

void import_scan_close(struct import_source *source)
{
	if (source->fd >= 0)
		close(source->fd);
	if (source->folder >= 0)
		close(source->folder);
	source->fd = source->folder = -1;
}

/* ── What a file is ── */

static bool starts(const uint8_t *p, size_t n, size_t at, const char *mark)
{
	size_t k = strlen(mark);
	return n >= at + k && !memcmp(p + at, mark, k);
}

bool import_scan_is_sound(const uint8_t *p, size_t n)
{
	static const uint8_t asf[] = { 0x30, 0x26, 0xB2, 0x75 }, matroska[] = { 0x1A, 0x45, 0xDF, 0xA3 };
	if ((starts(p, n, 0, "RIFF") || starts(p, n, 0, "RF64")) && starts(p, n, 8, "WAVE"))
		return true;
	if (starts(p, n, 0, "fLaC") || starts(p, n, 0, "OggS") || starts(p, n, 0, "ID3") || starts(p, n, 0, "#!AMR") ||
		starts(p, n, 4, "ftyp"))
		return true;
	if (n >= 4 && (!memcmp(p, asf, 4) || !memcmp(p, matroska, 4)))
		return true;
	return n >= 2 && p[0] == 0xFF && (p[1] & 0xE0) == 0xE0; /* MP3, ADTS */
}

static bool called_like_sound(const char *name)
{
	static const char *const endings[] = { "mp3", "wav", "wave", "ogg", "oga", "opus", "flac", "m4a", "aac", "amr",
		"3gp", "3gpp", "3ga", "mp4", "wma", "webm", "mka" };
	size_t stem = import_name_stem(name);
	for (size_t i = 0; name[stem] && i < sizeof endings / sizeof *endings; i++)
		if (!strcasecmp(name + stem + 1, endings[i]))
			return true;
	return false;
}

static enum import_scan_why look_inside(int root, const char *path)
{
	uint8_t head[HEAD];
	int fd = open_below(root, path, O_RDONLY);
	if (fd < 0 || !is_plain(fd)) {
		if (fd >= 0)
			close(fd);
		return SCAN_UNREADABLE;
	}
	ssize_t n = pread(fd, head, sizeof head, 0);
	close(fd);
	if (n < 0)
		return SCAN_UNREADABLE;
	return import_scan_is_sound(head, (size_t)n) ? SCAN_FINE : SCAN_NOT_SOUND;
}

static enum import_scan_why judge(int root, const char *path, const struct stat *st)
{
	if (S_ISLNK(st->st_mode))
		return SCAN_LINK;
	if (!S_ISREG(st->st_mode))
		return SCAN_SPECIAL;
	if (!st->st_size)
		return SCAN_EMPTY;
	return st->st_size > IMPORT_BYTES_MOST ? SCAN_BIG : look_inside(root, path);
}

const char *import_scan_words(enum import_scan_why why)
{
	switch (why) {
	case SCAN_LINK:
		return _("a link to another place, not a file");
	case SCAN_SPECIAL:
		return _("a pipe, socket or device, not a file");
	case SCAN_EMPTY:
		return _("empty (0 bytes)");
	case SCAN_BIG:
		return _("larger than 1 GB");
	case SCAN_NOT_SOUND:
		return _("no recording inside, whatever its name says");
	case SCAN_UNREADABLE:
		return _("cannot be read");
	default:
		return "";
	}
}

/* ── Walking ── */

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void note_file(struct walk *w, const char *path, const struct stat *st)
{
	struct import_scan *s = w->s;
	enum import_scan_why why = judge(s->root, path, st);
	if ((int)(why ? s->refused.n : s->good.n) >= w->limits->files) {
		s->stopped = true;
		return;
	}
	struct import_scan_file f = { mem_dup(path), import_name_shown(path), why, st->st_size, st->st_mtim.tv_sec };
	if (why)
		vec_push(&s->refused, f);
	else
		vec_push(&s->good, f);
}

static void note_entry(struct walk *w, int dir, const struct folder *in, const char *name)
{
	struct stat st;
	/* what systems hide on sticks: .Trashes, ._x.mp3, $RECYCLE.BIN */
	if (name[0] == '.' || name[0] == '$' || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
		return;
	char *path = *in->path ? mem_printf("%s/%s", in->path, name) : mem_dup(name);
	bool fits = strlen(path) < PATH_MOST;
	if (S_ISDIR(st.st_mode)) {
		if (fits && in->depth < w->limits->depth && (int)w->folders.n < w->limits->folders)
			vec_push(&w->folders, (struct folder){ mem_dup(path), in->depth + 1 });
		else
			w->s->stopped = true;
	} else if (fits && (!S_ISREG(st.st_mode) || called_like_sound(name))) {
		note_file(w, path, &st);
	} else {
		w->s->others++;
	}
	mem_free(path);
}

static void walk_folder(struct walk *w, const struct folder *in)
{
	int fd = open_below(w->s->root, in->path, O_RDONLY | O_DIRECTORY);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d && fd >= 0)
		close(fd);
	w->s->folders += d != NULL;
	for (struct dirent *e; d && (e = readdir(d));) {
		if (w->entries++ >= w->limits->entries || now_ms() > w->end_ms) {
			w->s->stopped = true;
			break;
		}
		note_entry(w, fd, in, e->d_name);
	}
	if (d)
		closedir(d);
}

static int newest_first(const void *a, const void *b)
{
	const struct import_scan_file *x = a, *y = b;
	if (x->changed != y->changed)
		return x->changed < y->changed ? 1 : -1;
	return strcmp(x->path, y->path);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct import_scan_file *)a)->path, ((const struct import_scan_file *)b)->path);
}

struct import_scan *import_scan_new(const char *dir, const struct import_scan_limits *limits, struct err *err)
{
	int root = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0) {
		err_set(err, _("%s cannot be looked at (%s) — check that the stick is in and mounted"), dir,
			strerror(errno));
		return NULL;
	}
	struct import_scan *s = mem_new(struct import_scan);
	struct walk w = { .s = s, .limits = limits, .end_ms = now_ms() + limits->ms };
	s->root = root;
	vec_push(&w.folders, (struct folder){ mem_dup(""), 0 });
	/* by copy: the queue moves when it grows */
	for (size_t i = 0; i < w.folders.n; i++) {
		struct folder f = w.folders.at[i];
		walk_folder(&w, &f);
	}
	for (size_t i = 0; i < w.folders.n; i++)
		mem_free(w.folders.at[i].path);
	vec_free(&w.folders);
	if (s->good.n)
		qsort(s->good.at, s->good.n, sizeof *s->good.at, newest_first);
	if (s->refused.n)
		qsort(s->refused.at, s->refused.n, sizeof *s->refused.at, by_name);
	return s;
}

static void free_files(struct import_scan_file *at, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		mem_free(at[i].path);
		mem_free(at[i].shown);
	}
}

void import_scan_free(struct import_scan **s)
{
	if (!*s)
		return;
	free_files((*s)->good.at, (*s)->good.n);
	free_files((*s)->refused.at, (*s)->refused.n);
	vec_free(&(*s)->good);
	vec_free(&(*s)->refused);
	close((*s)->root);
	mem_free(*s);
	*s = NULL;
}
