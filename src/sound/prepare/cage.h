/* What keeps a decoder that was led astray by a crafted file from doing harm.  Two steps, each for good:
 * first no network, nothing to write, bounded time and memory (a child such as ffmpeg inherits all of it); then
 * nothing to open and nothing to start either.  What the kernel does not offer is left out: the cage is a second
 * line, the decoders' own checks are the first. */
#ifndef LOAXA_SOUND_PREPARE_CAGE_H
#define LOAXA_SOUND_PREPARE_CAGE_H

#define CAGE_CPU_SECONDS 1800

void cage_enter(void);
void cage_close(void);

#endif
