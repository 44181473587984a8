/* Time zones of the system: bytes of tzdata's files.  Any thread. */
#ifndef LOAXA_OS_TZFILE_H
#define LOAXA_OS_TZFILE_H

#include <stddef.h>

/* Of $TZDIR, else /usr/share/zoneinfo.  malloc'ed, at most 1 MiB; NULL when there is no such zone or the name
 * leads out of the folder. */
void *tzfile_read(const char *zone, size_t *bytes);

#endif
