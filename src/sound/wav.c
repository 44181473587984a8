#include "sound/wav.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RIFF_MAX INT64_C(0xFFFFFFFF)

struct wav {
	char *path;
	int fd, rate, channels;
	int64_t frames;
	bool holes; /* a regular file: silence by seeking */
	int failed; /* errno of the first failure */
};

static uint8_t *put_text(uint8_t *p, const char *four)
{
	memcpy(p, four, 4);
	return p + 4;
}

static uint8_t *put_number(uint8_t *p, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		*p++ = (uint8_t)(v >> (8 * i));
	return p;
}

/* RIFF and RF64 headers have one length: where RF64 has its ds64 chunk, RIFF has one that readers pass over. */
void wav_header(uint8_t out[WAV_HEADER_BYTES], int rate, int channels, int64_t frames)
{
	uint64_t data = (uint64_t)frames * (uint64_t)channels * 2, riff = data + WAV_HEADER_BYTES - 8;
	bool large = riff > RIFF_MAX;
	uint8_t *p = put_text(out, large ? "RF64" : "RIFF");
	p = put_number(p, large ? RIFF_MAX : riff, 4);
	p = put_text(p, "WAVE");
	p = put_text(p, large ? "ds64" : "JUNK");
	p = put_number(p, 28, 4);
	p = put_number(p, large ? riff : 0, 8);
	p = put_number(p, large ? data : 0, 8);
	p = put_number(p, large ? (uint64_t)frames : 0, 8);
	p = put_number(p, 0, 4);
	p = put_text(p, "fmt ");
	p = put_number(p, 16, 4);
	p = put_number(p, 1, 2);
	p = put_number(p, (uint64_t)channels, 2);
	p = put_number(p, (uint64_t)rate, 4);
	p = put_number(p, (uint64_t)rate * (uint64_t)channels * 2, 4);
	p = put_number(p, (uint64_t)channels * 2, 2);
	p = put_number(p, 16, 2);
	p = put_text(p, "data");
	put_number(p, large ? RIFF_MAX : data, 4);
}

static bool write_all(struct wav *w, const void *data, size_t bytes)
{
	for (const char *p = data; bytes && !w->failed;) {
		ssize_t n = write(w->fd, p, bytes);
		if (n < 0 && errno != EINTR)
			w->failed = errno;
		if (n > 0) {
			p += n;
			bytes -= (size_t)n;
		}
	}
	return !w->failed;
}

struct wav *wav_create(const char *path, int rate, int channels, struct err *err)
{
	struct stat st;
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0) {
		err_set(err, _("cannot write \"%s\" — %s — choose another place"), path, strerror(errno));
		return NULL;
	}
	struct wav *w = mem_new(struct wav);
	w->path = mem_dup(path);
	w->fd = fd;
	w->rate = rate;
	w->channels = channels;
	w->holes = !fstat(fd, &st) && S_ISREG(st.st_mode);
	uint8_t header[WAV_HEADER_BYTES];
	wav_header(header, rate, channels, 0);
	write_all(w, header, sizeof header);
	return w;
}

bool wav_write(struct wav *w, const int16_t *interleaved, size_t frames)
{
	w->frames += (int64_t)frames;
	return write_all(w, interleaved, frames * (size_t)w->channels * sizeof *interleaved);
}

static bool write_zeros(struct wav *w, int64_t frames)
{
	static const int16_t zeros[4096];
	for (int64_t left = frames * w->channels; left > 0 && !w->failed;) {
		int64_t n = left < 4096 ? left : 4096;
		write_all(w, zeros, (size_t)n * sizeof *zeros);
		left -= n;
	}
	return !w->failed;
}

bool wav_silence(struct wav *w, int64_t frames)
{
	w->frames += frames;
	if (!w->holes)
		return write_zeros(w, frames);
	if (!w->failed && lseek(w->fd, (off_t)(frames * w->channels * 2), SEEK_CUR) < 0)
		w->failed = errno;
	return !w->failed;
}

int64_t wav_frames(const struct wav *w)
{
	return w->frames;
}

bool wav_mark(struct wav *w)
{
	uint8_t header[WAV_HEADER_BYTES];
	if (!w->holes || w->failed)
		return !w->failed;
	wav_header(header, w->rate, w->channels, w->frames);
	if (ftruncate(w->fd, (off_t)(WAV_HEADER_BYTES + w->frames * w->channels * 2)) < 0 ||
		pwrite(w->fd, header, sizeof header, 0) != (ssize_t)sizeof header)
		w->failed = errno;
	return !w->failed;
}

bool wav_finish(struct wav **wp, struct err *err)
{
	struct wav *w = *wp;
	if (!w)
		return true;
	wav_mark(w);
	if (close(w->fd) < 0 && !w->failed)
		w->failed = errno;
	bool good = !w->failed;
	if (!good)
		err_set(err, _("\"%s\" is not whole — %s — make room and render again"), w->path, strerror(w->failed));
	mem_free(w->path);
	mem_free(w);
	*wp = NULL;
	return good;
}
