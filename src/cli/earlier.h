/* Parts of the log that are not in journal.db any more, because its file was damaged: where they are, how to read them. */
#ifndef LOAXA_CLI_EARLIER_H
#define LOAXA_CLI_EARLIER_H

#include "journal/aside.h"
#include "journal/journal.h"

/* What happened, what is safe, what to do: for status and the screens; to mem_free. */
char *earlier_mishap(const struct journal_mishap *);

/* A line on standard error for each earlier part of the state's log, with the command that reads it. */
void earlier_say(const char *verb, const char *state_dir);

/* The same line in words; to mem_free. */
char *earlier_describe(const char *name, const struct aside_facts *);

#endif
