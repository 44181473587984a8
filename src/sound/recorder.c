#include "sound/recorder.h"

#include "base/i18n.h"
#include "base/vec.h"
#include "sound/frames.h"
#include "sound/wav.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define STACK_BYTES (256 * 1024)

struct samples {
	int16_t *at;
	size_t n, cap;
};

struct recorder {
	/* fixed after recorder_new */
	char *dir, *name, *path;
	int rate, notify;
	int64_t need, folder;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	/* under the lock */
	struct samples waiting;
	bool end;
	/* its thread's; for all when done */
	int64_t frames, lost;
	char sha256[SHA256_HEX];
	struct err fault;
	_Atomic bool done;
};

/* ── Room ── */

struct old {
	char *path;
	int64_t bytes;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct old *)a)->path, ((const struct old *)b)->path);
}

static bool is_recording(const char *name)
{
	size_t n = strlen(name);
	return n > 4 && !strcmp(name + n - 4, ".wav");
}

/* Names begin with the instant: the first by name is the oldest. */
static void make_room(const struct recorder *r)
{
	VEC(struct old) all = { 0 };
	int64_t used = 0;
	DIR *d = opendir(r->dir);
	for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
		struct stat st;
		char *path = mem_printf("%s/%s", r->dir, e->d_name);
		if (!is_recording(e->d_name) || lstat(path, &st) || !S_ISREG(st.st_mode)) {
			mem_free(path);
			continue;
		}
		used += st.st_size;
		vec_push(&all, (struct old){ path, st.st_size });
	}
	if (d)
		closedir(d);
	if (all.n)
		qsort(all.at, all.n, sizeof *all.at, by_path);
	for (size_t i = 0; i < all.n; i++) {
		if (used + r->need > r->folder && !unlink(all.at[i].path))
			used -= all.at[i].bytes;
		mem_free(all.at[i].path);
	}
	vec_free(&all);
}

static bool room_on_disk(struct recorder *r)
{
	struct statvfs v;
	if (statvfs(r->dir, &v))
		return err_set(&r->fault, _("what is spoken cannot be kept in %s: %s"), r->dir, strerror(errno));
	int64_t free = (int64_t)v.f_bavail * (int64_t)v.f_frsize;
	return free >= r->need + RECORDER_SPARE ||
	       err_set(&r->fault, _("what is spoken cannot be kept in %s: the disk is nearly full — free space"),
		       r->dir);
}

static struct wav *create(struct recorder *r)
{
	if (mkdir(r->dir, 0750) && errno != EEXIST) {
		err_set(&r->fault, _("what is spoken cannot be kept in %s: %s"), r->dir, strerror(errno));
		return NULL;
	}
	make_room(r);
	return room_on_disk(r) ? wav_create(r->path, r->rate, 1, &r->fault) : NULL;
}

/* ── The file ── */

/* What has come since; false: that was all. */
static bool take(struct recorder *r, struct samples *out)
{
	pthread_mutex_lock(&r->lock);
	while (!r->waiting.n && !r->end)
		pthread_cond_wait(&r->wake, &r->lock);
	struct samples empty = *out;
	*out = r->waiting;
	empty.n = 0;
	r->waiting = empty;
	pthread_mutex_unlock(&r->lock);
	return out->n > 0;
}

/* Of the bytes that are there, as anybody can check who has the file. */
static void sum_up(struct recorder *r)
{
	static const size_t piece = 64 * 1024;
	struct sha256 *sum = sha256_new();
	uint8_t digest[SHA256_BYTES], *buffer = mem_zero(piece);
	int fd = open(r->path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : 0;
	while (fd >= 0 && (n = read(fd, buffer, piece)) > 0)
		sha256_add(sum, buffer, (size_t)n);
	if (n < 0)
		err_set(&r->fault, _("the recording %s cannot be read again: %s"), r->path, strerror(errno));
	if (fd >= 0)
		close(fd);
	sha256_end(&sum, digest);
	if (n == 0)
		sha256_hex(digest, r->sha256);
	mem_free(buffer);
}

static void write_down(struct recorder *r, struct wav *w)
{
	struct samples part = { 0 };
	int64_t marked = 0;
	while (take(r, &part)) {
		if (w && wav_write(w, part.at, part.n))
			r->frames += (int64_t)part.n;
		/* killed, it has lost a second at most */
		if (w && r->frames - marked >= r->rate && wav_mark(w))
			marked = r->frames;
	}
	mem_free(part.at);
}

static void *recorder_run(void *self)
{
	struct recorder *r = self;
	struct wav *w = create(r);
	bool made = w != NULL;
	write_down(r, w);
	if (made && wav_finish(&w, &r->fault))
		sum_up(r);
	atomic_store(&r->done, true);
	eventfd_write(r->notify, 1);
	return NULL;
}

/* ── Others ── */

void recorder_add(struct recorder *r, const int16_t *samples, size_t n)
{
	size_t most = (size_t)r->rate * RECORDER_WAITS_S;
	pthread_mutex_lock(&r->lock);
	if (r->waiting.n + n > most) {
		r->lost += (int64_t)n;
	} else {
		if (r->waiting.n + n > r->waiting.cap) {
			r->waiting.cap = 2 * (r->waiting.n + n);
			r->waiting.at = mem_resize(r->waiting.at, r->waiting.cap, sizeof *samples);
		}
		memcpy(r->waiting.at + r->waiting.n, samples, n * sizeof *samples);
		r->waiting.n += n;
		pthread_cond_signal(&r->wake);
	}
	pthread_mutex_unlock(&r->lock);
}

void recorder_end(struct recorder *r)
{
	pthread_mutex_lock(&r->lock);
	r->end = true;
	pthread_cond_signal(&r->wake);
	pthread_mutex_unlock(&r->lock);
}

bool recorder_done(const struct recorder *r)
{
	return atomic_load(&r->done);
}

const char *recorder_name(const struct recorder *r)
{
	return r->name;
}

int64_t recorder_frames(const struct recorder *r)
{
	return r->frames;
}

int64_t recorder_lost(const struct recorder *r)
{
	return r->lost;
}

const char *recorder_sha256(const struct recorder *r)
{
	return r->sha256;
}

const char *recorder_fault(const struct recorder *r)
{
	return r->fault.text;
}

static void free_handle(struct recorder *r)
{
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
	mem_free(r->waiting.at);
	mem_free(r->dir);
	mem_free(r->name);
	mem_free(r->path);
	mem_free(r);
}

struct recorder *recorder_new(const struct recorder_setup *setup)
{
	struct recorder *r = mem_new(struct recorder);
	r->dir = mem_dup(setup->dir);
	r->name = mem_dup(setup->name);
	r->path = mem_printf("%s/%s", setup->dir, setup->name);
	r->rate = setup->rate;
	r->notify = setup->notify;
	r->need = frames_in_ms(setup->rate, setup->most_ms) * 2 + WAV_HEADER_BYTES;
	r->folder = setup->folder ? setup->folder : RECORDER_FOLDER;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->wake, NULL);
	pthread_attr_t small;
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK_BYTES);
	int failed = pthread_create(&r->thread, &small, recorder_run, r);
	pthread_attr_destroy(&small);
	if (!failed)
		return r;
	free_handle(r);
	return NULL;
}

void recorder_free(struct recorder **rp)
{
	struct recorder *r = *rp;
	if (!r)
		return;
	recorder_end(r);
	pthread_join(r->thread, NULL);
	free_handle(r);
	*rp = NULL;
}
