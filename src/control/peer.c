#include "control/peer.h"

#include "base/mem.h"

#include <sys/socket.h>

/* All the groups an account may have at most: the kernel's NGROUPS_MAX. */
#define GROUPS_MOST 65536

/* Its groups, its first one too.  What cannot be known gives no right. */
struct peer peer_of(int fd, const struct rights_house *house)
{
	struct ucred who;
	socklen_t n = sizeof who, bytes = 0;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n))
		return (struct peer){ .uid = -1 };
	getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, NULL, &bytes); /* says how much there is */
	if (bytes > GROUPS_MOST * sizeof(gid_t))
		bytes = 0;
	gid_t *gids = mem_zero(sizeof *gids + bytes);
	if (!bytes || getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, gids + 1, &bytes))
		bytes = 0;
	gids[0] = who.gid;
	unsigned has = rights_of(house, who.uid, gids, 1 + bytes / sizeof *gids);
	mem_free(gids);
	return (struct peer){ who.uid, has };
}
