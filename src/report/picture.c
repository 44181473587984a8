#include "report/picture.h"

#include <stdint.h>
#include <string.h>

static uint32_t big(const unsigned char *at, int bytes)
{
	uint32_t n = 0;
	for (int i = 0; i < bytes; i++)
		n = n << 8 | at[i];
	return n;
}

static bool sized(struct picture *p, uint32_t width, uint32_t height)
{
	p->width = (int)width;
	p->height = (int)height;
	return width >= 1 && width <= PICTURE_SIDE_MOST && height >= 1 && height <= PICTURE_SIDE_MOST;
}

/* A signature, and IHDR first. */
static bool png(const unsigned char *d, size_t n, struct picture *p)
{
	static const unsigned char head[16] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D',
		'R' };
	p->type = "image/png";
	p->ending = ".png";
	return n >= 33 && !memcmp(d, head, sizeof head) && sized(p, big(d + 16, 4), big(d + 20, 4));
}

/* Start of a frame: C0 to CF, but for tables (C4, C8) and arithmetic coding's (CC). */
static bool frame(unsigned char marker)
{
	return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Segments from one marker to the next, until the frame's says the size. */
static bool jpeg(const unsigned char *d, size_t n, struct picture *p)
{
	p->type = "image/jpeg";
	p->ending = ".jpg";
	if (n < 4 || d[0] != 0xFF || d[1] != 0xD8)
		return false;
	for (size_t at = 2; at + 4 <= n && d[at] == 0xFF;) {
		if (d[at + 1] == 0xFF) { /* filling */
			at++;
			continue;
		}
		size_t length = big(d + at + 2, 2);
		if (length < 2 || length > n - at - 2)
			return false;
		if (frame(d[at + 1]))
			return length >= 8 && sized(p, big(d + at + 7, 2), big(d + at + 5, 2));
		at += 2 + length;
	}
	return false;
}

bool picture_look(const void *data, size_t bytes, struct picture *p)
{
	return png(data, bytes, p) || jpeg(data, bytes, p);
}
