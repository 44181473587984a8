#include "sound/prepare/bytes.h"

#include "base/mem.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes *bytes_new(int fd, beat *counter)
{
	struct stat st;
	if (fstat(fd, &st))
		return NULL;
	struct bytes *b = mem_new(struct bytes);
	b->fd = fd;
	b->beat = counter;
	b->size = st.st_size;
	return b;
}

static void fill(struct bytes *b, int64_t at)
{
	b->at = at;
	b->n = 0;
	beat_count(b->beat);
	while (b->n < BYTES_WINDOW) {
		ssize_t n = pread(b->fd, b->window + b->n, BYTES_WINDOW - b->n, at + (int64_t)b->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		b->n += (size_t)n;
	}
}

const uint8_t *bytes_at(struct bytes *b, int64_t at, size_t n)
{
	if (at < 0 || n > BYTES_WINDOW || at > b->size || (int64_t)n > b->size - at)
		return NULL;
	if (at < b->at || at + (int64_t)n > b->at + (int64_t)b->n)
		fill(b, at);
	return n <= b->n ? b->window + (at - b->at) : NULL;
}
