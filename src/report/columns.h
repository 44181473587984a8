/* A table for a terminal: columns as wide as their cells, the widest text ones narrower where the screen is; for a screen
 * reader one fact a line instead.  Not thread-safe. */
#ifndef LOAXA_REPORT_COLUMNS_H
#define LOAXA_REPORT_COLUMNS_H

#include "report/shapes.h"

struct columns;

struct columns *columns_new(void);
void columns_free(struct columns **);

void columns_column(struct columns *, const char *heading, bool right); /* before the first cell */
void columns_cell(struct columns *, const char *text);                  /* copies; rows fill from the left */
void columns_cellf(struct columns *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void columns_number(struct columns *, size_t);
void columns_rule(struct columns *); /* a line under the rows so far: what follows is a total */
size_t columns_rows(const struct columns *);

void columns_print(const struct columns *, const struct report_page *, const struct report_out *);

#endif
