/* A station out of one file, in three steps: everything but the recordings into folders beside their places, checked by
 * hash; the recordings to where the schedule files look for them, never over another file; then the folders take their
 * places.  Until the last step nothing is there that a controller would start with. */
#include "base/i18n.h"
#include "base/json.h"
#include "cli/backup.h"
#include "config/config.h"
#include "journal/reader.h"
#include "os/state.h"
#include "os/tar.h"
#include "os/tzfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BESIDE ".loaxa-restore"

struct restoring {
	const char *file;
	const struct backup_list *list;
	struct err *err;
	const char *state, *dir;       /* the places */
	char *state_beside, *dir_beside;
	char *audio;                   /* where the recordings go; NULL until the schedule is there */
	uid_t uid;                     /* who owns what is made */
	gid_t gid;
};

static bool refuse(struct restoring *r, const char *path)
{
	return err_set(r->err, _("%s cannot be written: %s — nothing was restored"), path, strerror(errno));
}

/* ── Folders ── */

/* Those that lead to the path, as far as they are missing. */
static void make_parents(const struct restoring *r, const char *path)
{
	char *copy = mem_dup(path);
	for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (!mkdir(copy, 0750) && chown(copy, r->uid, r->gid))
			errno = 0; /* nobody but root gives away */
		*slash = '/';
	}
	mem_free(copy);
}

static void remove_tree(const char *path)
{
	DIR *d = opendir(path);
	const struct dirent *e;
	while (d && (e = readdir(d))) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		char *inside = mem_printf("%s/%s", path, e->d_name);
		if (unlink(inside))
			remove_tree(inside);
		mem_free(inside);
	}
	if (d)
		closedir(d);
	rmdir(path);
}

static bool is_empty(const char *path)
{
	struct dirent **entries = NULL;
	int n = scandir(path, &entries, NULL, NULL);
	for (int i = 0; i < n; i++)
		free(entries[i]);
	free(entries);
	return n < 0 ? errno == ENOENT : n == 2;
}

/* ── Files ── */

static const struct backup_file *file_of(const struct restoring *r, size_t i, const struct tar_entry *e)
{
	const struct backup_file *f = i < r->list->files.n ? &r->list->files.at[i] : NULL;
	if (f && !strcmp(f->member, e->name) && f->bytes == e->bytes)
		return f;
	err_set(r->err, _("%s is no whole backup — it was cut short or changed on its way — copy it again"), r->file);
	return NULL;
}

static bool is_key(const struct backup_file *f)
{
	return f->part == BACKUP_STATE && !strncmp(f->path, "key", 3);
}

static bool take(struct restoring *r, struct tar_in *tar, const struct backup_file *f, const char *to)
{
	char hash[SHA256_HEX] = "";
	make_parents(r, to);
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, is_key(f) ? 0600 : 0640);
	if (fd < 0)
		return refuse(r, to);
	if (fchown(fd, r->uid, r->gid))
		errno = 0;
	bool ok = tar_read(tar, fd, hash, r->err) && (!fsync(fd) || refuse(r, to));
	close(fd);
	if (ok && strcmp(hash, f->sha256))
		ok = err_set(r->err, _("%s: \"%s\" is not what was backed up — copy the file again"), r->file, f->path);
	if (!ok)
		unlink(to);
	return ok;
}

static bool is_same(const char *path, const struct backup_file *f)
{
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX], piece[1 << 16];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct sha256 *sum = sha256_new();
	for (ssize_t n; fd >= 0 && (n = read(fd, piece, sizeof piece)) > 0;)
		sha256_add(sum, piece, (size_t)n);
	sha256_end(&sum, digest);
	sha256_hex(digest, hex);
	if (fd >= 0)
		close(fd);
	return fd >= 0 && !strcmp(hex, f->sha256);
}

static bool take_recording(struct restoring *r, struct tar_in *tar, const struct backup_file *f)
{
	char *to = mem_printf("%s/%s", r->audio, f->path), *part = mem_printf("%s" BESIDE, to);
	struct stat st;
	bool ok = true;
	if (!lstat(to, &st)) {
		if (!is_same(to, f))
			ok = err_set(r->err, _("%s is there already and is another recording — move it away — nothing was "
					       "restored"),
				to);
	} else {
		unlink(part);
		ok = take(r, tar, f, part) && (!rename(part, to) || refuse(r, to));
	}
	mem_free(part);
	mem_free(to);
	return ok;
}

static bool take_beside(struct restoring *r, struct tar_in *tar, const struct backup_file *f)
{
	char *to = mem_printf("%s/%s", f->part == BACKUP_STATE ? r->state_beside : r->dir_beside, f->path);
	bool ok = take(r, tar, f, to);
	mem_free(to);
	return ok;
}

/* Once for what stands beside its place, once more for the recordings. */
static bool walk(struct restoring *r, bool recordings)
{
	struct tar_entry e;
	struct tar_in *tar = tar_open(r->file, r->err);
	bool ok = tar;
	for (size_t i = 0; ok && tar_next(tar, &e, r->err) && strcmp(e.name, BACKUP_LIST); i++) {
		const struct backup_file *f = file_of(r, i, &e);
		ok = f;
		if (ok && (f->part == BACKUP_AUDIO) == recordings)
			ok = recordings ? take_recording(r, tar, f) : take_beside(r, tar, f);
	}
	tar_close(&tar);
	return ok && !*r->err->text;
}

static bool read_list(const char *file, struct backup_list *list, struct err *err)
{
	struct tar_entry e;
	struct tar_in *tar = tar_open(file, err);
	char *text = NULL;
	while (tar && !text && tar_next(tar, &e, err))
		if (!strcmp(e.name, BACKUP_LIST) && !(text = tar_read_text(tar, BACKUP_LIST_MOST, err)))
			break;
	bool ok = text && backup_list_read(list, text, strlen(text));
	if (!ok && !*err->text)
		err_set(err, _("%s is no backup of a station"), file);
	mem_free(text);
	tar_close(&tar);
	return ok;
}

/* ── Where things are now ── */

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

/* "x.loaxa-restore/audio" of the folder beside -> "x/audio" */
static char *at_its_place(const struct restoring *r, const char *path)
{
	char *beside = realpath(r->dir_beside, NULL);
	size_t n = beside ? strlen(beside) : 0;
	bool inside = n && !strncmp(path, beside, n) && (path[n] == '/' || !path[n]);
	free(beside);
	return inside ? mem_printf("%s%s", r->dir, path + n) : mem_dup(path);
}

/* The schedule says where its recordings are; one with errors leaves them where they were. */
static void find_audio(struct restoring *r)
{
	static const struct config_env env = { .tzif = read_zone };
	struct findings fs = { 0 };
	struct station *st = config_load(r->dir_beside, &env, &fs);
	const char *named = st && st->audio_dir ? st->audio_dir : r->list->audio_dir;
	char *inside = mem_printf("%s/x", named);
	make_parents(r, inside);
	char *real = realpath(named, NULL);
	r->audio = mem_dup(real ? real : named);
	free(real);
	mem_free(inside);
	station_free(&st);
	findings_free(&fs);
}

/* What accepted.json says of places, said anew. */
static bool move_copy(struct restoring *r, const struct backup_file *f)
{
	char *path = mem_printf("%s/%s", r->state_beside, f->path), *audio = at_its_place(r, r->audio);
	char *text = mem_zero((size_t)f->bytes + 1);
	struct text out = { 0 };
	FILE *file = fopen(path, "re");
	bool ok = file && fread(text, 1, (size_t)f->bytes, file) == (size_t)f->bytes;
	if (file)
		fclose(file);
	struct json *j = ok ? json_parse(text, (size_t)f->bytes) : NULL;
	json_open(&out, NULL, '{');
	json_str(&out, "dir", r->dir);
	json_str(&out, "audio_dir", audio);
	json_str(&out, "digest", json_get_str(j, "digest"));
	json_add(&out, "recordings", json_get(j, "recordings"));
	json_close(&out, '}');
	text_add(&out, "\n");
	file = j ? fopen(path, "we") : NULL;
	ok = file && fwrite(text_str(&out), 1, out.n, file) == out.n && !fflush(file) && !fsync(fileno(file));
	if (file)
		fclose(file);
	if (j)
		json_free(&j);
	text_free(&out);
	mem_free(text);
	mem_free(audio);
	if (!ok)
		refuse(r, path);
	mem_free(path);
	return ok;
}

static bool move_copies(struct restoring *r)
{
	for (size_t i = 0; i < r->list->files.n; i++) {
		const struct backup_file *f = &r->list->files.at[i];
		const char *slash = strrchr(f->path, '/');
		bool manifest = f->part == BACKUP_STATE && slash && !strcmp(slash, "/accepted.json");
		if (manifest && f->bytes < BACKUP_LIST_MOST && !move_copy(r, f))
			return false;
	}
	return true;
}

/* ── Checks and the last step ── */

static bool is_free(struct restoring *r)
{
	static const char *const live[] = { "journal.db", "accepted", "alive", "speech", "key" };
	for (size_t i = 0; i < sizeof live / sizeof *live; i++) {
		char *path = mem_printf("%s/%s", r->state, live[i]);
		bool there = !access(path, F_OK);
		mem_free(path);
		if (there)
			return err_set(r->err,
				_("%s is the state of a station already — nothing is overwritten — name another --state, or "
				  "move it away"),
				r->state);
	}
	return is_empty(r->dir) || err_set(r->err,
					   _("the folder %s is not empty — nothing is overwritten — name another one, or "
					     "move it away"),
					   r->dir);
}

/* The chain of the journal holds from its first row to its last. */
static bool is_whole(struct restoring *r)
{
	struct journal_check check = { 0 };
	if (!journal_log_exists(r->state_beside) || journal_verify(r->state_beside, &check, r->err))
		return true;
	return *r->err->text || err_set(r->err, _("the journal in %s is broken at row %lld — copy the backup again"), r->file,
					(long long)check.broken);
}

static bool move_in(struct restoring *r, const char *from, const char *to)
{
	return !rename(from, to) || refuse(r, to);
}

/* Accepted copies come before the journal: a schedule without one begins anew, the other way round is no station. */
static bool take_places(struct restoring *r)
{
	DIR *d = opendir(r->state_beside);
	const struct dirent *e;
	bool ok = move_in(r, r->dir_beside, r->dir);
	char *head = mem_printf("%s/journal.head", r->state); /* of a journal that was there before */
	unlink(head);
	mem_free(head);
	while (ok && d && (e = readdir(d))) {
		char *from = mem_printf("%s/%s", r->state_beside, e->d_name), *to = mem_printf("%s/%s", r->state, e->d_name);
		if (e->d_name[0] != '.')
			ok = move_in(r, from, to);
		mem_free(from);
		mem_free(to);
	}
	if (d)
		closedir(d);
	return ok;
}

static bool restore(struct restoring *r)
{
	remove_tree(r->state_beside);
	remove_tree(r->dir_beside);
	if (!walk(r, false))
		return false;
	find_audio(r);
	return is_whole(r) && move_copies(r) && walk(r, true) && take_places(r);
}

bool backup_restore(const char *file, const struct backup_place *place, struct backup_list *list, struct err *err)
{
	struct restoring r = { .file = file, .list = list, .err = err, .state = place->state };
	struct stat st;
	if (!read_list(file, list, err))
		return false;
	r.dir = place->dir ? place->dir : list->dir;
	if (!is_free(&r))
		return false;
	int lock = state_hold(r.state, err);
	if (lock < 0)
		return false;
	bool known = !stat(r.state, &st);
	r.uid = known ? st.st_uid : geteuid();
	r.gid = known ? st.st_gid : getegid();
	r.state_beside = mem_printf("%s/" BESIDE, r.state);
	r.dir_beside = mem_printf("%s" BESIDE, r.dir);
	bool ok = restore(&r);
	remove_tree(r.state_beside);
	if (!ok)
		remove_tree(r.dir_beside);
	close(lock);
	mem_free(r.state_beside);
	mem_free(r.dir_beside);
	mem_free(r.audio);
	return ok;
}
