#include "cli/terminal.h"

#include "base/mem.h"
#include "cli/screen.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

/* What a line of 1,200 baud sends meanwhile is more than a screen's. */
enum { SAY_MS = 20000 };

struct terminal {
	int in, out, signals; /* in: -1 without keys */
	struct termios before;
	sigset_t mask_before;
};

static const char enter[] = "\033[?1049h\033[?25l\033[2J", leave[] = "\033[0m\033[?25h\033[?1049l";

static void take(struct terminal *t)
{
	if (t->in >= 0) {
		struct termios keys = t->before;
		keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
		keys.c_cc[VMIN] = 1;
		keys.c_cc[VTIME] = 0;
		tcsetattr(t->in, TCSADRAIN, &keys);
	}
	terminal_say(t, enter, sizeof enter - 1);
}

static void give_back(struct terminal *t)
{
	tcflow(t->out, TCOON); /* after a Ctrl-S it would take nothing, not even this */
	terminal_say(t, leave, sizeof leave - 1);
	if (t->in >= 0)
		tcsetattr(t->in, TCSANOW, &t->before);
}

struct terminal *terminal_open(int in, int out)
{
	const char *kind = getenv("TERM");
	sigset_t heard;
	if (!kind || !*kind || !strcmp(kind, "dumb") || !isatty(out))
		return NULL;
	struct terminal *t = mem_new(struct terminal);
	t->out = out;
	t->in = isatty(in) && tcgetattr(in, &t->before) == 0 ? in : -1;
	sigemptyset(&heard);
	for (const int *s = (const int[]){ SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, 0 }; *s; s++)
		sigaddset(&heard, *s);
	sigprocmask(SIG_BLOCK, &heard, &t->mask_before);
	t->signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK);
	take(t);
	return t;
}

void terminal_close(struct terminal **pt)
{
	struct terminal *t = *pt;
	if (!t)
		return;
	give_back(t);
	/* Those that came are answered; they must not end the program once they act again. */
	struct signalfd_siginfo info;
	while (t->signals >= 0 && read(t->signals, &info, sizeof info) > 0)
		;
	sigprocmask(SIG_SETMASK, &t->mask_before, NULL);
	if (t->signals >= 0)
		close(t->signals);
	mem_free(t);
	*pt = NULL;
}

static unsigned hear_signals(struct terminal *t)
{
	struct signalfd_siginfo info;
	unsigned events = 0;
	while (read(t->signals, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGWINCH) {
			events |= TERMINAL_ANEW;
		} else if (info.ssi_signo == SIGTSTP) {
			give_back(t);
			raise(SIGSTOP); /* the shell has the terminal until `fg` */
			take(t);
			events |= TERMINAL_ANEW;
		} else {
			events |= TERMINAL_END;
		}
	}
	return events;
}

unsigned terminal_wait(struct terminal *t, int timeout_ms, char *key)
{
	struct pollfd p[] = { { t->signals, POLLIN, 0 }, { t->in, POLLIN, 0 } };
	unsigned events = 0;
	if (poll(p, 2, timeout_ms) <= 0)
		return 0;
	if (p[0].revents)
		events |= hear_signals(t);
	if (p[1].revents) {
		ssize_t n = read(t->in, key, 1);
		if (n > 0)
			events |= TERMINAL_KEY;
		else if (n == 0 || (errno != EINTR && errno != EAGAIN))
			events |= TERMINAL_END;
	}
	return events;
}

int terminal_columns(const struct terminal *t)
{
	return screen_columns(t->out);
}

int terminal_rows(const struct terminal *t)
{
	return screen_rows(t->out);
}

bool terminal_ready(const struct terminal *t)
{
	struct pollfd p = { t->out, POLLOUT, 0 };
	return poll(&p, 1, 0) == 1 && (p.revents & POLLOUT);
}

/* In pieces a line takes while a signal may come: Ctrl-C ends a picture that takes its time. */
bool terminal_say(struct terminal *t, const char *s, size_t bytes)
{
	enum { PIECE = 256 };
	while (bytes) {
		struct pollfd p = { t->out, POLLOUT, 0 };
		if (poll(&p, 1, SAY_MS) != 1 || !(p.revents & POLLOUT))
			return false;
		ssize_t n = write(t->out, s, bytes < PIECE ? bytes : PIECE);
		if (n < 0 && errno != EINTR)
			return false;
		s += n > 0 ? n : 0;
		bytes -= n > 0 ? (size_t)n : 0;
	}
	return true;
}
