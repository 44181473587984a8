#include "cli/import-place.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DEPTH_MOST = 3, ENTRIES_MOST = 20000, NO_REPLACE = 1 };

struct import_place {
	int dir;
	unsigned made;
};

struct import_place *import_place_open(const char *audio_dir)
{
	int fd = open(audio_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	struct import_place *p = mem_new(struct import_place);
	p->dir = fd;
	return p;
}

void import_place_close(struct import_place **p)
{
	if (!*p)
		return;
	close((*p)->dir);
	mem_free(*p);
	*p = NULL;
}

int import_place_temp(struct import_place *p, char **temp)
{
	*temp = NULL;
	int fd = openat(p->dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0664);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	*temp = mem_printf(".loaxa-import-%d-%u", (int)getpid(), p->made++);
	fd = openat(p->dir, *temp, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0664);
	if (fd < 0) {
		mem_free(*temp);
		*temp = NULL;
	}
	return fd;
}

bool import_place_show(struct import_place *p, int fd, const char *temp, const char *name)
{
	char link[64];
	if (fsync(fd))
		return false;
	if (temp)
		return !syscall(SYS_renameat2, p->dir, temp, p->dir, name, NO_REPLACE);
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	return !linkat(AT_FDCWD, link, p->dir, name, AT_SYMLINK_FOLLOW);
}

void import_place_drop(struct import_place *p, const char *name)
{
	unlinkat(p->dir, name, 0);
}

bool import_place_sync(struct import_place *p)
{
	return !fsync(p->dir);
}

bool import_place_taken(struct import_place *p, const char *name)
{
	struct stat st;
	return !fstatat(p->dir, name, &st, AT_SYMLINK_NOFOLLOW) || errno != ENOENT;
}

bool import_place_holds(struct import_place *p, const char *name, const char *text)
{
	struct stat st;
	size_t n = strlen(text);
	int fd = openat(p->dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool may = fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size == (off_t)n;
	char *there = may ? mem_zero(n + 1) : NULL;
	may = may && pread(fd, there, n, 0) == (ssize_t)n && !memcmp(there, text, n);
	mem_free(there);
	if (fd >= 0)
		close(fd);
	return may;
}

static bool hash_is(int fd, const char *want)
{
	enum { CHUNK = 1 << 16 };
	char *buf = mem_zero(CHUNK), hex[SHA256_HEX];
	uint8_t hash[SHA256_BYTES];
	struct sha256 *sum = sha256_new();
	ssize_t n;
	while ((n = read(fd, buf, CHUNK)) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			sha256_add(sum, buf, (size_t)n);
	sha256_end(&sum, hash);
	sha256_hex(hash, hex);
	mem_free(buf);
	return n == 0 && !strcmp(hex, want);
}

struct search {
	const struct import_place_content *want;
	int n, left; /* entries that may still be looked at */
};

static bool matches(struct search *s, int dir, const char *name, const struct stat *st)
{
	bool same = false;
	for (int i = 0; i < s->n && !same; i++) {
		if (st->st_size != s->want[i].bytes)
			continue;
		int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
		same = fd >= 0 && hash_is(fd, s->want[i].sha256);
		if (fd >= 0)
			close(fd);
	}
	return same;
}

static char *find(struct search *s, int parent, const char *name, const char *path, int depth)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	char *found = NULL;
	if (!d && fd >= 0)
		close(fd);
	for (struct dirent *e; d && !found && s->left && (e = readdir(d));) {
		struct stat st;
		s->left--;
		if (e->d_name[0] == '.' || fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW))
			continue;
		char *below = mem_printf("%s%s", path, e->d_name);
		if (S_ISREG(st.st_mode) && matches(s, fd, e->d_name, &st)) {
			found = below;
			break;
		}
		if (S_ISDIR(st.st_mode) && depth < DEPTH_MOST) {
			char *deeper = mem_printf("%s/", below);
			found = find(s, fd, e->d_name, deeper, depth + 1);
			mem_free(deeper);
		}
		mem_free(below);
	}
	if (d)
		closedir(d);
	return found;
}

char *import_place_same(struct import_place *p, const struct import_place_content *want, int n)
{
	struct search s = { want, n, ENTRIES_MOST };
	return find(&s, p->dir, ".", "", 1);
}
