#include "sound/frame-clock.h"

#define SPAN_US (10 * US_PER_S)   /* what is older says nothing about now */
#define ENOUGH_US (2 * US_PER_S)  /* over less the slope is but jitter */
#define SETTLED_US (50 * US_PER_MS) /* cards fetch a burst ahead when they begin */
#define APART_US (50 * US_PER_MS) /* of notes that come in a burst one is enough */
#define SLOPE_MOST 0.002
#define LIE 0.02

void frame_clock_init(struct frame_clock *c, int rate)
{
	*c = (struct frame_clock){ .nominal = rate / 1e6, .rate = rate / 1e6 };
}

void frame_clock_begin(struct frame_clock *c, mono_us at, int64_t frame)
{
	c->n = 0;
	c->began = at;
	c->measured = 0;
	c->us = at.us;
	c->frame = frame;
	c->beyond = 0;
}

static const struct frame_note *note(const struct frame_clock *c, size_t back)
{
	return &c->notes[(c->n - 1 - back) % FRAME_CLOCK_NOTES];
}

static size_t notes_of(const struct frame_clock *c)
{
	size_t most = c->n < FRAME_CLOCK_NOTES ? c->n : FRAME_CLOCK_NOTES, n = 0;
	while (n < most && note(c, 0)->us - note(c, n)->us <= SPAN_US)
		n++;
	return n;
}

static double held(double rate, double nominal)
{
	double most = nominal * (1 + SLOPE_MOST), least = nominal * (1 - SLOPE_MOST);
	return rate > most ? most : rate < least ? least : rate;
}

/* The line goes through the middle of the notes; numbers are taken from the newest one, to stay small. */
static void draw(struct frame_clock *c)
{
	size_t n = notes_of(c);
	const struct frame_note *last = note(c, 0);
	double t = 0, f = 0, tt = 0, tf = 0;
	for (size_t i = 0; i < n; i++) {
		t += (double)(note(c, i)->us - last->us);
		f += (double)(note(c, i)->frame - last->frame);
	}
	t /= (double)n, f /= (double)n;
	for (size_t i = 0; i < n; i++) {
		double dt = (double)(note(c, i)->us - last->us) - t, df = (double)(note(c, i)->frame - last->frame) - f;
		tt += dt * dt;
		tf += dt * df;
	}
	if (last->us - note(c, n - 1)->us >= ENOUGH_US) {
		c->measured = tf / tt;
		c->rate = held(c->measured, c->nominal);
	}
	c->us = last->us;
	c->frame = last->frame;
	c->beyond = f - t * c->rate;
}

void frame_clock_note(struct frame_clock *c, mono_us at, int64_t frame)
{
	if (at.us - c->began.us < SETTLED_US)
		return;
	if (c->n && at.us - note(c, 0)->us < APART_US && c->n > 1)
		return;
	c->notes[c->n++ % FRAME_CLOCK_NOTES] = (struct frame_note){ at.us, frame };
	draw(c);
}

int64_t frame_clock_frame(const struct frame_clock *c, mono_us at)
{
	double frames = (double)(at.us - c->us) * c->rate + c->beyond;
	int64_t whole = (int64_t)frames;
	return c->frame + whole + (frames > (double)whole);
}

mono_us frame_clock_when(const struct frame_clock *c, int64_t frame)
{
	return (mono_us){ c->us + (int64_t)(((double)(frame - c->frame) - c->beyond) / c->rate) };
}

static double off(const struct frame_clock *c, const struct frame_note *from, const struct frame_note *to)
{
	return (double)(to->frame - from->frame) / (double)(to->us - from->us) / c->nominal - 1;
}

/* Before and after: a card that stood still once is slow on one side of that only. */
bool frame_clock_lies(const struct frame_clock *c)
{
	if (!c->measured)
		return false;
	size_t n = notes_of(c);
	double before = off(c, note(c, n - 1), note(c, n / 2)), after = off(c, note(c, n / 2), note(c, 0));
	return (before > LIE && after > LIE) || (before < -LIE && after < -LIE);
}
