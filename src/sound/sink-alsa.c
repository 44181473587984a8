/* The ALSA sink: the card itself, 16-bit interleaved, at exactly the rate and channels the station names.
 * Non-blocking writes and a wait of our own, so that a card that stalls costs SINK_STALL_MS and not ten seconds. */
#include "sound/sink.h"

#include "base/mem.h"
#include "sound/alsa.h"
#include "sound/frames.h"
#include "sound/pace.h"

#include <errno.h>
#include <time.h>

#define BUFFER_MS 200
#define PERIOD_US (SINK_PERIOD_MS * 1000)
#define STALL_US (SINK_STALL_MS * 1000)
#define SHORTEST_WAIT_US 1000

struct sink {
	struct alsa *card;
	int rate, channels;
	bool running;
	struct pace governor;
};

static struct sink *alsa_sink_open(const struct sink_want *w, struct err *err)
{
	struct alsa_want want = { w->device, w->rate, w->channels, BUFFER_MS };
	struct alsa *card = alsa_open_playback(&want, err);
	if (!card)
		return NULL;
	struct sink *s = mem_new(struct sink);
	s->card = card;
	s->rate = w->rate;
	s->channels = w->channels;
	/* 2 % fast: an honest card, whose crystal is off by far less, is never held back. */
	pace_begin(&s->governor, w->clock, w->rate + w->rate / 50, frames_in_ms(w->rate, BUFFER_MS));
	return s;
}

/* Sleeps until there should be room for that many frames; returns for how long (µs). */
static int64_t wait_for_room(const struct sink *s, int64_t frames, int64_t avail)
{
	int64_t us = frames > avail ? frames_us(s->rate, frames - avail) : 0;
	us = us < SHORTEST_WAIT_US ? SHORTEST_WAIT_US : us > PERIOD_US ? PERIOD_US : us;
	struct timespec t = { 0, us * 1000 };
	clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
	return us;
}

/* It starts with two periods in the buffer. */
static int64_t start_or_ask(struct sink *s, struct alsa_state *now)
{
	int e = alsa_now(s->card, now);
	if (e >= 0 && !s->running && alsa_buffer(s->card) - now->avail >= 2 * frames_in_ms(s->rate, SINK_PERIOD_MS)) {
		e = alsa_start(s->card);
		s->running = e >= 0;
	}
	return e;
}

static enum sink_result alsa_sink_write(struct sink *s, const int16_t *interleaved, size_t frames)
{
	bool xrun = false;
	int64_t waited = 0, left = (int64_t)frames;
	struct alsa_state now = { 0 };
	while (left > 0 && waited < STALL_US) {
		int64_t n = alsa_write(s->card, interleaved + ((int64_t)frames - left) * s->channels, left);
		if (n > 0) {
			left -= n;
			waited = 0;
		}
		if (n >= 0)
			n = start_or_ask(s, &now);
		if (n == -EPIPE && !xrun && alsa_drop(s->card) >= 0) {
			xrun = true;
			s->running = false;
		} else if (n < 0) {
			return SINK_LOST;
		} else if (left > 0) {
			waited += wait_for_room(s, left, now.avail);
		}
	}
	if (left > 0)
		return SINK_LOST;
	pace_write(&s->governor, (int64_t)frames);
	return xrun ? SINK_XRUN : SINK_WRITTEN;
}

static int64_t alsa_sink_delay(struct sink *s)
{
	struct alsa_state now;
	return alsa_now(s->card, &now) < 0 || now.delay < 0 ? 0 : now.delay;
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
	.write = alsa_sink_write,
	.delay = alsa_sink_delay,
	.close = alsa_sink_close };
