/* What befell the journal, told as a fault of the running station.  Loop thread. */
#ifndef LOAXA_CLI_RUN_MISHAP_H
#define LOAXA_CLI_RUN_MISHAP_H

#include "engine/engine.h"
#include "journal/journal.h"

/* It stays told until the controller is started again; loaxa doctor tells it for good.  told: zero at first, kept by the
 * caller.  At a start the engine's first row stands in the new journal already; later everything is to go there once
 * more. */
void run_mishap_tell(struct journal_mishap *told, const struct journal *, struct engine *, bool start);

#endif
