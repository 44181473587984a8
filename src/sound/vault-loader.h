/* The thread that reads and hashes what emergencies need, so that the loop need not.  It is there while the handle is,
 * and asleep while nothing is ordered. */
#ifndef LOAXA_SOUND_VAULT_LOADER_H
#define LOAXA_SOUND_VAULT_LOADER_H

#include "sound/vault-block.h"

struct vault_loader;
struct vault_loader *vault_loader_new(void);    /* NULL: no thread to be had */
void vault_loader_free(struct vault_loader **); /* waits for the file that is being read */

/* Loop thread; neither waits for the disk. */
void vault_loader_order(struct vault_loader *, struct vault_order *); /* takes its path */
struct vault_result {
	char sha256[SHA256_HEX];
	struct store_form form;
	struct vault_block *block; /* the caller's; NULL: it could not be loaded */
};
bool vault_loader_take(struct vault_loader *, struct vault_result *); /* false: nothing is finished (any more) */

#endif
