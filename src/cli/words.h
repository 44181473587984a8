/* The fixed codes of rows and of the status object (verdicts, reasons, kinds of events) in the user's language. */
#ifndef LOAXA_CLI_WORDS_H
#define LOAXA_CLI_WORDS_H

const char *words_of(const char *code); /* an unknown code as it is; NULL gives "" */

#endif
