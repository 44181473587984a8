/* The dry-run sink: no sound, but the beat of a card, kept by the clock it is given. */
#include "sound/sink.h"

#include "base/mem.h"
#include "sound/frames.h"
#include "sound/pace.h"

struct sink {
	struct pace pace;
	int64_t length;
};

static struct sink *dry_open(const struct sink_want *want, struct err *err)
{
	(void)err;
	struct sink *s = mem_new(struct sink);
	pace_init(&s->pace, want->clock, want->rate);
	s->length = frames_in_ms(want->rate, SINK_QUEUE_MS);
	return s;
}

static enum sink_result dry_look(struct sink *s, struct sink_state *state)
{
	state->at = s->pace.clock->mono(s->pace.clock->self);
	bool dry = pace_dry(&s->pace, state->at);
	state->queued = state->delay = pace_queued(&s->pace, state->at);
	state->room = s->length - state->queued;
	return dry ? SINK_XRUN : SINK_GOOD;
}

static int64_t dry_write(struct sink *s, const int16_t *interleaved, int64_t frames)
{
	(void)interleaved;
	pace_write(&s->pace, frames);
	return frames;
}

static bool dry_go(struct sink *s)
{
	pace_go(&s->pace);
	return true;
}

static int64_t dry_take_back(struct sink *s, int64_t frames)
{
	pace_take_back(&s->pace, frames);
	return frames;
}

static void dry_close(struct sink *s)
{
	mem_free(s);
}

const struct sink_ops sink_dry_ops = { .prefix = "dry-run",
	.open = dry_open,
	.look = dry_look,
	.write = dry_write,
	.go = dry_go,
	.take_back = dry_take_back,
	.close = dry_close };
