/* Where the samples of `loaxa speak` come from: a microphone, or a WAV stream on standard input. */
#ifndef LOAXA_CLI_SPEAK_SOURCE_H
#define LOAXA_CLI_SPEAK_SOURCE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

struct speak_source;

/* from: "-" or "alsa:DEVICE"; rate: what the station wants.  Standard input is waited for until its head is there. */
struct speak_source *speak_source_new(const char *from, int rate, struct err *);
void speak_source_free(struct speak_source **);

/* From now on: what a microphone heard before is nobody's business.  false: err says why it hears nothing. */
bool speak_source_begin(struct speak_source *, struct err *);
bool speak_source_has(const struct speak_source *); /* samples lie ready: do not wait for the descriptor */
int speak_source_fd(const struct speak_source *);   /* readable when there is something; -1: ask every 10 ms */
/* At most n mono samples; 0: nothing now; -1: the end. */
int64_t speak_source_read(struct speak_source *, int16_t *out, size_t n);
/* Why it ended although nobody wanted it to, for people; "". */
const char *speak_source_fault(const struct speak_source *);

#endif
