#include "os/health.h"

#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* ── Disks ── */

bool health_disk(const char *dir, struct health_disk *d)
{
	char *path = mem_dup(*dir ? dir : ".");
	struct statvfs fs;
	struct stat st;
	*d = (struct health_disk){ .there = !stat(path, &st) && S_ISDIR(st.st_mode) };
	if (d->there)
		d->mode = st.st_mode & 07777;
	int failed;
	/* What is not there yet will be made in the nearest folder that is. */
	while ((failed = statvfs(path, &fs)) && errno == ENOENT && strcmp(path, "/") && strcmp(path, ".")) {
		char *slash = strrchr(path, '/');
		if (!slash)
			strcpy(path, ".");
		else
			slash[slash == path] = '\0';
	}
	if (!failed) {
		d->free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
		d->free_files = fs.f_files ? (int64_t)fs.f_favail : INT64_MAX;
		d->writable = !access(path, W_OK | X_OK);
	}
	mem_free(path);
	return !failed;
}

/* ── Processes ── */

/* A file of /proc, at most bytes - 1 of it, terminated. */
static bool read_proc(pid_t pid, const char *name, char *out, size_t bytes)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%s%.0d/%s", pid ? "" : "self", (int)pid, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, out, bytes - 1) : -1;
	if (fd >= 0)
		close(fd);
	out[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* The number behind a label: soft limit, or a field of status. */
static int64_t number_after(const char *text, const char *label)
{
	const char *at = strstr(text, label);
	if (!at)
		return 0;
	at += strlen(label);
	at += strspn(at, " \t");
	return strncmp(at, "unlimited", 9) ? strtoll(at, NULL, 10) : HEALTH_NO_LIMIT;
}

static bool has_capabilities(const char *status)
{
	static const uint64_t ipc_lock = UINT64_C(1) << 14, sys_nice = UINT64_C(1) << 23;
	const char *at = strstr(status, "CapEff:");
	uint64_t have = at ? strtoull(at + 7, NULL, 16) : 0;
	return (have & ipc_lock) && (have & sys_nice);
}

/* Field 41 of stat, counted behind the name, which may hold anything: SCHED_FIFO is 1, SCHED_RR 2. */
static bool is_realtime(pid_t pid, const char *thread)
{
	char name[48], stat[1024];
	snprintf(name, sizeof name, "task/%.16s/stat", thread);
	const char *at = read_proc(pid, name, stat, sizeof stat) ? strrchr(stat, ')') : NULL;
	for (int field = 2; at && field < 41; field++)
		at = strchr(at + 1, ' ');
	return at && (at[1] == '1' || at[1] == '2');
}

static int realtime_threads(pid_t pid)
{
	char path[32];
	int n = 0;
	snprintf(path, sizeof path, "/proc/%d/task", (int)(pid ? pid : getpid()));
	DIR *d = opendir(path);
	for (const struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.' && is_realtime(pid, e->d_name);
	if (d)
		closedir(d);
	return n;
}

bool health_limits(pid_t pid, struct health_limits *l)
{
	char text[4096];
	*l = (struct health_limits){ 0 };
	if (!read_proc(pid, "limits", text, sizeof text))
		return false;
	l->realtime_priority = number_after(text, "Max realtime priority");
	l->locked_bytes = number_after(text, "Max locked memory");
	if (read_proc(pid, "status", text, sizeof text)) {
		l->locked_now = number_after(text, "VmLck:") * 1024;
		l->privileged = has_capabilities(text);
	}
	l->realtime_threads = realtime_threads(pid);
	return true;
}

void health_process_name(pid_t pid, char out[HEALTH_NAME])
{
	read_proc(pid, "comm", out, HEALTH_NAME);
	out[strcspn(out, "\n")] = '\0';
}

/* "3: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF" */
static pid_t holder_in(const char *line, const struct stat *lock)
{
	int pid;
	unsigned major_of, minor_of;
	uint64_t inode;
	if (sscanf(line, "%*u: FLOCK %*s %*s %d %x:%x:%" SCNu64, &pid, &major_of, &minor_of, &inode) != 4)
		return 0;
	return inode == lock->st_ino && makedev(major_of, minor_of) == lock->st_dev ? pid : 0;
}

pid_t health_holder(const char *state_dir)
{
	char *path = mem_printf("%s/lock", state_dir);
	char line[256];
	struct stat lock;
	pid_t pid = 0;
	FILE *locks = stat(path, &lock) ? NULL : fopen("/proc/locks", "re");
	while (locks && !pid && fgets(line, sizeof line, locks))
		pid = holder_in(line, &lock);
	if (locks)
		fclose(locks);
	mem_free(path);
	return pid;
}

/* ── Rights, programs, files ── */

bool health_in_group(const char *group)
{
	gid_t mine[NGROUPS_MAX];
	const struct group *g = getgrnam(group);
	int n = getgroups(NGROUPS_MAX, mine);
	if (!geteuid() || (g && getegid() == g->gr_gid))
		return true;
	for (int i = 0; g && i < n; i++)
		if (mine[i] == g->gr_gid)
			return true;
	return false;
}

bool health_program(const char *name)
{
	const char *path = getenv("PATH");
	for (const char *p = path ? path : ""; *p;) {
		size_t n = strcspn(p, ":");
		char *file = mem_printf("%.*s/%s", (int)n, p, name);
		bool found = !access(file, X_OK);
		mem_free(file);
		if (found)
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}

static bool find_below(const char *dir, const char *name, int depth)
{
	char *here = mem_printf("%s/%s", dir, name);
	bool found = !access(here, R_OK);
	mem_free(here);
	DIR *d = !found && depth ? opendir(dir) : NULL;
	for (const struct dirent *e; d && !found && (e = readdir(d));) {
		bool folder = e->d_name[0] != '.' && (e->d_type == DT_DIR || e->d_type == DT_UNKNOWN);
		char *below = folder ? mem_printf("%s/%s", dir, e->d_name) : NULL;
		found = below && find_below(below, name, depth - 1);
		mem_free(below);
	}
	if (d)
		closedir(d);
	return found;
}

bool health_file_below(const char *dir, const char *name)
{
	return find_below(dir, name, 3);
}
