/* Playout in virtual time, for dry runs: the sound port without a card and without threads.
 *
 * A device's frame count at instant x, C(x), is how many frames began before it (frames.h).  An item started at t
 * from frame f is at frame f + C(x) - C(t); it ends when its last frame is over.  A rendered file holds exactly the
 * device's frames, so positions and the file agree to the frame, with and without rendering.
 *
 * Nothing happens but by virtual_advance() and by calls of the port, which act at the instant last advanced to.
 * The clock is read only to date events; mono instants drive everything.  One thread. */
#ifndef LOAXA_SOUND_VIRTUAL_H
#define LOAXA_SOUND_VIRTUAL_H

#include "base/clock.h"
#include "base/err.h"
#include "engine/ports.h"
#include "sound/render.h"

struct virtual_sound;

/* The clock must outlive it; the station need not, and may be NULL (no zones). */
struct virtual_sound *virtual_new(const struct station *, const struct clock *, mono_us epoch);
void virtual_free(struct virtual_sound **);

/* playable() asks the station's facts only: a lost output makes an item wait, it is no reason to give it up.
 * start() on a lost output answers with the item's SOUND_LOST at once.  position() of an item that has ended, was
 * stopped or lost stays at its last frame until the lane's next item ends likewise. */
struct sound_port virtual_port(struct virtual_sound *);

/* When the next event happens by itself (an item's end, a start that waits for its instant); US_NEVER for none. */
mono_us virtual_next(const struct virtual_sound *);
/* Up to and including that instant.  Never back. */
void virtual_advance(struct virtual_sound *, mono_us);

/* After a reload.  Zones and outputs are matched by name and play on; what played in a zone that is no more is
 * reported SOUND_STOPPED with zone -1. */
void virtual_adopt(struct virtual_sound *, const struct station *);

void virtual_lose(struct virtual_sound *, int output);
void virtual_restore(struct virtual_sound *, int output);
/* The recording is not there any more, nor its prepared form; what is on air plays on. */
void virtual_file_gone(struct virtual_sound *, const char *file);
/* The source of that relay sends no sound from now on, or sounds again. */
void virtual_relay_silent(struct virtual_sound *, const char *bulletin);
void virtual_relay_back(struct virtual_sound *, const char *bulletin);
/* From now on mixes what the zones play into a file; once in a handle's life, while the present station lives.
 * False: the file cannot be made. */
bool virtual_render(struct virtual_sound *, const struct render_options *, struct err *);
/* Writes what is left up to the last virtual_advance() (and options' `until`) and closes the file.  False: it is not
 * whole, or some prepared sound could not be read.  virtual_free() does it too, in silence. */
bool virtual_render_end(struct virtual_sound *, struct err *);

/* Power off or kill: everything silent, nothing reported; gone files and lost outputs stay so. */
void virtual_reset(struct virtual_sound *);

#endif
