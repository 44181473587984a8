#include "os/state.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make_dirs(const char *dir)
{
	char *path = mem_dup(dir);
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(path, 0750);
		*p = '/';
	}
	mkdir(path, 0750);
	struct stat st;
	bool made = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
	if (!made && !errno)
		errno = ENOTDIR;
	mem_free(path);
	return made;
}

static int open_lock(const char *dir, int flags)
{
	char *path = mem_printf("%s/lock", dir);
	int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0640);
	mem_free(path);
	return fd;
}

int state_hold(const char *dir, struct err *err)
{
	if (!make_dirs(dir)) {
		err_set(err, _("state directory %s cannot be made: %s — name another with --state DIR"), dir,
			strerror(errno));
		return -1;
	}
	int fd = open_lock(dir, O_RDWR | O_CREAT);
	if (fd < 0) {
		err_set(err, _("%s/lock cannot be opened: %s — the state directory must be writable"), dir,
			strerror(errno));
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	err_set(err,
		_("another loaxa run works with %s — one station, one controller — see it: loaxa status --state %s"),
		dir, dir);
	close(fd);
	return -1;
}

bool state_held(const char *dir)
{
	int fd = open_lock(dir, O_RDONLY); /* the group may read it */
	if (fd < 0)
		return false;
	bool held = flock(fd, LOCK_SH | LOCK_NB) != 0;
	close(fd);
	return held;
}
