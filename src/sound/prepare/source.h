/* One recording being decoded: libsndfile or ffmpeg behind one face, mixed to mono, counted to its end. */
#ifndef LOAXA_SOUND_PREPARE_SOURCE_H
#define LOAXA_SOUND_PREPARE_SOURCE_H

#include "sound/prepare/spool.h"
#include "sound/why.h"

#define SOURCE_RATE_MIN 8000
#define SOURCE_RATE_MAX 96000
#define SOURCE_SECONDS_MAX (4 * 3600)

struct source;
/* The decoder of fd's content (borrowed).  May start ffmpeg, so it comes before the cage closes.  NULL with *why. */
struct source *source_open(int fd, struct why_facts *why);
void source_free(struct source **);
int source_rate(const struct source *);
/* All of it, as mono, onto the tape; compares what came with what the container promised.  False with *why. */
bool source_decode(struct source *, struct spool *, struct why_facts *why);

#endif
