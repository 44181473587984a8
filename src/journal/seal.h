/* Seals and keys as rows of the journal.  A seal says: this station's journal had this head at this row.  As each row's
 * hash covers all rows before it, one seal covers them all.
 *
 *   seal  {"station","key","seq","head","signature"}: key signs what seal_holds() says; seq and head are those of the
 *         row right before it
 *   key   {"station","public","previous","lost","signature"}: from here on this key seals.  Signed by the previous one;
 *         by itself when it is the station's first, or when the previous one was lost
 *
 * What is signed is made of the parts of the chain's canonical form (chain.c): strings with their length, numbers of 8
 * bytes with the high one first, hashes and keys as 32 bytes:
 *
 *   seal  string "loaxa seal 1" · string station · number seq · head · number rehearsal (0, 1)
 *   key   string "loaxa key 1" · string station · public · previous (32 zero bytes: none) · number lost (0, 1) ·
 *         number rehearsal
 *
 * A rehearsal's key can be made by anybody, and says so itself: the mark of a rehearsal is under every signature.
 * Pure; any thread. */
#ifndef LOAXA_JOURNAL_SEAL_H
#define LOAXA_JOURNAL_SEAL_H

#include "base/sha256.h"
#include "base/text.h"
#include "journal/key.h"
#include "schedule/station.h"

struct seal {
	char station[NAME_BYTES]; /* code */
	uint8_t key[KEY_BYTES];   /* public, of whoever sealed */
	int64_t seq;
	uint8_t head[SHA256_BYTES];
	uint8_t signature[KEY_SIGNATURE_BYTES];
};

/* Fills in key and signature. */
void seal_sign(struct seal *, const struct key *, bool rehearsal);
void seal_write(const struct seal *, struct text *body);
bool seal_read(struct seal *, const char *body, size_t bytes); /* false: no seal */
bool seal_holds(const struct seal *, bool rehearsal);          /* its key signed just this */

struct seal_key {
	char station[NAME_BYTES];
	uint8_t public[KEY_BYTES], previous[KEY_BYTES];
	bool first; /* there is no previous one */
	bool lost;  /* the previous one could not sign any more */
	uint8_t signature[KEY_SIGNATURE_BYTES];
};

/* signer: the previous key; the new one itself when it is the first or the previous is lost. */
void seal_key_sign(struct seal_key *, const struct key *signer, bool rehearsal);
void seal_key_write(const struct seal_key *, struct text *body);
bool seal_key_read(struct seal_key *, const char *body, size_t bytes);
bool seal_key_holds(const struct seal_key *, bool rehearsal);

#endif
