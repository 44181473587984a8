/* loaxa status --watch: the station live, on a terminal or as blocks of lines. */
#ifndef LOAXA_CLI_WATCH_H
#define LOAXA_CLI_WATCH_H

/* Until q, Ctrl-C or the end of the line; without a terminal until nobody reads any more.  socket_path: of the
 * controller.  Returns the exit code. */
int watch_run(const char *socket_path);

#endif
