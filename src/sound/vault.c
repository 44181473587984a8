#include "sound/vault.h"

#include "base/mem.h"
#include "base/vec.h"
#include "sound/vault-loader.h"

#include <string.h>

/* Ordered, and not here yet. */
struct coming {
	char sha256[SHA256_HEX];
	struct store_form form;
	bool needed; /* still */
};

struct vault {
	VEC(struct vault_block *) blocks;
	VEC(struct coming) coming;
	struct vault_loader *loader; /* NULL until it is needed */
	bool later;                  /* vault_fill_later() is at work */
};

struct vault_item {
	struct spans spans;
	struct vault_block **blocks; /* as many as spans */
};

struct vault *vault_new(void)
{
	return mem_new(struct vault);
}

static void sweep(struct vault *v)
{
	for (size_t i = 0; i < v->blocks.n;) {
		struct vault_block *b = v->blocks.at[i];
		if (b->needed || b->held) {
			i++;
			continue;
		}
		vault_block_free(&v->blocks.at[i]);
		vec_remove(&v->blocks, i);
	}
}

void vault_free(struct vault **v)
{
	if (!*v)
		return;
	for (size_t i = 0; i < (*v)->blocks.n; i++)
		vault_block_free(&(*v)->blocks.at[i]);
	vault_loader_free(&(*v)->loader);
	vec_free(&(*v)->coming);
	vec_free(&(*v)->blocks);
	mem_free(*v);
	*v = NULL;
}

static bool is_same(const struct coming *c, const char *sha256, struct store_form form)
{
	return store_form_same(c->form, form) && !strcmp(c->sha256, sha256);
}

static struct vault_block *find(const struct vault *v, const char *sha256, struct store_form form)
{
	for (size_t i = 0; i < v->blocks.n; i++) {
		struct vault_block *b = v->blocks.at[i];
		if (store_form_same(b->form, form) && !strcmp(b->sha256, sha256))
			return b;
	}
	return NULL;
}

static struct vault_block *load(const char *sha256, struct store_form form, struct store *store)
{
	struct vault_order o;
	struct vault_block *b = vault_order_make(&o, store, sha256, form) ? vault_block_load(&o) : NULL;
	mem_free(o.path);
	return b;
}

/* ── What is loaded meanwhile ── */

/* It may have been taken by hand meanwhile. */
static void keep(struct vault *v, struct vault_block **b)
{
	struct vault_block *here = *b ? find(v, (*b)->sha256, (*b)->form) : NULL;
	if (*b && !here) {
		here = *b;
		vec_push(&v->blocks, here);
		*b = NULL;
	}
	if (here)
		here->needed = true;
}

/* What the thread has finished since: kept where it is still needed. */
static void collect(struct vault *v)
{
	struct vault_result r;
	while (v->loader && vault_loader_take(v->loader, &r)) {
		for (size_t i = 0; i < v->coming.n; i++)
			if (is_same(&v->coming.at[i], r.sha256, r.form)) {
				if (v->coming.at[i].needed)
					keep(v, &r.block);
				vec_remove(&v->coming, i);
				break;
			}
		vault_block_free(&r.block);
	}
}

/* true: it comes. */
static bool load_later(struct vault *v, const char *sha256, struct store_form form, struct store *store)
{
	struct vault_order o;
	for (size_t i = 0; i < v->coming.n; i++)
		if (is_same(&v->coming.at[i], sha256, form))
			return v->coming.at[i].needed = true;
	if (!vault_order_make(&o, store, sha256, form))
		return true;
	struct coming c = { .form = form, .needed = true };
	memcpy(c.sha256, o.sha256, sizeof c.sha256);
	if (!v->loader)
		v->loader = vault_loader_new();
	if (!v->loader) {
		mem_free(o.path);
		return false;
	}
	vault_loader_order(v->loader, &o);
	vec_push(&v->coming, c);
	return true;
}

static void need_recording(struct vault *v, const struct recording *r, struct store_form form, struct store *store)
{
	if (r->state != RECORDING_READY || (r->bound && strcmp(r->bound, r->sha256)))
		return;
	struct vault_block *b = find(v, r->sha256, form);
	if (!b && v->later && load_later(v, r->sha256, form, store))
		return;
	if (!b && (b = load(r->sha256, form, store)))
		vec_push(&v->blocks, b);
	if (b)
		b->needed = true;
}

static void need_bulletin(struct vault *v, const struct station *st, int bulletin, zone_set zones, struct store *store)
{
	const struct bulletin *b = &st->bulletins.at[bulletin];
	for (size_t z = 0; z < st->zones.n; z++) {
		const struct output *o = &st->outputs.at[st->zones.at[z].output];
		for (size_t i = 0; i < b->audio.n && zones >> z & 1; i++)
			need_recording(v, &b->audio.at[i], (struct store_form){ o->rate, o->high_pass }, store);
	}
}

void vault_fill(struct vault *v, const struct station *st, struct store *store)
{
	collect(v);
	for (size_t i = 0; i < v->blocks.n; i++)
		v->blocks.at[i]->needed = false;
	for (size_t i = 0; i < v->coming.n; i++)
		v->coming.at[i].needed = false;
	for (size_t i = 0; st && i < st->rules.n; i++) {
		const struct rule *r = &st->rules.at[i];
		if (r->kind != RULE_EMERGENCY)
			continue;
		for (size_t k = 0; k < r->play.n; k++)
			need_bulletin(v, st, r->play.at[k].bulletin, r->zones, store);
		if (r->all_clear >= 0)
			need_bulletin(v, st, r->all_clear, r->zones, store);
	}
	sweep(v);
}

void vault_fill_later(struct vault *v, const struct station *st, struct store *store)
{
	v->later = true;
	vault_fill(v, st, store);
	v->later = false;
}

struct vault_item *vault_hold(struct vault *v, const struct bulletin *b, struct store_form form)
{
	collect(v);
	for (size_t i = 0; i < b->audio.n; i++)
		if (!find(v, b->audio.at[i].sha256, form))
			return NULL;
	if (!b->audio.n)
		return NULL;
	struct vault_item *item = mem_new(struct vault_item);
	item->spans.n = b->audio.n;
	item->spans.list = mem_new_n(struct span, b->audio.n);
	item->blocks = mem_new_n(struct vault_block *, b->audio.n);
	for (size_t i = 0; i < b->audio.n; i++) {
		struct vault_block *block = find(v, b->audio.at[i].sha256, form);
		block->held++;
		item->blocks[i] = block;
		item->spans.list[i] = (struct span){ block->at, block->frames };
	}
	return item;
}

struct vault_item *vault_take(struct vault *v, const struct bulletin *b, struct store_form form, struct store *store)
{
	for (size_t i = 0; i < b->audio.n; i++) {
		const char *sha256 = b->audio.at[i].sha256;
		struct vault_block *block = find(v, sha256, form) ? NULL : load(sha256, form, store);
		if (block)
			vec_push(&v->blocks, block);
	}
	struct vault_item *item = vault_hold(v, b, form);
	if (!item)
		sweep(v);
	return item;
}

void vault_release(struct vault *v, struct vault_item **item)
{
	if (!*item)
		return;
	for (size_t i = 0; i < (*item)->spans.n; i++)
		(*item)->blocks[i]->held--;
	mem_free((*item)->blocks);
	mem_free((*item)->spans.list);
	mem_free(*item);
	*item = NULL;
	sweep(v);
}

struct spans *vault_spans(struct vault_item *item)
{
	return &item->spans;
}

int64_t vault_bytes(struct vault *v)
{
	collect(v);
	int64_t bytes = 0;
	for (size_t i = 0; i < v->blocks.n; i++)
		bytes += v->blocks.at[i]->frames * (int64_t)sizeof(int16_t);
	return bytes;
}

bool vault_locked(const struct vault *v)
{
	for (size_t i = 0; i < v->blocks.n; i++)
		if (!v->blocks.at[i]->locked)
			return false;
	return true;
}
