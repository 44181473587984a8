/* Silence is what lies 30 dB under the recording's own loudness, within -60 and -40 dBFS: a phone's microphone hisses
 * louder than a studio's pauses.  It is looked at in windows of 20 ms.  A top is cut off where three samples in a row
 * stand at full scale. */
#include "sound/prepare/examine.h"

#include "base/mem.h"
#include "sound/prepare/codec.h"
#include "sound/prepare/loudness.h"
#include "sound/store.h"

#include <errno.h>
#include <math.h>

_Static_assert(LOOK_NO_LEVEL == STORE_NO_LOUDNESS, "silence has one name");

enum {
	WINDOW_MS = 20,
	BELOW = 30000, /* 1/1000 dB under the loudness */
	QUIETEST = -60000,
	LOUDEST = -40000,
	IN_A_ROW = 3,
	BREATH_BEFORE_MS = 200,
	BREATH_AFTER_MS = 500,
	CHUNK = 4096,
};

#define FULL 0.9989f /* 32732 of 32767: what lossy coding leaves of full scale */

struct count {
	int64_t at; /* samples so far */
	int row;    /* of them at full scale, up to here */
	float peak;
};

static void count_clips(struct count *c, const float *in, int64_t n, struct look *l)
{
	for (int64_t i = 0; i < n; i++) {
		float a = fabsf(in[i]);
		c->peak = a > c->peak ? a : c->peak;
		c->row = a >= FULL ? c->row + 1 : 0;
		if (c->row != IN_A_ROW)
			continue;
		if (!l->clips)
			l->clip_ms = (c->at + i) * 1000 / l->rate;
		l->clips += l->clips < INT32_MAX;
	}
	c->at += n;
}

static bool levels(const struct spool *in, struct look *l)
{
	float *buf = mem_new_n(float, CHUNK);
	struct loudness *meter = loudness_new(l->rate);
	struct count c = { 0 };
	bool fine = meter != NULL;
	l->clips = 0;
	for (int64_t at = 0, n; fine && (n = spool_read(in, at, buf, CHUNK)) != 0; at += n) {
		fine = n > 0 && loudness_add(meter, buf, (size_t)n);
		if (fine)
			count_clips(&c, buf, n, l);
	}
	if (fine)
		l->lufs = loudness_integrated(meter);
	l->peak = c.peak > 0 ? (int32_t)lroundf(20000 * log10f(c.peak)) : LOOK_NO_LEVEL;
	loudness_free(&meter);
	mem_free(buf);
	return fine;
}

static double threshold(const struct look *l)
{
	int32_t milli = l->lufs == LOOK_NO_LEVEL ? QUIETEST : l->lufs - BELOW;
	milli = milli < QUIETEST ? QUIETEST : milli > LOUDEST ? LOUDEST : milli;
	return pow(10, milli / 20000.0);
}

static double loudness_of(const float *in, int64_t n)
{
	double sum = 0;
	for (int64_t i = 0; i < n; i++)
		sum += (double)in[i] * in[i];
	return n ? sqrt(sum / (double)n) : 0;
}

struct run {
	int64_t from, heard_end; /* of the silence that goes on, of what was heard last; ms */
	bool heard;
};

/* One window more: silences between two sounds are pauses. */
static void note_window(struct run *r, bool sounds, int64_t begin, int64_t end, struct look *l)
{
	if (!sounds)
		return;
	if (!r->heard)
		l->lead_ms = begin;
	else if (begin - r->heard_end > l->pause_ms) {
		l->pause_ms = begin - r->heard_end;
		l->pause_at_ms = r->heard_end;
	}
	r->heard = true;
	r->heard_end = end;
}

static bool silences(const struct spool *in, struct look *l)
{
	int64_t window = (int64_t)l->rate * WINDOW_MS / 1000, n = 0, at = 0;
	int64_t whole = l->frames * 1000 / l->rate;
	float *buf = mem_new_n(float, (size_t)window);
	double quiet = threshold(l);
	struct run r = { 0 };
	for (; (n = spool_read(in, at, buf, window)) > 0; at += n)
		note_window(&r, loudness_of(buf, n) >= quiet, at * 1000 / l->rate, (at + n) * 1000 / l->rate, l);
	if (!r.heard)
		l->lead_ms = whole;
	l->tail_ms = r.heard ? whole - r.heard_end : 0;
	mem_free(buf);
	return n == 0;
}

bool examine_tape(const struct spool *in, struct look *l)
{
	l->frames = spool_length(in);
	l->lead_ms = l->tail_ms = l->pause_ms = l->pause_at_ms = 0;
	return levels(in, l) && silences(in, l);
}

static void to_16_bits(const float *in, int16_t *out, int64_t n)
{
	for (int64_t i = 0; i < n; i++) {
		float v = in[i] * 32768.0f;
		v = v > 32767.0f ? 32767.0f : v < -32768.0f ? -32768.0f : v;
		out[i] = (int16_t)lrintf(v);
	}
}

bool examine_trims(const struct look *l)
{
	bool silent = l->lead_ms >= l->frames * 1000 / l->rate;
	return !silent && (l->lead_ms > BREATH_BEFORE_MS || l->tail_ms > BREATH_AFTER_MS);
}

bool examine_flac(const struct spool *in, int fd, bool trim, struct look *l)
{
	int64_t first = 0, end = spool_length(in), n = 0;
	if (trim) {
		int64_t before = l->lead_ms - BREATH_BEFORE_MS, after = l->tail_ms - BREATH_AFTER_MS;
		first = before > 0 ? before * l->rate / 1000 : 0;
		end -= after > 0 ? after * l->rate / 1000 : 0;
	}
	struct codec *c = codec_create_flac(fd, l->rate, 1);
	float *buf = mem_new_n(float, CHUNK);
	int16_t *out = mem_new_n(int16_t, CHUNK);
	bool fine = c != NULL;
	errno = fine ? 0 : EIO;
	for (int64_t at = first; fine && at < end; at += n) {
		n = spool_read(in, at, buf, end - at < CHUNK ? end - at : CHUNK);
		fine = n > 0;
		if (fine)
			to_16_bits(buf, out, n);
		fine = fine && codec_write(c, out, n);
	}
	fine = codec_close(&c) && fine;
	l->flac = fine;
	l->flac_frames = end - first;
	mem_free(buf);
	mem_free(out);
	return fine;
}
