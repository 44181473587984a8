#include "journal/key-file.h"

#include "base/hex.h"
#include "base/mem.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "loaxa key 1 "
#define LINE_MOST 200

char *key_file_path(const char *state_dir)
{
	return mem_printf("%s/key", state_dir);
}

char *key_file_next(const char *state_dir)
{
	return mem_printf("%s/key.next", state_dir);
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool take(char *line, struct key *k, enum key_change *change)
{
	uint8_t seed[KEY_SEED_BYTES], public[KEY_BYTES];
	char *save = NULL, *words[4] = { 0 };
	size_t n = strlen(line);
	if (strncmp(line, HEAD, strlen(HEAD)) != 0 || !n || line[n - 1] != '\n')
		return false;
	line[n - 1] = '\0';
	for (size_t i = 0; i < 4; i++)
		words[i] = strtok_r(i ? NULL : line + strlen(HEAD), " ", &save);
	bool ok = hex_read(words[0], seed, sizeof seed) && hex_read(words[1], public, sizeof public) && !words[3];
	*change = KEY_CHANGE_NONE;
	if (ok && words[2]) {
		*change = !strcmp(words[2], "lost") ? KEY_CHANGE_LOST : KEY_CHANGE_NEW;
		ok = *change == KEY_CHANGE_LOST || !strcmp(words[2], "new");
	}
	if (ok)
		key_of_seed(k, seed);
	ok = ok && !memcmp(public, k->public, KEY_BYTES);
	explicit_bzero(seed, sizeof seed);
	return ok;
}

static enum key_file why(int error)
{
	return error == ENOENT || error == ENOTDIR  ? KEY_FILE_NONE
	       : error == EACCES || error == EPERM ? KEY_FILE_DENIED
	       : error == ELOOP                    ? KEY_FILE_OTHERS
						    : KEY_FILE_IO;
}

/* Whoever else could read it could seal in the station's name; whoever else owns it can let others do so again. */
static enum key_file mend(int fd)
{
	struct stat st;
	if (fstat(fd, &st))
		return KEY_FILE_IO;
	if (!S_ISREG(st.st_mode) || (st.st_uid != geteuid() && st.st_uid != 0 && geteuid() != 0))
		return KEY_FILE_OTHERS;
	if (!(st.st_mode & 077))
		return KEY_FILE_OK;
	return fchmod(fd, 0600) ? KEY_FILE_OTHERS : KEY_FILE_OPEN;
}

enum key_file key_file_read(const char *path, struct key *k, enum key_change *change)
{
	char line[LINE_MOST + 1];
	enum key_change ignored;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return why(errno);
	enum key_file f = mend(fd);
	ssize_t n = f <= KEY_FILE_OPEN ? read(fd, line, LINE_MOST) : 0;
	close(fd);
	if (f > KEY_FILE_OPEN)
		return f;
	if (n < 0)
		return KEY_FILE_IO;
	line[n] = '\0';
	if (!take(line, k, change ? change : &ignored)) {
		key_wipe(k);
		f = KEY_FILE_BROKEN;
	}
	explicit_bzero(line, sizeof line);
	return f;
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool sync_directory_of(const char *path)
{
	char *dir = mem_dup(path), *slash = strrchr(dir, '/');
	if (slash)
		*slash = '\0';
	int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && !fsync(fd);
	if (fd >= 0)
		close(fd);
	mem_free(dir);
	return ok;
}

static bool put(int fd, const struct key *k, enum key_change change, const char *owner)
{
	static const char *const ends[] = { [KEY_CHANGE_NONE] = "", [KEY_CHANGE_NEW] = " new", [KEY_CHANGE_LOST] = " lost" };
	char seed[2 * KEY_SEED_BYTES + 1], public[KEY_HEX], line[LINE_MOST];
	struct stat st;
	hex_write(k->seed, KEY_SEED_BYTES, seed);
	hex_write(k->public, KEY_BYTES, public);
	int n = snprintf(line, sizeof line, HEAD "%s %s%s\n", seed, public, ends[change]);
	bool ok = !stat(owner, &st) && (st.st_uid == geteuid() || !fchown(fd, st.st_uid, st.st_gid)) &&
		  write_all(fd, line, (size_t)n) && !fsync(fd);
	explicit_bzero(seed, sizeof seed);
	explicit_bzero(line, sizeof line);
	return ok;
}

bool key_file_write(const char *path, const struct key *k, enum key_change change, const char *owner)
{
	char *beside = mem_printf("%s.tmp", path);
	unlink(beside);
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && put(fd, k, change, owner);
	int error = errno;
	if (fd >= 0)
		close(fd);
	if (ok) {
		ok = !rename(beside, path) && sync_directory_of(path);
		error = errno;
	}
	if (!ok)
		unlink(beside);
	mem_free(beside);
	errno = error;
	return ok;
}

/* The change's word goes: a plain key is written in its place, then the waiting one is taken away. */
bool key_file_promote(const char *state_dir)
{
	char *path = key_file_path(state_dir), *next = key_file_next(state_dir), *lost = mem_printf("%s.lost", path);
	struct key was, is;
	enum key_file old = key_file_read(path, &was, NULL), new = key_file_read(next, &is, NULL);
	bool keep = old > KEY_FILE_OPEN && old != KEY_FILE_NONE;
	bool ok = new <= KEY_FILE_OPEN && (!keep || !rename(path, lost)) &&
		  key_file_write(path, &is, KEY_CHANGE_NONE, state_dir) && !unlink(next);
	int error = errno;
	key_wipe(&was);
	key_wipe(&is);
	mem_free(path);
	mem_free(next);
	mem_free(lost);
	errno = error;
	return ok;
}
