/* Schedules from texts, for tests: no directory, no disk but the time zone. */
#ifndef LOAXA_TESTS_CONFIG_TEXTS_H
#define LOAXA_TESTS_CONFIG_TEXTS_H

#include "config/config.h"
#include "config/source.h"
#include "os/tzfile.h"

#include <string.h>

static inline void *texts_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

static const struct config_env texts_env = { .tzif = texts_zone };

/* A station that needs nothing more; what a test is about comes in a second file, 10.conf. */
#define TEXTS_STATION                                                                                        \
	"station \"22363\" { name = \"Đài\" timezone = \"Asia/Ho_Chi_Minh\" }\n"                             \
	"output \"ampli\" { sink = \"dry-run\" channels = 4 }\n"                                             \
	"zone \"cum-1\" { output = \"ampli\" }\n"                                                            \
	"bulletin \"tin\" { audio = \"tin.opus\" }\n"

static inline struct station *texts_load(const char *first, const char *second, struct findings *fs)
{
	struct sources s = { 0 };
	source_add(&s, "00.conf", first, strlen(first));
	if (second)
		source_add(&s, "10.conf", second, strlen(second));
	struct station *st = config_build("d", s.list.at, s.list.n, &texts_env, fs);
	source_free(&s);
	return st;
}

#endif
