/* What keeps a decoder that was led astray by a crafted file from doing harm.  Three steps, each for good and each
 * narrower than the one before:
 *
 *   cage_enter    nothing to write, no network, nothing to read but the recording, the decoder program and what programs
 *                 are loaded from; nothing to start but that program; bounded time and memory
 *   cage_program  in the child that becomes ffmpeg: only the calls that such a program needs
 *   cage_close    nothing to open or start at all: what is open already is read, written and computed with
 *
 * Landlock rules files, seccomp the calls (a list of what is allowed, in BPF of our own: two dozen lines instead of a
 * library that would have to be there on every board).  What the kernel does not offer is left out, and cage_look says
 * so: the cage is a second line, the decoders' own checks are the first.  Single-threaded. */
#ifndef LOAXA_SOUND_PREPARE_CAGE_H
#define LOAXA_SOUND_PREPARE_CAGE_H

#include <stdbool.h>
#include <sys/types.h>

#define CAGE_CPU_SECONDS 1800
/* What a recording can make its decoder take, beyond the programs' own pages. */
#define CAGE_DECODER_BYTES (32 << 20)
#define CAGE_PROGRAM_BYTES (44 << 20) /* the libraries of ffmpeg 5.1 reserve 40 of them, and fill 10 */
#define CAGE_PROGRAM_BYTES_MOST (96 << 20)

struct cage_state {
	int landlock; /* version of its interface; 0 = this kernel has none */
	bool seccomp;
};

void cage_look(struct cage_state *);
/* source: the recording, open; program: path of ffmpeg, or NULL. */
void cage_enter(int source, const char *program);
/* roomy: for a program whose libraries alone need more than usual. */
void cage_program(bool roomy);
/* helper: the program's process, which may still be ended and waited for; 0 = there is none. */
void cage_close(pid_t helper);

/* ── Between cage.c, cage-files.c and cage-calls.c ── */

enum cage_step { CAGE_ENTERED = 1, CAGE_PROGRAM = 2, CAGE_CLOSED = 4 };
bool cage_calls_known(void); /* false: the kernel has no filter, or we have no list for this processor */
bool cage_allow_calls(enum cage_step, pid_t helper);
int cage_files_version(void);
void cage_allow_files(int source, const char *program); /* source -1: nothing at all */

#endif
