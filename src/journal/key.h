/* The station's key: Ed25519 (RFC 8032).  The only code that speaks libsodium.  Any thread. */
#ifndef LOAXA_JOURNAL_KEY_H
#define LOAXA_JOURNAL_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_SEED_BYTES 32
#define KEY_BYTES 32 /* the public one */
#define KEY_HEX 65   /* with the terminating NUL, as the next one */
#define KEY_SIGNATURE_BYTES 64
#define KEY_SIGNATURE_HEX 129
#define KEY_FINGERPRINT 36

struct key {
	uint8_t seed[KEY_SEED_BYTES]; /* the secret */
	uint8_t public[KEY_BYTES];
};

void key_of_seed(struct key *, const uint8_t seed[KEY_SEED_BYTES]);
bool key_random(struct key *); /* false: the system gives no randomness */
void key_wipe(struct key *);

void key_sign(const struct key *, const void *bytes, size_t n, uint8_t signature[KEY_SIGNATURE_BYTES]);
bool key_signed(const uint8_t public[KEY_BYTES], const void *bytes, size_t n,
	const uint8_t signature[KEY_SIGNATURE_BYTES]);

/* Thirty digits in six groups, for two people to read to each other over the telephone: "04821 99301 …". */
void key_fingerprint(const uint8_t public[KEY_BYTES], char out[KEY_FINGERPRINT]);

#endif
