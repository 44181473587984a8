/* One recording being decoded: libsndfile or ffmpeg behind one face, mixed to mono, counted to its end. */
#ifndef LOAXA_SOUND_PREPARE_DECODER_H
#define LOAXA_SOUND_PREPARE_DECODER_H

#include "sound/look.h"
#include "sound/prepare/spool.h"
#include "sound/why.h"

#include <sys/types.h>

#define DECODER_RATE_MIN 8000
#define DECODER_RATE_MAX 96000
#define DECODER_SECONDS_MAX (4 * 3600)

struct decoder;
/* The decoder of fd's content (borrowed).  May start ffmpeg, so it comes before the cage closes.  NULL with *why. */
struct decoder *decoder_open(int fd, beat *, struct why_facts *why);
pid_t decoder_helper(const struct decoder *); /* ffmpeg's process, or 0 */
void decoder_free(struct decoder **);
int decoder_rate(const struct decoder *);
int decoder_channels(const struct decoder *); /* of the source */
enum look_kind decoder_kind(const struct decoder *);
/* All of it, as mono, onto the tape; compares what came with what the container promised.  False with *why. */
bool decoder_decode(struct decoder *, struct spool *, struct why_facts *why);

#endif
