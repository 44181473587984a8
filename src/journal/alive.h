/* STATE/alive: 64 bytes, overwritten once a minute, that say the program was running then.  It tells "nothing was to
 * be recorded" from "the station was off".  Not part of the chain. */
#ifndef LOAXA_JOURNAL_ALIVE_H
#define LOAXA_JOURNAL_ALIVE_H

#include "base/clock.h"

/* One fdatasync.  Creates the file (0640) where it is missing; false with errno. */
bool alive_write(const char *path, wall_us);
wall_us alive_read(const char *path); /* .us = 0: no file, or not one whole record */

#endif
