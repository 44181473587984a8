#include "base/sha256.h"

#include "base/mem.h"

#include <sodium.h>

struct sha256 {
	crypto_hash_sha256_state state;
};

struct sha256 *sha256_new(void)
{
	struct sha256 *s = mem_new(struct sha256);
	crypto_hash_sha256_init(&s->state);
	return s;
}

void sha256_add(struct sha256 *s, const void *data, size_t bytes)
{
	crypto_hash_sha256_update(&s->state, data, bytes);
}

void sha256_end(struct sha256 **s, uint8_t out[SHA256_BYTES])
{
	crypto_hash_sha256_final(&(*s)->state, out);
	mem_free(*s);
	*s = NULL;
}

void sha256_of(const void *data, size_t bytes, uint8_t out[SHA256_BYTES])
{
	crypto_hash_sha256(out, data, bytes);
}

void sha256_hex(const uint8_t in[SHA256_BYTES], char out[SHA256_HEX])
{
	sodium_bin2hex(out, SHA256_HEX, in, SHA256_BYTES);
}
