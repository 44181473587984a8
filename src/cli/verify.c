/* loaxa verify: rows in, findings out.  A bundle and a state go the same way; only where the rows come from differs. */
#include "cli/verify.h"

#include "base/i18n.h"
#include "journal/reader.h"
#include "journal/walk.h"
#include "os/tzfile.h"
#include "schedule/station.h"

#include <stdlib.h>
#include <string.h>

/* What the receiver knows, read before anything is looked at. */
struct known {
	struct verify_keys keys;
	int64_t seq;
	uint8_t head[SHA256_BYTES];
};

static bool read_known(const struct verify_asked *asked, struct known *k, struct err *err)
{
	*k = (struct known){ 0 };
	return (!asked->key || verify_read_keys(asked->key, &k->keys, err)) &&
	       (!asked->checkpoint || verify_read_checkpoint(asked->checkpoint, &k->seq, k->head, err));
}

struct tz *verify_zone(const char *name)
{
	size_t bytes = 0;
	void *tzif = name ? tzfile_read(name, &bytes) : NULL;
	struct tz *tz = tzif ? tz_new(tzif, bytes) : NULL;
	free(tzif);
	return tz;
}

static void take_row(struct verify *v, const struct bundle_row *row)
{
	const struct chain_row *r = &row->row;
	if (!row->attached && !v->begins.us)
		v->begins.us = r->wall_us;
	if (!row->attached)
		v->ends.us = r->wall_us;
	covered_row(v->covered, &(struct journal_row){ .wall = { r->wall_us },
					.mono = { r->mono_us },
					.clock = (enum clock_state)r->clock,
					.kind = r->kind,
					.airing = r->airing,
					.planned = { r->planned_us },
					.body = r->body });
}

/* The best that any of the known keys says of it.  key_at: the station's own, one after the other. */
static enum verify_key trust(const struct known *k, const void *of, const char *(*key_at)(const void *, size_t),
	enum bundle_trust (*ask)(const void *, const char *))
{
	enum verify_key best = k->keys.list.n ? VERIFY_KEY_STRANGE : VERIFY_KEY_NOT_ASKED;
	const char *key;
	for (size_t i = 0; (key = key_at(of, i)) != NULL; i++)
		for (size_t n = 0; n < k->keys.list.n; n++) {
			if (!verify_key_is(k->keys.list.at[n], key))
				continue;
			enum bundle_trust t = ask(of, key);
			if (t == BUNDLE_TRUSTED)
				return VERIFY_KEY_KNOWN;
			best = t == BUNDLE_LOST_KEY ? VERIFY_KEY_LOST : best;
		}
	return best;
}

/* ── A bundle ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *bundle_key_at(const void *b, size_t i)
{
	return bundle_key(b, i);
}

static enum bundle_trust ask_bundle(const void *b, const char *key)
{
	return bundle_trust(b, key);
}

static void take_facts(struct verify *v, const struct bundle_facts *f)
{
	struct text names = { 0 };
	for (size_t i = 0; i < f->names_n; i++)
		text_addf(&names, "%s%s", i ? " → " : "", f->names[i]);
	v->station = mem_dup(f->station);
	v->names = text_take(&names);
	v->timezone = mem_dup(f->timezone);
	v->tz = verify_zone(f->timezone);
	v->from = f->from;
	v->to = f->to;
	v->first = f->first;
	v->last = f->last;
	v->rehearsal = f->rehearsal;
	v->sample = f->sample;
	memcpy(v->key, f->key, sizeof v->key);
	sha256_hex(f->head, v->head);
}

static void read_bundle(struct verify *v, struct bundle *b, const struct known *k)
{
	struct bundle_row row;
	take_facts(v, bundle_facts(b));
	v->covered = covered_new(v->from, v->to);
	if (k->seq)
		bundle_expect(b, k->seq, k->head);
	while (bundle_next(b, &row))
		take_row(v, &row);
	v->whole = bundle_end(b, &v->what);
	v->seals = bundle_seals(b);
	v->trust = trust(k, b, bundle_key_at, ask_bundle);
	v->noted = k->seq > 0;
	v->checkpoint_seq = k->seq;
	v->checkpoint = bundle_expected(b);
}

bool verify_file(const struct verify_asked *asked, struct verify *v, struct err *err)
{
	struct known k;
	*v = (struct verify){ 0 };
	bool ok = read_known(asked, &k, err);
	struct bundle *b = ok ? bundle_open(asked->file, &v->what) : NULL;
	if (b)
		read_bundle(v, b, &k);
	if (ok && v->what.what == BUNDLE_NO_FILE)
		ok = bundle_say(&v->what, NULL, NULL, err);
	else if (ok && v->what.what)
		bundle_say(&v->what, v->station, v->tz, &v->fault);
	if (v->whole)
		v->sum = covered_end(v->covered);
	bundle_close(&b);
	verify_keys_free(&k.keys);
	return ok;
}

/* ── A state ───────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *walk_key_at(const void *w, size_t i)
{
	return walk_key(w, i);
}

static enum bundle_trust ask_walk(const void *w, const char *key)
{
	return walk_trust(w, key);
}

static void take_walk(struct verify *v, const struct walk *w)
{
	struct walk_facts f = walk_facts(w);
	v->station = mem_dup(f.station);
	v->names = mem_dup(f.name);
	v->timezone = mem_dup(f.timezone);
	v->tz = verify_zone(f.timezone);
	v->first = 1;
	v->last = f.rows;
	v->seals = f.seals;
	v->unsealed = f.rows - f.sealed;
	v->rehearsal = f.rehearsal;
	v->sample = f.sample;
	memcpy(v->key, f.key, sizeof v->key);
	memcpy(v->head, f.sealed ? f.sealed_head : f.head, sizeof v->head);
}

static bool read_walk(struct verify *v, struct walk *w, const struct known *k, struct err *err)
{
	struct bundle_row row;
	v->covered = covered_new((wall_us){ INT64_MIN / 2 }, (wall_us){ US_NEVER });
	if (k->seq)
		walk_expect(w, k->seq, k->head);
	while (walk_next(w, &row))
		take_row(v, &row);
	v->whole = walk_end(w, &v->what, err);
	take_walk(v, w);
	v->trust = trust(k, w, walk_key_at, ask_walk);
	v->noted = k->seq > 0;
	v->checkpoint_seq = k->seq;
	v->checkpoint = walk_expected(w);
	return v->whole || v->what.what;
}

bool verify_state(const struct verify_asked *asked, struct verify *v, struct err *err)
{
	struct known k;
	*v = (struct verify){ 0 };
	bool ok = read_known(asked, &k, err);
	if (ok && !journal_log_exists(asked->state_dir))
		ok = err_set(err,
			_("no journal in %s — no station has run from there; for a bundle: loaxa verify FILE"),
			asked->state_dir);
	struct walk *w = ok ? walk_open(asked->state_dir, err) : NULL;
	ok = w && read_walk(v, w, &k, err);
	if (ok && v->what.what)
		walk_say(&v->what, v->tz, &v->fault);
	if (ok && v->whole)
		v->sum = covered_end(v->covered);
	walk_close(&w);
	verify_keys_free(&k.keys);
	return ok;
}

void verify_free(struct verify *v)
{
	mem_free(v->station);
	mem_free(v->names);
	mem_free(v->timezone);
	tz_free(&v->tz);
	covered_free(&v->covered);
	*v = (struct verify){ 0 };
}

/* A schedule that this version cannot read, or none, is no objection: it is said, and nobody is blamed. */
bool verify_good(const struct verify *v)
{
	bool trusted = v->trust == VERIFY_KEY_NOT_ASKED || v->trust == VERIFY_KEY_KNOWN;
	bool noted = !v->noted || v->checkpoint == BUNDLE_SAME || v->checkpoint == BUNDLE_BEFORE;
	return v->whole && trusted && noted && !v->sum->missing;
}
