/* Putting a set of files in place.  Each is written whole beside its place and synced; the old ones get a second
 * name; then the new ones are renamed over them, in name order, so that what a section refers to is there before it.
 * A failure on the way puts back what was, by rename as well.  A power failure in the middle leaves some files old,
 * some new, each of them whole: nothing applies such a folder by itself. */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/write.h"
#include "config/edit-inside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Hidden names: whoever reads the folder meanwhile passes them over. */
static char *beside(const char *name, const char *what)
{
	return mem_printf(".%s.%s", name, what);
}

/* Is what lies there what was read? */
static bool is_same(int dir, const struct edit_file *f)
{
	struct stat st;
	int fd = openat(dir, f->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return !f->was && errno == ENOENT;
	bool same = f->was && !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size == (off_t)f->was_n;
	char *bytes = mem_resize(NULL, f->was_n + 1, 1);
	size_t n = 0;
	ssize_t got = 1;
	while (same && n <= f->was_n && (got = read(fd, bytes + n, f->was_n + 1 - n)) > 0)
		n += (size_t)got;
	same = same && got == 0 && n == f->was_n && !memcmp(bytes, f->was, n);
	mem_free(bytes);
	close(fd);
	return same;
}

/* Who may read the schedule (the controller's account among them) does not change with its words.  An operator cannot
 * give a file to its old owner; its group is enough, where the group may read it. */
static bool keep_rights(int dir, const char *like, int fd)
{
	struct stat was, is;
	if (fstatat(dir, like, &was, AT_SYMLINK_NOFOLLOW))
		return true;
	if (fstat(fd, &is))
		return false;
	bool group = is.st_gid == was.st_gid || !fchown(fd, (uid_t)-1, was.st_gid);
	bool owner = is.st_uid == was.st_uid || !fchown(fd, was.st_uid, (gid_t)-1);
	bool readable = (was.st_mode & S_IROTH) || (group && (owner || (was.st_mode & S_IRGRP)));
	errno = EPERM;
	return readable && !fchmod(fd, was.st_mode & 07777);
}

static bool write_beside(int dir, const struct edit_file *f, const char *what, const char *bytes, size_t n)
{
	char *name = beside(f->name, what);
	unlinkat(dir, name, 0);
	int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && write_all(fd, bytes, n) && keep_rights(dir, f->was ? f->name : "station.conf", fd) &&
		  !fsync(fd);
	if (fd >= 0)
		close(fd);
	mem_free(name);
	return ok;
}

static bool write_new(int dir, const struct edit_file *f)
{
	return write_beside(dir, f, "new", f->bytes, f->n);
}

/* A memory stick's file system knows no second names. */
static bool keep_old(int dir, const struct edit_file *f)
{
	if (!f->was)
		return true;
	char *name = beside(f->name, "old");
	unlinkat(dir, name, 0);
	bool linked = !linkat(dir, f->name, dir, name, 0);
	mem_free(name);
	return linked || write_beside(dir, f, "old", f->was, f->was_n);
}

static bool put_new(int dir, const struct edit_file *f)
{
	char *name = beside(f->name, "new");
	bool ok = !renameat(dir, name, dir, f->name);
	mem_free(name);
	return ok;
}

static void put_old(int dir, const struct edit_file *f)
{
	char *name = beside(f->name, "old");
	if (f->was)
		renameat(dir, name, dir, f->name);
	else
		unlinkat(dir, f->name, 0);
	mem_free(name);
}

static void sweep(int dir, const struct edit_file *f)
{
	static const char *const what[] = { "new", "old" };
	for (size_t i = 0; i < 2; i++) {
		char *name = beside(f->name, what[i]);
		unlinkat(dir, name, 0);
		mem_free(name);
	}
}

/* false, errno and *at = the file it failed on. */
static bool write_files(int dir, struct edit_file *const files[], size_t n, size_t *at)
{
	static bool (*const steps[])(int, const struct edit_file *) = { write_new, keep_old };
	for (size_t step = 0; step < 2; step++)
		for (*at = 0; *at < n; ++*at)
			if (!steps[step](dir, files[*at]))
				return false;
	for (*at = 0; *at < n; ++*at)
		if (!put_new(dir, files[*at]))
			break;
	if (*at == n && !fsync(dir))
		return true;
	int error = errno;
	for (size_t i = 0; i < *at; i++)
		put_old(dir, files[i]);
	errno = error;
	*at = *at < n ? *at : n - 1;
	return false;
}

static bool put_files(struct edit *e, int dir, struct edit_file *const files[], size_t n, struct err *err)
{
	size_t at = 0;
	for (; at < n; at++)
		if (!is_same(dir, files[at]))
			return err_set(err,
				_("%s/%s was changed by somebody else meanwhile — nothing was written — look at it, "
				  "then "
				  "try again"),
				e->dir, files[at]->name);
	bool ok = write_files(dir, files, n, &at);
	if (!ok)
		err_set(err,
			_("%s/%s cannot be written: %s — every file is as it was — free space or ask for the right to "
			  "write, "
			  "then try again"),
			e->dir, files[at]->name, strerror(errno));
	for (size_t i = 0; i < n; i++)
		sweep(dir, files[i]);
	return ok;
}

static void is_written(struct edit_file *f)
{
	mem_free(f->was);
	f->was = mem_dup_n(f->bytes, f->n);
	f->was_n = f->n;
}

bool edit_write(struct edit *e, struct err *err)
{
	int dir = open(e->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_set(err, _("%s cannot be opened: %s — nothing was written — check the folder"), e->dir,
			strerror(errno));
	struct edit_file *changed[SOURCE_FILES_MOST + 1];
	size_t n = 0;
	for (size_t i = 0; i < e->files.n && n <= SOURCE_FILES_MOST; i++)
		if (edit_differs(&e->files.at[i]))
			changed[n++] = &e->files.at[i];
	bool ok = put_files(e, dir, changed, n, err);
	for (size_t i = 0; ok && i < n; i++)
		is_written(changed[i]);
	close(dir);
	return ok;
}
