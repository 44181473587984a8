#include "cli/screen.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

int screen_columns(int fd)
{
	struct winsize w;
	return ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col >= 20 ? w.ws_col : 500;
}

int screen_rows(int fd)
{
	struct winsize w;
	return ioctl(fd, TIOCGWINSZ, &w) == 0 ? w.ws_row : 0;
}

/* O_NONBLOCK would belong to everybody who shares the terminal, the shell too.  A pipe that polls writable takes 4 KiB
 * (PIPE_BUF) at once, a terminal that is not stopped takes what it is given. */
bool screen_say(int fd, const char *s, size_t bytes)
{
	enum { PIECE = 4096 };
	while (bytes) {
		struct pollfd p = { .fd = fd, .events = POLLOUT };
		if (poll(&p, 1, 0) != 1 || !(p.revents & POLLOUT))
			return false;
		ssize_t n = write(fd, s, bytes < PIECE ? bytes : PIECE);
		if (n <= 0)
			return false;
		s += n;
		bytes -= (size_t)n;
	}
	return true;
}
