#include "journal/key.h"

#include "base/sha256.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

_Static_assert(crypto_sign_SEEDBYTES == KEY_SEED_BYTES, "seed");
_Static_assert(crypto_sign_PUBLICKEYBYTES == KEY_BYTES, "public key");
_Static_assert(crypto_sign_BYTES == KEY_SIGNATURE_BYTES, "signature");

static bool ready(void)
{
	return sodium_init() >= 0; /* as often as one likes, from any thread */
}

void key_of_seed(struct key *k, const uint8_t seed[KEY_SEED_BYTES])
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];
	ready();
	memmove(k->seed, seed, KEY_SEED_BYTES);
	crypto_sign_seed_keypair(k->public, secret, k->seed);
	sodium_memzero(secret, sizeof secret);
}

bool key_random(struct key *k)
{
	uint8_t seed[KEY_SEED_BYTES];
	if (!ready())
		return false;
	randombytes_buf(seed, sizeof seed);
	key_of_seed(k, seed);
	sodium_memzero(seed, sizeof seed);
	return true;
}

void key_wipe(struct key *k)
{
	sodium_memzero(k, sizeof *k);
}

void key_sign(const struct key *k, const void *bytes, size_t n, uint8_t signature[KEY_SIGNATURE_BYTES])
{
	uint8_t public[KEY_BYTES], secret[crypto_sign_SECRETKEYBYTES];
	ready();
	crypto_sign_seed_keypair(public, secret, k->seed);
	crypto_sign_detached(signature, NULL, bytes, n, secret);
	sodium_memzero(secret, sizeof secret);
}

bool key_signed(const uint8_t public[KEY_BYTES], const void *bytes, size_t n,
	const uint8_t signature[KEY_SIGNATURE_BYTES])
{
	return ready() && !crypto_sign_verify_detached(signature, bytes, n, public);
}

/* Five bytes make five digits: a hundred bits in all, more than anybody can search through for a key that looks alike. */
void key_fingerprint(const uint8_t public[KEY_BYTES], char out[KEY_FINGERPRINT])
{
	static const char domain[] = "loaxa fingerprint 1";
	uint8_t bytes[sizeof domain - 1 + KEY_BYTES], sum[SHA256_BYTES];
	memcpy(bytes, domain, sizeof domain - 1);
	memcpy(bytes + sizeof domain - 1, public, KEY_BYTES);
	sha256_of(bytes, sizeof bytes, sum);
	for (int group = 0; group < 6; group++) {
		uint64_t v = 0;
		for (int i = 0; i < 5; i++)
			v = v << 8 | sum[group * 5 + i];
		snprintf(out + group * 6, 7, "%05u%s", (unsigned)(v % 100000), group < 5 ? " " : "");
	}
}
