/* The engine's status object as rows for a screen: what is the same in several zones stands in one row. */
#ifndef LOAXA_CLI_GLANCE_H
#define LOAXA_CLI_GLANCE_H

#include "base/json.h"
#include "base/vec.h"
#include "schedule/station.h"

enum glance_weight { GLANCE_IDLE, GLANCE_AIR, GLANCE_EMERGENCY, GLANCE_BLOCKED };

struct glance_row {
	zone_set zones; /* by their place in the status */
	char *text;
	char *at; /* planned instant, for sorting; "" */
	enum glance_weight weight;
};

struct glance_rows {
	VEC(struct glance_row) list;
};

/* How what is on air is drawn. */
enum { GLANCE_STEADY = -1 /* without anything that moves */ };

/* What each zone airs, or why it does not: a row a zone, or with unite one row for all of which the same is to be said.
 * cells: of the bar, or GLANCE_STEADY. */
void glance_air(const struct json *status, int cells, bool unite, struct glance_rows *);
void glance_waiting(const struct json *status, struct glance_rows *); /* by planned instant */
void glance_next(const struct json *status, size_t most, struct glance_rows *);
void glance_free(struct glance_rows *); /* empties it */

/* "cum-1, cum-3…cum-6"; "all 6 zones" when there is more than one. */
void glance_names(const struct json *status, zone_set, struct text *out);
bool glance_is_all(const struct json *status, zone_set);

#endif
