/* The terminal behind a descriptor. */
#ifndef LOAXA_CLI_SCREEN_H
#define LOAXA_CLI_SCREEN_H

/* Its width; 500 when it is none, so that nothing is cut in a file or a pipe. */
int screen_columns(int fd);
int screen_rows(int fd); /* 0 when it is none */

#endif
