#include "cli/screen.h"

#include "cli/letters.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A serial line knows no size: then what terminals always had. */
int screen_columns(int fd)
{
	struct winsize w;
	if (ioctl(fd, TIOCGWINSZ, &w))
		return 500;
	return w.ws_col >= 20 ? w.ws_col : 80;
}

int screen_rows(int fd)
{
	struct winsize w;
	if (ioctl(fd, TIOCGWINSZ, &w))
		return 0;
	return w.ws_row >= 5 ? w.ws_row : 24;
}

/* O_NONBLOCK would belong to everybody who shares the terminal, the shell too.  A pipe that polls writable takes 4 KiB
 * (PIPE_BUF) at once, a terminal that is not stopped takes what it is given. */
static bool say(int fd, const char *s, size_t bytes)
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

bool screen_say(int fd, const char *s, size_t bytes)
{
	struct text fit = { 0 };
	letters_fit(fd, s, bytes, &fit);
	bool ok = say(fd, text_str(&fit), fit.n);
	text_free(&fit);
	return ok;
}
