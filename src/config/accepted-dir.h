/* Inside of config/accepted: how copies are numbered. */
#ifndef LOAXA_CONFIG_ACCEPTED_DIR_H
#define LOAXA_CONFIG_ACCEPTED_DIR_H

#include "base/vec.h"

#define ACCEPTED_MANIFEST "accepted.json"

struct accepted_numbers {
	unsigned *at; /* ascending */
	size_t n, cap;
};
struct accepted_numbers accepted_list(const char *state);

#endif
