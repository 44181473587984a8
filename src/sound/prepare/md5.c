#include "sound/prepare/md5.h"

#include <string.h>

static const uint32_t sines[64] = {
	0xd76aa478,
	0xe8c7b756,
	0x242070db,
	0xc1bdceee,
	0xf57c0faf,
	0x4787c62a,
	0xa8304613,
	0xfd469501,
	0x698098d8,
	0x8b44f7af,
	0xffff5bb1,
	0x895cd7be,
	0x6b901122,
	0xfd987193,
	0xa679438e,
	0x49b40821,
	0xf61e2562,
	0xc040b340,
	0x265e5a51,
	0xe9b6c7aa,
	0xd62f105d,
	0x02441453,
	0xd8a1e681,
	0xe7d3fbc8,
	0x21e1cde6,
	0xc33707d6,
	0xf4d50d87,
	0x455a14ed,
	0xa9e3e905,
	0xfcefa3f8,
	0x676f02d9,
	0x8d2a4c8a,
	0xfffa3942,
	0x8771f681,
	0x6d9d6122,
	0xfde5380c,
	0xa4beea44,
	0x4bdecfa9,
	0xf6bb4b60,
	0xbebfbc70,
	0x289b7ec6,
	0xeaa127fa,
	0xd4ef3085,
	0x04881d05,
	0xd9d4d039,
	0xe6db99e5,
	0x1fa27cf8,
	0xc4ac5665,
	0xf4292244,
	0x432aff97,
	0xab9423a7,
	0xfc93a039,
	0x655b59c3,
	0x8f0ccc92,
	0xffeff47d,
	0x85845dd1,
	0x6fa87e4f,
	0xfe2ce6e0,
	0xa3014314,
	0x4e0811a1,
	0xf7537e82,
	0xbd3af235,
	0x2ad7d2bb,
	0xeb86d391,
};

static uint32_t turned(uint32_t v, int by)
{
	return v << by | v >> (32 - by);
}

static void block(struct md5 *m, const uint8_t *p)
{
	static const uint8_t turns[4][4] = { { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 },
		{ 6, 10, 15, 21 } };
	uint32_t w[16], a = m->state[0], b = m->state[1], c = m->state[2], d = m->state[3];
	for (int i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
	for (int i = 0; i < 64; i++) {
		int round = i / 16;
		uint32_t f = round == 0   ? (b & c) | (~b & d)
			     : round == 1 ? (d & b) | (~d & c)
			     : round == 2 ? b ^ c ^ d
					  : c ^ (b | ~d);
		int word = round == 0   ? i
			   : round == 1 ? (5 * i + 1) & 15
			   : round == 2 ? (3 * i + 5) & 15
					: (7 * i) & 15;
		uint32_t next = b + turned(a + f + sines[i] + w[word], turns[round][i & 3]);
		a = d, d = c, c = b, b = next;
	}
	m->state[0] += a, m->state[1] += b, m->state[2] += c, m->state[3] += d;
}

void md5_begin(struct md5 *m)
{
	*m = (struct md5){ .state = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 } };
}

void md5_add(struct md5 *m, const void *data, size_t bytes)
{
	const uint8_t *p = data;
	while (bytes) {
		size_t have = m->bytes & 63, n = 64 - have < bytes ? 64 - have : bytes;
		memcpy(m->part + have, p, n);
		m->bytes += n;
		p += n;
		bytes -= n;
		if (have + n == 64)
			block(m, m->part);
	}
}

void md5_end(struct md5 *m, uint8_t out[16])
{
	static const uint8_t pad[64] = { 0x80 };
	uint64_t bits = m->bytes * 8;
	uint8_t tail[8];
	for (int i = 0; i < 8; i++)
		tail[i] = (uint8_t)(bits >> (8 * i));
	md5_add(m, pad, (m->bytes & 63) < 56 ? 56 - (m->bytes & 63) : 120 - (m->bytes & 63));
	md5_add(m, tail, sizeof tail);
	for (int i = 0; i < 16; i++)
		out[i] = (uint8_t)(m->state[i / 4] >> (8 * (i % 4)));
}
