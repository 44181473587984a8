#include "cli/peek.h"

#include "base/mem.h"
#include "cli/language.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "config/config.h"
#include "os/tzfile.h"

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

struct station *peek_station(const char *dir, const char *state, char **from, struct findings *fs)
{
	static const struct config_env env = { .tzif = read_zone };
	*from = dir ? mem_dup(dir) : accepted_load_dir(state);
	if (!*from)
		*from = place_station();
	struct station *st = config_load(*from, &env, fs);
	if (st)
		language_station(st->language);
	return st;
}
