#include "sound/relay/pace.h"

static int64_t most(const struct relay_pace *p)
{
	return (int64_t)p->rate * RELAY_PACE_MS * 1000;
}

void relay_pace_start(struct relay_pace *p, int rate, int64_t now_us)
{
	p->rate = rate;
	p->last_us = now_us;
	p->due = most(p);
}

size_t relay_pace_room(struct relay_pace *p, int64_t now_us)
{
	int64_t passed = now_us - p->last_us;
	p->last_us = now_us;
	if (passed > RELAY_PACE_MS * 1000)
		passed = RELAY_PACE_MS * 1000;
	p->due += passed > 0 ? passed * p->rate : 0;
	if (p->due > most(p))
		p->due = most(p);
	return (size_t)(p->due / 1000000);
}

void relay_pace_used(struct relay_pace *p, size_t frames)
{
	p->due -= (int64_t)frames * 1000000;
}
