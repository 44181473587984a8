/* Speaking: samples into the controller's socket until the speaker has said all, presses Ctrl-C, or is cut off. */
#ifndef LOAXA_CLI_SPEAK_TALK_H
#define LOAXA_CLI_SPEAK_TALK_H

#include "cli/speak-source.h"

#include <stdbool.h>

/* Takes the socket over.  Shows on stderr how it goes.  false: nothing was heard, or the station ended it. */
bool speak_talk(int line, struct speak_source *, int rate, int64_t limit_ms);

#endif
