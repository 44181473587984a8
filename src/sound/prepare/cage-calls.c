/* seccomp: which calls a decoder may make.  A call that is not listed does not exist for it (ENOSYS), so that a newer C
 * library that tries a new call first goes on with the old one. */
#include "sound/prepare/cage.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

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

enum { INSTRUCTIONS_MAX = 512, E = CAGE_ENTERED, P = CAGE_PROGRAM, C = CAGE_CLOSED };

#define NEW_NAMESPACES                                                                                                 \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

/* steps: those in which it is allowed.  An argument may be bounded: none of `never` may be set in it, or it must be
 * the helper. */
struct call {
	int number;
	unsigned steps;
	enum { ANY, NO_BITS, HELPER } bound;
	int argument;
	uint32_t never;
};

#define CALL(name, in)                                                                                                 \
	{                                                                                                              \
		.number = SYS_##name, .steps = (in)                                                                    \
	}
#define WITHOUT(name, in, nth, bits)                                                                                   \
	{                                                                                                              \
		.number = SYS_##name, .steps = (in), .bound = NO_BITS, .argument = (nth), .never = (bits)              \
	}
#define HELPERS(name, in, nth)                                                                                         \
	{                                                                                                              \
		.number = SYS_##name, .steps = (in), .bound = HELPER, .argument = (nth)                                \
	}

/* What is called often comes first: the list is gone through from the top. */
static const struct call calls[] = {
	CALL(read, E | P | C),
	CALL(pread64, E | P | C),
	CALL(write, E | P | C),
	CALL(pwrite64, E | P | C),
	CALL(lseek, E | P | C),
	/* new code comes only from files, which a closed cage does not open */
	CALL(mprotect, E | P),
	WITHOUT(mprotect, C, 2, PROT_EXEC),
#ifndef SYS_mmap2 /* where there is this one, the older takes its arguments from memory */
	CALL(mmap, E | P),
	WITHOUT(mmap, C, 2, PROT_EXEC),
#endif
	CALL(munmap, E | P | C),
	CALL(mremap, E | P | C),
	CALL(madvise, E | P | C),
	CALL(brk, E | P | C),
	CALL(futex, E | P | C),
	CALL(ppoll, E | P | C),
	CALL(clock_gettime, E | P | C),
	CALL(clock_getres, E | P | C),
	CALL(gettimeofday, E | P | C),
	CALL(close, E | P | C),
	CALL(fstat, E | P | C),
	CALL(wait4, E | P | C),
	CALL(exit, E | P | C),
	CALL(exit_group, E | P | C),
	CALL(restart_syscall, E | P | C),
	CALL(rt_sigreturn, E | P | C),
	CALL(rt_sigprocmask, E | P | C),
	CALL(rt_sigaction, E | P | C),
	CALL(sigaltstack, E | P | C),
	CALL(getpid, E | P | C),
	CALL(gettid, E | P | C),
	CALL(sched_yield, E | P | C),
	CALL(getrandom, E | P | C),
	CALL(kill, E),
	HELPERS(kill, C, 0),
	CALL(writev, E | P),
	CALL(readv, E | P),
	CALL(openat, E | P),
	CALL(statx, E | P),
	CALL(fstatfs, E | P),
	CALL(statfs, E | P),
	CALL(faccessat, E | P),
	CALL(readlinkat, E | P),
	CALL(getdents64, E | P),
	CALL(getcwd, E | P),
	CALL(fcntl, E | P),
	CALL(dup, E | P),
	CALL(dup3, E | P),
	CALL(pipe2, E | P),
	CALL(pselect6, E | P),
	CALL(execve, E | P),
	WITHOUT(clone, E | P, 0, NEW_NAMESPACES),
	CALL(set_robust_list, E | P),
	CALL(set_tid_address, E | P),
#ifdef SYS_rseq
	CALL(rseq, E | P),
#endif
	CALL(sched_getaffinity, E | P),
	CALL(sched_getparam, E | P),
	CALL(sched_getscheduler, E | P),
	CALL(clock_nanosleep, E | P),
	CALL(nanosleep, E | P),
	CALL(prlimit64, E | P),
	CALL(getrusage, E | P),
	CALL(sysinfo, E | P),
	CALL(uname, E | P),
	CALL(getuid, E | P),
	CALL(geteuid, E | P),
	CALL(getgid, E | P),
	CALL(getegid, E | P),
	CALL(getppid, E | P),
	CALL(membarrier, E | P),
	/* libgcrypt complains aloud without it, and a complaint of ffmpeg counts as damage */
	CALL(mlock, E | P),
	CALL(prctl, E),
	CALL(landlock_create_ruleset, E),
	CALL(landlock_restrict_self, E),
	CALL(landlock_add_rule, E),
#ifdef SYS_newfstatat
	CALL(newfstatat, E | P | C),
#endif
#ifdef SYS_poll /* what newer processors have no older form of */
	CALL(poll, E | P | C),
	CALL(open, E | P),
	CALL(stat, E | P),
	CALL(lstat, E | P),
	CALL(access, E | P),
	CALL(readlink, E | P),
	CALL(dup2, E | P),
	CALL(pipe, E | P),
	CALL(fork, E | P),
	CALL(vfork, E | P),
	CALL(select, E | P),
	CALL(getrlimit, E | P),
	CALL(time, E | P | C),
#endif
#ifdef SYS_arch_prctl
	CALL(arch_prctl, E | P),
#endif
#ifdef SYS_mmap2 /* 32 bits */
	CALL(mmap2, E | P),
	WITHOUT(mmap2, C, 2, PROT_EXEC),
	CALL(_llseek, E | P | C),
	CALL(fstat64, E | P | C),
	CALL(clock_gettime64, E | P | C),
	CALL(clock_getres_time64, E | P | C),
	CALL(futex_time64, E | P | C),
	CALL(ppoll_time64, E | P | C),
	CALL(sigreturn, E | P | C),
	CALL(stat64, E | P),
	CALL(lstat64, E | P),
	CALL(fstatat64, E | P | C),
	CALL(fcntl64, E | P),
	CALL(statfs64, E | P),
	CALL(ugetrlimit, E | P),
	CALL(clock_nanosleep_time64, E | P),
	CALL(getuid32, E | P),
	CALL(geteuid32, E | P),
	CALL(getgid32, E | P),
	CALL(getegid32, E | P),
#endif
#ifdef SYS_set_thread_area
	CALL(set_thread_area, E | P),
#endif
#ifdef __ARM_NR_set_tls
	{ .number = __ARM_NR_set_tls, .steps = E | P },
	{ .number = __ARM_NR_cacheflush, .steps = E | P | C },
#endif
};

struct program {
	struct sock_filter at[INSTRUCTIONS_MAX];
	size_t n;
};

static void add(struct program *p, struct sock_filter one)
{
	if (p->n < INSTRUCTIONS_MAX)
		p->at[p->n++] = one;
}

static void load(struct program *p, size_t offset)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void give(struct program *p, uint32_t answer)
{
	add(p, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, answer));
}

/* Where the argument does not fit, the call is refused; the list then needs no second look at its number. */
static void add_call(struct program *p, const struct call *c, pid_t helper)
{
	size_t low = offsetof(struct seccomp_data, args) + (size_t)c->argument * sizeof(uint64_t);
	add(p, (struct sock_filter)BPF_JUMP(
		       BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)c->number, 0, c->bound == ANY ? 1 : 4));
	if (c->bound != ANY)
		load(p, low); /* its lower half: all these processors store that first */
	if (c->bound == NO_BITS)
		add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, c->never, 0, 1));
	if (c->bound == HELPER)
		add(p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)helper, 1, 0));
	if (c->bound != ANY)
		give(p, SECCOMP_RET_ERRNO | EPERM);
	give(p, SECCOMP_RET_ALLOW);
}

bool cage_calls_known(void)
{
	return OUR_ARCH && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) < 0 && errno == EFAULT;
}

bool cage_allow_calls(enum cage_step step, pid_t helper)
{
	struct program p = { .n = 0 };
	load(&p, offsetof(struct seccomp_data, arch));
	add(&p, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0));
	give(&p, SECCOMP_RET_KILL_PROCESS);
	load(&p, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (calls[i].steps & step && !(calls[i].bound == HELPER && helper <= 0))
			add_call(&p, &calls[i], helper);
	give(&p, SECCOMP_RET_ERRNO | ENOSYS);
	struct sock_fprog program = { (unsigned short)p.n, p.at };
	return OUR_ARCH && p.n < INSTRUCTIONS_MAX && !prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
