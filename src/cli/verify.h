/* What loaxa verify found out: the same for a bundle and for a state directory, printed in one place. */
#ifndef LOAXA_CLI_VERIFY_H
#define LOAXA_CLI_VERIFY_H

#include "cli/covered.h"
#include "journal/bundle.h"

struct verify_asked {
	const char *file, *state_dir; /* one of them */
	const char *key;        /* as typed: hex digits, the digits for the telephone, or a file of such lines; NULL */
	const char *checkpoint; /* SEQ:HEAD, or NULL */
	bool json;
};

enum verify_key { VERIFY_KEY_NOT_ASKED, VERIFY_KEY_KNOWN, VERIFY_KEY_LOST, VERIFY_KEY_STRANGE };

struct verify {
	bool whole;       /* every row is what it was, and where it was */
	struct err fault; /* else: what is wrong, in words */
	struct bundle_fault what;
	/* whose, and what of it */
	char *station, *names, *timezone;     /* names: several with " → " between */
	struct tz *tz;                        /* NULL: not known */
	wall_us from, to;                     /* asked for; .us = 0: all there is */
	wall_us begins, ends;                 /* when the first and the last row were written */
	int64_t first, last, seals, unsealed; /* unsealed: rows behind the last seal (a state's) */
	char head[SHA256_HEX];                /* after the last sealed row */
	char key[BUNDLE_KEY_HEX];             /* "" = nothing is sealed */
	bool rehearsal, sample;
	/* against what the receiver knows */
	enum verify_key trust;
	bool noted; /* a checkpoint was given: */
	enum bundle_checkpoint checkpoint;
	int64_t checkpoint_seq;
	/* against the plan */
	struct covered *covered;
	const struct covered_sum *sum;
};

/* false: nothing could be looked at, err says why. */
bool verify_file(const struct verify_asked *, struct verify *, struct err *);
bool verify_state(const struct verify_asked *, struct verify *, struct err *);
void verify_free(struct verify *); /* empties it */

/* Is there nothing at all to object to? */
bool verify_good(const struct verify *);
void verify_print(const struct verify *, const struct verify_asked *);
void verify_print_json(const struct verify *, const struct verify_asked *);

/* ── Inside ── */

/* The keys that a person typed, or a file holds.  false: none can be read from it. */
struct verify_keys {
	VEC(char *) list; /* hex digits, or 30 digits of a fingerprint; without blanks */
};
bool verify_read_keys(const char *typed, struct verify_keys *, struct err *);
void verify_keys_free(struct verify_keys *);
bool verify_key_is(const char *typed, const char *hex);
bool verify_read_checkpoint(const char *typed, int64_t *seq, uint8_t head[SHA256_BYTES], struct err *);
struct tz *verify_zone(const char *name); /* NULL: there is no such zone here */

#endif
