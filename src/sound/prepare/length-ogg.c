/* Ogg (Vorbis, Opus, FLAC): pages with a checksum, a running number and the sample position of their end.  A file is
 * whole when every page is, none is left out, and the last one says that it is the last. */
#include "base/mem.h"
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"

#include <string.h>

enum { PAGE_HEAD = 27, FIRST = 2, LAST = 4 };

struct page {
	int64_t at;
	size_t bytes;
	int flags;
	int64_t granule; /* -1: no packet ends here */
	uint32_t serial, number;
};

struct stream {
	uint32_t serial, next;
	int64_t first, last; /* granules; -1 = none yet */
	int64_t pre_skip;
	int granule_rate;
	bool ended;
};

static void crc_table(uint32_t table[256])
{
	for (uint32_t i = 0; i < 256; i++) {
		uint32_t r = i << 24;
		for (int k = 0; k < 8; k++)
			r = r & 0x80000000u ? r << 1 ^ 0x04C11DB7u : r << 1;
		table[i] = r;
	}
}

/* Of a page whose checksum field counts as zero. */
static uint32_t crc_of(const uint32_t table[256], const uint8_t *p, size_t n)
{
	uint32_t crc = 0;
	for (size_t i = 0; i < n; i++) {
		uint8_t byte = i >= 22 && i < 26 ? 0 : p[i];
		crc = crc << 8 ^ table[(crc >> 24 ^ byte) & 0xFF];
	}
	return crc;
}

enum page_is { PAGE_WHOLE, PAGE_CUT, PAGE_BAD };

static enum page_is read_page(struct bytes *b, const uint32_t table[256], int64_t at, struct page *out)
{
	const uint8_t *p = bytes_at(b, at, PAGE_HEAD);
	if (!p)
		return PAGE_CUT;
	if (memcmp(p, "OggS", 4) || p[4] != 0)
		return PAGE_BAD;
	size_t segments = p[26], body = 0;
	p = bytes_at(b, at, PAGE_HEAD + segments);
	if (!p)
		return PAGE_CUT;
	for (size_t i = 0; i < segments; i++)
		body += p[PAGE_HEAD + i];
	size_t n = PAGE_HEAD + segments + body;
	p = bytes_at(b, at, n);
	if (!p)
		return PAGE_CUT;
	if (crc_of(table, p, n) != le32(p + 22))
		return PAGE_BAD;
	*out = (struct page){ at, n, p[5], (int64_t)le64(p + 6), le32(p + 14), le32(p + 18) };
	return PAGE_WHOLE;
}

/* What is in the stream that begins with this page; false when it is no sound we know. */
static bool begin(struct bytes *b, struct stream *s, struct length *l, const struct page *page)
{
	const uint8_t *p = bytes_at(b, page->at, page->bytes);
	size_t head = PAGE_HEAD + p[26];
	const uint8_t *id = p + head;
	size_t n = page->bytes - head;
	*s = (struct stream){ .serial = page->serial, .next = page->number + 1, .first = -1, .last = -1 };
	if (n >= 16 && !memcmp(id, "\x01vorbis", 7)) {
		s->granule_rate = (int)(le32(id + 12) & INT32_MAX);
		l->slack = 8192; /* one long block */
	} else if (n >= 19 && !memcmp(id, "OpusHead", 8)) {
		s->granule_rate = 48000;
		s->pre_skip = le16(id + 10);
		l->opus = true;
		l->slack = 5760; /* one packet of 120 ms */
	} else if (n >= 51 && !memcmp(id,
				      "\x7F"
				      "FLAC",
				      5)) {
		s->granule_rate = id[27] << 12 | id[28] << 4 | id[29] >> 4;
	} else {
		return false;
	}
	l->rate = s->granule_rate;
	return true;
}

static int64_t frames_so_far(const struct stream *s)
{
	return s->last > s->pre_skip ? s->last - s->pre_skip : 0;
}

/* One page of our stream; false when one before it is missing. */
static bool follow(struct stream *s, const struct page *page)
{
	if (page->number != s->next)
		return false;
	s->next++;
	if (page->granule > 0) {
		s->last = page->granule;
		if (s->first < 0)
			s->first = page->granule;
	}
	s->ended = page->flags & LAST;
	return true;
}

/* A recording of a running programme starts somewhere in the middle of its count. */
static bool starts_late(const struct stream *s)
{
	return s->first > 1 << 20;
}

bool length_ogg(struct bytes *b, struct length *l, struct why_facts *why)
{
	uint32_t table[256];
	struct stream s = { .granule_rate = 0 };
	struct page page;
	crc_table(table);
	for (int64_t at = l->start; at < l->end; at += (int64_t)page.bytes) {
		enum page_is is = read_page(b, table, at, &page);
		if (is == PAGE_CUT)
			return length_cut(why, frames_so_far(&s), 0, s.granule_rate);
		if (is == PAGE_BAD)
			return length_damaged(why, frames_so_far(&s), s.granule_rate);
		if (page.flags & FIRST && s.ended) {
			*why = (struct why_facts){ WHY_JOINED, 0, 0 };
			return false;
		}
		if (page.flags & FIRST && !s.granule_rate)
			begin(b, &s, l, &page);
		else if (page.serial == s.serial && s.granule_rate && !follow(&s, &page))
			return length_damaged(why, frames_so_far(&s), s.granule_rate);
	}
	if (!s.granule_rate) {
		l->kind = CONTAINER_FOREIGN;
		return true;
	}
	if (!s.ended)
		return length_cut(why, frames_so_far(&s), 0, s.granule_rate);
	l->frames = starts_late(&s) ? -1 : frames_so_far(&s);
	return true;
}
