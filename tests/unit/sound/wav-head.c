/* The head of WAV streams as programs really write them. */
#include "sound/wav-head.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>

static uint8_t *put(uint8_t *p, const char *four, uint32_t n)
{
	memcpy(p, four, 4);
	for (int i = 0; i < 4; i++)
		p[4 + i] = (uint8_t)(n >> (8 * i));
	return p + 8;
}

static uint8_t *format(uint8_t *p, uint32_t size, int tag, int channels, int rate, int bits)
{
	p = put(p, "fmt ", size);
	memset(p, 0, size);
	uint32_t fields[] = { (uint32_t)(tag | channels << 16), (uint32_t)rate, 0, (uint32_t)bits << 16 };
	for (size_t i = 0; i < 16; i++)
		p[i] = (uint8_t)(fields[i / 4] >> (8 * (i % 4)));
	if (tag == 0xFFFE)
		p[24] = 1;
	return p + size;
}

/* "RIFF" … "WAVE", a chunk of that size before the format, the format, "data" of that size. */
static size_t head(uint8_t out[512], uint32_t before, uint32_t fmt_size, int tag, int bits, uint32_t data)
{
	uint8_t *p = put(out, "RIFF", 0xFFFFFFFF);
	memcpy(p, "WAVE", 4);
	p += 4;
	if (before) {
		p = put(p, "LIST", before);
		memset(p, 'd', before + (before & 1)); /* "data" must not be taken for the chunk */
		p += before + (before & 1);
	}
	p = format(p, fmt_size, tag, 2, 44100, bits);
	return (size_t)(put(p, "data", data) - out);
}

START_TEST(heads)
{
	static const struct {
		int line;
		uint32_t before, fmt;
		int tag, bits;
		uint32_t data;
		bool pcm;
		int64_t bytes;
	} T[] = {
		{ __LINE__, 0, 16, 1, 16, 1000, true, 1000 },
		{ __LINE__, 0, 18, 1, 16, 0xFFFFFFFF, true, -1 },      /* ffmpeg */
		{ __LINE__, 26, 16, 1, 16, 0xFFFFFFFF, true, -1 },     /* ffmpeg with its name */
		{ __LINE__, 27, 40, 0xFFFE, 16, 0x7FFFF000, true, -1 }, /* sox */
		{ __LINE__, 0, 16, 1, 8, 0x80000000, true, -1 },       /* arecord without anything */
		{ __LINE__, 0, 16, 3, 32, 0, false, -1 },              /* floating point */
		{ __LINE__, 0, 20, 0x11, 4, 5, false, 5 },             /* ADPCM */
	};
	uint8_t bytes[512];
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct wav_head h;
		size_t n = head(bytes, T[i].before, T[i].fmt, T[i].tag, T[i].bits, T[i].data);
		/* as it comes in, however little at a time */
		for (size_t part = 0; part < n; part++)
			ck_assert_msg(wav_head_read(bytes, part, &h) == WAV_HEAD_MORE, "row of line %d: %zu", T[i].line, part);
		ck_assert_msg(wav_head_read(bytes, n, &h) == WAV_HEAD_READ, "row of line %d", T[i].line);
		ck_assert_msg(h.rate == 44100 && h.channels == 2 && h.bits == T[i].bits && h.pcm == T[i].pcm &&
					      h.begins == n && h.bytes == T[i].bytes,
				"row of line %d: %d %d %d %d %zu %lld", T[i].line, h.rate, h.channels, h.bits, h.pcm, h.begins,
				(long long)h.bytes);
	}
}
END_TEST

START_TEST(others)
{
	static const char *const T[] = { "OggS", "RIFX", "RIFF\4\0\0\0AVI ", "fLaC", "\xff\xfb", "R0", "RIFF\4\0\0\0WAVEdata\4\0\0\0",
		"RIFF\4\0\0\0WAVELIST\0\0\1\0" };
	static const size_t bytes[] = { 4, 4, 12, 4, 2, 2, 20, 20 };
	struct wav_head h;
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(wav_head_read((const uint8_t *)T[i], bytes[i], &h) == WAV_HEAD_NONE, "%zu", i);
	/* heads without end */
	static uint8_t endless[WAV_HEAD_BYTES];
	uint8_t *p = put(endless, "RIFF", 0);
	memcpy(p, "WAVE", 4);
	ck_assert_int_eq(wav_head_read(endless, WAV_HEAD_BYTES, &h), WAV_HEAD_NONE);
}
END_TEST

UNIT_MAIN("sound/wav-head", heads, others)
