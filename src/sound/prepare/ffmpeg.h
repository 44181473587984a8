/* ffmpeg as a child, where it is installed: for what libsndfile cannot read.  It is caged like its parent, gets a short
 * list of formats (a playlist that points elsewhere is refused), and is ended when it computes for 2 s without a sound. */
#ifndef LOAXA_SOUND_PREPARE_FFMPEG_H
#define LOAXA_SOUND_PREPARE_FFMPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct ffmpeg;
/* fd: the source; ffmpeg opens it anew through /proc, since m4a needs seeking.  NULL with errno; ENOENT: not installed. */
struct ffmpeg *ffmpeg_open(int fd);
void ffmpeg_free(struct ffmpeg **);         /* ends the child */
pid_t ffmpeg_process(const struct ffmpeg *);
bool ffmpeg_stuck(const struct ffmpeg *); /* it was ended because it came to no end, or did not even start */
int ffmpeg_channels(const struct ffmpeg *); /* 0: it understood nothing */
int ffmpeg_rate(const struct ffmpeg *);
int64_t ffmpeg_read(struct ffmpeg *, float *out, int64_t frames);
/* After the end: true when it ended by itself, and had nothing to complain about. */
bool ffmpeg_clean(struct ffmpeg *);
/* Where the program is; false when it is not. */
bool ffmpeg_find(char *path, size_t cap);

#endif
