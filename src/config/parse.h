/* The values of a section, by libconfuse.  The scanner has taken out everything libconfuse would refuse.
 * Not for two threads at once: libconfuse's scanner has one state for the whole process. */
#ifndef LOAXA_CONFIG_PARSE_H
#define LOAXA_CONFIG_PARSE_H

#include "config/block.h"

struct parse;
struct parse *parse_new(void);
void parse_free(struct parse **);

/* Fills in the texts of all values of the block and its parts.  False when libconfuse read something else
 * than the scanner saw (a fault of ours: the block is then of no use). */
bool parse_body(struct parse *, struct block *, const char *body);

#endif
