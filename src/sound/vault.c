#include "sound/vault.h"

#include "base/mem.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct block {
	char sha256[SHA256_HEX];
	struct store_form form;
	int16_t *at;
	int64_t frames;
	bool needed, locked;
	int held;
};

struct vault {
	VEC(struct block *) blocks;
};

struct vault_item {
	struct spans spans;
	struct block **blocks; /* as many as spans */
};

struct vault *vault_new(void)
{
	return mem_new(struct vault);
}

static void free_block(struct block *b)
{
	munmap(b->at, (size_t)b->frames * sizeof *b->at);
	mem_free(b);
}

static void sweep(struct vault *v)
{
	for (size_t i = 0; i < v->blocks.n;) {
		struct block *b = v->blocks.at[i];
		if (b->needed || b->held) {
			i++;
			continue;
		}
		free_block(b);
		vec_remove(&v->blocks, i);
	}
}

void vault_free(struct vault **v)
{
	if (!*v)
		return;
	for (size_t i = 0; i < (*v)->blocks.n; i++)
		free_block((*v)->blocks.at[i]);
	vec_free(&(*v)->blocks);
	mem_free(*v);
	*v = NULL;
}

static struct block *find(const struct vault *v, const char *sha256, struct store_form form)
{
	for (size_t i = 0; i < v->blocks.n; i++) {
		struct block *b = v->blocks.at[i];
		if (store_form_same(b->form, form) && !strcmp(b->sha256, sha256))
			return b;
	}
	return NULL;
}

static bool read_whole(const char *path, void *to, size_t bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t got = 0;
	while (fd >= 0 && got < bytes) {
		ssize_t n = read(fd, (char *)to + got, bytes - got);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	return got == bytes;
}

/* The hash is taken of what lies in memory: that is what will be heard. */
static bool read_checked(struct block *b, const char *path, const struct store_facts *facts)
{
	uint8_t hash[SHA256_BYTES];
	char hex[SHA256_HEX];
	size_t bytes = (size_t)b->frames * sizeof *b->at;
	if (!read_whole(path, b->at, bytes))
		return false;
	sha256_of(b->at, bytes, hash);
	sha256_hex(hash, hex);
	return !strcmp(hex, facts->pcm_sha256);
}

static struct block *load(const char *sha256, struct store_form form, struct store *store)
{
	struct store_facts facts;
	if (!store_facts(store, sha256, form, &facts) || facts.frames <= 0)
		return NULL;
	size_t bytes = (size_t)facts.frames * sizeof(int16_t);
	void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return NULL;
	struct block *b = mem_new(struct block);
	memcpy(b->sha256, sha256, strnlen(sha256, SHA256_HEX - 1));
	b->form = form;
	b->at = at;
	b->frames = facts.frames;
	char *path = store_pcm_path(store, sha256, form);
	bool good = read_checked(b, path, &facts);
	mem_free(path);
	if (!good) {
		free_block(b);
		return NULL;
	}
	b->locked = !mlock(at, bytes);
	mprotect(at, bytes, PROT_READ);
	return b;
}

static void need_recording(struct vault *v, const struct recording *r, struct store_form form, struct store *store)
{
	if (r->state != RECORDING_READY || (r->bound && strcmp(r->bound, r->sha256)))
		return;
	struct block *b = find(v, r->sha256, form);
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
	for (size_t i = 0; i < v->blocks.n; i++)
		v->blocks.at[i]->needed = false;
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

struct vault_item *vault_hold(struct vault *v, const struct bulletin *b, struct store_form form)
{
	for (size_t i = 0; i < b->audio.n; i++)
		if (!find(v, b->audio.at[i].sha256, form))
			return NULL;
	if (!b->audio.n)
		return NULL;
	struct vault_item *item = mem_new(struct vault_item);
	item->spans.n = b->audio.n;
	item->spans.list = mem_new_n(struct span, b->audio.n);
	item->blocks = mem_new_n(struct block *, b->audio.n);
	for (size_t i = 0; i < b->audio.n; i++) {
		struct block *block = find(v, b->audio.at[i].sha256, form);
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
		struct block *block = find(v, sha256, form) ? NULL : load(sha256, form, store);
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

int64_t vault_bytes(const struct vault *v)
{
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
