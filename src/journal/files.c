/* The state directory: its files' names, and the lock that keeps two controllers from sharing it. */
#include "journal/mode.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *journal_database(const char *state_dir)
{
	return mem_printf("%s/journal.db", state_dir);
}

char *journal_alive_record(const char *state_dir)
{
	return mem_printf("%s/alive", state_dir);
}

char *journal_mark(const char *state_dir)
{
	return mem_printf("%s/on-air", state_dir);
}

char *journal_headmark(const char *state_dir)
{
	return mem_printf("%s/journal.head", state_dir);
}

/* mkdir -p */
static bool make_directory(const char *path)
{
	char *copy = mem_dup(path);
	for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0755);
		*slash = '/';
	}
	bool ok = !mkdir(copy, 0750) || errno == EEXIST;
	mem_free(copy);
	return ok;
}

int journal_lock(const char *state_dir, struct err *err)
{
	char *path = mem_printf("%s/journal.lock", state_dir);
	int fd = make_directory(state_dir) ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640) : -1;
	if (fd < 0) {
		err_set(err,
			_("the state directory %s cannot be used (%s) — check its owner and rights, or name another "
			  "--state"),
			state_dir, strerror(errno));
	} else if (flock(fd, LOCK_EX | LOCK_NB)) {
		err_set(err,
			_("%s is in use by another loaxa — two must not write one journal — stop the other one, or "
			  "name another --state"),
			state_dir);
		close(fd);
		fd = -1;
	}
	mem_free(path);
	return fd;
}
