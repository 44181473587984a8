#include "sound/prepare/cage.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MEMORY_BYTES ((rlim_t)512 << 20)
#define FILE_BYTES ((rlim_t)6 << 30) /* 4 h at 96 kHz as floats are 5.2 GiB */

enum { CALLS_MAX = 48 };

static void bound(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(what, &now))
		return;
	if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
		most = now.rlim_max;
	setrlimit(what, &(struct rlimit){ most, most });
}

/* Beyond what is mapped already: sanitizers map terabytes before main(). */
static void bound_memory(void)
{
	long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");
	if (!f)
		return;
	if (fscanf(f, "%ld", &pages) == 1)
		bound(RLIMIT_AS, (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + MEMORY_BYTES);
	fclose(f);
}

/* Landlock with no rule: what is handled is refused everywhere. */
static void refuse_files(uint64_t access)
{
	struct landlock_ruleset_attr attr = { .handled_access_fs = access };
	int fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr.handled_access_fs, 0);
	if (fd < 0)
		return;
	syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
}

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#elif defined(__i386__)
#define OUR_ARCH AUDIT_ARCH_I386
#elif defined(__arm__)
#define OUR_ARCH AUDIT_ARCH_ARM
#else
#define OUR_ARCH 0 /* numbers of another architecture would mean other calls: no filter then */
#endif

/* Answers EPERM to these calls. */
static void refuse_calls(const int *calls, size_t n)
{
	struct sock_filter code[CALLS_MAX + 6];
	size_t k = 0;
	if (!OUR_ARCH || n > CALLS_MAX)
		return;
	code[k++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
	code[k++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0);
	code[k++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	code[k++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < n; i++)
		code[k++] = (struct sock_filter)BPF_JUMP(
			BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i], (unsigned char)(n - i), 0);
	code[k++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	code[k++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
	struct sock_fprog program = { (unsigned short)k, code };
	prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

void cage_enter(void)
{
	static const int network[] = { SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_ptrace, SYS_unshare,
		SYS_mount, SYS_io_uring_setup, SYS_process_vm_writev, SYS_keyctl, SYS_bpf, SYS_perf_event_open,
		SYS_userfaultfd, SYS_pidfd_getfd };
	bound(RLIMIT_CPU, CAGE_CPU_SECONDS);
	bound(RLIMIT_FSIZE, FILE_BYTES);
	bound(RLIMIT_CORE, 0);
	bound_memory();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return;
	refuse_files(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
		     LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
		     LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
		     LANDLOCK_ACCESS_FS_MAKE_SYM);
	refuse_calls(network, sizeof network / sizeof *network);
}

void cage_close(void)
{
	static const int starting[] = { SYS_execve, SYS_execveat, SYS_clone, SYS_clone3,
#ifdef SYS_fork
		SYS_fork, SYS_vfork,
#endif
		SYS_truncate, SYS_setrlimit };
	refuse_files(LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE);
	refuse_calls(starting, sizeof starting / sizeof *starting);
}
