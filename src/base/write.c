#include "base/write.h"

#include <errno.h>
#include <unistd.h>

bool write_all(int fd, const void *data, size_t bytes)
{
	const char *p = data;
	while (bytes) {
		ssize_t n = write(fd, p, bytes);
		if (n < 0 && errno != EINTR)
			return false;
		p += n > 0 ? n : 0;
		bytes -= n > 0 ? (size_t)n : 0;
	}
	return true;
}
