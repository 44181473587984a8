/* What the audio threads know of their channels and of themselves, zone by zone and output by output. */
#include "sound/live-inside.h"

static const struct device *device_of(const struct live_sound *s, int zone, uint32_t *channel)
{
	const struct live_zone *z = &s->layout.zones.at[zone];
	*channel = UINT32_C(1) << z->channel;
	return s->layout.outputs.at[z->output].device;
}

bool live_sound_silent(const struct live_sound *s, int zone)
{
	uint32_t channel;
	const struct device *d = device_of(s, zone, &channel);
	return d && device_silent(d) & channel;
}

bool live_sound_noisy(const struct live_sound *s, int zone)
{
	uint32_t channel;
	const struct device *d = device_of(s, zone, &channel);
	return d && device_noisy(d) & channel;
}

struct live_pulse live_sound_pulse(const struct live_sound *s, int output)
{
	const struct device *d = s->layout.outputs.at[output].device;
	uint32_t count = 0;
	enum device_life life = d ? device_life(d, &count) : DEVICE_RESTS;
	return (struct live_pulse){ .rests = life == DEVICE_RESTS, .plays = life == DEVICE_PLAYS, .count = count };
}
