#include "sound/store.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/store-inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void make_path(const char *dir)
{
	char *path = mem_dup(dir);
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(path, 0755);
		*p = '/';
	}
	mkdir(path, 0755);
	mem_free(path);
}

struct store *store_open(const char *dir, bool write)
{
	struct store *s = mem_new(struct store);
	s->dir = mem_dup(dir);
	if (write && *dir)
		make_path(dir);
	s->fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	s->write = write && s->fd >= 0 && !faccessat(s->fd, ".", W_OK | X_OK, AT_EACCESS);
	return s;
}

void store_free(struct store **s)
{
	if (!*s)
		return;
	if ((*s)->fd >= 0)
		close((*s)->fd);
	vec_free(&(*s)->uses);
	mem_free((*s)->dir);
	mem_free(*s);
	*s = NULL;
}

bool store_writable(const struct store *s)
{
	return s->write;
}

const char *store_dir(const struct store *s)
{
	return s->dir;
}

void store_name(char out[STORE_NAME_BYTES], const char *sha256, struct store_form form, const char *suffix)
{
	char text[STORE_FORM_BYTES];
	store_form_write(form, text);
	if (form.rate)
		snprintf(out, STORE_NAME_BYTES, "%.2s/%s-%s-v%d.%s", sha256, sha256, text, STORE_RECIPE, suffix);
	else
		snprintf(out, STORE_NAME_BYTES, "%.2s/%s-v%d.%s", sha256, sha256, STORE_RECIPE, suffix);
}

long store_read(const struct store *s, const char *name, char *buf, size_t cap, int64_t *age_s)
{
	int fd = s->fd < 0 ? -1 : openat(s->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;
	long n = -1;
	if (fd < 0)
		return -1;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size < (off_t)cap)
		n = read(fd, buf, cap);
	if (n >= 0 && n != st.st_size)
		n = -1;
	if (age_s)
		*age_s = (int64_t)time(NULL) - st.st_mtim.tv_sec;
	close(fd);
	return n;
}

bool store_facts(struct store *s, const char *sha256, struct store_form form, struct store_facts *f)
{
	char name[STORE_NAME_BYTES], text[STORE_FACTS_BYTES], source[SHA256_HEX];
	struct stat st;
	if (!store_is_hash(sha256))
		return false;
	store_name(name, sha256, form, "facts");
	long n = store_read(s, name, text, sizeof text, NULL);
	if (n < 0 || !store_facts_read(text, (size_t)n, source, f) || strcmp(source, sha256) ||
		!store_form_same(f->form, form))
		return false;
	store_name(name, sha256, form, "pcm");
	return !fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW) && S_ISREG(st.st_mode) && st.st_size == f->frames * 2;
}

char *store_pcm_path(struct store *s, const char *sha256, struct store_form form)
{
	char name[STORE_NAME_BYTES];
	store_name(name, sha256, form, "pcm");
	return mem_printf("%s/%s", s->dir, name);
}

bool store_pcm_verify(const char *path, const struct store_facts *f)
{
	enum { CHUNK = 1 << 16 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	char *buf = mem_zero(CHUNK), hex[SHA256_HEX];
	uint8_t hash[SHA256_BYTES];
	struct sha256 *sum = sha256_new();
	int64_t total = 0;
	ssize_t n;
	while ((n = read(fd, buf, CHUNK)) > 0) {
		sha256_add(sum, buf, (size_t)n);
		total += n;
	}
	sha256_end(&sum, hash);
	sha256_hex(hash, hex);
	mem_free(buf);
	close(fd);
	return n == 0 && total == f->frames * 2 && !strcmp(hex, f->pcm_sha256);
}

int store_temp(struct store *s, char **path)
{
	*path = NULL;
	if (!s->write) {
		errno = EROFS;
		return -1;
	}
	*path = mem_printf("%s/tmp-XXXXXX", s->dir);
	int fd = mkostemp(*path, O_CLOEXEC);
	if (fd >= 0)
		return fd;
	mem_free(*path);
	*path = NULL;
	return -1;
}

bool store_shelf(struct store *s, const char *sha256)
{
	char shelf[3] = { sha256[0], sha256[1], '\0' };
	return s->write && (!mkdirat(s->fd, shelf, 0755) || errno == EEXIST);
}

/* Makes a finished file appear under its name: what it holds is on the disk before its name is. */
static bool settle(struct store *s, int fd, const char *temp, const char *name)
{
	if (fchmod(fd, 0644) || fsync(fd) || renameat(AT_FDCWD, temp, s->fd, name)) {
		int why = errno;
		unlink(temp);
		errno = why;
		return false;
	}
	return true;
}

bool store_write(struct store *s, const char *name, const char *text, size_t bytes)
{
	char *temp;
	int fd = store_temp(s, &temp);
	if (fd < 0)
		return false;
	bool done = write(fd, text, bytes) == (ssize_t)bytes && settle(s, fd, temp, name);
	if (!done)
		unlink(temp);
	close(fd);
	mem_free(temp);
	return done;
}

/* The names themselves must survive a power cut too. */
static void sync_shelf(const struct store *s, const char *sha256)
{
	char shelf[3] = { sha256[0], sha256[1], '\0' };
	int fd = openat(s->fd, shelf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

bool store_keep(
	struct store *s, const char *sha256, const struct store_facts *f, int fd, const char *temp, struct err *err)
{
	char name[STORE_NAME_BYTES], text[STORE_FACTS_BYTES];
	size_t n = store_facts_write(f, sha256, text);
	if (!store_is_hash(sha256) || !n) {
		unlink(temp);
		return err_set(err, "%s", strerror(EINVAL));
	}
	store_name(name, sha256, f->form, "pcm");
	if (!store_shelf(s, sha256) || !settle(s, fd, temp, name))
		goto failed;
	store_name(name, sha256, f->form, "facts");
	if (!store_write(s, name, text, n))
		goto failed;
	sync_shelf(s, sha256);
	return true;
failed:
	err_set(err,
		_("prepared sound cannot be kept in %s (%s) — make room there, or name another folder with --store"),
		s->dir, strerror(errno));
	unlink(temp);
	return false;
}
