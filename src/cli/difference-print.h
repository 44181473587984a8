/* The difference of two schedules for people: what the village will hear otherwise than now. */
#ifndef LOAXA_CLI_DIFFERENCE_PRINT_H
#define LOAXA_CLI_DIFFERENCE_PRINT_H

#include "base/text.h"
#include "schedule/difference.h"

/* Lines for a terminal of 80 columns, at most some sixty of them however much differs; the first says how much. */
void difference_print(const struct difference *, struct text *out);

#endif
