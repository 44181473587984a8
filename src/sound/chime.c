#include "sound/chime.h"

#include "base/mem.h"
#include "sound/frames.h"

#include <math.h>
#include <sys/mman.h>

#define STROKE_MS 500
#define ATTACK_MS 4
#define RELEASE_MS 30
#define FULL_SCALE 32767
#define SHARE 0.357 /* of full scale for the first partial: what makes it -16 LUFS */

struct tone_partial {
	double times, amplitude, decay_s;
};

static const double tones[] = { 1046.50, 880.00, 698.46 };
static const struct tone_partial partials[] = { { 1, 1, 0.36 }, { 2, 0.5, 0.18 }, { 3, 0.25, 0.09 } };

enum { TONES = sizeof tones / sizeof *tones, PARTIALS = sizeof partials / sizeof *partials };

struct chime {
	int rate;
	int64_t stroke; /* frames */
	int16_t *strokes[TONES];
	size_t bytes; /* of a stroke */
	struct spans spans;
};

/* A raised cosine up, then all of it, then one down. */
static double envelope(double t, double length)
{
	double attack = ATTACK_MS / 1000.0, release = RELEASE_MS / 1000.0, left = length - t;
	if (t < attack)
		return 0.5 - 0.5 * cos(M_PI * t / attack);
	return left < release ? 0.5 - 0.5 * cos(M_PI * left / release) : 1;
}

static int16_t sample(double tone, double t, double length)
{
	double sum = 0;
	for (size_t i = 0; i < PARTIALS; i++)
		sum += partials[i].amplitude * exp(-t / partials[i].decay_s) *
		       sin(2 * M_PI * tone * partials[i].times * t);
	return (int16_t)lrint(FULL_SCALE * SHARE * sum * envelope(t, length));
}

struct chime *chime_new(int rate)
{
	struct chime *c = mem_new(struct chime);
	c->rate = rate;
	c->stroke = frames_in_ms(rate, STROKE_MS);
	c->bytes = (size_t)c->stroke * sizeof **c->strokes;
	for (size_t k = 0; k < TONES; k++) {
		c->strokes[k] = mem_zero(c->bytes);
		for (int64_t i = 0; i < c->stroke; i++)
			c->strokes[k][i] = sample(tones[k], (double)i / rate, STROKE_MS / 1000.0);
		mlock(c->strokes[k], c->bytes); /* where the system allows it; else the pages are merely there */
	}
	c->spans.n = CHIME_LONGEST_S * 1000 / STROKE_MS;
	c->spans.list = mem_new_n(struct span, c->spans.n);
	for (size_t i = 0; i < c->spans.n; i++)
		c->spans.list[i] = (struct span){ c->strokes[i % TONES], c->stroke };
	return c;
}

void chime_free(struct chime **cp)
{
	struct chime *c = *cp;
	if (!c)
		return;
	for (size_t k = 0; k < TONES; k++) {
		munlock(c->strokes[k], c->bytes);
		mem_free(c->strokes[k]);
	}
	mem_free(c->spans.list);
	mem_free(c);
	*cp = NULL;
}

int64_t chime_frames(const struct chime *c, int64_t at_least_us)
{
	int64_t strokes = (frames_by(c->rate, at_least_us) + c->stroke - 1) / c->stroke;
	return strokes < (int64_t)c->spans.n ? strokes * c->stroke : (int64_t)c->spans.n * c->stroke;
}

struct spans *chime_spans(struct chime *c)
{
	return &c->spans;
}
