/* Making accepted copies.  Order is everything: files and manifest are on the disk (fsync), then the folder
 * that holds them, then the rename, then the folder above; only after that are old copies removed.  A crash
 * between any two steps leaves the copies of before, or those and the new one. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/write.h"
#include "config/accepted-dir.h"
#include "config/accepted.h"
#include "config/source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define COPIES_KEPT 6 /* the one that runs and five back */
#define NEW "new"

static int by_number(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;
	return (x > y) - (x < y);
}

struct accepted_numbers accepted_list(const char *state)
{
	struct accepted_numbers numbers = { 0 };
	char *path = mem_printf("%s/accepted", state);
	DIR *d = opendir(path);
	const struct dirent *e;
	mem_free(path);
	while (d && (e = readdir(d)))
		if (strlen(e->d_name) == 6 && e->d_name[strspn(e->d_name, "0123456789")] == '\0')
			vec_push(&numbers, (unsigned)strtoul(e->d_name, NULL, 10));
	if (d)
		closedir(d);
	if (numbers.n)
		qsort(numbers.at, numbers.n, sizeof *numbers.at, by_number);
	return numbers;
}

static bool write_file(int dir, const char *name, const char *bytes, size_t n)
{
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	bool ok = fd >= 0 && write_all(fd, bytes, n) && !fsync(fd);
	if (fd >= 0)
		close(fd);
	return ok;
}

/* A copy holds plain files only. */
static void remove_copy(int top, const char *name)
{
	int fd = openat(top, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *e;
	while (d && (e = readdir(d)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			unlinkat(fd, e->d_name, 0);
	if (d)
		closedir(d);
	unlinkat(top, name, AT_REMOVEDIR);
}

static int open_top(const char *state)
{
	char *path = mem_printf("%s/accepted", state);
	int fd = -1;
	if (!mkdir(path, 0750) || errno == EEXIST)
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	mem_free(path);
	return fd;
}

/* The copy must find its recordings wherever the controller is started from. */
static char *absolute(const char *path)
{
	char *real = realpath(path, NULL);
	return real ? real : mem_dup(path);
}

static void add_path(struct text *t, const char *key, const char *path)
{
	char *full = absolute(path);
	json_str(t, key, full);
	free(full);
}

static void add_recordings(struct text *t, const struct station *st)
{
	json_open(t, "recordings", '[');
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++) {
			const struct recording *r = &st->bulletins.at[b].audio.at[i];
			if (!*r->sha256)
				continue;
			json_open(t, NULL, '{');
			json_str(t, "file", r->file);
			json_str(t, "sha256", r->sha256);
			json_close(t, '}');
		}
	json_close(t, ']');
}

static bool write_manifest(int dir, const struct station *st)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	add_path(&t, "dir", st->dir);
	add_path(&t, "audio_dir", st->audio_dir);
	json_str(&t, "digest", st->digest);
	add_recordings(&t, st);
	json_close(&t, '}');
	text_add(&t, "\n");
	bool ok = write_file(dir, ACCEPTED_MANIFEST, t.at, t.n);
	text_free(&t);
	return ok;
}

/* What was checked is what was read then; the files may have been edited since. */
static bool read_same(const struct station *st, struct sources *s)
{
	struct findings fs = { 0 };
	char digest[SHA256_HEX] = "";
	source_read_dir(st->dir, s, &fs);
	if (!fs.errors)
		source_digest(s->list.at, s->list.n, digest);
	findings_free(&fs);
	return !strcmp(digest, st->digest);
}

static bool write_copy(int top, const struct sources *s, const struct station *st)
{
	remove_copy(top, NEW);
	if (mkdirat(top, NEW, 0750))
		return false;
	int dir = openat(top, NEW, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = dir >= 0;
	for (size_t i = 0; ok && i < s->list.n; i++)
		ok = write_file(dir, s->list.at[i].name, s->list.at[i].bytes, s->list.at[i].n);
	ok = ok && write_manifest(dir, st) && !fsync(dir);
	if (dir >= 0)
		close(dir);
	return ok;
}

/* The one step by which a copy comes to be. */
static bool publish(int top, unsigned number)
{
	char name[16];
	snprintf(name, sizeof name, "%06u", number);
	return !renameat(top, NEW, top, name) && !fsync(top);
}

static void remove_number(int top, unsigned number)
{
	char name[16];
	snprintf(name, sizeof name, "%06u", number);
	remove_copy(top, name);
}

static bool is_of(const char *state, unsigned number, const char *digest)
{
	struct accepted a = { 0 };
	char *copy = mem_printf("%s/accepted/%06u", state, number);
	bool same = accepted_read(copy, &a) && !strcmp(a.digest, digest);
	accepted_free(&a);
	mem_free(copy);
	return same;
}

/* A schedule that is taken again is one to go back to only once: else five reloads of the same would leave no way back. */
static void remove_old(const char *state, int top, const struct accepted_numbers *before, const char *digest)
{
	size_t kept = 1;
	for (size_t i = before->n; i-- > 0;)
		if (kept == COPIES_KEPT || is_of(state, before->at[i], digest))
			remove_number(top, before->at[i]);
		else
			kept++;
}

bool accepted_store(const char *state, const struct station *st, struct err *err)
{
	struct sources s = { 0 };
	struct accepted_numbers before = { 0 };
	bool ok = false;
	int top = -1;
	if (!read_same(st, &s)) {
		err_set(err,
			_("the schedule in %s changed while it was read — the running one is untouched — try "
			  "again"),
			st->dir);
		goto out;
	}
	top = open_top(state);
	before = accepted_list(state);
	unsigned number = before.n ? before.at[before.n - 1] + 1 : 1;
	ok = top >= 0 && write_copy(top, &s, st) && publish(top, number);
	if (ok)
		remove_old(state, top, &before, st->digest);
	else
		err_set(err,
			_("the schedule cannot be kept in %s: %s — the running one is untouched — free space "
			  "there, then try again"),
			state, strerror(errno));
out:
	if (top >= 0)
		close(top);
	vec_free(&before);
	source_free(&s);
	return ok;
}

bool accepted_again(const char *state, const char *copy, struct err *err)
{
	struct accepted_numbers all = accepted_list(state);
	const char *slash = strrchr(copy, '/');
	unsigned newest = all.n ? all.at[all.n - 1] : 0;
	int top = open_top(state);
	char name[16];
	snprintf(name, sizeof name, "%06u", newest + 1);
	bool is_newest = slash && newest && strtoul(slash + 1, NULL, 10) == newest;
	bool ok = is_newest || (top >= 0 && slash && !renameat(top, slash + 1, top, name) && !fsync(top));
	if (!ok)
		err_set(err,
			_("the schedule cannot be kept in %s: %s — the running one is untouched — free space "
			  "there, then try again"),
			state, strerror(errno));
	if (top >= 0)
		close(top);
	vec_free(&all);
	return ok;
}
