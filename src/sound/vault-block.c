#include "sound/vault-block.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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
static bool read_checked(struct vault_block *b, const char *path, const struct store_facts *facts)
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

bool vault_order_make(struct vault_order *o, struct store *store, const char *sha256, struct store_form form)
{
	*o = (struct vault_order){ .form = form };
	memcpy(o->sha256, sha256, strnlen(sha256, SHA256_HEX - 1));
	if (!store_facts(store, sha256, form, &o->facts) || o->facts.frames <= 0)
		return false;
	o->path = store_pcm_path(store, sha256, form);
	return true;
}

struct vault_block *vault_block_load(const struct vault_order *o)
{
	size_t bytes = (size_t)o->facts.frames * sizeof(int16_t);
	void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return NULL;
	struct vault_block *b = mem_new(struct vault_block);
	memcpy(b->sha256, o->sha256, sizeof b->sha256);
	b->form = o->form;
	b->at = at;
	b->frames = o->facts.frames;
	if (!read_checked(b, o->path, &o->facts)) {
		vault_block_free(&b);
		return NULL;
	}
	b->locked = !mlock(at, bytes);
	mprotect(at, bytes, PROT_READ);
	return b;
}

void vault_block_free(struct vault_block **b)
{
	if (!*b)
		return;
	munmap((*b)->at, (size_t)(*b)->frames * sizeof *(*b)->at);
	mem_free(*b);
	*b = NULL;
}
