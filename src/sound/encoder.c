/* The program reads a socket, not a pipe: a pipe whose reader died would kill us with SIGPIPE. */
#include "sound/encoder.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

struct encoder {
	char *out;
	int fd, channels;
	pid_t pid;
	bool broken;
};

static int spawn(const char *program, const char *out, int rate, int channels, int input, pid_t *pid)
{
	char rate_text[16], channels_text[16];
	snprintf(rate_text, sizeof rate_text, "%d", rate);
	snprintf(channels_text, sizeof channels_text, "%d", channels);
	char *argv[] = { (char *)program, "--encode", (char *)out, "--rate", rate_text, "--channels", channels_text,
		NULL };
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	int failed = posix_spawn(pid, program, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

struct encoder *encoder_start(const char *program, const char *out, int rate, int channels, struct err *err)
{
	int ends[2];
	pid_t pid;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0) {
		err_set(err, _("cannot write \"%s\" — %s — choose another place"), out, strerror(errno));
		return NULL;
	}
	int failed = spawn(program, out, rate, channels, ends[1], &pid);
	close(ends[1]);
	if (failed) {
		close(ends[0]);
		err_set(err, _("cannot run \"%s\" — %s — a name in .wav needs no other program"), program,
			strerror(failed));
		return NULL;
	}
	struct encoder *e = mem_new(struct encoder);
	e->out = mem_dup(out);
	e->fd = ends[0];
	e->channels = channels;
	e->pid = pid;
	return e;
}

bool encoder_write(struct encoder *e, const int16_t *interleaved, size_t frames)
{
	size_t bytes = frames * (size_t)e->channels * sizeof *interleaved;
	for (const char *p = (const char *)interleaved; bytes && !e->broken;) {
		ssize_t n = send(e->fd, p, bytes, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			e->broken = true;
		if (n > 0) {
			p += n;
			bytes -= (size_t)n;
		}
	}
	return !e->broken;
}

bool encoder_finish(struct encoder **ep, struct err *err)
{
	struct encoder *e = *ep;
	if (!e)
		return true;
	int status;
	pid_t done;
	close(e->fd);
	while ((done = waitpid(e->pid, &status, 0)) < 0 && errno == EINTR)
		;
	bool good = !e->broken && done == e->pid && WIFEXITED(status) && !WEXITSTATUS(status);
	if (!good)
		err_set(err, _("\"%s\" is not whole — the program that writes it gave up — try a name in .wav"),
			e->out);
	mem_free(e->out);
	mem_free(e);
	*ep = NULL;
	return good;
}
