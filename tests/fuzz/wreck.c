/* A damaged journal, of any bytes: what is taken for rows lies within them, and both ways of reading come to an end. */
#include "base/mem.h"
#include "journal/salvage.h"
#include "journal/wreck.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(void *self, const struct chain_row *r, const uint8_t hash[SHA256_BYTES], size_t nth)
{
	size_t *bytes = self;
	*bytes += strlen(r->boot) + strlen(r->kind) + strlen(r->body) + (r->airing ? strlen(r->airing) : 0) + hash[0] + nth;
	if (r->seq <= 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("wreck", MFD_CLOEXEC);
	char *path = mem_printf("/proc/self/fd/%d", fd);
	size_t bytes = 0;
	struct salvage_tail tail;
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	struct wreck *w = wreck_open(path);
	for (int64_t i = 0; i < wreck_pages(w) + wreck_wal_pages(w); i++)
		wreck_read(w, i, look, &bytes);
	wreck_too_short(w);
	wreck_close(&w);
	salvage_tail_read(path, &tail);
	salvage_tail_free(&tail);
	mem_free(path);
	close(fd);
	return 0;
}
