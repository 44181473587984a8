/* The báo cáo with its appendices as one page that needs nothing else: browsers show and print it, word processors open it to
 * be edited.  Simple tables, every text escaped, well-formed as XML too; it loads nothing and runs nothing. */
#ifndef LOAXA_REPORT_HTML_H
#define LOAXA_REPORT_HTML_H

#include "report/report.h"
#include "report/shapes.h"

void html_write(const struct report *, const struct report_out *);

#endif
