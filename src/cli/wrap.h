/* Lines for a screen. */
#ifndef LOAXA_CLI_WRAP_H
#define LOAXA_CLI_WRAP_H

#include "base/text.h"

/* A sentence broken between words, never cut: first stands before its first line, as many blanks before the others. */
void wrap_sentence(struct text *out, int columns, const char *first, const char *s);
/* One line, cut to the columns there are. */
void wrap_line(struct text *out, int columns, const char *s);

#endif
