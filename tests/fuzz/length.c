/* Containers: the walk over any bytes ends, stays inside them, and promises no more sound than they can hold. */
#include "base/mem.h"
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct why_facts why = { WHY_NONE, 0, 0 };
	struct length l;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	struct bytes *b = bytes_new(fd, NULL);
	bool fine = length_of(b, &l, &why);
	if (fine != (why.code == WHY_NONE) || why.a < 0 || why.b < 0)
		abort();
	if (fine && l.kind != CONTAINER_UNKNOWN && (l.start < 0 || l.end > (int64_t)size || l.frames < -1 || l.slack < 0))
		abort();
	if (l.prefix_bytes > sizeof l.prefix)
		abort();
	mem_free(b);
	close(fd);
	return 0;
}
