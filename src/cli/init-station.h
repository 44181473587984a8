/* The files of a new station, from what was answered.  Pure but for the language of its comments. */
#ifndef LOAXA_CLI_INIT_STATION_H
#define LOAXA_CLI_INIT_STATION_H

#include "base/text.h"
#include "base/vec.h"

struct init_output {
	char sink[128];
	int rate, channels,
		channels_most; /* channels: what to write; most: what the device could have, its zones too */
};

struct init_station {
	char *code, *name, *unit, *reports_to, *language, *timezone; /* reports_to: may be "" */
	bool approval;
	VEC(struct init_output) outputs;
	VEC(char *) zones; /* their full names, in the order of outputs and channels */
};

/* How many zones the outputs have room for. */
size_t init_room(const struct init_station *);
/* "Cụm loa 1, Cụm loa 2" -> zones; empty parts fall away. */
void init_split_zones(struct init_station *, const char *names);
/* "Đài truyền thanh xã A" -> "UBND xã A"; another name: "".  To mem_free. */
char *init_unit_of(const char *name);
/* The whole of station.conf. */
void init_write(const struct init_station *, struct text *out);
void init_free(struct init_station *); /* empties it */

#endif
