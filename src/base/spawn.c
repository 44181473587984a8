#include "base/spawn.h"

#include "base/i18n.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LAST_WAIT_MS 1000
#define LOOK_EVERY_MS 10

extern char **environ;

static void hand_over(posix_spawn_file_actions_t *files, int from, int to)
{
	if (from >= 0)
		posix_spawn_file_actions_adddup2(files, from, to);
	else
		posix_spawn_file_actions_addopen(files, to, "/dev/null", to == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
}

int spawn_program(char *const *argv, struct spawn_files f, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	hand_over(&files, f.in, STDIN_FILENO);
	hand_over(&files, f.out, STDOUT_FILENO);
	hand_over(&files, f.err, STDERR_FILENO);
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

bool spawn_await(pid_t pid, int ms, int *status)
{
	for (int waited = 0; waited <= ms; waited += LOOK_EVERY_MS) {
		if (waitpid(pid, status, WNOHANG))
			return true;
		poll(NULL, 0, LOOK_EVERY_MS);
	}
	return false;
}

void spawn_kill(pid_t pid)
{
	int status;
	kill(-pid, SIGKILL);
	spawn_await(pid, LAST_WAIT_MS, &status);
}

bool spawn_judge(const char *program, int status, struct err *err)
{
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return true;
	if (WIFEXITED(status))
		return err_set(err, _("\"%s\" ended with code %d"), program, WEXITSTATUS(status));
	return err_set(err, _("\"%s\" was ended by signal %d"), program, WTERMSIG(status));
}

bool spawn_run(char *const *argv, struct spawn_files files, int limit_ms, struct err *err)
{
	pid_t pid;
	int status = 0, failed = spawn_program(argv, files, &pid);
	if (failed)
		return err_set(err, _("\"%s\" cannot be run: %s"), argv[0], strerror(failed));
	if (spawn_await(pid, limit_ms, &status))
		return spawn_judge(argv[0], status, err);
	spawn_kill(pid);
	return err_set(err, _("\"%s\" did not end within %d s and was killed"), argv[0], limit_ms / 1000);
}
