#include "base/sha256.h"

#include "base/mem.h"

#include <nettle/sha2.h>

struct sha256 {
	struct sha256_ctx state;
};

struct sha256 *sha256_new(void)
{
	struct sha256 *s = mem_new(struct sha256);
	sha256_init(&s->state);
	return s;
}

void sha256_add(struct sha256 *s, const void *data, size_t bytes)
{
	sha256_update(&s->state, bytes, data);
}

void sha256_end(struct sha256 **s, uint8_t out[SHA256_BYTES])
{
	sha256_digest(&(*s)->state, SHA256_BYTES, out);
	mem_free(*s);
	*s = NULL;
}

void sha256_of(const void *data, size_t bytes, uint8_t out[SHA256_BYTES])
{
	struct sha256_ctx state;
	sha256_init(&state);
	sha256_update(&state, bytes, data);
	sha256_digest(&state, SHA256_BYTES, out);
}

void sha256_hex(const uint8_t in[SHA256_BYTES], char out[SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";
	for (int i = 0; i < SHA256_BYTES; i++) {
		out[2 * i] = digits[in[i] >> 4];
		out[2 * i + 1] = digits[in[i] & 15];
	}
	out[SHA256_HEX - 1] = '\0';
}
