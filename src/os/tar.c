#include "os/tar.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, PIECE = 1 << 16 };
#define SIZE_MOST INT64_C(077777777777) /* eleven octal digits */

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100], magic[6], version[2],
		user[32], group[32], major[8], minor[8], prefix[155], rest[12];
};
_Static_assert(sizeof(struct header) == BLOCK, "a header is one block");

static unsigned sum_of(const struct header *h)
{
	const unsigned char *p = (const unsigned char *)h;
	unsigned sum = 0;
	for (size_t i = 0; i < BLOCK; i++) {
		bool own = i >= offsetof(struct header, sum) && i < offsetof(struct header, type);
		sum += own ? ' ' : p[i];
	}
	return sum;
}

/* false: fewer bytes are there (errno 0), or it cannot be read. */
static bool read_all(int fd, void *bytes, size_t n)
{
	for (char *p = bytes; n;) {
		ssize_t got = read(fd, p, n);
		if (!got)
			errno = 0;
		if (!got || (got < 0 && errno != EINTR))
			return false;
		p += got > 0 ? got : 0;
		n -= got > 0 ? (size_t)got : 0;
	}
	return true;
}

static int64_t padding(int64_t bytes)
{
	return (BLOCK - bytes % BLOCK) % BLOCK;
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct tar_out {
	char *path, *temp;
	int fd;
};

static bool cannot_write(const struct tar_out *t, struct err *err)
{
	return err_set(err, _("%s cannot be written: %s — choose another place, for example a USB stick"), t->path,
		strerror(errno));
}

struct tar_out *tar_create(const char *path, struct err *err)
{
	struct tar_out *t = mem_new(struct tar_out);
	t->path = mem_dup(path);
	t->temp = mem_printf("%s.part", path);
	t->fd = -1;
	if (!access(path, F_OK))
		errno = EEXIST;
	else
		t->fd = open(t->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (t->fd < 0) {
		cannot_write(t, err);
		mem_free(t->path);
		mem_free(t->temp);
		mem_free(t);
		return NULL;
	}
	return t;
}

static bool add_header(struct tar_out *t, const char *name, int64_t bytes, struct err *err)
{
	struct header h = { .type = '0', .magic = "ustar", .version = { '0', '0' } };
	if (strlen(name) > TAR_NAME_MOST || bytes > SIZE_MOST)
		return err_set(err, _("\"%s\" is too large for an archive"), name);
	memcpy(h.name, name, strlen(name));
	snprintf(h.mode, sizeof h.mode, "%07o", 0640u);
	snprintf(h.uid, sizeof h.uid, "%07o", 0u);
	snprintf(h.gid, sizeof h.gid, "%07o", 0u);
	snprintf(h.size, sizeof h.size, "%011llo", (unsigned long long)bytes);
	snprintf(h.mtime, sizeof h.mtime, "%011o", 0u);
	snprintf(h.sum, sizeof h.sum, "%06o", sum_of(&h));
	h.sum[7] = ' ';
	return write_all(t->fd, &h, sizeof h) || cannot_write(t, err);
}

static bool pad(struct tar_out *t, int64_t bytes, struct err *err)
{
	static const char zeros[BLOCK];
	return write_all(t->fd, zeros, (size_t)padding(bytes)) || cannot_write(t, err);
}

static bool copy_in(struct tar_out *t, int from, const char *name, int64_t left, struct sha256 *sum, struct err *err)
{
	char piece[PIECE];
	while (left > 0) {
		size_t n = left < PIECE ? (size_t)left : PIECE;
		if (!read_all(from, piece, n))
			return err_set(err, _("%s cannot be read, or became shorter meanwhile — try again"), name);
		if (!write_all(t->fd, piece, n))
			return cannot_write(t, err);
		sha256_add(sum, piece, n);
		left -= (int64_t)n;
	}
	return true;
}

bool tar_add_file(
	struct tar_out *t, const char *name, const char *from, char hash[SHA256_HEX], int64_t *bytes, struct err *err)
{
	struct stat st;
	uint8_t digest[SHA256_BYTES];
	int fd = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return err_set(err, _("%s cannot be read: %s — try again"), from, strerror(fd < 0 ? errno : EINVAL));
	}
	struct sha256 *sum = sha256_new();
	bool ok = add_header(t, name, st.st_size, err) && copy_in(t, fd, from, st.st_size, sum, err) &&
		  pad(t, st.st_size, err);
	sha256_end(&sum, digest);
	sha256_hex(digest, hash);
	*bytes = st.st_size;
	close(fd);
	return ok;
}

bool tar_add_text(struct tar_out *t, const char *name, const char *text, size_t n, struct err *err)
{
	return add_header(t, name, (int64_t)n, err) && (write_all(t->fd, text, n) || cannot_write(t, err)) &&
	       pad(t, (int64_t)n, err);
}

void tar_abandon(struct tar_out **pt)
{
	struct tar_out *t = *pt;
	if (!t)
		return;
	close(t->fd);
	unlink(t->temp);
	mem_free(t->path);
	mem_free(t->temp);
	mem_free(t);
	*pt = NULL;
}

bool tar_finish(struct tar_out **pt, struct err *err)
{
	static const char end[2 * BLOCK];
	struct tar_out *t = *pt;
	bool ok = write_all(t->fd, end, sizeof end) && !fsync(t->fd) &&
		  !renameat2(AT_FDCWD, t->temp, AT_FDCWD, t->path, RENAME_NOREPLACE);
	/* A stick with FAT knows no such rename. */
	if (!ok && errno == EINVAL)
		ok = access(t->path, F_OK) && !rename(t->temp, t->path);
	if (!ok)
		cannot_write(t, err);
	tar_abandon(pt);
	return ok;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct tar_in {
	char *path;
	int fd;
	int64_t left; /* of the member, its padding not counted, */
	int64_t pad;  /* and that */
};

static bool damaged(const struct tar_in *t, struct err *err)
{
	return err_set(err, _("%s is no whole backup — it was cut short or changed on its way — copy it again"), t->path);
}

struct tar_in *tar_open(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		err_set(err, _("%s cannot be read: %s"), path, strerror(fd < 0 ? errno : EINVAL));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	struct tar_in *t = mem_new(struct tar_in);
	t->path = mem_dup(path);
	t->fd = fd;
	return t;
}

void tar_close(struct tar_in **pt)
{
	if (!*pt)
		return;
	close((*pt)->fd);
	mem_free((*pt)->path);
	mem_free(*pt);
	*pt = NULL;
}

/* -1: no number. */
static int64_t octal(const char *s, size_t n)
{
	int64_t value = 0;
	size_t i = 0;
	for (; i < n && s[i] >= '0' && s[i] <= '7'; i++)
		value = value * 8 + (s[i] - '0');
	return i && (i == n || s[i] == '\0' || s[i] == ' ') ? value : -1;
}

/* Relative, and every part of it a name. */
static bool leads_astray(const char *name)
{
	if (!*name || *name == '/')
		return true;
	for (const char *p = name; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL) {
		size_t n = strcspn(p, "/");
		if (!n || (n == 1 && *p == '.') || (n == 2 && !strncmp(p, "..", 2)))
			return true;
	}
	return false;
}

static bool is_zero(const struct header *h)
{
	const char *p = (const char *)h;
	for (size_t i = 0; i < BLOCK; i++)
		if (p[i])
			return false;
	return true;
}

static bool skip(struct tar_in *t)
{
	char piece[PIECE];
	for (int64_t left = t->left + t->pad; left > 0;) {
		size_t n = left < PIECE ? (size_t)left : PIECE;
		if (!read_all(t->fd, piece, n))
			return false;
		left -= (int64_t)n;
	}
	t->left = t->pad = 0;
	return true;
}

bool tar_next(struct tar_in *t, struct tar_entry *e, struct err *err)
{
	struct header h;
	if (!skip(t) || !read_all(t->fd, &h, sizeof h))
		return damaged(t, err);
	if (is_zero(&h))
		return false;
	if (octal(h.sum, sizeof h.sum) != (int64_t)sum_of(&h) || memcmp(h.magic, "ustar", 6) != 0)
		return damaged(t, err);
	memcpy(e->name, h.name, sizeof h.name);
	e->name[sizeof h.name] = '\0';
	e->bytes = octal(h.size, sizeof h.size);
	if (h.type != '0' || *h.prefix || e->bytes < 0 || leads_astray(e->name))
		return err_set(err, _("%s holds what no backup of loaxa holds — nothing was restored"), t->path);
	t->left = e->bytes;
	t->pad = padding(e->bytes);
	return true;
}

bool tar_read(struct tar_in *t, int to, char hash[SHA256_HEX], struct err *err)
{
	char piece[PIECE];
	uint8_t digest[SHA256_BYTES];
	struct sha256 *sum = sha256_new();
	bool ok = true;
	while (ok && t->left > 0) {
		size_t n = t->left < PIECE ? (size_t)t->left : PIECE;
		ok = read_all(t->fd, piece, n) || damaged(t, err);
		if (ok && to >= 0 && !write_all(to, piece, n))
			ok = err_set(err, _("there is no room for all of the backup: %s"), strerror(errno));
		sha256_add(sum, piece, ok ? n : 0);
		t->left -= (int64_t)n;
	}
	sha256_end(&sum, digest);
	sha256_hex(digest, hash);
	return ok;
}

char *tar_read_text(struct tar_in *t, size_t most, struct err *err)
{
	size_t n = t->left <= (int64_t)most ? (size_t)t->left : 0;
	char *text = mem_zero(n + 1);
	if ((int64_t)n == t->left && read_all(t->fd, text, n)) {
		t->left = 0;
		return text;
	}
	mem_free(text);
	damaged(t, err);
	return NULL;
}
