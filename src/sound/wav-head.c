#include "sound/wav-head.h"

#include <string.h>

#define FORMAT_PCM 1
#define FORMAT_EXTENSIBLE 0xFFFE
/* What sox, arecord and ffmpeg write for "no end": all of it, or as much as a signed number holds. */
#define ENDLESS 0x7FFF0000u

static uint32_t number(const uint8_t *p, int bytes)
{
	uint32_t v = 0;
	for (int i = bytes; i > 0; i--)
		v = v << 8 | p[i - 1];
	return v;
}

static void read_format(const uint8_t *p, uint32_t size, struct wav_head *h)
{
	uint32_t format = number(p, 2);
	if (format == FORMAT_EXTENSIBLE && size >= 26)
		format = number(p + 24, 2);
	h->pcm = format == FORMAT_PCM;
	h->channels = (int)number(p + 2, 2);
	h->rate = (int)(number(p + 4, 4) & INT32_MAX);
	h->bits = (int)number(p + 14, 2);
}

enum wav_head_result wav_head_read(const uint8_t *data, size_t n, struct wav_head *h)
{
	size_t known = n < 4 ? n : 4, form = n < 12 ? n : 12;
	*h = (struct wav_head){ .bytes = -1 };
	if (memcmp(data, "RIFF", known) && memcmp(data, "RF64", known))
		return WAV_HEAD_NONE;
	if (form > 8 && memcmp(data + 8, "WAVE", form - 8))
		return WAV_HEAD_NONE;
	for (size_t at = 12; at + 8 <= n;) {
		uint32_t size = number(data + at + 4, 4);
		const uint8_t *body = data + at + 8;
		size_t left = n - at - 8;
		if (!memcmp(data + at, "data", 4)) {
			h->begins = at + 8;
			h->bytes = size && size < ENDLESS ? (int64_t)size : -1;
			return h->rate ? WAV_HEAD_READ : WAV_HEAD_NONE;
		}
		if (!memcmp(data + at, "fmt ", 4) && left >= size && size >= 16)
			read_format(body, size, h);
		if (size > WAV_HEAD_BYTES)
			return WAV_HEAD_NONE;
		at += 8 + size + (size & 1);
	}
	return n < WAV_HEAD_BYTES ? WAV_HEAD_MORE : WAV_HEAD_NONE;
}
