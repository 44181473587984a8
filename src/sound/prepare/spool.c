#include "sound/prepare/spool.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct spool {
	int fd;
	beat *beat;
	int64_t length;
};

static int nameless(const char *dir)
{
	return dir && *dir ? open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600) : -1;
}

struct spool *spool_new(const char *dir, beat *counter)
{
	int fd = nameless(dir);
	if (fd < 0)
		fd = nameless(getenv("TMPDIR"));
	if (fd < 0)
		fd = nameless("/tmp");
	if (fd < 0)
		fd = memfd_create("loaxa-spool", MFD_CLOEXEC);
	if (fd < 0)
		return NULL;
	struct spool *s = mem_new(struct spool);
	s->fd = fd;
	s->beat = counter;
	return s;
}

void spool_free(struct spool **s)
{
	if (!*s)
		return;
	close((*s)->fd);
	mem_free(*s);
	*s = NULL;
}

void spool_empty(struct spool *s)
{
	s->length = 0;
}

int64_t spool_length(const struct spool *s)
{
	return s->length;
}

bool spool_write(struct spool *s, int64_t first, const float *in, int64_t n)
{
	const char *p = (const char *)in;
	size_t left = (size_t)n * sizeof *in;
	beat_count(s->beat);
	off_t at = (off_t)(first * (int64_t)sizeof *in);
	while (left) {
		ssize_t put = pwrite(s->fd, p, left, at);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		p += put;
		at += put;
		left -= (size_t)put;
	}
	s->length = first + n > s->length ? first + n : s->length;
	return true;
}

bool spool_add(struct spool *s, const float *in, int64_t n)
{
	return spool_write(s, s->length, in, n);
}

int64_t spool_read(const struct spool *s, int64_t at, float *out, int64_t n)
{
	n = n < s->length - at ? n : s->length - at;
	size_t want = n > 0 ? (size_t)n * sizeof *out : 0, got = 0;
	beat_count(s->beat);
	while (got < want) {
		ssize_t more = pread(
			s->fd, (char *)out + got, want - got, (off_t)(at * (int64_t)sizeof *out) + (off_t)got);
		if (more < 0 && errno == EINTR)
			continue;
		if (more <= 0)
			return -1;
		got += (size_t)more;
	}
	return (int64_t)(got / sizeof *out);
}
