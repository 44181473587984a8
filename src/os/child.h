/* One program, given a text on its standard input and a time to end by.  Blocks; any thread but the loop's. */
#ifndef LOAXA_OS_CHILD_H
#define LOAXA_OS_CHILD_H

#include "base/err.h"

/* command: program and arguments with blanks between, no shell; what it prints goes to our standard error.
 * True: it ended with 0 within limit_ms.  A slower one is killed with all it has started.  One that does not read its
 * input to the end is none the worse for it. */
bool child_feed(const char *command, const char *input, int limit_ms, struct err *);

#endif
