#include "journal/seal.h"

#include "base/hex.h"
#include "base/json.h"
#include "journal/chain.h"

#include <string.h>

/* ── What is signed ────────────────────────────────────────────────────────────────────────────────────────── */

static void add_bytes(struct text *t, const uint8_t bytes[32])
{
	text_add_n(t, (const char *)bytes, 32);
}

static void seal_bytes(const struct seal *s, bool rehearsal, struct text *t)
{
	chain_add_string(t, "loaxa seal 1");
	chain_add_string(t, s->station);
	chain_add_number(t, (uint64_t)s->seq);
	add_bytes(t, s->head);
	chain_add_number(t, rehearsal);
}

static void key_bytes(const struct seal_key *k, bool rehearsal, struct text *t)
{
	static const uint8_t none[KEY_BYTES];
	chain_add_string(t, "loaxa key 1");
	chain_add_string(t, k->station);
	add_bytes(t, k->public);
	add_bytes(t, k->first ? none : k->previous);
	chain_add_number(t, k->lost);
	chain_add_number(t, rehearsal);
}

void seal_sign(struct seal *s, const struct key *key, bool rehearsal)
{
	struct text t = { 0 };
	memcpy(s->key, key->public, KEY_BYTES);
	seal_bytes(s, rehearsal, &t);
	key_sign(key, t.at, t.n, s->signature);
	text_free(&t);
}

bool seal_holds(const struct seal *s, bool rehearsal)
{
	struct text t = { 0 };
	seal_bytes(s, rehearsal, &t);
	bool yes = key_signed(s->key, t.at, t.n, s->signature);
	text_free(&t);
	return yes;
}

void seal_key_sign(struct seal_key *k, const struct key *signer, bool rehearsal)
{
	struct text t = { 0 };
	key_bytes(k, rehearsal, &t);
	key_sign(signer, t.at, t.n, k->signature);
	text_free(&t);
}

bool seal_key_holds(const struct seal_key *k, bool rehearsal)
{
	struct text t = { 0 };
	key_bytes(k, rehearsal, &t);
	bool yes = key_signed(k->first || k->lost ? k->public : k->previous, t.at, t.n, k->signature);
	text_free(&t);
	return yes;
}

/* ── As rows ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_hex(struct text *t, const char *key, const uint8_t *bytes, size_t n)
{
	char hex[2 * KEY_SIGNATURE_BYTES + 1];
	hex_write(bytes, n, hex);
	json_str(t, key, hex);
}

static bool get_hex(const struct json *j, const char *key, uint8_t *bytes, size_t n)
{
	return hex_read(json_get_str(j, key), bytes, n);
}

static bool get_station(const struct json *j, char to[NAME_BYTES])
{
	const char *code = json_get_str(j, "station");
	if (!code || strlen(code) >= NAME_BYTES)
		return false;
	memcpy(to, code, strlen(code) + 1);
	return true;
}

void seal_write(const struct seal *s, struct text *t)
{
	json_open(t, NULL, '{');
	json_str(t, "station", s->station);
	add_hex(t, "key", s->key, KEY_BYTES);
	json_int(t, "seq", s->seq);
	add_hex(t, "head", s->head, SHA256_BYTES);
	add_hex(t, "signature", s->signature, KEY_SIGNATURE_BYTES);
	json_close(t, '}');
}

bool seal_read(struct seal *s, const char *body, size_t bytes)
{
	struct json *j = json_parse(body, bytes);
	*s = (struct seal){ .seq = json_get_int(j, "seq", 0) };
	bool ok = s->seq > 0 && get_station(j, s->station) && get_hex(j, "key", s->key, KEY_BYTES) &&
		  get_hex(j, "head", s->head, SHA256_BYTES) && get_hex(j, "signature", s->signature, KEY_SIGNATURE_BYTES);
	json_free(&j);
	return ok;
}

void seal_key_write(const struct seal_key *k, struct text *t)
{
	json_open(t, NULL, '{');
	json_str(t, "station", k->station);
	add_hex(t, "public", k->public, KEY_BYTES);
	if (k->first)
		json_str(t, "previous", NULL);
	else
		add_hex(t, "previous", k->previous, KEY_BYTES);
	json_bool(t, "lost", k->lost);
	add_hex(t, "signature", k->signature, KEY_SIGNATURE_BYTES);
	json_close(t, '}');
}

bool seal_key_read(struct seal_key *k, const char *body, size_t bytes)
{
	struct json *j = json_parse(body, bytes);
	*k = (struct seal_key){ .lost = json_get_bool(j, "lost"), .first = !json_get_str(j, "previous") };
	bool ok = get_station(j, k->station) && get_hex(j, "public", k->public, KEY_BYTES) &&
		  (k->first || get_hex(j, "previous", k->previous, KEY_BYTES)) && !(k->first && k->lost) &&
		  get_hex(j, "signature", k->signature, KEY_SIGNATURE_BYTES);
	json_free(&j);
	return ok;
}
