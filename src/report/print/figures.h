/* The columns of a tally on paper, and its cells: in every table the same, so that they can be compared. */
#ifndef LOAXA_REPORT_PRINT_FIGURES_H
#define LOAXA_REPORT_PRINT_FIGURES_H

#include "report/print/ruled.h"
#include "report/report.h"

enum figures { FIGURES_ALL, FIGURES_OF_ZONE /* without sessions and zones: of one zone they say nothing */ };

void figures_columns(struct ruled *, const struct report *, enum figures);
void figures_cells(struct ruled *, const struct report *, const struct tally *, enum figures);

#endif
