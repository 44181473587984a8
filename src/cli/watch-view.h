/* The station on one screen: per zone on air with a bar, what waits and why, the next three, what is off or held. */
#ifndef LOAXA_CLI_WATCH_VIEW_H
#define LOAXA_CLI_WATCH_VIEW_H

#include "base/json.h"
#include "cli/page.h"

/* At most that many rows.  Zones have a row each while there is room, else those that fare alike share one. */
void watch_view(const struct json *status, int columns, int rows, struct page *);
/* For what is no screen: nothing that moves, nothing left out; without the time, so that an equal page is no news. */
void watch_view_plain(const struct json *status, struct page *);
/* Nobody answers, for that reason: no picture of before that could be taken for the present. */
void watch_view_lost(const char *since, const char *why, int columns, struct page *);

#endif
