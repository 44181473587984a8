/* A file's bytes through a window of 64 KiB: for walking containers of any size in bounded memory. */
#ifndef LOAXA_SOUND_PREPARE_BYTES_H
#define LOAXA_SOUND_PREPARE_BYTES_H

#include "sound/prepare/beat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BYTES_WINDOW (1 << 16)

struct bytes {
	int fd; /* borrowed; read with pread, its own position is not touched */
	int64_t size;
	int64_t at; /* of the window */
	size_t n;
	beat *beat; /* each window counts one; may be NULL */
	uint8_t window[BYTES_WINDOW];
};

struct bytes *bytes_new(int fd, beat *); /* NULL when the size cannot be told; to mem_free */
/* n bytes at `at`, valid until the next call; NULL when the file has fewer, or n > BYTES_WINDOW. */
const uint8_t *bytes_at(struct bytes *, int64_t at, size_t n);

static inline uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint32_t le16(const uint8_t *p)
{
	return (uint32_t)p[1] << 8 | p[0];
}

static inline uint32_t le32(const uint8_t *p)
{
	return le16(p + 2) << 16 | le16(p);
}

static inline uint64_t be64(const uint8_t *p)
{
	return (uint64_t)be32(p) << 32 | be32(p + 4);
}

static inline uint64_t le64(const uint8_t *p)
{
	return (uint64_t)le32(p + 4) << 32 | le32(p);
}

#endif
