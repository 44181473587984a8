#include "sound/prepare/encode.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/prepare/codec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 1 << 17 }; /* bytes; a pipe's worth and more */

/* Bytes until buf is full or the input ends; -1 with errno. */
static ssize_t fill(int in, char *buf, size_t cap)
{
	size_t n = 0;
	while (n < cap) {
		ssize_t more = read(in, buf + n, cap - n);
		if (more < 0 && errno == EINTR)
			continue;
		if (more < 0)
			return -1;
		if (more == 0)
			break;
		n += (size_t)more;
	}
	return (ssize_t)n;
}

/* False also when there was nothing at all: FLAC's library then leaves a file that is none. */
static bool copy(int in, struct codec *c, int channels)
{
	size_t frame = 2 * (size_t)channels, cap = CHUNK / frame * frame;
	int16_t *buf = mem_resize(NULL, cap, 1);
	ssize_t n;
	bool fine = true, any = false;
	errno = 0;
	while (fine && (n = fill(in, (char *)buf, cap)) > 0) {
		fine = codec_write(c, buf, n / (ssize_t)frame);
		any = true;
	}
	mem_free(buf);
	if (fine && n == 0 && !any)
		errno = ENODATA;
	return fine && n == 0 && any;
}

bool encode_flac(int in, const char *out, int rate, int channels, struct err *err)
{
	char *part = mem_printf("%s.part", out);
	int fd = open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	struct codec *c = fd < 0 ? NULL : codec_create_flac(fd, rate, channels);
	bool fine = c && copy(in, c, channels);
	fine = codec_close(&c) && fine;
	fine = fine && rename(part, out) == 0;
	if (!fine) {
		int why = errno ? errno : EIO;
		if (fd >= 0)
			unlink(part);
		err_set(err, _("%s cannot be written (%s) — make room there or name another file"), out, strerror(why));
	}
	if (fd >= 0)
		close(fd);
	mem_free(part);
	return fine;
}
