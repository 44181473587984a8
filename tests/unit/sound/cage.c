/* What a decoder can still do inside, tried from inside. */
#include "sound/prepare/cage.h"
#include "../unit.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Kernels may be built or started without it; then files stay open and only the rest can be tested. */
static bool landlock(void)
{
	return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

static int entered(void)
{
	cage_enter();
	if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 1;
	if (landlock() && open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0)
		return 2;
	if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0) /* ffmpeg must still find its libraries */
		return 3;
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return pid > 0 && waitpid(pid, NULL, 0) == pid ? 0 : 4;
}

static int closed(void)
{
	cage_enter();
	cage_close();
	if (landlock() && open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
		return 1;
	if (execl("/bin/true", "true", (char *)NULL) == 0)
		return 2;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
		return 3;
	pid_t pid = (pid_t)syscall(SYS_clone, 17, 0, 0, 0, 0);
	if (pid == 0)
		_exit(0);
	return pid < 0 && errno == EPERM ? 0 : 4;
}

/* The cage is for good, so it is tried in a child. */
static int in_child(int (*attempt)(void))
{
	int status = -1;
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0)
		_exit(attempt());
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_msg(WIFEXITED(status), "ended by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

START_TEST(inside_there_is_no_network_and_nothing_to_write)
{
	ck_assert_int_eq(in_child(entered), 0);
}
END_TEST

START_TEST(once_closed_there_is_nothing_to_open_or_start)
{
	ck_assert_int_eq(in_child(closed), 0);
}
END_TEST

UNIT_MAIN("sound/cage", inside_there_is_no_network_and_nothing_to_write, once_closed_there_is_nothing_to_open_or_start)
