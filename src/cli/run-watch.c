#include "cli/run-watch.h"

/* Some cards take seconds to open; a manager that killed us for that would do so for ever. */
#define OPENING_US (10 * US_PER_S)

bool run_watch_output(struct run_watch_output *o, struct live_pulse p, mono_us now)
{
	bool moved = p.count != o->count;
	if (moved || p.rests)
		o->moved = now;
	o->count = p.count;
	return moved || p.rests || (!p.plays && now.us - o->moved.us < OPENING_US);
}

bool run_watch_well(struct run_watch *w, const struct live_sound *sound, const struct station *st, mono_us now)
{
	bool well = true;
	for (size_t o = 0; st && o < st->outputs.n; o++)
		well &= run_watch_output(&w->outputs[o], live_sound_pulse(sound, (int)o), now);
	return well;
}
