/* Pictures that people attach for a directive: --picture 1704=loa.jpg. */
#ifndef LOAXA_CLI_REPORT_PICTURE_H
#define LOAXA_CLI_REPORT_PICTURE_H

#include "base/err.h"
#include "base/text.h"
#include "cli/options.h"
#include "report/report.h"

/* All of them or none: false with err. */
bool report_picture_attach(struct report *, const struct option_list *, struct err *);
/* Letters that ask for pictures and got none, each on a line of its own with what to type; empty: none. */
void report_picture_missing(const struct report *, struct text *);

#endif
