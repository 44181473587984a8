/* Rows as bytes, and what checkpoints say about the station. */
#include "journal/bundle-inside.h"

#include <string.h>

/* Its high byte is zero, and the year is 4253. */
#define PLANNED_MOST ((UINT64_C(1) << 56) - 1)

struct cursor {
	const uint8_t *at;
	size_t left;
	bool bad;
};

static uint64_t take_number(struct cursor *c, uint64_t most)
{
	uint64_t v = 0;
	c->bad = c->bad || c->left < 8;
	if (c->bad)
		return 0;
	v = bundle_number_at(c->at, 8);
	c->at += 8;
	c->left -= 8;
	c->bad = v > most;
	return v;
}

/* Not terminated by itself; NULL = missing. */
static const char *take_string(struct cursor *c, size_t *n)
{
	uint64_t bytes = take_number(c, UINT64_MAX);
	*n = 0;
	if (c->bad || bytes == UINT64_MAX)
		return NULL;
	c->bad = bytes > c->left || memchr(c->at, 0, bytes);
	if (c->bad)
		return NULL;
	const char *s = (const char *)c->at;
	*n = bytes;
	c->at += bytes;
	c->left -= bytes;
	return s;
}

/* Behind each string but the kind stands a number whose high byte is zero, or the row is refused: so they are terminated
 * where they lie.  Behind the kind a missing airing has ones. */
bool bundle_row_read(const uint8_t *at, size_t n, struct chain_row *r, char kind[BUNDLE_KIND_BYTES])
{
	struct cursor c = { at, n, false };
	size_t boot, kinds, airing, body;
	*r = (struct chain_row){ .seq = (int64_t)take_number(&c, INT64_MAX) };
	r->wall_us = (int64_t)take_number(&c, UINT64_MAX);
	r->mono_us = (int64_t)take_number(&c, UINT64_MAX);
	r->boot = take_string(&c, &boot);
	r->clock = (int)take_number(&c, CLOCK_DISTRUSTED);
	const char *k = take_string(&c, &kinds);
	r->airing = take_string(&c, &airing);
	r->planned_us = (int64_t)take_number(&c, PLANNED_MOST);
	r->body = take_string(&c, &body);
	r->rehearsal = take_number(&c, 1);
	if (c.bad || c.left || !r->boot || !k || !r->body || kinds >= BUNDLE_KIND_BYTES)
		return false;
	memcpy(kind, k, kinds);
	kind[kinds] = '\0';
	r->kind = kind;
	return text_bad_utf8(r->boot, boot) < 0 && text_bad_utf8(kind, kinds) < 0 &&
	       (!r->airing || text_bad_utf8(r->airing, airing) < 0);
}

void bundle_identity_add(struct bundle_identity *id, const struct json *checkpoint)
{
	const char *station = json_get_str(checkpoint, "station"), *name = json_get_str(checkpoint, "station_name");
	if (!station || !name)
		return; /* it had no schedule then */
	mem_renew(&id->station, station);
	mem_renew(&id->timezone, json_get_str(checkpoint, "timezone"));
	id->sample = id->sample || json_get_bool(checkpoint, "sample");
	if (!id->names.n || strcmp(id->names.at[id->names.n - 1], name) != 0)
		vec_push(&id->names, mem_dup(name));
}

static bool same(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

bool bundle_identity_same(const struct bundle_identity *a, const struct bundle_identity *b)
{
	bool ok = same(a->station, b->station) && same(a->timezone, b->timezone) && a->sample == b->sample &&
		  a->names.n == b->names.n;
	for (size_t i = 0; ok && i < a->names.n; i++)
		ok = same(a->names.at[i], b->names.at[i]);
	return ok;
}

void bundle_identity_free(struct bundle_identity *id)
{
	for (size_t i = 0; i < id->names.n; i++)
		mem_free(id->names.at[i]);
	vec_free(&id->names);
	mem_free(id->station);
	mem_free(id->timezone);
	*id = (struct bundle_identity){ 0 };
}
