#include "cli/emergency-with.h"

#include "base/mem.h"
#include "cli/place.h"
#include "sound/library.h"

bool emergency_with(
	const struct station *st, const char *file, const char *store, struct recording *out, struct err *err)
{
	char *usual = store ? NULL : place_store(), *program = place_program("loaxa-prepare");
	struct library_options options = { .store = store ? store : usual, .prepare_program = program };
	bool good = library_one(st, file, &options, out, err);
	mem_free(program);
	mem_free(usual);
	return good;
}
