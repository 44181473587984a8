#include "os/child.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/spawn.h"
#include "schedule/amp-key.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_MS 20

struct child {
	pid_t pid;
	int in; /* its standard input, ours to write; -1 when all is written */
	const char *rest;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static bool start(struct child *c, char **argv, struct err *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(err, _("\"%s\" cannot be run: %s"), argv[0], strerror(errno));
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	int failed = spawn_program(argv, (struct spawn_files){ ends[0], STDERR_FILENO, STDERR_FILENO }, &c->pid);
	close(ends[0]);
	c->in = ends[1];
	if (!failed)
		return true;
	close(c->in);
	return err_set(err, _("\"%s\" cannot be run: %s"), argv[0], strerror(failed));
}

/* As much as it takes now; closes its input when it has all, or wants no more. */
static void write_on(struct child *c)
{
	ssize_t n = *c->rest ? write(c->in, c->rest, strlen(c->rest)) : 0;
	if (n > 0)
		c->rest += n;
	if (*c->rest && (n >= 0 || errno == EAGAIN || errno == EINTR))
		return;
	close(c->in);
	c->in = -1;
}

static bool await(struct child *c, int ms, int *status)
{
	for (int64_t until = now_ms() + ms; now_ms() < until;) {
		if (c->in >= 0)
			write_on(c);
		if (spawn_await(c->pid, LOOK_EVERY_MS, status))
			return true;
	}
	return false;
}

static bool run(char **argv, const char *input, int limit_ms, struct err *err)
{
	struct child c = { .rest = input, .in = -1 };
	struct sigaction old, ignore = { .sa_handler = SIG_IGN };
	int status = 0;
	if (!start(&c, argv, err))
		return false;
	sigaction(SIGPIPE, &ignore, &old);
	bool ended = await(&c, limit_ms, &status);
	if (!ended)
		spawn_kill(c.pid);
	if (c.in >= 0)
		close(c.in);
	sigaction(SIGPIPE, &old, NULL);
	return ended ? spawn_judge(argv[0], status, err)
		     : err_set(err, _("\"%s\" did not end within %d s and was killed"), argv[0], limit_ms / 1000);
}

bool child_feed(const char *command, const char *input, int limit_ms, struct err *err)
{
	char *argv[AMP_KEY_WORDS + 1] = { NULL };
	int n = 0, length;
	const char *word;
	while (n < AMP_KEY_WORDS && (word = amp_key_word(&command, &length)))
		argv[n++] = mem_dup_n(word, (size_t)length);
	bool done = n ? run(argv, input, limit_ms, err) : err_set(err, "%s", _("there is no program to run"));
	for (int i = 0; i < n; i++)
		mem_free(argv[i]);
	return done;
}
