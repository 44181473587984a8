#include "os/notify.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A leading '@' stands for the NUL of an abstract socket name. */
static socklen_t address(struct sockaddr_un *to)
{
	const char *path = getenv("NOTIFY_SOCKET");
	size_t n = path ? strlen(path) : 0;
	if (n < 2 || n >= sizeof to->sun_path || (path[0] != '/' && path[0] != '@'))
		return 0;
	*to = (struct sockaddr_un){ .sun_family = AF_UNIX };
	memcpy(to->sun_path, path, n);
	if (path[0] == '@')
		to->sun_path[0] = '\0';
	return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
}

static bool tell(const char *message)
{
	struct sockaddr_un to;
	socklen_t n = address(&to);
	if (!n)
		return false;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	size_t bytes = strlen(message);
	bool sent = sendto(fd, message, bytes, MSG_NOSIGNAL, (const struct sockaddr *)&to, n) == (ssize_t)bytes;
	close(fd);
	return sent;
}

bool notify_ready(const char *status)
{
	char message[512];
	snprintf(message, sizeof message, "READY=1\nSTATUS=%.400s", status ? status : "");
	return tell(message);
}

bool notify_stopping(void)
{
	return tell("STOPPING=1");
}

bool notify_alive(void)
{
	return tell("WATCHDOG=1");
}

bool notify_patience(int64_t us)
{
	char message[48];
	snprintf(message, sizeof message, "WATCHDOG_USEC=%" PRId64, us);
	return tell(message);
}

int64_t notify_alive_every_us(void)
{
	const char *us = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
	if (!us || (pid && strtol(pid, NULL, 10) != getpid()))
		return 0;
	errno = 0;
	long long limit = strtoll(us, NULL, 10);
	return errno || limit < 2000 ? 0 : limit / 2;
}
