#include "journal/ledger-file.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

int ledger_file_create(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return errno;
	struct stat st;
	int fresh = !fstat(fd, &st) && st.st_size == 0;
	int e = fresh && fchmod(fd, 0640) ? errno : 0;
	close(fd);
	return e;
}

int ledger_file_sync(const char *path)
{
	char *copy = mem_dup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int e = fd < 0 || fsync(fd) ? errno : 0;
	if (fd >= 0)
		close(fd);
	mem_free(copy);
	return e;
}
