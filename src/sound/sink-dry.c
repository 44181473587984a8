/* The dry-run sink: no sound, but the beat of a card, kept by the clock it is given. */
#include "sound/sink.h"

#include "base/mem.h"
#include "sound/frames.h"
#include "sound/pace.h"

#define AHEAD_MS 40

struct sink {
	struct pace pace;
};

static struct sink *dry_open(const struct sink_want *want, struct err *err)
{
	(void)err;
	struct sink *s = mem_new(struct sink);
	pace_begin(&s->pace, want->clock, want->rate, frames_in_ms(want->rate, AHEAD_MS));
	return s;
}

/* It is never dry in the sense of the word: a late writer only moves the beat. */
static enum sink_result dry_write(struct sink *s, const int16_t *interleaved, size_t frames)
{
	(void)interleaved;
	pace_write(&s->pace, (int64_t)frames);
	return SINK_WRITTEN;
}

static int64_t dry_delay(struct sink *s)
{
	return pace_delay(&s->pace);
}

static void dry_close(struct sink *s)
{
	mem_free(s);
}

const struct sink_ops sink_dry_ops = {
	.prefix = "dry-run", .open = dry_open, .write = dry_write, .delay = dry_delay, .close = dry_close
};
