#include "sound/bus.h"

#include <string.h>

void bus_init(struct bus *b, int rate, int channels, struct bus_lane *lanes, size_t n)
{
	b->channels = channels;
	b->lanes = lanes;
	b->n = n;
	b->shared = false;
	b->marked = 0;
	memset(b->on_channel, 0, sizeof b->on_channel);
	for (size_t i = 0; i < n; i++)
		b->shared |= ++b->on_channel[lanes[i].channel] > 1;
	for (int c = 0; c < channels; c++)
		limiter_init(&b->limiters[c], rate);
}

bool bus_idle(const struct bus *b, int64_t at)
{
	for (size_t i = 0; i < b->n; i++)
		if (lane_silent_from(b->lanes[i].lane) > at)
			return false;
	for (int c = 0; c < b->channels; c++)
		if (b->limiters[c].gain < 1)
			return false;
	return true;
}

static void put(const struct bus *b, int16_t *out, int channel, size_t n)
{
	if (b->channels == 1) {
		memcpy(out, b->block, n * sizeof *out);
		return;
	}
	int16_t *to = out + channel;
	for (size_t i = 0; i < n; i++, to += b->channels)
		*to = b->block[i];
}

/* What the lanes of a channel say together, limited, into b->block. */
static void mix_shared(struct bus *b, int64_t at, int channel, size_t n)
{
	memset(b->sum, 0, n * sizeof *b->sum);
	for (size_t i = 0; i < b->n; i++) {
		if (b->lanes[i].channel != channel || !lane_mix(b->lanes[i].lane, at, b->block, n))
			continue;
		for (size_t k = 0; k < n; k++)
			b->sum[k] += b->block[k];
	}
	limiter_run(&b->limiters[channel], b->sum, b->block, n);
}

/* ── Going back ── */

static void leave_mark(struct bus *b, int64_t at)
{
	struct bus_mark *m = &b->marks[b->marked++ % BUS_MARKS];
	m->at = at;
	for (int c = 0; c < b->channels; c++)
		m->gains[c] = b->limiters[c].gain;
}

static void run_again(struct bus *b, int64_t from, int64_t to)
{
	for (int64_t at = from; at < to; at += BUS_FRAMES) {
		size_t n = to - at < BUS_FRAMES ? (size_t)(to - at) : BUS_FRAMES;
		for (int c = 0; c < b->channels; c++)
			if (b->on_channel[c] > 1)
				mix_shared(b, at, c, n);
	}
}

void bus_rewind(struct bus *b, int64_t at)
{
	size_t kept = b->marked > BUS_MARKS ? BUS_MARKS : b->marked;
	for (; b->shared && kept > 0; kept--) {
		const struct bus_mark *m = &b->marks[--b->marked % BUS_MARKS];
		for (int c = 0; c < b->channels; c++)
			b->limiters[c].gain = m->gains[c];
		if (m->at > at)
			continue;
		b->marked++;
		run_again(b, m->at, at);
		return;
	}
}

/* ── Mixing ── */

void bus_mix(struct bus *b, int64_t at, int16_t *out, size_t n)
{
	memset(out, 0, n * (size_t)b->channels * sizeof *out);
	if (b->shared)
		leave_mark(b, at);
	for (size_t i = 0; i < b->n; i++) {
		const struct bus_lane *l = &b->lanes[i];
		if (b->on_channel[l->channel] == 1 && lane_mix(l->lane, at, b->block, n))
			put(b, out, l->channel, n);
	}
	for (int c = 0; c < b->channels; c++) {
		if (b->on_channel[c] < 2)
			continue;
		mix_shared(b, at, c, n);
		put(b, out, c, n);
	}
}

void bus_skip(struct bus *b)
{
	for (int c = 0; c < b->channels; c++)
		b->limiters[c].gain = 1;
}
