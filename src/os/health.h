/* What the machine says about itself, for people who look after it: disks, limits, groups, programs, fonts, and the
 * process that holds a state directory.  Every call reads a few small files at most and never waits.  Any thread. */
#ifndef LOAXA_OS_HEALTH_H
#define LOAXA_OS_HEALTH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct health_disk {
	int64_t free_bytes; /* for people who are not root */
	int64_t free_files; /* inodes; INT64_MAX where the file system has no such limit */
	bool there;         /* the directory itself; else its nearest parent is meant */
	bool writable;      /* by this process */
	unsigned mode;      /* permission bits of the directory; 0 when it is not there */
};
bool health_disk(const char *dir, struct health_disk *); /* false with errno */

/* Soft limits of a process; HEALTH_NO_LIMIT = unlimited.  pid 0: this one.  false: not to be read from here. */
#define HEALTH_NO_LIMIT INT64_MAX
struct health_limits {
	int64_t realtime_priority, locked_bytes;
	int64_t locked_now; /* bytes it holds locked */
	bool privileged;    /* may do both whatever the limits say (CAP_SYS_NICE and CAP_IPC_LOCK) */
	int realtime_threads;
};
bool health_limits(pid_t, struct health_limits *);

/* Who holds the lock of a state directory (os/state.h); 0 = nobody, or not to be found out. */
pid_t health_holder(const char *state_dir);
/* The command name of a process ("pipewire"), or "" when it cannot be read. */
#define HEALTH_NAME 17
void health_process_name(pid_t, char out[HEALTH_NAME]);

bool health_in_group(const char *group);                   /* this process; root is in every group */
bool health_program(const char *name);                     /* in $PATH */
bool health_file_below(const char *dir, const char *name); /* in it or at most three folders below it */

#endif
