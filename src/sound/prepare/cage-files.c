/* Landlock, by its three raw calls: which files a decoder may read.  The numbers below are the kernel's own; headers of
 * an older system know only the first of them, and a kernel is asked for no more than its version offers. */
#include "sound/prepare/cage.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define RUN (READ | LANDLOCK_ACCESS_FS_EXECUTE)

enum { SOCKETS = 1, SIGNALS = 2 };

/* What each version of the interface added. */
struct rules {
	uint64_t files, network, scopes;
};

static size_t all_rules(int version, struct rules *r)
{
	r->files = (UINT64_C(1) << 13) - 1;               /* 1: open, start, make and remove anything */
	r->files |= version >= 2 ? UINT64_C(1) << 13 : 0; /* move between folders */
	r->files |= version >= 3 ? UINT64_C(1) << 14 : 0; /* truncate */
	r->files |= version >= 5 ? UINT64_C(1) << 15 : 0; /* commands to devices */
	r->network = version >= 4 ? 3 : 0;                /* TCP */
	r->scopes = version >= 6 ? SOCKETS | SIGNALS : 0; /* abstract sockets and signals to those outside */
	return (version < 4 ? 1 : version < 6 ? 2 : 3) * sizeof(uint64_t);
}

int cage_files_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	return version > 0 ? (int)version : 0;
}

/* A folder with all below it, or one file.  What is not there needs no rule. */
static void allow(int rules, int fd, uint64_t access)
{
	struct stat st;
	if (fd < 0)
		return;
	if (!fstat(fd, &st) && !S_ISDIR(st.st_mode))
		access &= ~(uint64_t)LANDLOCK_ACCESS_FS_READ_DIR;
	struct landlock_path_beneath_attr beneath = { .allowed_access = access, .parent_fd = fd };
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
}

static void allow_path(int rules, const char *path, uint64_t access)
{
	int fd = open(path, O_PATH | O_CLOEXEC);
	allow(rules, fd, access);
	if (fd >= 0)
		close(fd);
}

/* Libraries may be started, since the loader of programs is one; of the programs only the one. */
static void allow_program(int rules, const char *program)
{
	static const char *const libraries[] = { "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64",
		"/usr/local/lib" };
	for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
		allow_path(rules, libraries[i], RUN);
	allow_path(rules, "/opt", READ); /* where an ffmpeg of another make may have its own */
	allow_path(rules, "/etc/ld.so.cache", READ);
	allow_path(rules, program, RUN);
}

void cage_allow_files(int source, const char *program)
{
	struct rules all;
	int version = cage_files_version();
	if (!version)
		return;
	size_t bytes = all_rules(version, &all);
	/* the helper stands outside of the closed cage, and is to be ended all the same: seccomp lets no other signal out */
	if (source < 0)
		all.scopes &= ~(uint64_t)SIGNALS;
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, bytes, 0);
	if (rules < 0)
		return;
	allow(rules, source, READ);
	if (program)
		allow_program(rules, program);
	syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}
