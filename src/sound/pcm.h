/* An item's prepared sound: its recordings' PCM files, one after the other, addressed by the frame of the whole.
 * A relay is stood in for by silence with one beep at the start.
 * Files are opened when first needed, one at a time.  One thread; it reads files: never the audio thread. */
#ifndef LOAXA_SOUND_PCM_H
#define LOAXA_SOUND_PCM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pcm;

struct pcm *pcm_new(void);
void pcm_free(struct pcm **);
/* Adds a file of that many frames (S16, mono, native order); takes path over (mem_free). */
void pcm_add_file(struct pcm *, char *path, int64_t frames);
void pcm_add_beep(struct pcm *, int rate, int64_t frames);

struct bulletin;
struct store;
struct store_form;
/* The whole of a bulletin as it is prepared for that output. */
struct pcm *pcm_of_bulletin(const struct bulletin *, struct store *, int output, const struct store_form *);

/* Up to n frames from `frame` on.  Fewer: the end of the whole, or a file that does not give what it should:
 * then pcm_broken() names it from now on. */
size_t pcm_read(struct pcm *, int64_t frame, int16_t *out, size_t n);
int64_t pcm_frames(const struct pcm *);
/* How many frames from that one on are silence, known without reading any (a relay behind its beep). */
int64_t pcm_silence(const struct pcm *, int64_t frame);
const char *pcm_broken(const struct pcm *); /* path of the file that could not be read, or NULL */
bool pcm_broken_gone(const struct pcm *);   /* it was not there at all (else: shorter than it was, or unreadable) */

#endif
