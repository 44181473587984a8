/* The vault: the prepared sound of everything an emergency may air, in locked memory, checked by hash, so that between
 * the command and the card there is no disk.  Loop thread; its blocks may be read from any thread while they are held.
 *
 * vault_fill() reads files and hashes them: at the start.  While the station is on air a thread does: what it has not
 * loaded yet is, for that moment, played from the store like anything else. */
#ifndef LOAXA_SOUND_VAULT_H
#define LOAXA_SOUND_VAULT_H

#include "schedule/station.h"
#include "sound/spans.h"
#include "sound/store.h"

struct vault;
struct vault_item; /* one bulletin in one form, held */

struct vault *vault_new(void);
void vault_free(struct vault **); /* nothing may be held any more */

/* Brings it to what the station's emergencies need: loads what is missing, gives up what is not needed (what is held
 * stays until it is let go). */
void vault_fill(struct vault *, const struct station *, struct store *);

/* The same, at once: what is missing is loaded meanwhile. */
void vault_fill_later(struct vault *, const struct station *, struct store *);

/* NULL when not all of it is there (yet); then it is played from the store like anything else. */
struct vault_item *vault_hold(struct vault *, const struct bulletin *, struct store_form);
/* The same for one that no schedule names: what is not there yet is read, and stays for as long as it is held. */
struct vault_item *vault_take(struct vault *, const struct bulletin *, struct store_form, struct store *);
void vault_release(struct vault *, struct vault_item **);
struct spans *vault_spans(struct vault_item *);

int64_t vault_bytes(struct vault *);
bool vault_locked(const struct vault *); /* false: the system did not let us lock all of it (LimitMEMLOCK) */

#endif
