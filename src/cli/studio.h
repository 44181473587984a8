/* What commands that let the studio hear something share: where, and what is told about it. */
#ifndef LOAXA_CLI_STUDIO_H
#define LOAXA_CLI_STUDIO_H

#include "cli/ear.h"

/* The monitor, or what every computer's sound can do where a sink is named.  st may be NULL.  NULL, said on stderr: there
 * is none, or the village would hear it. */
const struct output *studio_output(const struct station *, const char *sink);

/* Listens and tells how it went; returns the exit code. */
int studio_listen(const struct ear *, const char *title);

#endif
