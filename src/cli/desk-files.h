#ifndef LOAXA_CLI_DESK_FILES_H
#define LOAXA_CLI_DESK_FILES_H

#include "base/text.h"
#include "schedule/station.h"

/* st: of the accepted copy, lengths filled in from the store.  A recording that is neither in the store nor in the audio
 * directory becomes MISSING; one that its approval binds takes the hash it has now; the names of others that were changed
 * and wait for a reload are appended to `changed`.  Hashes of texts that an approval binds are filled in. */
void desk_files(struct station *, const char *copy, struct text *changed);

#endif
