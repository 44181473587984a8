/* Canonical form, version 1: the previous hash, then every column in table order.  Numbers are 8 bytes, the high
 * one first; a string is its length (same 8 bytes) and its bytes; a missing string has the length 2^64 - 1.
 * Changing any of this breaks every chain there is. */
#include "journal/chain.h"

#include <string.h>

void chain_add_number(struct text *t, uint64_t v)
{
	char b[8];
	for (int i = 7; i >= 0; i--, v >>= 8)
		b[i] = (char)(v & 0xFF);
	text_add_n(t, b, sizeof b);
}

void chain_add_string(struct text *t, const char *s)
{
	size_t n = s ? strlen(s) : 0;
	chain_add_number(t, s ? n : UINT64_MAX);
	if (n)
		text_add_n(t, s, n);
}

void chain_hash(const uint8_t prev[SHA256_BYTES], const struct chain_row *r, struct text *t, uint8_t out[SHA256_BYTES])
{
	text_clear(t);
	text_add_n(t, (const char *)prev, SHA256_BYTES);
	chain_add_number(t, (uint64_t)r->seq);
	chain_add_number(t, (uint64_t)r->wall_us);
	chain_add_number(t, (uint64_t)r->mono_us);
	chain_add_string(t, r->boot);
	chain_add_number(t, (uint64_t)r->clock);
	chain_add_string(t, r->kind);
	chain_add_string(t, r->airing);
	chain_add_number(t, (uint64_t)r->planned_us);
	chain_add_string(t, r->body);
	chain_add_number(t, r->rehearsal);
	sha256_of(t->at, t->n, out);
}
