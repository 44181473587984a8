/* SHA-256 (FIPS 180-4), by nettle, which uses what the processor has for it.  Pure; any thread. */
#ifndef LOAXA_BASE_SHA256_H
#define LOAXA_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_BYTES 32
#define SHA256_HEX 65 /* with the terminating NUL */

struct sha256;
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *, const void *data, size_t bytes);
void sha256_end(struct sha256 **, uint8_t out[SHA256_BYTES]); /* frees it */
void sha256_of(const void *data, size_t bytes, uint8_t out[SHA256_BYTES]);
void sha256_hex(const uint8_t in[SHA256_BYTES], char out[SHA256_HEX]);

#endif
