#include "sound/amp-command.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/amp-key.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LAST_WAIT_MS 1000 /* for one that was killed */
#define LOOK_EVERY_MS 10

extern char **environ;

/* The controller blocks signals that it takes from a descriptor, and ignores SIGPIPE; a program is to know nothing of
 * that. */
static int spawn(char **argv, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	int failed = posix_spawnp(pid, argv[0], &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* Waits until it has ended; false: it did not in time. */
static bool await(pid_t pid, int ms, int *status)
{
	for (int waited = 0; waited <= ms; waited += LOOK_EVERY_MS) {
		if (waitpid(pid, status, WNOHANG))
			return true;
		poll(NULL, 0, LOOK_EVERY_MS);
	}
	return false;
}

static bool judge(const char *program, int status, struct err *err)
{
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	if (WIFEXITED(status))
		return err_set(err, _("\"%s\" ended with code %d"), program, WEXITSTATUS(status));
	return err_set(err, _("\"%s\" was ended by signal %d"), program, WTERMSIG(status));
}

static bool run(char **argv, int limit_ms, struct err *err)
{
	pid_t pid;
	int status = 0, failed = spawn(argv, &pid);
	if (failed)
		return err_set(err, _("\"%s\" cannot be run: %s"), argv[0], strerror(failed));
	if (await(pid, limit_ms, &status))
		return judge(argv[0], status, err);
	kill(-pid, SIGKILL);
	/* One that hangs in the kernel is not waited for; it is gone when the kernel lets it go. */
	await(pid, LAST_WAIT_MS, &status);
	return err_set(err, _("\"%s\" did not end within %d s and was killed"), argv[0], limit_ms / 1000);
}

bool amp_command_run(const char *command, const char *last, int limit_ms, struct err *err)
{
	char *argv[AMP_KEY_WORDS + 2] = { NULL };
	int n = 0, length;
	const char *word;
	while (n < AMP_KEY_WORDS && (word = amp_key_word(&command, &length)))
		argv[n++] = mem_dup_n(word, (size_t)length);
	argv[n] = mem_dup(last);
	bool done = run(argv, limit_ms, err);
	for (int i = 0; i <= n; i++)
		mem_free(argv[i]);
	return done;
}
