/* What the shell may offer at the cursor: commands, options, and the names of the station's bulletins, zones and rules. */
#ifndef LOAXA_CLI_COMPLETE_H
#define LOAXA_CLI_COMPLETE_H

#include <stddef.h>

/* words: what was typed behind "loaxa", the last one unfinished.  Prints a candidate a line; "<file>" and "<dir>" stand for
 * what the shell itself knows. */
void complete_print(char *const words[], size_t n);

#endif
