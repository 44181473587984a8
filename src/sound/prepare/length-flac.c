/* FLAC: STREAMINFO tells samples and their MD5; a writer into a pipe leaves both out.  So the last frame is looked for
 * at the end of the file: its two checksums prove that it is one and that it is whole, and it says its place. */
#include "base/mem.h"
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"

#include <string.h>

static uint8_t crc8(const uint8_t *p, size_t n)
{
	unsigned crc = 0;
	for (size_t i = 0; i < n; i++) {
		crc ^= p[i];
		for (int k = 0; k < 8; k++)
			crc = crc & 0x80 ? (crc << 1 ^ 0x07) & 0xFF : crc << 1;
	}
	return (uint8_t)crc;
}

static uint16_t crc16(const uint8_t *p, size_t n)
{
	unsigned crc = 0;
	for (size_t i = 0; i < n; i++) {
		crc ^= (unsigned)p[i] << 8;
		for (int k = 0; k < 8; k++)
			crc = crc & 0x8000 ? (crc << 1 ^ 0x8005) & 0xFFFF : crc << 1;
	}
	return (uint16_t)crc;
}

/* The number in FLAC's stretched UTF-8 at p; its length in bytes, 0 when it is none. */
static size_t coded_number(const uint8_t *p, size_t left, uint64_t *out)
{
	size_t n = 0;
	while (n < 8 && p[0] & 0x80 >> n)
		n++;
	if (n == 1 || n == 8 || (n ? n : 1) > left)
		return 0;
	*out = n ? p[0] & (0x7Fu >> n) : p[0];
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		*out = *out << 6 | (p[i] & 0x3F);
	}
	return n ? n : 1;
}

static size_t extra_bytes(unsigned block_code, unsigned rate_code)
{
	size_t n = block_code == 6 ? 1 : block_code == 7 ? 2 : 0;
	return n + (rate_code == 12 ? 1 : rate_code == 13 || rate_code == 14 ? 2 : 0);
}

static int64_t block_of(unsigned code, const uint8_t *extra)
{
	if (code == 6)
		return extra[0] + 1;
	if (code == 7)
		return (extra[0] << 8 | extra[1]) + 1;
	return code == 1 ? 192 : code <= 5 ? 576 << (code - 2) : 256 << (code - 8);
}

/* Samples of the stream up to the end of the frame at p, which reaches to the end of the file; 0 when it is none. */
static int64_t last_frame(const uint8_t *p, size_t n, int64_t fixed_block)
{
	uint64_t number;
	if (n < 10 || p[0] != 0xFF || (p[1] & 0xFE) != 0xF8 || p[2] >> 4 == 0)
		return 0;
	size_t digits = coded_number(p + 4, n - 4, &number);
	size_t head = 4 + digits + extra_bytes(p[2] >> 4, p[2] & 15);
	if (!digits || head + 3 > n || crc8(p, head) != p[head] || crc16(p, n) != 0)
		return 0;
	int64_t start = p[1] & 1 ? (int64_t)number : (int64_t)number * fixed_block;
	return start + block_of(p[2] >> 4, p + 4 + digits);
}

/* Samples up to the end of the file's last frame; 0 when it is not whole.  Every frame of sensible length fits in the
 * 64 KiB that are searched. */
static int64_t count_to_last_frame(struct bytes *b, const struct length *l, int64_t fixed_block)
{
	size_t n = l->end - l->start < BYTES_WINDOW ? (size_t)(l->end - l->start) : BYTES_WINDOW;
	const uint8_t *p = bytes_at(b, l->end - (int64_t)n, n);
	int64_t count = 0;
	for (size_t tail = 10; p && tail <= n && !count; tail++)
		count = last_frame(p + n - tail, tail, fixed_block);
	return count;
}

bool length_flac(struct bytes *b, struct length *l, struct why_facts *why)
{
	const uint8_t *p = bytes_at(b, l->start + 4, 4 + 34);
	static const uint8_t none[16];
	if (!p || (p[0] & 127) != 0)
		return length_cut(why, 0, 0, 0);
	p += 4;
	int64_t fixed_block = p[0] << 8 | p[1];
	l->rate = p[10] << 12 | p[11] << 4 | p[12] >> 4;
	l->bits = ((p[12] & 1) << 4 | p[13] >> 4) + 1;
	l->frames = (int64_t)(p[13] & 15) << 32 | be32(p + 14);
	memcpy(l->md5, p + 18, sizeof l->md5);
	l->has_md5 = memcmp(l->md5, none, sizeof none) != 0;
	int64_t counted = count_to_last_frame(b, l, fixed_block);
	l->tail_missing = !counted;
	if (!l->frames)
		l->frames = counted;
	return l->frames || length_cut(why, 0, 0, 0);
}
