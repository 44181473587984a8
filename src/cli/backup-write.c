/* Collecting a station.  Nobody is asked to stop: the journal is copied in one transaction of its own, accepted copies
 * appear by one rename and are whole, and a file that changes while it is read is written as it was read. */
#include "base/i18n.h"
#include "cli/backup.h"
#include "journal/reader.h"
#include "os/tar.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MOST = 6 };

struct writing {
	struct tar_out *tar;
	struct backup_list *list;
	struct err *err;
};

static bool add(struct writing *w, enum backup_part part, const char *path, const char *from)
{
	struct backup_file f = { .part = part, .path = mem_dup(path) };
	f.member = mem_printf("%s/%s", backup_part_name(part), path);
	if (strlen(f.member) > TAR_NAME_MOST) {
		mem_free(f.member);
		f.member = mem_printf("%s/~%zu", backup_part_name(part), w->list->files.n);
	}
	bool ok = w->list->files.n < BACKUP_FILES_MOST ||
		  err_set(w->err, _("more than %d files — that is no station"), BACKUP_FILES_MOST);
	ok = ok && tar_add_file(w->tar, f.member, from, f.sha256, &f.bytes, w->err);
	if (ok) {
		vec_push(&w->list->files, f);
		return true;
	}
	mem_free(f.path);
	mem_free(f.member);
	return false;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_hidden(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static bool walk(struct writing *w, enum backup_part part, const char *top, const char *inside, int depth,
	bool (*wanted)(const char *path));

/* Only the station's own account may read its key; somebody else's backup is worth having all the same. */
static bool is_closed(struct writing *w, enum backup_part part, const char *path, const char *full)
{
	bool closed = part == BACKUP_STATE && !strncmp(path, "key", 3) && access(full, R_OK) && errno == EACCES;
	w->list->without_key |= closed;
	return closed;
}

static bool add_entry(struct writing *w, enum backup_part part, const char *top, const char *path, int depth,
	bool (*wanted)(const char *path))
{
	struct stat st;
	char *full = mem_printf("%s/%s", top, path);
	bool ok = true;
	if (!lstat(full, &st) && (!wanted || wanted(path))) {
		if (S_ISDIR(st.st_mode))
			ok = walk(w, part, top, path, depth + 1, wanted);
		else if (S_ISREG(st.st_mode) && !is_closed(w, part, path, full))
			ok = add(w, part, path, full);
	}
	mem_free(full);
	return ok;
}

/* Plain files, and those in folders; what else lies there leads elsewhere. */
static bool walk(struct writing *w, enum backup_part part, const char *top, const char *inside, int depth,
	bool (*wanted)(const char *path))
{
	struct dirent **entries = NULL;
	char *dir = mem_printf("%s%s%s", top, inside ? "/" : "", inside ? inside : "");
	int n = depth < DEPTH_MOST ? scandir(dir, &entries, not_hidden, by_name) : 0;
	bool ok = n >= 0 || err_set(w->err, _("%s cannot be read: %s"), dir, strerror(errno));
	for (int i = 0; i < n; i++) {
		char *path = mem_printf("%s%s%s", inside ? inside : "", inside ? "/" : "", entries[i]->d_name);
		ok = ok && add_entry(w, part, top, path, depth, wanted);
		mem_free(path);
		free(entries[i]);
	}
	free(entries);
	mem_free(dir);
	return ok;
}

/* Not what belongs to this box and this run: locks, the socket, prepared sound; the journal comes as a copy. */
static bool state_wanted(const char *path)
{
	static const char *const others[] = { "lock", "journal.lock", "journal.head", "journal.db", "journal.db-wal",
		"journal.db-shm", "control.sock", "on-air", "store", "accepted/new", "key.tmp", "key.next.tmp" };
	const char *slash = strrchr(path, '/');
	if (slash && !strcmp(slash, "/journal.part")) /* being copied out of a damaged journal, which is there, too */
		return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!strcmp(path, others[i]))
			return false;
	return true;
}

static bool add_journal(struct writing *w, const char *state, const char *file)
{
	char *copy = mem_printf("%s.journal", file);
	unlink(copy);
	int fd = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); /* SQLite would let everybody read it */
	bool ok = fd >= 0 || err_set(w->err, _("%s cannot be written: %s — choose another place, for example a USB stick"),
				     copy, strerror(errno));
	if (fd >= 0)
		close(fd);
	ok = ok && journal_copy(state, copy, w->err) && add(w, BACKUP_STATE, "journal.db", copy);
	unlink(copy);
	mem_free(copy);
	return ok;
}

static bool add_list(struct writing *w)
{
	struct text t = { 0 };
	backup_list_write(w->list, &t);
	bool ok = tar_add_text(w->tar, BACKUP_LIST, text_str(&t), t.n, w->err);
	text_free(&t);
	return ok;
}

/* What the station's directory holds beside its recordings. */
static bool is_schedule(const char *path)
{
	size_t n = strlen(path);
	return (n > 5 && !strcmp(path + n - 5, ".conf")) || !strcmp(path, "cach-doc.txt");
}

static bool is_inside(const char *path, const char *dir)
{
	size_t n = strlen(dir);
	return !strncmp(path, dir, n) && (path[n] == '/' || path[n] == '\0');
}

/* A journal that is not there is no hindrance: the station has aired nothing yet. */
bool backup_write(const char *state, const char *file, struct backup_list *list, struct err *err)
{
	struct writing w = { .list = list, .err = err };
	bool recordings_there = is_inside(list->audio_dir, list->dir);
	w.tar = tar_create(file, err);
	bool ok = w.tar && (!journal_log_exists(state) || add_journal(&w, state, file)) &&
		  walk(&w, BACKUP_STATE, state, NULL, 0, state_wanted) &&
		  walk(&w, BACKUP_STATION, list->dir, NULL, 0, recordings_there ? is_schedule : NULL) &&
		  walk(&w, BACKUP_AUDIO, list->audio_dir, NULL, 0, NULL) && add_list(&w) && tar_finish(&w.tar, err);
	tar_abandon(&w.tar);
	return ok;
}
