/* The kernel tells that something happened in a folder; which of our files it was, if any, their status says.  Then one
 * second of peace is awaited, so that a file is read once when its copying is through and not ten times meanwhile. */
#include "sound/library-watch.h"

#include "base/vec.h"
#include "sound/library.h"
#include "sound/why.h"

#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define STACK_BYTES (256 * 1024)
#define PEACE_MS 1000
#define HAPPENINGS                                                                                                     \
	(IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

struct watched {
	char *name;
	bool there;
	struct stat was;
};

struct message {
	char *file;
	char sha256[SHA256_HEX];
};

/* Shared with a thread that may hang in a read for ever: the last of the two to leave frees it. */
struct library_watch {
	char *audio_dir;
	VEC(struct watched) files;
	int happened, told, stop; /* inotify; eventfds: for the caller, for the thread */
	_Atomic bool stopping;
	atomic_int owners;
	pthread_mutex_t lock; /* of: */
	VEC(struct message) messages;
};

static void leave(struct library_watch *w)
{
	if (atomic_fetch_sub(&w->owners, 1) != 1)
		return;
	for (size_t i = 0; i < w->files.n; i++)
		mem_free(w->files.at[i].name);
	for (size_t i = 0; i < w->messages.n; i++)
		mem_free(w->messages.at[i].file);
	vec_free(&w->files);
	vec_free(&w->messages);
	int fds[] = { w->happened, w->told, w->stop };
	for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	pthread_mutex_destroy(&w->lock);
	mem_free(w->audio_dir);
	mem_free(w);
}

/* ── The thread ── */

static void ring(int fd)
{
	uint64_t one = 1;
	ssize_t n = write(fd, &one, sizeof one);
	(void)n; /* full: rung already */
}

/* false: it ended before the file did. */
static bool hash(struct library_watch *w, int fd, char out[SHA256_HEX])
{
	char buf[65536];
	uint8_t digest[SHA256_BYTES];
	ssize_t n;
	struct sha256 *sum = sha256_new();
	while (!atomic_load(&w->stopping) && (n = read(fd, buf, sizeof buf)) > 0)
		sha256_add(sum, buf, (size_t)n);
	sha256_end(&sum, digest);
	sha256_hex(digest, out);
	return !atomic_load(&w->stopping);
}

static void tell(struct library_watch *w, const char *file, const char *sha256)
{
	struct message m = { .file = mem_dup(file) };
	memcpy(m.sha256, sha256, strnlen(sha256, SHA256_HEX - 1));
	pthread_mutex_lock(&w->lock);
	vec_push(&w->messages, m);
	pthread_mutex_unlock(&w->lock);
	ring(w->told);
}

static int open_file(const struct library_watch *w, const char *name, struct stat *st)
{
	struct why_facts why;
	char *path = library_path(w->audio_dir, name, &why);
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
	mem_free(path);
	if (fd >= 0 && fstat(fd, st)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec &&
	       a->st_ctim.tv_sec == b->st_ctim.tv_sec && a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void look_at(struct library_watch *w, struct watched *f)
{
	struct stat st = { 0 };
	char sum[SHA256_HEX] = "";
	int fd = open_file(w, f->name, &st);
	bool there = fd >= 0, changed = there != f->there || (there && !same(&st, &f->was));
	f->there = there;
	f->was = st;
	if (changed && (!there || hash(w, fd, sum)))
		tell(w, f->name, sum);
	if (fd >= 0)
		close(fd);
}

/* What happened where nobody asks: a status does not lie, and a queue that ran over loses nothing. */
static void swallow(int fd)
{
	char buf[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
	while (read(fd, buf, sizeof buf) > 0)
		continue;
}

static void *run(void *self)
{
	struct library_watch *w = self;
	bool restless = false;
	setpriority(PRIO_PROCESS, 0, 10); /* of this thread alone */
	while (!atomic_load(&w->stopping)) {
		struct pollfd fds[] = { { .fd = w->stop, .events = POLLIN }, { .fd = w->happened, .events = POLLIN } };
		int n = poll(fds, 2, restless ? PEACE_MS : -1);
		if (n > 0 && fds[1].revents) {
			swallow(w->happened);
			restless = true;
		} else if (n == 0) {
			restless = false;
			for (size_t i = 0; i < w->files.n && !atomic_load(&w->stopping); i++)
				look_at(w, &w->files.at[i]);
		}
	}
	leave(w);
	return NULL;
}

/* ── The caller ── */

static void add_file(struct library_watch *w, const char *name)
{
	for (size_t i = 0; i < w->files.n; i++)
		if (!strcmp(w->files.at[i].name, name))
			return;
	struct watched f = { .name = mem_dup(name) };
	int fd = open_file(w, name, &f.was);
	f.there = fd >= 0;
	if (fd >= 0)
		close(fd);
	vec_push(&w->files, f);
}

static void add_files(struct library_watch *w, const struct station *st)
{
	for (size_t b = 0; b < st->bulletins.n; b++) {
		const struct bulletin *at = &st->bulletins.at[b];
		for (size_t i = 0; i < at->audio.n; i++)
			if (at->audio.at[i].bound)
				add_file(w, at->audio.at[i].file);
		if (at->text && at->text_bound)
			add_file(w, at->text);
	}
}

/* The folder in which the name stands, and that of the file it leads to. */
static void watch_folders(const struct library_watch *w, const char *name)
{
	struct why_facts why;
	char *named = mem_printf("%s/%s", w->audio_dir, name), *real = library_path(w->audio_dir, name, &why);
	inotify_add_watch(w->happened, dirname(named), HAPPENINGS);
	if (real)
		inotify_add_watch(w->happened, dirname(real), HAPPENINGS);
	mem_free(named);
	mem_free(real);
}

static bool begin(struct library_watch *w)
{
	pthread_t thread;
	pthread_attr_t small;
	w->happened = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	w->told = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	w->stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (w->happened < 0 || w->told < 0 || w->stop < 0)
		return false;
	for (size_t i = 0; i < w->files.n; i++)
		watch_folders(w, w->files.at[i].name);
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
	atomic_store(&w->owners, 2);
	bool ok = !pthread_create(&thread, &small, run, w);
	pthread_attr_destroy(&small);
	if (!ok)
		atomic_store(&w->owners, 1);
	return ok;
}

struct library_watch *library_watch_new(const struct station *st)
{
	struct library_watch *w = mem_new(struct library_watch);
	w->audio_dir = mem_dup(st->audio_dir);
	w->happened = w->told = w->stop = -1;
	pthread_mutex_init(&w->lock, NULL);
	atomic_init(&w->owners, 1);
	add_files(w, st);
	if (w->files.n && begin(w))
		return w;
	leave(w);
	return NULL;
}

void library_watch_free(struct library_watch **pw)
{
	struct library_watch *w = *pw;
	if (!w)
		return;
	atomic_store(&w->stopping, true);
	ring(w->stop);
	leave(w);
	*pw = NULL;
}

int library_watch_fd(const struct library_watch *w)
{
	return w->told;
}

bool library_watch_next(struct library_watch *w, char **file, char sha256[SHA256_HEX])
{
	uint64_t rung;
	pthread_mutex_lock(&w->lock);
	bool any = w->messages.n;
	if (any) {
		*file = w->messages.at[0].file;
		memcpy(sha256, w->messages.at[0].sha256, SHA256_HEX);
		vec_remove(&w->messages, 0);
	}
	bool more = w->messages.n;
	pthread_mutex_unlock(&w->lock);
	ssize_t n = more ? 0 : read(w->told, &rung, sizeof rung);
	(void)n;
	return any;
}
