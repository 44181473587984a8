/* How the files of the grid fill one. */
#ifndef LOAXA_REPORT_GRID_INSIDE_H
#define LOAXA_REPORT_GRID_INSIDE_H

#include "report/grid.h"

void grid_add_column(struct grid *, const char *heading, enum grid_kind, int width);
/* The next cell of the row.  Texts are cleaned and copied; NULL and "" leave the cell empty. */
void grid_add_text(struct grid *, const char *);
void grid_add_code(struct grid *, const char *);
void grid_add(struct grid *, enum grid_kind, int64_t n);
void grid_add_empty(struct grid *, size_t cells);
void grid_add_note(struct grid *, const char *);

/* The columns of a tally, and its cells. */
void grid_tally_columns(struct grid *, const struct report *);
void grid_add_tally(struct grid *, const struct report *, const struct tally *);
void grid_tally_notes(struct grid *);

void grid_fill_summary(struct grid *, const struct report *);
void grid_fill_directives(struct grid *, const struct report *);
void grid_fill_dates(struct grid *, const struct report *);
void grid_fill_days(struct grid *, const struct report *);
void grid_fill_zones(struct grid *, const struct report *);
void grid_fill_off(struct grid *, const struct report *);
void grid_fill_classes(struct grid *, const struct report *);
void grid_fill_unaired(struct grid *, const struct report *);
void grid_fill_logbook(struct grid *, const struct report *);
void grid_fill_strip(struct grid *, const struct report *);
void grid_fill_pictures(struct grid *, const struct report *);

#endif
