#include "sound/sink.h"

#include <string.h>

const struct sink_ops *sink_find(const char *name, const char **device)
{
	static const struct sink_ops *const all[] = { &sink_alsa_ops, &sink_ao_ops, &sink_file_ops, &sink_dry_ops };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t n = strlen(all[i]->prefix);
		if (strncmp(name, all[i]->prefix, n) || (name[n] && name[n] != ':'))
			continue;
		*device = name[n] ? name + n + 1 : name + n;
		return all[i];
	}
	return NULL;
}
