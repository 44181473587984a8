#include "sound/bus.h"

#include <string.h>

void bus_init(struct bus *b, int rate, int channels, struct bus_lane *lanes, size_t n)
{
	b->channels = channels;
	b->lanes = lanes;
	b->n = n;
	memset(b->on_channel, 0, sizeof b->on_channel);
	for (size_t i = 0; i < n; i++)
		b->on_channel[lanes[i].channel]++;
	for (int c = 0; c < channels; c++)
		limiter_init(&b->limiters[c], rate);
}

bool bus_idle(const struct bus *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (lane_active(b->lanes[i].lane))
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

static void mix_shared(struct bus *b, int16_t *out, int channel, size_t n)
{
	memset(b->sum, 0, n * sizeof *b->sum);
	for (size_t i = 0; i < b->n; i++) {
		if (b->lanes[i].channel != channel || !lane_active(b->lanes[i].lane))
			continue;
		b->lanes[i].went = lane_mix(b->lanes[i].lane, b->block, n);
		for (size_t k = 0; k < n; k++)
			b->sum[k] += b->block[k];
	}
	limiter_run(&b->limiters[channel], b->sum, b->block, n);
	put(b, out, channel, n);
}

void bus_mix(struct bus *b, int16_t *out, size_t n)
{
	memset(out, 0, n * (size_t)b->channels * sizeof *out);
	for (size_t i = 0; i < b->n; i++) {
		struct bus_lane *l = &b->lanes[i];
		l->went = 0;
		if (b->on_channel[l->channel] > 1 || !lane_active(l->lane))
			continue;
		l->went = lane_mix(l->lane, b->block, n);
		put(b, out, l->channel, n);
	}
	for (int c = 0; c < b->channels; c++)
		if (b->on_channel[c] > 1)
			mix_shared(b, out, c, n);
}

void bus_skip(struct bus *b, int64_t n)
{
	for (size_t i = 0; i < b->n; i++)
		lane_skip(b->lanes[i].lane, n);
	for (int c = 0; c < b->channels; c++)
		b->limiters[c].gain = 1;
}
