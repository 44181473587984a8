/* What fetches from the network is nobody: another user when started as root, and no way back. */
#ifndef LOAXA_SOUND_RELAY_DROP_H
#define LOAXA_SOUND_RELAY_DROP_H

#include "base/err.h"

/* Root becomes the user loaxa-relay, or nobody where there is none; no new privileges for anybody.  Dies with its
 * parent from here on.  False: it could not give up what it has; it must not go on. */
bool drop_privileges(struct err *);

#endif
