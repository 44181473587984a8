/* What a journal tells of the station's key: which one seals, since when, which sealed before, and the last seal. */
#ifndef LOAXA_CLI_KEY_VIEW_H
#define LOAXA_CLI_KEY_VIEW_H

#include "base/vec.h"
#include "cli/station-clock.h"
#include "journal/seal.h"

struct key_view {
	VEC(struct key_since { struct seal_key key; wall_us since; }) keys; /* in their order; the last one seals */
	struct seal seal;                                                  /* the last one; seq = 0: none */
	wall_us sealed_at;
	bool waits;     /* another key takes over at the next seal */
	bool rehearsal; /* nobody's: anybody can make that key */
	struct station_clock clock;
	char *code, *name; /* of the station; NULL: not known */
};

bool key_view_read(const char *state_dir, struct key_view *, struct err *);
void key_view_free(struct key_view *); /* empties it */

void key_view_print(const struct key_view *);
void key_view_json(const struct key_view *);

#endif
