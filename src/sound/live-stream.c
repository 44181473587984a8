#include "sound/live-stream.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/relay-talk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Of the kernel, for what we have not fetched yet: half a second; older sound is of no use. */
#define SOCKET_BYTES (64 * 1024)

struct live_feed {
	int fd;
	pid_t pid; /* ours; 0 = another's, who sees us close */
};

extern char **environ;

/* The child starts with no signal blocked or ignored: a controller blocks most of its own.  Its end of the socket is
 * its standard input, and all it has. */
static int spawn(const struct live_setup *setup, int end, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, all;
	char rate[16];
	snprintf(rate, sizeof rate, "%d", setup->rate);
	char *argv[] = { (char *)setup->program, "--fd", "0", "--rate", rate, "--", (char *)setup->what, NULL };
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	int failed = posix_spawn(pid, argv[0], &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

/* Asks the one who listens there to fetch it; NULL with err. */
static struct live_feed *ask(const struct live_setup *setup, struct err *err)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	bool fits = strlen(setup->program) < sizeof to.sun_path;
	if (fits)
		strcpy(to.sun_path, setup->program);
	if (fd < 0 || !fits || connect(fd, (const struct sockaddr *)&to, sizeof to) < 0 ||
		!relay_talk_ask(fd, setup->rate, setup->what)) {
		err_set(err, _("a relay cannot be fetched: %s: %s — systemctl start loaxa-relay.socket"),
			setup->program, strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	struct live_feed *f = mem_new(struct live_feed);
	f->fd = fd;
	return f;
}

/* By its name: a socket that is missing must be told from a program that is. */
static bool is_socket(const char *path)
{
	size_t n = strlen(path);
	return n > 5 && !strcmp(path + n - 5, ".sock");
}

static struct live_feed *stream_open(const struct live_setup *setup, const _Atomic bool *stop, struct err *err)
{
	int ends[2], bytes = SOCKET_BYTES;
	struct live_feed *f = NULL;
	pid_t pid;
	(void)stop;
	if (is_socket(setup->program))
		return ask(setup, err);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
		err_set(err, _("a relay cannot be fetched: %s — end other programs"), strerror(errno));
		return NULL;
	}
	setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
	int failed = spawn(setup, ends[1], &pid);
	close(ends[1]);
	if (failed) {
		close(ends[0]);
		err_set(err,
			_("a relay cannot be fetched: %s does not start (%s) — it belongs beside loaxa — run make, or "
			  "install loaxa anew"),
			setup->program, strerror(failed));
		return NULL;
	}
	f = mem_new(struct live_feed);
	f->fd = ends[0];
	f->pid = pid;
	return f;
}

static ssize_t stream_read(struct live_feed *f, int16_t *out, size_t n, int wait_ms, struct err *err)
{
	struct pollfd p = { .fd = f->fd, .events = POLLIN };
	if (poll(&p, 1, wait_ms) <= 0)
		return 0;
	ssize_t got = relay_talk_hear(f->fd, out, n, err);
	if (got < 0)
		err_set(err, _("the program that fetches the relay has ended — it is started again"));
	return got;
}

/* Its ffmpeg dies with it. */
static void stream_close(struct live_feed *f)
{
	close(f->fd);
	if (f->pid)
		kill(f->pid, SIGKILL);
	while (f->pid && waitpid(f->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	mem_free(f);
}

const struct live_feed_ops live_stream_ops = { stream_open, stream_read, stream_close };
