/* One prepared recording in locked memory, checked by hash.  Loading reads and hashes a file of some minutes: for the
 * vault's own thread, or where nothing is on air.  Inside of sound/vault. */
#ifndef LOAXA_SOUND_VAULT_BLOCK_H
#define LOAXA_SOUND_VAULT_BLOCK_H

#include "sound/store.h"

struct vault_block {
	char sha256[SHA256_HEX];
	struct store_form form;
	int16_t *at;
	int64_t frames;
	bool needed, locked;
	int held;
};

/* What is to be loaded; the store is not asked again. */
struct vault_order {
	char sha256[SHA256_HEX];
	struct store_form form;
	struct store_facts facts;
	char *path; /* to mem_free */
};
/* false: the store has no such sound. */
bool vault_order_make(struct vault_order *, struct store *, const char *sha256, struct store_form);

struct vault_block *vault_block_load(const struct vault_order *); /* NULL: not there, or not whole; any thread */
void vault_block_free(struct vault_block **);

#endif
