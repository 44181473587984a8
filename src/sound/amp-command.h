/* Runs one program to its end, or to the end of one's patience.  Blocks: any thread that may. */
#ifndef LOAXA_SOUND_AMP_COMMAND_H
#define LOAXA_SOUND_AMP_COMMAND_H

#include "base/err.h"

/* command: program and arguments with blanks between, without a shell (schedule/amp-key.h); `last` is added as the last
 * argument.  The program gets nothing to read, what it prints is thrown away, what it complains of goes where our own
 * complaints go; it leads a process group of its own, which is killed after limit_ms.  True: it ended with code 0. */
bool amp_command_run(const char *command, const char *last, int limit_ms, struct err *);

#endif
