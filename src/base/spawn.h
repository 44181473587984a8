/* Programs of others: started with nothing of ours but three descriptors, waited for no longer than said, ended with all
 * they have started.  Any thread; nothing here is for the audio threads. */
#ifndef LOAXA_BASE_SPAWN_H
#define LOAXA_BASE_SPAWN_H

#include "base/err.h"

#include <sys/types.h>

struct spawn_files {
	int in, out, err; /* descriptors of ours; -1: nothing (/dev/null) */
};

/* 0, or an errno.  argv[0] is looked for in PATH.  It leads a process group of its own and knows nothing of the signals
 * that we block or ignore. */
int spawn_program(char *const *argv, struct spawn_files, pid_t *);
/* Waits until it has ended, `ms` at most; then *status is waitpid()'s.  False: it runs on. */
bool spawn_await(pid_t, int ms, int *status);
/* Kills it and all it has started.  Waits a second at most: one that hangs in the kernel is gone when that lets it go. */
void spawn_kill(pid_t);
/* True: it ended with 0; else err says how. */
bool spawn_judge(const char *program, int status, struct err *);
/* Runs it to its end: spawn_program, _await, _kill, _judge. */
bool spawn_run(char *const *argv, struct spawn_files, int limit_ms, struct err *);

#endif
