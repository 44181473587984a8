/* The terminal behind a descriptor. */
#ifndef LOAXA_CLI_SCREEN_H
#define LOAXA_CLI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

/* Its width; 500 when it is none, so that nothing is cut in a file or a pipe. */
int screen_columns(int fd);
int screen_rows(int fd); /* 0 when it is none */

/* Writes without ever waiting for the reader: what it does not take now is dropped, and false returned.  Nothing that
 * listens to a controller (a terminal stopped with Ctrl-S, a full pipe) may hold up the air. */
bool screen_say(int fd, const char *s, size_t bytes);

#endif
