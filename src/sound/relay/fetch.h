/* ffmpeg as a child that fetches one address and gives mono PCM: started without a shell, with nothing of our
 * environment but PATH, limits on what it may use, and only the protocols named.  It cannot outlive us: the kernel
 * kills it when we end, however that happens. */
#ifndef LOAXA_SOUND_RELAY_FETCH_H
#define LOAXA_SOUND_RELAY_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct fetch;

struct fetch *fetch_start(const char *url, const char *protocols, int rate); /* NULL: the system gives no process */
void fetch_stop(struct fetch **);                                            /* kills it; waits for its end */

int fetch_fd(const struct fetch *);                              /* readable: sound, or its end */
int fetch_words(const struct fetch *);                           /* readable: complaints, for fetch_listen() */
ssize_t fetch_read(struct fetch *, int16_t *out, size_t frames); /* 0: none now; -1: its end */
void fetch_listen(struct fetch *);

/* After its end.  False: it could not be run, there is no ffmpeg. */
bool fetch_was_there(struct fetch *);
/* What it said last, made fit to be shown (no address, no control characters); "" when nothing. */
const char *fetch_said(const struct fetch *);

/* The part of a complaint that says why, without the address it begins with.  For the tests. */
void fetch_reason(const char *line, char *out, size_t bytes);

#endif
