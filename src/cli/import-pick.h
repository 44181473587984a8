/* Choosing recordings from a stick: the list on the terminal, and the numbers that somebody types. */
#ifndef LOAXA_CLI_IMPORT_PICK_H
#define LOAXA_CLI_IMPORT_PICK_H

#include "cli/dialog.h"
#include "cli/import-scan.h"

#include <stdio.h>

#define IMPORT_PICK_MOST 30 /* recordings that are listed */

/* What is there, the newest first, numbered from 1; then what cannot be used, with reasons. */
void import_pick_print(const struct import_scan *, const char *dir, FILE *);
/* Asks for numbers.  chosen[i] of the first `shown` good files; how many; -1: they left. */
int import_pick_ask(struct dialog *, const struct import_scan *, bool many, bool chosen[IMPORT_PICK_MOST]);
/* "1 3,5" -> chosen; false when a number is none of 1..n or nothing is chosen.  Pure. */
bool import_pick_read(const char *answer, int n, bool chosen[IMPORT_PICK_MOST]);

#endif
