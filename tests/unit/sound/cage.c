/* What a decoder can still do inside, tried from inside. */
#include "base/mem.h"
#include "sound/prepare/cage.h"
#include "../unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Kernels may be built or started without one of the two; then only the rest can be tested. */
static struct cage_state have;

static int source(void)
{
	return open("/etc/hostname", O_RDONLY | O_CLOEXEC);
}

static bool started(const char *program)
{
	int status = -1;
	pid_t pid = fork();
	if (pid == 0) {
		execl(program, program, (char *)NULL);
		_exit(99);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) != 99;
}

static int entered(void)
{
	cage_enter(source(), "/bin/true");
	if (have.seccomp && (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0))
		return 1;
	if (have.landlock && (open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0 || open("/etc/passwd", O_RDONLY) >= 0))
		return 2;
	if (have.landlock && (open("/proc/self/mem", O_RDWR) >= 0 || open("/dev/null", O_RDWR) >= 0))
		return 3;
	if (open("/etc/hostname", O_RDONLY) < 0 || open("/usr/lib", O_RDONLY | O_DIRECTORY) < 0)
		return 4;
	if (have.landlock && started("/bin/sh"))
		return 5;
	if (!started("/bin/true"))
		return 6;
	if (have.seccomp && (syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) >= 0 || errno != EPERM))
		return 7;
	if (have.seccomp && (syscall(SYS_ptrace, 0, 0, 0, 0) >= 0 || errno != ENOSYS))
		return 8;
	return 0;
}

static int as_program(void)
{
	cage_enter(source(), "/bin/true");
	cage_program(false);
	if (have.seccomp && (kill(getpid(), 0) == 0 || kill(getppid(), 0) == 0))
		return 1;
	if (have.seccomp && syscall(SYS_prctl, 1, SIGKILL, 0, 0, 0) == 0)
		return 2;
	execl("/bin/true", "true", (char *)NULL);
	return 3;
}

static int closed(void)
{
	int fd = source();
	char byte;
	cage_enter(fd, NULL);
	cage_close(0);
	if (have.landlock && (open("/etc/hostname", O_RDONLY) >= 0 || open("/usr/lib", O_RDONLY | O_DIRECTORY) >= 0))
		return 1;
	if (have.seccomp && (open("/etc/hostname", O_RDONLY) >= 0 || errno != ENOSYS))
		return 2;
	if (execl("/bin/true", "true", (char *)NULL) == 0)
		return 3;
	if (have.seccomp && syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) >= 0)
		return 4;
	if (have.seccomp && (kill(getpid(), 0) == 0 || syscall(SYS_prlimit64, 0, RLIMIT_AS, NULL, NULL) == 0))
		return 5;
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (page == MAP_FAILED)
		return 6;
	if (have.seccomp && (!mprotect(page, 4096, PROT_READ | PROT_EXEC) ||
		mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED))
		return 7;
	return pread(fd, &byte, 1, 0) == 1 && lseek(fd, 0, SEEK_END) > 0 ? 0 : 8; /* what it is there for */
}

static pid_t waiting_child(void)
{
	pid_t pid = fork();
	while (pid == 0)
		poll(NULL, 0, -1);
	return pid;
}

/* The helper may be ended and waited for, and nobody else. */
static int closed_with_helper(void)
{
	int status = 0;
	cage_enter(source(), NULL);
	pid_t other = waiting_child(), helper = waiting_child();
	cage_close(helper);
	if (have.seccomp && (kill(other, 0) == 0 || kill(getppid(), 0) == 0))
		return 1;
	if (kill(helper, SIGKILL) || waitpid(helper, &status, 0) != helper || !WIFSIGNALED(status))
		return 2;
	return 0;
}

#ifndef LOAXA_SANITIZED
/* 64 MB are never had: neither by the heap, nor shared, nor by mapping what is open. */
static int memory(void)
{
	size_t much = (size_t)CAGE_DECODER_BYTES;
	cage_enter(source(), NULL);
	cage_close(0);
	void *some = malloc(much / 2);
	if (!some)
		return 1;
	memset(some, 1, much / 2);
	if (malloc(much))
		return 2;
	if (mmap(NULL, much, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
		return 3;
	return mmap(NULL, 2 * much, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? 0 : 4;
}
#endif

/* The cage is for good, so it is tried in a child; whose own children end with its group. */
static int in_child(int (*attempt)(void))
{
	int status = -1;
	cage_look(&have);
	pid_t pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		setpgid(0, 0);
		_exit(attempt());
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	kill(-pid, SIGKILL);
	ck_assert_msg(WIFEXITED(status), "ended by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

START_TEST(inside_there_is_one_file_and_one_program)
{
	ck_assert_int_eq(in_child(entered), 0);
}
END_TEST

START_TEST(the_program_is_held_tighter)
{
	ck_assert_int_eq(in_child(as_program), 0);
}
END_TEST

START_TEST(once_closed_there_is_nothing_to_open_or_start)
{
	ck_assert_int_eq(in_child(closed), 0);
	ck_assert_int_eq(in_child(closed_with_helper), 0);
}
END_TEST

START_TEST(memory_has_an_end)
{
#ifndef LOAXA_SANITIZED
	ck_assert_int_eq(in_child(memory), 0);
#endif
}
END_TEST

UNIT_MAIN("sound/cage", inside_there_is_one_file_and_one_program, the_program_is_held_tighter,
		once_closed_there_is_nothing_to_open_or_start, memory_has_an_end)
