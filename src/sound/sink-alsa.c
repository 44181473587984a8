/* The ALSA sink: the card itself, 16-bit interleaved, at exactly the rate and channels the station names. */
#include "sound/sink.h"

#include "base/mem.h"
#include "sound/alsa.h"
#include "sound/frames.h"
#include "sound/pace.h"

#include <errno.h>

struct sink {
	struct alsa *card;
	bool running;
	struct pace governor; /* for a card that swallows everything at once */
};

static struct sink *alsa_sink_open(const struct sink_want *w, struct err *err)
{
	struct alsa_want want = { w->device, w->rate, w->channels, SINK_QUEUE_MS };
	struct alsa *card = alsa_open_playback(&want, err);
	if (!card)
		return NULL;
	struct sink *s = mem_new(struct sink);
	s->card = card;
	/* 2 % fast: an honest card, whose crystal is off by far less, is never held back. */
	pace_init(&s->governor, w->clock, w->rate + w->rate / 50);
	return s;
}

static int64_t within(int64_t n, int64_t most)
{
	return n < 0 ? 0 : n > most ? most : n;
}

static enum sink_result alsa_sink_look(struct sink *s, struct sink_state *state)
{
	struct alsa_state now = { 0 };
	int64_t buffer = alsa_buffer(s->card);
	int e = alsa_now(s->card, &now);
	if (e < 0 && e != -EPIPE)
		return SINK_LOST;
	bool dry = e == -EPIPE;
	state->dropped = dry ? alsa_left(s->card) : 0;
	if (dry && alsa_drop(s->card) < 0)
		return SINK_LOST;
	pace_take_back(&s->governor, state->dropped);
	mono_us at = s->governor.clock->mono(s->governor.clock->self);
	s->running = s->running && !dry;
	bool swallowed = pace_dry(&s->governor, at);
	int64_t queued = dry ? 0 : buffer - within(now.avail, buffer);
	int64_t held = swallowed || dry ? 0 : within(pace_queued(&s->governor, at), buffer);
	state->at = dry ? at : now.at;
	state->queued = queued > held ? queued : held;
	state->room = buffer - state->queued;
	state->delay = now.delay > state->queued ? now.delay : state->queued;
	return dry ? SINK_XRUN : SINK_GOOD;
}

static int64_t alsa_sink_write(struct sink *s, const int16_t *interleaved, int64_t frames)
{
	int64_t n = alsa_write(s->card, interleaved, frames);
	if (n > 0)
		pace_write(&s->governor, n);
	if (s->running)
		pace_go(&s->governor);
	return n == -EPIPE ? 0 : n; /* the next look finds it */
}

static bool alsa_sink_go(struct sink *s)
{
	if (s->running)
		return true;
	s->running = alsa_start(s->card) >= 0;
	pace_go(&s->governor);
	return s->running;
}

/* A card that has fetched more meanwhile gives back less; one that cannot go back is emptied: everything not yet fetched
 * is given back. */
static int64_t alsa_sink_take_back(struct sink *s, int64_t frames)
{
	struct alsa_state now = { 0 };
	int64_t n = alsa_rewind(s->card, frames);
	if (n <= 0) {
		int e = alsa_now(s->card, &now);
		n = e < 0 ? 0 : alsa_buffer(s->card) - within(now.avail, alsa_buffer(s->card));
		if (e < 0 || alsa_drop(s->card) < 0)
			return 0;
		s->running = false;
	}
	pace_take_back(&s->governor, n);
	return n;
}

static void alsa_sink_close(struct sink *s)
{
	alsa_close(&s->card);
	mem_free(s);
}

const struct sink_ops sink_alsa_ops = { .prefix = "alsa",
	.audible = true,
	.setup = alsa_setup,
	.teardown = alsa_teardown,
	.open = alsa_sink_open,
	.look = alsa_sink_look,
	.write = alsa_sink_write,
	.go = alsa_sink_go,
	.take_back = alsa_sink_take_back,
	.close = alsa_sink_close };
