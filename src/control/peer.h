/* Who is at the other end of a UNIX socket, and what he may do: the kernel says it. */
#ifndef LOAXA_CONTROL_PEER_H
#define LOAXA_CONTROL_PEER_H

#include "control/rights.h"

struct peer {
	int64_t uid;     /* -1 = not known */
	unsigned rights; /* RIGHT_…; of its groups when it connected */
};

struct peer peer_of(int fd, const struct rights_house *);

#endif
