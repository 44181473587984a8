#include "cli/run-mishap.h"

#include "base/mem.h"
#include "cli/earlier.h"

#include <string.h>

void run_mishap_tell(struct journal_mishap *told, const struct journal *j, struct engine *e, bool start)
{
	struct journal_mishap now;
	if (!journal_mishap(j, &now) || !memcmp(&now, told, sizeof now))
		return;
	char *text = earlier_mishap(&now, engine_station(e) ? engine_station(e)->tz : NULL);
	*told = now;
	if (!start)
		engine_journal_renewed(e);
	engine_fault(e, "journal-kept", text);
	mem_free(text);
}
