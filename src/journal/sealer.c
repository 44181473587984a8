/* The file is looked at anew at each checkpoint, a few times a day, and while something is to be mended with each batch of
 * rows: a key that was put back seals again, one that waits in key.next takes over.  A change of keys is in force when its row is committed; a power failure between that and the
 * files' change is found by the row, which names the key that waits. */
#include "journal/sealer.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "journal/key-file.h"
#include "journal/seal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct sealer {
	char *state; /* NULL: of a rehearsal */
	char station[NAME_BYTES]; /* of the last checkpoint; "" = none yet, or it named none */
	/* the last key row */
	bool asked, announced;
	uint8_t public[KEY_BYTES];
	/* the key that seals */
	bool has_key;
	struct key key;
	int64_t sealed; /* seq of the last seal it made */
	bool promote; /* it is the one of key.next, once this is committed */
	enum seal_fault fault;
};

static const char *const fault_text[] = {
	[SEAL_FINE] = "",
	[SEAL_GONE] =
		N_("the station's key (the file \"key\" of the state directory) is gone, new rows are not "
		   "sealed — put it back from a backup, or begin a new one: loaxa key --lost"),
	[SEAL_BROKEN] =
		N_("the station's key (the file \"key\" of the state directory) is damaged, new rows are not "
		   "sealed — put it back from a backup, or begin a new one: loaxa key --lost"),
	[SEAL_DENIED] =
		N_("the station's key cannot be read, new rows are not sealed — the file \"key\" of the state "
		   "directory must belong to the account of the station, with the rights 0600"),
	[SEAL_OTHERS] =
		N_("the station's key is in other hands, new rows are not sealed — it must be a plain file of "
		   "the station's own account: give it back (chown), then: loaxa key --new"),
	[SEAL_ANOTHER] =
		N_("the file \"key\" of the state directory holds another key than the one that sealed until "
		   "now, new rows are not sealed — put the right one back, or begin a new one: loaxa key --lost"),
	[SEAL_NOT_MADE] =
		N_("the station's key cannot be written into the state directory, new rows are not sealed — "
		   "check its rights and the free space"),
	[SEAL_WAS_OPEN] =
		N_("other accounts could read the station's key until now; its rights are mended, rows are "
		   "sealed — if somebody may have copied it: loaxa key --new"),
};

const char *seal_fault_text(enum seal_fault f)
{
	return fault_text[f];
}

struct sealer *sealer_new(const char *state_dir)
{
	struct sealer *s = mem_new(struct sealer);
	s->state = mem_dup(state_dir);
	return s;
}

void sealer_free(struct sealer **ps)
{
	if (!*ps)
		return;
	key_wipe(&(*ps)->key);
	mem_free((*ps)->state);
	mem_free(*ps);
	*ps = NULL;
}

enum seal_fault sealer_fault(const struct sealer *s)
{
	return s->fault;
}

static void forget_key(struct sealer *s)
{
	key_wipe(&s->key);
	s->has_key = false;
}

/* ── The key ───────────────────────────────────────────────────────────────────────────────────────────────── */

static enum ledger_trouble find_announced(struct sealer *s, struct ledger *l)
{
	static const char *const kinds[LEDGER_KINDS] = { "key" };
	struct chain_row row;
	struct seal_key k;
	uint8_t hash[SHA256_BYTES];
	if (s->asked)
		return LEDGER_OK;
	s->announced = false;
	ledger_read_events(l, kinds, INT64_MIN, INT64_MAX);
	while (ledger_next(l, &row, hash))
		if (seal_key_read(&k, row.body, strlen(row.body))) {
			s->announced = true;
			memcpy(s->public, k.public, KEY_BYTES);
		}
	enum ledger_trouble t = ledger_end(l);
	s->asked = !t;
	return t;
}

static bool is_announced(const struct sealer *s, const struct key *k)
{
	return s->announced && !memcmp(s->public, k->public, KEY_BYTES);
}

static enum seal_fault fault_of(enum key_file f)
{
	static const enum seal_fault faults[] = { [KEY_FILE_OK] = SEAL_FINE,
		[KEY_FILE_OPEN] = SEAL_WAS_OPEN,
		[KEY_FILE_NONE] = SEAL_GONE,
		[KEY_FILE_DENIED] = SEAL_DENIED,
		[KEY_FILE_OTHERS] = SEAL_OTHERS,
		[KEY_FILE_BROKEN] = SEAL_BROKEN,
		[KEY_FILE_IO] = SEAL_DENIED };
	return faults[f];
}

static void make_key(struct sealer *s, const char *path)
{
	s->has_key = key_random(&s->key) && key_file_write(path, &s->key, KEY_CHANGE_NONE, s->state);
	s->fault = s->has_key ? SEAL_FINE : SEAL_NOT_MADE;
}

static void read_key(struct sealer *s)
{
	char *path = key_file_path(s->state);
	enum key_file f = key_file_read(path, &s->key, NULL);
	bool was_open = s->fault == SEAL_WAS_OPEN; /* said until the next start */
	s->has_key = f == KEY_FILE_OK || f == KEY_FILE_OPEN;
	s->fault = f == KEY_FILE_OK && was_open ? SEAL_WAS_OPEN : fault_of(f);
	if (f == KEY_FILE_NONE && !s->announced)
		make_key(s, path);
	else if (s->has_key && s->announced && !is_announced(s, &s->key))
		s->fault = SEAL_ANOTHER;
	if (s->fault != SEAL_FINE && s->fault != SEAL_WAS_OPEN)
		forget_key(s);
	mem_free(path);
}

/* Anybody can make it: that it is a rehearsal's stands under each of its seals. */
static void derive_key(struct sealer *s, int64_t at_us)
{
	struct text t = { 0 };
	uint8_t seed[KEY_SEED_BYTES];
	chain_add_string(&t, "loaxa rehearsal 1");
	chain_add_number(&t, (uint64_t)at_us);
	sha256_of(t.at, t.n, seed);
	key_of_seed(&s->key, seed);
	s->has_key = true;
	text_free(&t);
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static enum ledger_trouble add(struct ledger *l, const struct chain_row *after, const char *kind, struct text *body)
{
	struct chain_row row = *after;
	row.kind = kind;
	row.airing = NULL;
	row.planned_us = 0;
	row.body = text_str(body);
	enum ledger_trouble t = ledger_add(l, &row);
	text_free(body);
	return t;
}

static enum ledger_trouble add_key(struct sealer *s, struct ledger *l, const struct chain_row *after,
	const struct key *key, const struct key *signer)
{
	struct seal_key k = { .first = !s->announced, .lost = s->announced && key == signer };
	struct text body = { 0 };
	memcpy(k.station, s->station, sizeof k.station);
	memcpy(k.public, key->public, KEY_BYTES);
	if (!k.first)
		memcpy(k.previous, s->public, KEY_BYTES);
	seal_key_sign(&k, signer, ledger_is_rehearsal(l));
	seal_key_write(&k, &body);
	s->announced = true;
	memcpy(s->public, key->public, KEY_BYTES);
	return add(l, after, "key", &body);
}

static enum ledger_trouble add_seal(const struct sealer *s, struct ledger *l, const struct chain_row *after)
{
	struct seal seal = { .seq = ledger_last(l) };
	struct text body = { 0 };
	memcpy(seal.station, s->station, sizeof seal.station);
	memcpy(seal.head, ledger_head(l), SHA256_BYTES);
	seal_sign(&seal, &s->key, ledger_is_rehearsal(l));
	seal_write(&seal, &body);
	return add(l, after, "seal", &body);
}

/* A key that waits takes over: sealed by the one before it, or, when that is lost, by itself. */
static enum ledger_trouble change_key(struct sealer *s, struct ledger *l, const struct chain_row *after)
{
	char *path = key_file_next(s->state);
	struct key next;
	enum key_change change;
	enum key_file f = key_file_read(path, &next, &change);
	enum ledger_trouble t = LEDGER_OK;
	bool usable = f <= KEY_FILE_OPEN && !is_announced(s, &next) && (s->has_key || change == KEY_CHANGE_LOST);
	if (usable) {
		bool sealed_by_old = s->has_key && s->announced && change == KEY_CHANGE_NEW;
		t = add_key(s, l, after, &next, sealed_by_old ? &s->key : &next);
		s->key = next;
		s->has_key = s->promote = true;
		s->fault = SEAL_FINE;
	}
	key_wipe(&next);
	mem_free(path);
	return t;
}

/* The row of the change was committed, the power failed before the files followed. */
static void finish_change(struct sealer *s)
{
	char *path = key_file_next(s->state);
	struct key next;
	if (key_file_read(path, &next, NULL) <= KEY_FILE_OPEN && is_announced(s, &next) && !key_file_promote(s->state))
		s->fault = SEAL_NOT_MADE;
	key_wipe(&next);
	mem_free(path);
}

static enum ledger_trouble take_live_key(struct sealer *s, struct ledger *l, const struct chain_row *after)
{
	enum ledger_trouble t = LEDGER_OK;
	finish_change(s);
	read_key(s);
	if (s->has_key && !s->announced)
		t = add_key(s, l, after, &s->key, &s->key);
	return t ? t : change_key(s, l, after);
}

static enum ledger_trouble take_rehearsal_key(struct sealer *s, struct ledger *l, const struct chain_row *after)
{
	if (s->has_key)
		return LEDGER_OK;
	derive_key(s, after->wall_us);
	return add_key(s, l, after, &s->key, &s->key);
}

static bool is_checkpoint(const struct chain_row *row)
{
	return !strcmp(row->kind, "start") || !strcmp(row->kind, "day") || !strcmp(row->kind, "stop");
}

/* One that names no station leaves nobody to seal for. */
static void find_station(struct sealer *s, const struct chain_row *checkpoint)
{
	struct json *j = json_parse(checkpoint->body, strlen(checkpoint->body));
	const char *code = json_get_str(j, "station");
	snprintf(s->station, sizeof s->station, "%s", code && strlen(code) < sizeof s->station ? code : "");
	json_free(&j);
}

enum ledger_trouble sealer_after(struct sealer *s, struct ledger *l, const struct chain_row *row)
{
	if (!is_checkpoint(row))
		return LEDGER_OK;
	find_station(s, row);
	if (!s->station[0])
		return LEDGER_OK;
	enum ledger_trouble t = find_announced(s, l);
	if (!t)
		t = s->state ? take_live_key(s, l, row) : take_rehearsal_key(s, l, row);
	return t ? t : sealer_now(s, l, row);
}

enum ledger_trouble sealer_now(struct sealer *s, struct ledger *l, const struct chain_row *after)
{
	if (!s->has_key || !s->station[0] || s->sealed == ledger_last(l))
		return LEDGER_OK;
	enum ledger_trouble t = add_seal(s, l, after);
	s->sealed = ledger_last(l);
	return t;
}

static bool waits(const struct sealer *s)
{
	char *path = key_file_next(s->state);
	bool yes = !access(path, F_OK);
	mem_free(path);
	return yes;
}

enum ledger_trouble sealer_mend(struct sealer *s, struct ledger *l, const struct chain_row *row)
{
	bool unsealed = s->fault != SEAL_FINE && s->fault != SEAL_WAS_OPEN;
	if (!s->state || !s->station[0] || s->promote || !(unsealed || waits(s)))
		return LEDGER_OK;
	enum ledger_trouble t = find_announced(s, l);
	if (!t)
		t = take_live_key(s, l, row);
	bool news = s->promote || (unsealed && s->has_key);
	return t || !news ? t : sealer_now(s, l, row);
}

void sealer_committed(struct sealer *s)
{
	if (s->promote && !key_file_promote(s->state))
		s->fault = SEAL_NOT_MADE;
	s->promote = false;
}

void sealer_rolled_back(struct sealer *s)
{
	s->asked = s->promote = false;
	s->sealed = 0;
	forget_key(s);
}
