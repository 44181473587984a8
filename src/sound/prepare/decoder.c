#include "sound/prepare/decoder.h"

#include "base/mem.h"
#include "sound/prepare/bytes.h"
#include "sound/prepare/codec.h"
#include "sound/prepare/ffmpeg.h"
#include "sound/prepare/length.h"

#include <errno.h>
#include <math.h>

enum { CHUNK = 4096 };
#define ABSURD_FRAMES (INT64_C(1) << 48) /* a header may promise anything; nothing that long is ever decoded */

struct decoder {
	struct length length;
	struct codec *codec; /* or: */
	struct ffmpeg *ffmpeg;
	int rate, channels;
};

static bool refuse(struct why_facts *why, enum why code, int64_t a)
{
	*why = (struct why_facts){ code, a, 0 };
	return false;
}

static bool open_foreign(struct decoder *s, int fd, struct why_facts *why)
{
	s->ffmpeg = ffmpeg_open(fd);
	if (!s->ffmpeg)
		return refuse(why, errno == ENOENT ? WHY_NEEDS_FFMPEG : WHY_CRASHED, 0);
	if (ffmpeg_stuck(s->ffmpeg))
		return refuse(why, WHY_CRASHED, 0);
	s->channels = ffmpeg_channels(s->ffmpeg);
	s->rate = ffmpeg_rate(s->ffmpeg);
	return s->channels > 0 || refuse(why, WHY_NOT_SOUND, 0);
}

static bool open_decoder(struct decoder *s, int fd, struct why_facts *why)
{
	if (s->length.kind == CONTAINER_FOREIGN)
		return open_foreign(s, fd, why);
	s->codec = codec_open(fd, &s->length);
	/* Ogg FLAC of some writers, WAV with odd codecs: ffmpeg knows more of them */
	if (!s->codec)
		return s->length.kind == CONTAINER_FLAC ? refuse(why, WHY_NOT_SOUND, 0) : open_foreign(s, fd, why);
	s->channels = codec_channels(s->codec);
	s->rate = codec_rate(s->codec);
	return true;
}

struct decoder *decoder_open(int fd, beat *counter, struct why_facts *why)
{
	struct decoder *s = mem_new(struct decoder);
	struct bytes *b = bytes_new(fd, counter);
	bool fine = b || refuse(why, WHY_UNREADABLE, errno);
	fine = fine && (b->size > 0 || refuse(why, WHY_EMPTY, 0));
	fine = fine && length_of(b, &s->length, why);
	fine = fine && (s->length.kind != CONTAINER_UNKNOWN || refuse(why, WHY_NOT_SOUND, 0));
	fine = fine && open_decoder(s, fd, why);
	fine = fine && (s->channels <= 2 || refuse(why, WHY_CHANNELS, s->channels));
	fine = fine && ((s->rate >= DECODER_RATE_MIN && s->rate <= DECODER_RATE_MAX) || refuse(why, WHY_RATE, s->rate));
	mem_free(b);
	if (!fine)
		decoder_free(&s);
	return s;
}

void decoder_free(struct decoder **s)
{
	if (!*s)
		return;
	codec_close(&(*s)->codec);
	ffmpeg_free(&(*s)->ffmpeg);
	mem_free(*s);
	*s = NULL;
}

pid_t decoder_helper(const struct decoder *s)
{
	return s->ffmpeg ? ffmpeg_process(s->ffmpeg) : 0;
}

int decoder_rate(const struct decoder *s)
{
	return s->rate;
}

int decoder_channels(const struct decoder *s)
{
	return s->channels;
}

enum look_kind decoder_kind(const struct decoder *s)
{
	if (s->ffmpeg)
		return LOOK_OTHER;
	switch (s->length.kind) {
	case CONTAINER_WAV:
		return LOOK_WAV;
	case CONTAINER_FLAC:
		return LOOK_FLAC;
	case CONTAINER_OGG:
		return s->length.opus ? LOOK_OPUS : LOOK_OGG;
	case CONTAINER_MP3:
		return LOOK_MP3;
	default:
		return LOOK_OTHER;
	}
}

/* Files of floats may hold anything; what is no number is silence, what is absurd is cut. */
static float sane(float x)
{
	if (!isfinite(x))
		return 0;
	return x > 8 ? 8 : x < -8 ? -8 : x;
}

static void mix(float *samples, int64_t frames, int channels)
{
	for (int64_t i = 0; i < frames; i++)
		samples[i] = channels == 1 ? sane(samples[i])
					   : 0.5f * (sane(samples[2 * i]) + sane(samples[2 * i + 1]));
}

static int64_t read_some(struct decoder *s, float *out)
{
	int64_t n = s->codec ? codec_read(s->codec, out, CHUNK) : ffmpeg_read(s->ffmpeg, out, CHUNK);
	mix(out, n, s->channels);
	return n;
}

static bool decode_all(struct decoder *s, struct spool *tape, struct why_facts *why)
{
	float *buf = mem_new_n(float, CHUNK * 2);
	int64_t most = (int64_t)DECODER_SECONDS_MAX * s->rate, n;
	bool fine = true;
	while (fine && (n = read_some(s, buf)) > 0) {
		if (spool_length(tape) + n > most)
			fine = refuse(why, WHY_TOO_LONG, DECODER_SECONDS_MAX);
		else if (!spool_add(tape, buf, n))
			fine = refuse(why, WHY_NO_ROOM, errno);
	}
	mem_free(buf);
	return fine;
}

/* What a whole decoding gives, in frames of our rate; -1 = nobody knows. */
static int64_t promised(const struct decoder *s)
{
	if (s->length.frames >= 0 && s->length.rate > 0) {
		double frames = (double)s->length.frames * s->rate / s->length.rate + 0.5;
		return frames < ABSURD_FRAMES ? (int64_t)frames : ABSURD_FRAMES;
	}
	return s->codec ? codec_said(s->codec) : -1;
}

static int64_t slack(const struct decoder *s)
{
	return s->length.rate > 0 ? s->length.slack * s->rate / s->length.rate + (s->length.rate != s->rate) : 0;
}

bool decoder_decode(struct decoder *s, struct spool *tape, struct why_facts *why)
{
	if (!decode_all(s, tape, why))
		return false;
	if (s->ffmpeg && ffmpeg_stuck(s->ffmpeg))
		return refuse(why, WHY_CRASHED, 0);
	int64_t got = spool_length(tape), whole = promised(s);
	bool clean = s->codec ? codec_matches(s->codec) : ffmpeg_clean(s->ffmpeg);
	if (got == 0 && whole <= 0)
		return refuse(why, WHY_NO_FRAMES, 0);
	if (s->length.tail_missing && got < whole)
		return length_cut(why, got, whole, s->rate);
	/* the walk over the container found it whole, so a decoder that stops early met damage */
	if (whole >= 0 && got < whole - slack(s))
		return length_damaged(why, got, s->rate);
	if (!clean || (whole >= 0 && got > whole + slack(s)))
		return length_damaged(why, 0, 0);
	return true;
}
