/* A service manager for tests, as far as a watchdog goes: starts the program, kills it when it has not said for so long
 * that it is alive, starts it again.
 *
 *   manager WATCHDOG_MS COMMAND…      SIGTERM ends both
 *
 * Standard output, one line each, with CLOCK_MONOTONIC milliseconds: ready MS · alive MS · hang MS · ended CODE;
 * allow N: the program asks for a watchdog of N ms */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct manager {
	char name[64]; /* of the socket, '@' for its NUL */
	int socket, signals;
	int watchdog_ms;
	char **command;
	pid_t child;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void say(const char *what, int64_t value)
{
	printf("%s %" PRId64 "\n", what, value);
	fflush(stdout);
}

static bool listen_to(struct manager *m)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int n = snprintf(m->name, sizeof m->name, "@loaxa-manager-%d", (int)getpid());
	memcpy(at.sun_path + 1, m->name + 1, (size_t)n - 1);
	m->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	m->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + (size_t)n);
	return m->socket >= 0 && m->signals >= 0 && !bind(m->socket, (struct sockaddr *)&at, length);
}

static void start(struct manager *m)
{
	m->child = fork();
	if (m->child)
		return;
	char us[32], pid[32];
	struct rlimit no_core = { 0, 0 };
	sigset_t none;
	snprintf(us, sizeof us, "%d", m->watchdog_ms * 1000);
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	setenv("NOTIFY_SOCKET", m->name, 1);
	setenv("WATCHDOG_USEC", us, 1);
	setenv("WATCHDOG_PID", pid, 1);
	setrlimit(RLIMIT_CORE, &no_core);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp(m->command[0], m->command);
	_exit(127);
}

/* Was anything said that counts as life? */
static bool hear(struct manager *m)
{
	char got[600];
	bool alive = false;
	for (ssize_t n; (n = recv(m->socket, got, sizeof got - 1, 0)) > 0;) {
		got[n] = '\0';
		bool ready = strstr(got, "READY=1"), dog = strstr(got, "WATCHDOG=1");
		if (!strncmp(got, "WATCHDOG_USEC=", 14)) {
			m->watchdog_ms = atoi(got + 14) / 1000;
			say("allow", m->watchdog_ms);
			alive = true;
		}
		if (ready || dog)
			say(ready ? "ready" : "alive", now_ms());
		alive |= ready || dog;
	}
	return alive;
}

static int end(struct manager *m, int signal)
{
	int status = 0;
	kill(m->child, signal);
	waitpid(m->child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	struct manager m = { .watchdog_ms = argc > 2 ? atoi(argv[1]) : 0, .command = argv + 2 };
	if (!m.watchdog_ms || !listen_to(&m))
		return 2;
	start(&m);
	int64_t until = INT64_MAX;
	for (;;) {
		struct pollfd fds[] = { { m.socket, POLLIN, 0 }, { m.signals, POLLIN, 0 } };
		int64_t left = until == INT64_MAX ? -1 : until - now_ms();
		poll(fds, 2, until == INT64_MAX ? -1 : left > 0 ? (int)left : 0);
		struct signalfd_siginfo s;
		bool asked = read(m.signals, &s, sizeof s) == sizeof s;
		if (asked && s.ssi_signo == SIGTERM) {
			say("ended", end(&m, SIGTERM));
			return 0;
		}
		if (asked && waitpid(m.child, NULL, WNOHANG) == m.child) {
			say("ended", 0);
			return 1;
		}
		if (hear(&m)) {
			until = now_ms() + m.watchdog_ms;
		} else if (now_ms() >= until) {
			say("hang", now_ms());
			end(&m, SIGABRT);
			while (read(m.signals, &s, sizeof s) == sizeof s)
				continue;
			start(&m);
			until = INT64_MAX;
		}
	}
}
