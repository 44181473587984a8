/* Parts of the log that are not in journal.db any more, because its file was damaged: where they are, how to read them.
 * tz: the station's, or NULL: the machine's. */
#ifndef LOAXA_CLI_EARLIER_H
#define LOAXA_CLI_EARLIER_H

#include "journal/aside.h"
#include "journal/journal.h"
#include "schedule/tz.h"

/* What happened, what is safe, what to do: for status and the screens; to mem_free. */
char *earlier_mishap(const struct journal_mishap *, const struct tz *);

/* A line on standard error for each earlier part of the state's log, with the command that reads it. */
void earlier_say(const char *verb, const char *state_dir);

/* The same line in words; to mem_free. */
char *earlier_describe(const char *name, const struct aside_facts *, const struct tz *);

#endif
