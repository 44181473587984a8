#include "sound/prepare/codec.h"

#include "base/mem.h"
#include "sound/prepare/md5.h"

#include <errno.h>
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK_SAMPLES = 8192 };

struct codec {
	SNDFILE *file;
	SF_INFO info;
	int fd;
	int64_t at; /* position in the virtual file */
	struct length length;
	struct md5 md5;
	int ints[CHUNK_SAMPLES];
};

/* The virtual file: the prefix, then the bytes from start to end. */
static sf_count_t virtual_size(void *self)
{
	struct codec *c = self;
	return (sf_count_t)c->length.prefix_bytes + c->length.end - c->length.start;
}

static sf_count_t virtual_seek(sf_count_t offset, int whence, void *self)
{
	struct codec *c = self;
	int64_t to = offset + (whence == SEEK_CUR ? c->at : whence == SEEK_END ? virtual_size(c) : 0);
	if (to < 0)
		return -1;
	return c->at = to;
}

static sf_count_t virtual_read(void *out, sf_count_t bytes, void *self)
{
	struct codec *c = self;
	int64_t prefix = (int64_t)c->length.prefix_bytes, left = virtual_size(c) - c->at, done = 0;
	bytes = bytes > left ? left : bytes;
	while (done < bytes) {
		int64_t want = bytes - done, got;
		if (c->at < prefix) {
			got = want < prefix - c->at ? want : prefix - c->at;
			memcpy((char *)out + done, c->length.prefix + c->at, (size_t)got);
		} else {
			got = pread(c->fd, (char *)out + done, (size_t)want, c->length.start + c->at - prefix);
			if (got < 0 && errno == EINTR)
				continue;
			if (got <= 0)
				break;
		}
		c->at += got;
		done += got;
	}
	return done;
}

static sf_count_t virtual_tell(void *self)
{
	return ((struct codec *)self)->at;
}

struct codec *codec_open(int fd, const struct length *l)
{
	SF_VIRTUAL_IO io = { virtual_size, virtual_seek, virtual_read, NULL, virtual_tell };
	struct codec *c = mem_new(struct codec);
	c->fd = fd;
	c->length = *l;
	md5_begin(&c->md5);
	c->file = sf_open_virtual(&io, SFM_READ, &c->info, c);
	if (!c->file || c->info.channels < 1 || c->info.samplerate < 1) {
		codec_close(&c);
		return NULL;
	}
	/* libsndfile would decode Opus at the rate the encoder was given, and lose what lies above */
	int whole = 48000;
	if (l->opus && sf_command(c->file, SFC_SET_ORIGINAL_SAMPLERATE, &whole, sizeof whole) == SF_TRUE)
		c->info.samplerate = whole;
	return c;
}

struct codec *codec_create_flac(int fd, int rate, int channels)
{
	struct codec *c = mem_new(struct codec);
	double fastest = 0;
	c->fd = -1;
	c->info = (SF_INFO){ .samplerate = rate, .channels = channels, .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16 };
	c->file = sf_open_fd(fd, SFM_WRITE, &c->info, SF_FALSE);
	if (c->file)
		sf_command(c->file, SFC_SET_COMPRESSION_LEVEL, &fastest, sizeof fastest);
	else
		codec_close(&c);
	return c;
}

bool codec_close(struct codec **c)
{
	bool fine = true;
	if (!*c)
		return true;
	if ((*c)->file)
		fine = sf_close((*c)->file) == 0;
	mem_free(*c);
	*c = NULL;
	return fine;
}

int codec_channels(const struct codec *c)
{
	return c->info.channels;
}

int codec_rate(const struct codec *c)
{
	return c->info.samplerate;
}

int64_t codec_said(const struct codec *c)
{
	bool knows = c->length.kind == CONTAINER_WAV || c->length.kind == CONTAINER_FLAC;
	return knows && c->info.frames < INT64_C(1) << 40 ? c->info.frames : -1;
}

/* FLAC's checksum is over the samples as little-endian integers of the file's own width. */
static void add_to_md5(struct codec *c, const int *in, int64_t samples)
{
	uint8_t out[CHUNK_SAMPLES * 4];
	int width = (c->length.bits + 7) / 8;
	size_t n = 0;
	for (int64_t i = 0; i < samples; i++) {
		uint32_t v = (uint32_t)(in[i] >> (32 - c->length.bits));
		for (int k = 0; k < width; k++)
			out[n++] = (uint8_t)(v >> (8 * k));
	}
	md5_add(&c->md5, out, n);
}

static int64_t read_checked(struct codec *c, float *out, int64_t frames)
{
	int64_t channels = c->info.channels, done = 0;
	while (done < frames) {
		int64_t want = frames - done, most = CHUNK_SAMPLES / channels;
		int64_t got = sf_readf_int(c->file, c->ints, want < most ? want : most);
		if (got <= 0)
			break;
		add_to_md5(c, c->ints, got * channels);
		for (int64_t i = 0; i < got * channels; i++)
			out[done * channels + i] = (float)c->ints[i] * 0x1p-31f;
		done += got;
	}
	return done;
}

int64_t codec_read(struct codec *c, float *out, int64_t frames)
{
	if (c->length.has_md5)
		return read_checked(c, out, frames);
	return sf_readf_float(c->file, out, frames);
}

bool codec_matches(struct codec *c)
{
	uint8_t sum[16];
	if (!c->length.has_md5)
		return true;
	md5_end(&c->md5, sum);
	return !memcmp(sum, c->length.md5, sizeof sum);
}

bool codec_write(struct codec *c, const int16_t *in, int64_t frames)
{
	return sf_writef_short(c->file, in, frames) == frames;
}
