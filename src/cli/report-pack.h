/* loaxa report --pack DIR: one folder with the report in every shape, the pictures, the sealed bundle, and a list of its files
 * with their SHA-256.  The folder is there whole or not at all. */
#ifndef LOAXA_CLI_REPORT_PACK_H
#define LOAXA_CLI_REPORT_PACK_H

#include "base/err.h"

struct report_job; /* of report-job.h */

/* A folder of that name must not be there yet, or be empty. */
bool report_pack(const struct report_job *, const char *dir, struct err *);

#endif
