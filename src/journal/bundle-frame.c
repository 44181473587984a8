/* Frames: pieces of a bundle that are packed and checked one by one, so that never more than one of them is in memory,
 * and one changed bit does not hide what stands before it. */
#include "journal/bundle-inside.h"
#include "journal/squeeze.h"

#include <string.h>

#define HEADER 20

static const char tags[][5] = {
	[BUNDLE_HEAD] = "head", [BUNDLE_KEPT] = "kept", [BUNDLE_ROWS] = "rows", [BUNDLE_END] = "end\n"
};

void bundle_number(struct text *t, uint64_t v, int bytes)
{
	char b[8];
	for (int i = bytes - 1; i >= 0; i--, v >>= 8)
		b[i] = (char)(v & 0xFF);
	text_add_n(t, b, (size_t)bytes);
}

uint64_t bundle_number_at(const uint8_t *at, int bytes)
{
	uint64_t v = 0;
	for (int i = 0; i < bytes; i++)
		v = v << 8 | at[i];
	return v;
}

static void advance(uint8_t check[SHA256_BYTES], const void *header, const void *packed, size_t n)
{
	struct sha256 *s = sha256_new();
	sha256_add(s, check, SHA256_BYTES);
	sha256_add(s, header, HEADER);
	sha256_add(s, packed, n);
	sha256_end(&s, check);
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────── */

bool bundle_begin(struct bundle_file *b)
{
	sha256_of(BUNDLE_MAGIC, BUNDLE_MAGIC_BYTES, b->check);
	return fwrite(BUNDLE_MAGIC, 1, BUNDLE_MAGIC_BYTES, b->f) == BUNDLE_MAGIC_BYTES;
}

bool bundle_put(struct bundle_file *b, enum bundle_tag tag, int64_t first, const void *raw, size_t n)
{
	struct text header = { 0 };
	text_clear(&b->packed);
	if (n)
		squeeze_pack(raw, n, &b->packed);
	text_add_n(&header, tags[tag], 4);
	bundle_number(&header, (uint64_t)first, 8);
	bundle_number(&header, n, 4);
	bundle_number(&header, b->packed.n, 4);
	advance(b->check, header.at, b->packed.at, b->packed.n);
	bool ok = fwrite(header.at, 1, HEADER, b->f) == HEADER &&
		  fwrite(text_str(&b->packed), 1, b->packed.n, b->f) == b->packed.n &&
		  fwrite(b->check, 1, SHA256_BYTES, b->f) == SHA256_BYTES;
	text_free(&header);
	return ok;
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────── */

enum bundle_wrong bundle_recognise(struct bundle_file *b)
{
	uint8_t magic[BUNDLE_MAGIC_BYTES];
	size_t got = fread(magic, 1, sizeof magic, b->f);
	if (ferror(b->f))
		return BUNDLE_NO_FILE;
	if (got == sizeof magic && !memcmp(magic, BUNDLE_MAGIC, sizeof magic)) {
		sha256_of(magic, sizeof magic, b->check);
		return BUNDLE_WHOLE;
	}
	bool ours = got == sizeof magic && !memcmp(magic, BUNDLE_MAGIC, strlen("loaxa-bundle "));
	uint8_t version = magic[strlen("loaxa-bundle ")];
	return ours && version > '1' && version <= '9' ? BUNDLE_NEWER : BUNDLE_NONE;
}

/* A file that was cut has no end; one that was changed still has. */
static bool has_end(FILE *f)
{
	char tag[4] = { 0 };
	bool ok = !fseek(f, -(long)(HEADER + SHA256_BYTES), SEEK_END) && fread(tag, 1, sizeof tag, f) == sizeof tag;
	return ok && !memcmp(tag, tags[BUNDLE_END], sizeof tag);
}

static bool read_header(const uint8_t header[HEADER], struct bundle_frame *out, size_t *raw, size_t *packed)
{
	bool known = false;
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (!memcmp(header, tags[i], 4)) {
			out->tag = (enum bundle_tag)i;
			known = true;
		}
	uint64_t first = bundle_number_at(header + 4, 8);
	*raw = bundle_number_at(header + 12, 4);
	*packed = bundle_number_at(header + 16, 4);
	out->first = (int64_t)first;
	/* what does not shrink grows by a few bytes at most */
	return known && first <= INT64_MAX && *raw <= BUNDLE_FRAME_MOST && *packed <= *raw + *raw / 128 + 1024;
}

static void unpack(struct bundle_file *b, size_t packed, size_t raw, struct bundle_frame *out)
{
	if (raw > b->cap) {
		b->raw = mem_resize(b->raw, raw, 1);
		b->cap = raw;
	}
	out->at = b->raw;
	out->n = raw && packed ? squeeze_unpack(b->packed.at, packed, b->raw, raw) : 0;
}

enum bundle_wrong bundle_get(struct bundle_file *b, struct bundle_frame *out)
{
	uint8_t header[HEADER], check[SHA256_BYTES];
	size_t raw, packed, got;
	*out = (struct bundle_frame){ .tag = BUNDLE_ROWS };
	got = fread(header, 1, HEADER, b->f);
	if (ferror(b->f))
		return BUNDLE_NO_FILE;
	if (got < HEADER)
		return BUNDLE_CUT;
	if (!read_header(header, out, &raw, &packed))
		return BUNDLE_CHANGED;
	text_clear(&b->packed);
	char piece[16384];
	for (size_t left = packed; left;
		left -= got) { /* by pieces: nobody believes a size before the bytes are there */
		got = fread(piece, 1, left < sizeof piece ? left : sizeof piece, b->f);
		if (!got)
			break;
		text_add_n(&b->packed, piece, got);
	}
	bool there = b->packed.n == packed && fread(check, 1, SHA256_BYTES, b->f) == SHA256_BYTES;
	if (ferror(b->f))
		return BUNDLE_NO_FILE;
	unpack(b, b->packed.n, raw, out);
	if (!there)
		return has_end(b->f) ? BUNDLE_CHANGED : BUNDLE_CUT;
	advance(b->check, header, text_str(&b->packed), packed);
	return memcmp(b->check, check, sizeof check) != 0 || out->n != raw ? BUNDLE_CHANGED : BUNDLE_WHOLE;
}

void bundle_file_free(struct bundle_file *b)
{
	if (b->f)
		fclose(b->f);
	text_free(&b->packed);
	mem_free(b->raw);
	*b = (struct bundle_file){ 0 };
}
