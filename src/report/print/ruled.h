/* A ruled table over as many pages as it needs: its head stands on each, a row is never torn unless it is higher than a
 * page, and the last row (the total) never stands alone. */
#ifndef LOAXA_REPORT_PRINT_RULED_H
#define LOAXA_REPORT_PRINT_RULED_H

#include "report/print/page.h"

struct ruled;
struct ruled *ruled_new(double points); /* size of its letters */
void ruled_free(struct ruled **);
/* share: of the width between the margins, in parts of the sum of all shares. */
void ruled_column(struct ruled *, const char *heading, double share, enum canvas_align);
int ruled_columns(const struct ruled *);
int ruled_rows(const struct ruled *);
/* One heading over the columns from .. until - 1. */
void ruled_group(struct ruled *, int from, int until, const char *heading);
void ruled_cell(struct ruled *, const char *); /* the next one of the row; NULL: empty */
void ruled_words(struct ruled *, const char *); /* the same, its first letter a capital */
void ruled_number(struct ruled *, size_t);
void ruled_strong(struct ruled *); /* the row that the next cell begins is bold */
/* So much paper belongs beneath the last row, on the same page: what is signed is never signed alone. */
void ruled_keep(struct ruled *, double height);
void ruled_print(struct ruled *, struct page *);

#endif
