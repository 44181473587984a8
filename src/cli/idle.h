/* When may the station be touched without anybody hearing it?  Read from status.  Pure. */
#ifndef LOAXA_CLI_IDLE_H
#define LOAXA_CLI_IDLE_H

#include "base/json.h"

#define IDLE_ENOUGH_MS (3 * 60 * 1000)

/* 0: something is on air or waits, or an emergency is active; else the milliseconds until something begins, INT64_MAX
 * when nothing is known to. */
int64_t idle_ms(const struct json *status);

#endif
