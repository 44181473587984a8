#include "sound/lane.h"

#include "sound/frames.h"
#include "sound/limiter.h"
#include "sound/volume.h"

#include <string.h>

#define SLIDE_MS 20

void lane_init(struct lane *l, int rate)
{
	memset(l, 0, sizeof *l);
	l->fade = frames_in_ms(rate, FADE_MS);
	l->slide = GAIN_UNITY / (int32_t)frames_in_ms(rate, SLIDE_MS);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t end_of(const struct piece *p)
{
	return p->at + p->frames;
}

/* ── The list ── */

static void take_off(struct lane *l, size_t i)
{
	l->n--;
	memmove(&l->pieces[i], &l->pieces[i + 1], (l->n - i) * sizeof l->pieces[i]);
}

bool lane_full(const struct lane *l)
{
	return l->n > LANE_PIECES - 2;
}

void lane_cut(struct lane *l, int64_t at)
{
	struct piece *last = NULL;
	for (; l->n && l->pieces[l->n - 1].at >= at; l->n--) {
		last = &l->pieces[l->n - 1];
		/* The rest of an item that waits for its source: what went out of it ends here, without a fade. */
		if (l->n > 1 && last[-1].owner == last->owner && last[-1].source.self == last->source.self) {
			last[-1].cut = true;
			last[-1].whole = last[-1].frames;
		}
	}
	last = l->n ? &l->pieces[l->n - 1] : NULL;
	if (!last || end_of(last) <= at)
		return;
	last->frames = at - last->at;
	last->cut = true;
}

void lane_play(struct lane *l, struct source source, void *owner, int64_t at, int64_t from, int64_t end, int32_t gain)
{
	lane_cut(l, at);
	l->pieces[l->n++] = (struct piece){ .source = source,
		.owner = owner,
		.at = at,
		.from = from,
		.frames = end - from,
		.whole = end - from,
		.slide_at = at,
		.gain = gain,
		.to = gain };
}

void lane_kill(struct lane *l)
{
	l->n = 0;
}

bool lane_has(const struct lane *l, const void *owner)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->pieces[i].owner == owner)
			return true;
	return false;
}

int64_t lane_end(const struct lane *l)
{
	const struct piece *last = l->n ? &l->pieces[l->n - 1] : NULL;
	return last && !last->cut ? end_of(last) : 0;
}

int64_t lane_piece_over(const struct lane *l, const struct piece *p)
{
	return end_of(p) + (p->cut ? least(l->fade, p->whole - p->frames) : 0);
}

int64_t lane_silent_from(const struct lane *l)
{
	int64_t at = 0;
	for (size_t i = 0; i < l->n; i++)
		at = most(at, lane_piece_over(l, &l->pieces[i]));
	return at;
}

void lane_forget(struct lane *l, int64_t at)
{
	for (size_t i = 0; i < l->n;)
		if (lane_piece_over(l, &l->pieces[i]) <= at)
			take_off(l, i);
		else
			i++;
}

/* ── Sources that are late ── */

/* How many frames of a piece within [at, at + n) its source lacks. */
static int64_t lacking(const struct piece *p, int64_t at, int64_t n)
{
	int64_t begin = most(at, p->at), end = least(at + n, end_of(p));
	if (begin >= end || !p->source.ops->there)
		return 0;
	int64_t there = p->source.ops->there(p->source.self, p->from + begin - p->at);
	return end - begin > there ? end - begin - most(there, 0) : 0;
}

/* First whether more may come, then what is there: after a source is over, what is there then is all. */
static bool breaks(struct piece *p, int64_t at, int64_t n)
{
	bool over = p->source.ops->over && p->source.ops->over(p->source.self);
	int64_t lack = lacking(p, at, n);
	if (!lack || !over)
		return false;
	p->frames = least(at + n, end_of(p)) - lack - p->at;
	p->broken = true;
	return true;
}

bool lane_lacks(struct lane *l, int64_t at, int64_t n)
{
	bool any = false;
	for (size_t i = 0; i < l->n; i++)
		any |= !breaks(&l->pieces[i], at, n) && lacking(&l->pieces[i], at, n);
	return any;
}

bool lane_late(const struct lane *l, int64_t at, int64_t n)
{
	bool any = false;
	for (size_t i = 0; i < l->n; i++)
		any |= l->pieces[i].source.ops->over && lacking(&l->pieces[i], at, n);
	return any;
}

/* The piece ends where its source does for now, and another begins there. */
static bool wait_piece(struct lane *l, size_t i, int64_t at, int64_t n)
{
	struct piece *p = &l->pieces[i];
	int64_t played = least(at + n, end_of(p)) - lacking(p, at, n) - p->at, delay = at + n - p->at - played;
	if (played <= 0) {
		p->at += delay;
		p->slide_at += delay;
		return true;
	}
	if (lane_full(l))
		return false;
	memmove(&l->pieces[i + 2], &l->pieces[i + 1], (l->n - i - 1) * sizeof *p);
	l->n++;
	struct piece *rest = &l->pieces[i + 1];
	*rest = *p;
	rest->at = at + n;
	rest->from += played;
	rest->frames -= played;
	rest->whole -= played;
	rest->slide_at += delay;
	p->frames = played;
	return true;
}

/* What was to follow waits too, or makes way: an item that was placed right behind goes on behind. */
static void push_back(struct lane *l)
{
	for (size_t i = 1; i < l->n; i++) {
		struct piece *p = &l->pieces[i], *before = p - 1;
		int64_t by = before->cut ? 0 : end_of(before) - p->at;
		if (by <= 0)
			continue;
		p->at += by;
		p->slide_at += by;
	}
}

void lane_put_off(struct lane *l, int64_t at, int64_t by)
{
	for (size_t i = 0; i < l->n; i++) {
		struct piece *p = &l->pieces[i];
		if (p->cut && p->frames && end_of(p) >= at && end_of(p) < at + by)
			p->frames = least(p->whole, at + by - p->at);
		if (p->at < at || p->at >= at + by)
			continue;
		p->slide_at += at + by - p->at;
		p->at = at + by;
	}
	push_back(l);
}

bool lane_wait(struct lane *l, int64_t at, int64_t n)
{
	for (size_t i = 0; i < l->n; i++) {
		if (!lacking(&l->pieces[i], at, n) || !l->pieces[i].source.ops->over)
			continue;
		if (!wait_piece(l, i, at, n))
			return false;
		push_back(l);
	}
	return true;
}

/* ── Mixing ── */

static int32_t gain_at(const struct lane *l, const struct piece *p, int64_t at)
{
	int64_t by = (at - p->slide_at) * l->slide;
	if (by <= 0)
		return p->gain;
	return (int32_t)(p->to > p->gain ? least(p->to, p->gain + by) : most(p->to, p->gain - by));
}

bool lane_set_gain(struct lane *l, const void *owner, int64_t at, int32_t gain)
{
	bool any = false;
	for (size_t i = 0; i < l->n; i++) {
		struct piece *p = &l->pieces[i];
		if (p->owner != owner || p->to == gain || p->cut || end_of(p) <= at)
			continue;
		p->gain = p->at >= at ? gain : gain_at(l, p, at);
		p->slide_at = most(at, p->at);
		p->to = gain;
		any = true;
	}
	return any;
}

static void apply_volume(const struct lane *l, const struct piece *p, int64_t at, int16_t *out, size_t n)
{
	size_t i = 0;
	int32_t gain = gain_at(l, p, at);
	for (; i < n && gain != p->to; i++, gain = gain_at(l, p, at + (int64_t)i))
		out[i] = volume_apply(out[i], gain);
	if (gain == GAIN_UNITY)
		return;
	for (; i < n; i++)
		out[i] = volume_apply(out[i], gain);
}

/* Frames [at, at + n) of a piece, wherever they lie in it or in its fade. */
static void read_piece(const struct lane *l, const struct piece *p, int64_t at, int16_t *out, size_t n)
{
	size_t got = p->source.ops->read(p->source.self, p->from + at - p->at, out, n);
	memset(out + got, 0, (n - got) * sizeof *out);
	apply_volume(l, p, at, out, n);
}

static bool mix_item(const struct lane *l, const struct piece *p, int64_t at, int16_t *out, size_t n)
{
	int64_t begin = most(at, p->at), end = least(at + (int64_t)n, end_of(p));
	if (begin >= end)
		return false;
	read_piece(l, p, begin, out + (begin - at), (size_t)(end - begin));
	return true;
}

static bool mix_fade(const struct lane *l, const struct piece *p, int64_t at, int16_t *out, size_t n)
{
	int16_t tail[LANE_BLOCK];
	int64_t from = end_of(p), until = lane_piece_over(l, p), fade = until - from;
	int64_t begin = most(at, from), end = least(at + (int64_t)n, until);
	/* An item of which nothing was heard has no level to come down from. */
	if (begin >= end || !p->frames)
		return false;
	read_piece(l, p, begin, tail, (size_t)(end - begin));
	for (int64_t i = begin; i < end; i++)
		tail[i - begin] = (int16_t)(tail[i - begin] * (until - i) / fade);
	limiter_yield(out + (begin - at), tail, (size_t)(end - begin));
	return true;
}

bool lane_mix(const struct lane *l, int64_t at, int16_t *out, size_t n)
{
	if (lane_silent_from(l) <= at)
		return false;
	bool any = false;
	memset(out, 0, n * sizeof *out);
	for (size_t i = 0; i < l->n; i++)
		any |= mix_item(l, &l->pieces[i], at, out, n);
	for (size_t i = 0; i < l->n; i++)
		any |= mix_fade(l, &l->pieces[i], at, out, n);
	return any;
}
