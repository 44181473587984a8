/* WAV: chunks of four letters and a size.  The data chunk must lie wholly in the file. */
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"

#include <string.h>

/* A writer that could not come back to the header (a pipe, a recorder that was switched off) leaves a huge size: the
 * data then goes to the end of the file. */
#define UNFINISHED 0x7FFFF000u

struct wav {
	int tag, rate;
	int64_t block;  /* bytes a frame; 0 = not known */
	int64_t data64; /* RF64; 0 = not said */
};

static void read_fmt(struct wav *w, const uint8_t *p)
{
	w->tag = (int)le16(p);
	w->rate = (int)(le32(p + 4) & INT32_MAX);
	w->block = le16(p + 12);
}

static bool is_pcm(const struct wav *w)
{
	return w->tag == 1 || w->tag == 3 || w->tag == 6 || w->tag == 7 || w->tag == 0xFFFE;
}

static bool data_chunk(
	struct bytes *b, struct length *l, struct why_facts *why, const struct wav *w, int64_t at, uint32_t said)
{
	int64_t there = b->size - at;
	int64_t size = said == UINT32_MAX && w->data64 > 0  ? w->data64
		       : said >= UNFINISHED && said > there ? there
							    : said;
	bool plain = is_pcm(w) && w->block > 0;
	if (size > there)
		return plain ? length_cut(why, there / w->block, size / w->block, w->rate) : length_cut(why, 0, 0, 0);
	l->rate = w->rate;
	if (plain)
		l->frames = size / w->block;
	return true;
}

bool length_wav(struct bytes *b, struct length *l, struct why_facts *why)
{
	struct wav w = { 0 };
	int64_t at = 12;
	for (int chunks = 0; chunks < 4096; chunks++) {
		const uint8_t *p = bytes_at(b, at, 8);
		if (!p)
			return length_cut(why, 0, 0, 0); /* a WAV without data */
		uint32_t size = le32(p + 4);
		bool fmt = !memcmp(p, "fmt ", 4) && size >= 16, ds64 = !memcmp(p, "ds64", 4) && size >= 24;
		if (!memcmp(p, "data", 4))
			return data_chunk(b, l, why, &w, at + 8, size);
		if ((fmt || ds64) && !(p = bytes_at(b, at + 8, 24 < size ? 24 : size)))
			return length_cut(why, 0, 0, 0);
		if (fmt)
			read_fmt(&w, p);
		if (ds64)
			w.data64 = (int64_t)(le64(p + 8) & INT64_MAX);
		at += 8 + (int64_t)size + (size & 1);
	}
	return true;
}
