#include "cli/report-whole.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(const char *path, int why, struct err *err)
{
	return err_set(err, _("\"%s\" was NOT written: %s — see to it or give another place, then do it again."), path,
		strerror(why));
}

bool report_whole_sync(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd >= 0 && !fsync(fd);
	int why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	return ok;
}

bool report_whole(const struct report_job *job, const char *path, report_writer *write, struct err *err)
{
	struct stat there;
	if (!stat(path, &there) && !S_ISREG(there.st_mode))
		return err_set(err,
			_("\"%s\" is no file that could be replaced — nothing was written — give the name of a file."),
			path);
	char *part = mem_printf("%s.%d.part", path, (int)getpid());
	bool ok = write(job, part, err);
	if (ok && (!report_whole_sync(part) || rename(part, path)))
		ok = refuse(path, errno, err);
	if (!ok)
		unlink(part);
	mem_free(part);
	return ok;
}

bool report_whole_text(const char *path, const char *text, size_t bytes, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && write_all(fd, text, bytes);
	int why = errno;
	if (fd >= 0 && close(fd) && ok) {
		ok = false;
		why = errno;
	}
	return ok || refuse(path, why, err);
}
