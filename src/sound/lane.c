#include "sound/lane.h"

#include "sound/frames.h"
#include "sound/limiter.h"
#include "sound/volume.h"

#include <string.h>

#define SLIDE_MS 20

void lane_init(struct lane *l, int rate)
{
	memset(l, 0, sizeof *l);
	int64_t fade = frames_in_ms(rate, FADE_MS);
	l->fade_frames = fade < FADE_FRAMES ? (size_t)fade : FADE_FRAMES;
	l->slide = GAIN_UNITY / (int32_t)frames_in_ms(rate, SLIDE_MS);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The rest of an older tail moves to the front; room behind it is silence. */
static void settle_tail(struct lane *l)
{
	size_t rest = l->tail_n - l->tail_at;
	memmove(l->tail, l->tail + l->tail_at, rest * sizeof *l->tail);
	memset(l->tail + rest, 0, (FADE_FRAMES - rest) * sizeof *l->tail);
	l->tail_at = 0;
	l->tail_n = rest;
	if (!rest)
		l->tail_gain = 1;
}

static void add_tail(struct lane *l, size_t n)
{
	settle_tail(l);
	for (size_t i = 0; i < n; i++)
		l->tail[i] += (int32_t)(volume_apply(l->cut[i], l->gain) * (int64_t)(n - i) / (int64_t)n);
	if (n > l->tail_n)
		l->tail_n = n;
}

int64_t lane_cut(struct lane *l)
{
	if (!l->on)
		return l->frame;
	l->on = false;
	/* An item of which nothing was heard has no level to come down from. */
	if (l->heard) {
		size_t left = (size_t)(l->end - l->frame);
		add_tail(l, l->source.read(l->source.self, l->frame, l->cut, least(left, l->fade_frames)));
	}
	return l->frame;
}

void lane_start(struct lane *l, struct source source, int64_t from, int64_t end, int32_t gain)
{
	lane_cut(l);
	l->source = source;
	l->frame = from;
	l->end = end;
	l->gain = l->target = gain;
	l->heard = false;
	l->on = from < end;
}

void lane_kill(struct lane *l)
{
	l->on = false;
	l->tail_at = l->tail_n = 0;
}

void lane_set_gain(struct lane *l, int32_t gain)
{
	l->target = gain;
}

bool lane_active(const struct lane *l)
{
	return l->on || l->tail_at < l->tail_n;
}

bool lane_only_item(const struct lane *l)
{
	return l->on && l->tail_at == l->tail_n;
}

static void slide_gain(struct lane *l)
{
	int32_t d = l->target - l->gain;
	l->gain += d > l->slide ? l->slide : d < -l->slide ? -l->slide : d;
}

static void apply_volume(struct lane *l, int16_t *out, size_t n)
{
	size_t i = 0;
	for (; i < n && l->gain != l->target; i++) {
		slide_gain(l);
		out[i] = volume_apply(out[i], l->gain);
	}
	if (l->gain == GAIN_UNITY)
		return;
	int32_t gain = l->gain;
	for (; i < n; i++)
		out[i] = volume_apply(out[i], gain);
}

static size_t mix_item(struct lane *l, int16_t *out, size_t n)
{
	if (!l->on)
		return 0;
	size_t left = (uint64_t)(l->end - l->frame) < n ? (size_t)(l->end - l->frame) : n;
	size_t got = l->source.read(l->source.self, l->frame, out, left);
	apply_volume(l, out, got);
	l->frame += (int64_t)got;
	l->heard = l->heard || got > 0;
	l->on = l->frame < l->end;
	return got;
}

size_t lane_mix(struct lane *l, int16_t *out, size_t n)
{
	size_t got = mix_item(l, out, n);
	memset(out + got, 0, (n - got) * sizeof *out);
	size_t under = least(n, l->tail_n - l->tail_at);
	if (under) {
		l->tail_gain = limiter_yield(l->tail_gain, out, l->tail + l->tail_at, under);
		l->tail_at += under;
	}
	return got;
}

void lane_skip(struct lane *l, int64_t n)
{
	if (l->on) {
		l->frame = l->end - l->frame > n ? l->frame + n : l->end;
		l->heard = l->heard || n > 0;
		l->on = l->frame < l->end;
	}
	l->gain = l->target;
	l->tail_at = l->tail_n - l->tail_at > (size_t)n ? l->tail_at + (size_t)n : l->tail_n;
}
