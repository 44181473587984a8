#include "sound/pace.h"

#include "sound/frames.h"

#include <time.h>

#define LONGEST_US INT64_C(20000)
#define MOST_SLEEPS 25 /* a clock that stands still must not hold the thread for ever */

static mono_us now(const struct pace *p)
{
	return p->clock->mono(p->clock->self);
}

void pace_begin(struct pace *p, const struct clock *clock, int rate, int64_t ahead)
{
	*p = (struct pace){ .clock = clock, .rate = rate, .ahead = ahead };
	p->start = now(p);
}

int64_t pace_delay(const struct pace *p)
{
	int64_t due = frames_by(p->rate, now(p).us - p->start.us);
	return p->written > due ? p->written - due : 0;
}

bool pace_write(struct pace *p, int64_t frames)
{
	bool in_time = p->written == 0 || pace_delay(p) > 0;
	if (!in_time) {
		p->start = now(p);
		p->written = 0;
	}
	p->written += frames;
	int64_t over;
	for (int i = 0; i < MOST_SLEEPS && (over = pace_delay(p) - p->ahead) > 0; i++) {
		int64_t us = frames_us(p->rate, over);
		struct timespec t = { 0, (us < LONGEST_US ? us : LONGEST_US) * 1000 };
		clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
	}
	return in_time;
}
