/* TZif bytes (RFC 8536) into the table of changes.  A file of version 2 or later says everything twice, first
 * with 32-bit times for old readers; that part is stepped over.  Whatever does not fit the format to its last
 * byte that matters is refused: a wrong zone would move every airing. */
#include "schedule/tz.h"

#include "schedule/tz-table.h"

#include <string.h>

enum { HEADER_BYTES = 44, TYPE_BYTES = 6, FOOTER_BYTES_MAX = 200 };

/* Changes outside these years (about 32,900 BC to AD 36,800) are not kept, so that µs never overflow. */
#define CHANGE_AT_MAX (INT64_C(1) << 40)

struct bytes {
	const uint8_t *at;
	size_t left;
};

struct header {
	uint8_t version;
	uint32_t isut, isstd, leap, time, type, chars;
};

static bool take(struct bytes *b, uint64_t n, const uint8_t **out)
{
	if (n > b->left)
		return false;
	*out = b->at;
	b->at += n;
	b->left -= n;
	return true;
}

static int64_t big_endian(const uint8_t *p, int bytes)
{
	uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

static bool take_header(struct bytes *b, struct header *h)
{
	const uint8_t *p;
	if (!take(b, HEADER_BYTES, &p) || memcmp(p, "TZif", 4) != 0)
		return false;
	uint32_t *const counts[] = { &h->isut, &h->isstd, &h->leap, &h->time, &h->type, &h->chars };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		*counts[i] = (uint32_t)big_endian(p + 20 + 4 * i, 4);
	h->version = p[4];
	return h->type > 0;
}

static uint64_t rest_bytes(const struct header *h, int time_bytes)
{
	return (uint64_t)h->chars + (uint64_t)h->leap * (uint64_t)(time_bytes + 4) + h->isstd + h->isut;
}

static bool skip_block(struct bytes *b, const struct header *h, int time_bytes)
{
	const uint8_t *p;
	return take(b, (uint64_t)h->time * (uint64_t)(time_bytes + 1), &p) &&
	       take(b, (uint64_t)h->type * TYPE_BYTES, &p) && take(b, rest_bytes(h, time_bytes), &p);
}

static bool add_change(struct tz *tz, int64_t at, int64_t previous, int64_t offset_s)
{
	if (at <= previous || offset_s < -TZ_OFFSET_MAX || offset_s > TZ_OFFSET_MAX)
		return false;
	if (at < -CHANGE_AT_MAX)
		tz->first_offset_s = (int32_t)offset_s;
	else if (at <= CHANGE_AT_MAX)
		vec_push(&tz->changes, (struct tz_change){ at, (int32_t)offset_s });
	return true;
}

static bool take_block(struct bytes *b, const struct header *h, int time_bytes, struct tz *tz)
{
	const uint8_t *times, *indexes, *types, *rest;
	if (!take(b, (uint64_t)h->time * (uint64_t)time_bytes, &times) || !take(b, h->time, &indexes) ||
		!take(b, (uint64_t)h->type * TYPE_BYTES, &types) || !take(b, rest_bytes(h, time_bytes), &rest))
		return false;
	int64_t first = big_endian(types, 4), previous = INT64_MIN;
	if (first < -TZ_OFFSET_MAX || first > TZ_OFFSET_MAX)
		return false;
	tz->first_offset_s = (int32_t)first;
	for (size_t i = 0; i < h->time; i++) {
		if (indexes[i] >= h->type)
			return false;
		int64_t at = big_endian(times + i * (size_t)time_bytes, time_bytes);
		int64_t offset_s = big_endian(types + (size_t)indexes[i] * TYPE_BYTES, 4);
		if (!add_change(tz, at, previous, offset_s))
			return false;
		previous = at;
	}
	return true;
}

/* "\n" POSIX-TZ "\n"; nothing between them means that nothing is known after the last change. */
static bool take_footer(struct bytes *b, struct tz *tz)
{
	char posix[FOOTER_BYTES_MAX + 1];
	if (b->left < 2 || b->at[0] != '\n')
		return false;
	const uint8_t *end = memchr(b->at + 1, '\n', b->left - 1);
	size_t n = end ? (size_t)(end - b->at) - 1 : 0;
	if (!end || n > FOOTER_BYTES_MAX)
		return false;
	memcpy(posix, b->at + 1, n);
	posix[n] = '\0';
	return n == 0 || tz_rule_extend(tz, posix);
}

static bool read_file(struct bytes *b, struct tz *tz)
{
	struct header h;
	if (!take_header(b, &h))
		return false;
	if (h.version < '2')
		return take_block(b, &h, 4, tz);
	return skip_block(b, &h, 4) && take_header(b, &h) && take_block(b, &h, 8, tz) && take_footer(b, tz);
}

struct tz *tz_new(const void *tzif, size_t bytes)
{
	struct bytes b = { tzif, bytes };
	struct tz *tz = mem_new(struct tz);
	if (!read_file(&b, tz))
		tz_free(&tz);
	return tz;
}
