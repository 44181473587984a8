/* The station at a glance, drawn from the engine's status object: what `loaxa status` prints and `loaxa run` redraws. */
#ifndef LOAXA_CLI_STATUS_VIEW_H
#define LOAXA_CLI_STATUS_VIEW_H

#include "base/json.h"

/* Appends whole lines of at most `columns` columns.  Zones of which the same is to be said stand together. */
void status_view(const struct json *status, int columns, struct text *out);

#endif
