/* Why something failed, in the user's language: what — why — what to do.  Filled by the callee, shown by cli/. */
#ifndef LOAXA_BASE_ERR_H
#define LOAXA_BASE_ERR_H

#include <stdbool.h>

struct err {
	char text[1024]; /* UTF-8, cut at a character boundary; empty = no error */
};

/* Returns false, so that a failing function can end in:  return err_set(err, _("…"), …); */
bool err_set(struct err *err, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
