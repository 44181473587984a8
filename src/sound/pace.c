#include "sound/pace.h"

#include "sound/frames.h"

void pace_init(struct pace *p, const struct clock *clock, int rate)
{
	*p = (struct pace){ .clock = clock, .rate = rate };
}

void pace_go(struct pace *p)
{
	if (p->running)
		return;
	p->start = p->clock->mono(p->clock->self);
	p->running = true;
}

void pace_write(struct pace *p, int64_t frames)
{
	p->written += frames;
}

void pace_take_back(struct pace *p, int64_t frames)
{
	p->written -= frames;
}

/* Frames whose time is over. */
static int64_t due(const struct pace *p, mono_us now)
{
	return p->behind + (p->running ? frames_by(p->rate, now.us - p->start.us) : 0);
}

int64_t pace_queued(const struct pace *p, mono_us now)
{
	int64_t left = p->written - due(p, now);
	return left > 0 ? left : 0;
}

bool pace_dry(struct pace *p, mono_us now)
{
	if (!p->running || due(p, now) <= p->written)
		return false;
	p->behind = p->written;
	p->running = false;
	return true;
}
