#include "control/socket.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool socket_find(const char *path, struct socket_place *p)
{
	*p = (struct socket_place){ .at.sun_family = AF_UNIX, .dir = -1 };
	const char *slash = strrchr(path, '/');
	if (strlen(path) < sizeof p->at.sun_path) {
		memcpy(p->at.sun_path, path, strlen(path));
		return true;
	}
	if (!slash || strlen(slash) > 64) {
		errno = ENAMETOOLONG;
		return false;
	}
	char *dir = mem_dup_n(path, (size_t)(slash - path));
	p->dir = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	mem_free(dir);
	if (p->dir < 0)
		return false;
	snprintf(p->at.sun_path, sizeof p->at.sun_path, "/proc/self/fd/%d%s", p->dir, slash);
	return true;
}

void socket_leave(struct socket_place *p)
{
	if (p->dir >= 0)
		close(p->dir);
	p->dir = -1;
}
