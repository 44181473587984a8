/* MD5 (RFC 1321): only because FLAC files carry one of their samples.  Never for anything that must be secure. */
#ifndef LOAXA_SOUND_PREPARE_MD5_H
#define LOAXA_SOUND_PREPARE_MD5_H

#include <stddef.h>
#include <stdint.h>

struct md5 {
	uint32_t state[4];
	uint64_t bytes;
	uint8_t part[64];
};

void md5_begin(struct md5 *);
void md5_add(struct md5 *, const void *data, size_t bytes);
void md5_end(struct md5 *, uint8_t out[16]);

#endif
