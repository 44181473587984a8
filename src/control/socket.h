/* The address of a UNIX socket, however long its path is: an address holds 107 bytes, a path may have 4096.  Longer
 * ones are reached through their directory's descriptor. */
#ifndef LOAXA_CONTROL_SOCKET_H
#define LOAXA_CONTROL_SOCKET_H

#include <stdbool.h>
#include <sys/un.h>

struct socket_place {
	struct sockaddr_un at;
	int dir; /* -1, or what the address stands on: close with socket_leave after bind or connect */
};

bool socket_find(const char *path, struct socket_place *); /* false: errno says why */
void socket_leave(struct socket_place *);

#endif
