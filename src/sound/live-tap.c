/* Positions of the stream count what was written; frame f of the item is position f + shift, for the tap's whole life:
 * only the writer makes room or fills gaps, so a frame that is rendered again is the same frame again. */
#include "sound/live-tap.h"

#include <stdatomic.h>
#include <string.h>

#define LOOK_S 2     /* the latency is judged by its least in so long a time */
#define STEP 480     /* frames that are stretched or squeezed by one */
#define LOOSE_MS 10  /* a latency so near to the wanted one is let be */
#define EARLY_MS 150 /* so long before it is heard, the first sound is given: more than the audio thread keeps queued */

void live_tap_init(struct live_tap *t, int16_t *memory, int rate, const struct clock *clock)
{
	memset(t, 0, sizeof *t);
	t->rate = rate;
	t->cap = (int64_t)rate * LIVE_RING_S;
	t->at = memory;
	t->clock = clock;
	atomic_init(&t->heard, -1);
}

void live_tap_set_due(struct live_tap *t, mono_us at)
{
	t->due = at;
}

static int64_t in_ms(const struct live_tap *t, int64_t ms)
{
	return t->rate * ms / 1000;
}

/* ── Audio thread ── */

static void copy_out(const struct live_tap *t, int64_t position, int16_t *out, size_t n)
{
	size_t slot = (size_t)(position % t->cap), first = (size_t)t->cap - slot;
	first = n < first ? n : first;
	memcpy(out, t->at + slot, first * sizeof *out);
	memcpy(out + first, t->at, (n - first) * sizeof *out);
}

static int64_t written(const struct live_tap *t)
{
	return atomic_load_explicit(&t->written, memory_order_acquire);
}

/* ms until the first frame is to be heard */
static int64_t early_ms(const struct live_tap *t)
{
	int64_t us = t->due.us - t->clock->mono(t->clock->self).us;
	return us > 0 ? us / US_PER_MS : 0;
}

/* The position of frame 0, were `frame` the first that is asked for, now. */
static int64_t shift_for(const struct live_tap *t, int64_t frame)
{
	return written(t) - in_ms(t, LIVE_LATENCY_MS - early_ms(t)) - frame;
}

static int64_t tap_there(void *tap, int64_t frame)
{
	const struct live_tap *t = tap;
	int64_t shift = atomic_load_explicit(&t->shift, memory_order_relaxed);
	if (!atomic_load_explicit(&t->begun, memory_order_relaxed)) {
		if (early_ms(t) > EARLY_MS)
			return 0;
		shift = shift_for(t, frame);
	}
	int64_t there = written(t) - frame - shift;
	return there > 0 ? there : 0;
}

static void begin(struct live_tap *t, int64_t frame)
{
	int64_t shift = shift_for(t, frame);
	atomic_store_explicit(&t->shift, shift, memory_order_relaxed);
	atomic_store_explicit(&t->asked, frame + shift, memory_order_relaxed);
	atomic_store_explicit(&t->begun, true, memory_order_release);
}

static size_t tap_read(void *tap, int64_t frame, int16_t *out, size_t n)
{
	struct live_tap *t = tap;
	if (!atomic_load_explicit(&t->begun, memory_order_relaxed))
		begin(t, frame);
	int64_t until = written(t), first = frame + atomic_load_explicit(&t->shift, memory_order_relaxed);
	int64_t end = first + (int64_t)n, from = first < 0 ? 0 : first, to = end < until ? end : until;
	if (to > from) {
		memset(out, 0, (size_t)(from - first) * sizeof *out);
		copy_out(t, from, out + (from - first), (size_t)(to - from));
		memset(out + (to - first), 0, (size_t)(end - to) * sizeof *out);
	} else {
		memset(out, 0, n * sizeof *out);
	}
	if (end > atomic_load_explicit(&t->asked, memory_order_relaxed))
		atomic_store_explicit(&t->asked, end, memory_order_release);
	return n;
}

static void tap_heard(void *tap, int64_t frame)
{
	struct live_tap *t = tap;
	int64_t shift = atomic_load_explicit(&t->shift, memory_order_relaxed);
	if (atomic_load_explicit(&t->begun, memory_order_relaxed))
		atomic_store_explicit(&t->heard, frame + shift, memory_order_release);
}

const struct source_ops live_tap_source = { .read = tap_read, .there = tap_there, .heard = tap_heard };

/* ── Source's thread ── */

static int64_t position(const struct live_tap *t)
{
	return atomic_load_explicit(&t->written, memory_order_relaxed);
}

static void put(struct live_tap *t, const int16_t *frames, size_t n)
{
	int64_t at = position(t);
	size_t slot = (size_t)(at % t->cap), first = (size_t)t->cap - slot;
	first = n < first ? n : first;
	memcpy(t->at + slot, frames, first * sizeof *frames);
	memcpy(t->at, frames + first, (n - first) * sizeof *frames);
	atomic_store_explicit(&t->written, at + (int64_t)n, memory_order_release);
}

/* What was asked for in vain has been silence; it stays silence when it is asked for again. */
static void catch_up(struct live_tap *t, int64_t asked, int64_t heard)
{
	int64_t wanted = heard + in_ms(t, LIVE_LATENCY_MS), to = wanted > asked ? wanted : asked, from = position(t);
	t->put_in += to - from;
	for (int64_t at = from > heard ? from : heard > 0 ? heard : 0; at < to; at++)
		t->at[at % t->cap] = 0;
	atomic_store_explicit(&t->written, to, memory_order_release);
	t->judging = false;
	t->correct = 0;
	t->drop = 0;
}

/* Looks at the latency, and every LOOK_S decides what to do about it. */
static void judge(struct live_tap *t, int64_t latency, size_t n)
{
	if (!t->judging || latency < t->least)
		t->least = latency;
	t->judged = t->judging ? t->judged + (int64_t)n : 0;
	t->judging = true;
	if (t->judged < t->rate * LOOK_S)
		return;
	int64_t over = t->least - in_ms(t, LIVE_LATENCY_MS), loose = in_ms(t, LOOSE_MS);
	t->correct = over > loose ? -1 : over < -loose ? 1 : 0;
	if (over > in_ms(t, LIVE_FAR_MS)) {
		t->drop = over;
		t->correct = 0;
	}
	t->judging = false;
}

/* Up to STEP frames as one more or one fewer, on the straight lines between them. */
static void put_bent(struct live_tap *t, const int16_t *frames, size_t n)
{
	int16_t bent[STEP + 1];
	size_t m = (size_t)((int64_t)n + t->correct);
	for (size_t i = 0; i < m; i++) {
		size_t whole = i * (n - 1) / (m - 1), part = i * (n - 1) % (m - 1);
		int32_t a = frames[whole], b = whole + 1 < n ? frames[whole + 1] : a;
		bent[i] = (int16_t)(a + (b - a) * (int32_t)part / (int32_t)(m - 1));
	}
	put(t, bent, m);
	if (t->correct > 0)
		t->put_in++;
	else
		t->left_out++;
}

static void append(struct live_tap *t, const int16_t *frames, size_t n)
{
	while (n) {
		size_t part = n < STEP ? n : STEP;
		t->unbent = t->correct ? t->unbent + part : 0;
		bool bend = t->unbent >= STEP && part > 2;
		t->unbent -= bend ? STEP : 0;
		if (bend)
			put_bent(t, frames, part);
		else
			put(t, frames, part);
		frames += part;
		n -= part;
	}
}

void live_tap_write(struct live_tap *t, const int16_t *frames, size_t n)
{
	if (!atomic_load_explicit(&t->begun, memory_order_acquire)) {
		append(t, frames, n);
		return;
	}
	int64_t asked = atomic_load_explicit(&t->asked, memory_order_acquire);
	int64_t heard = atomic_load_explicit(&t->heard, memory_order_acquire);
	bool told = heard >= 0;
	heard = told ? heard : asked - in_ms(t, EARLY_MS);
	if (position(t) < asked)
		catch_up(t, asked, heard);
	int64_t latency = position(t) - heard, room = in_ms(t, LIVE_MOST_MS) - latency;
	if (told)
		judge(t, latency, n);
	int64_t skip = t->drop < (int64_t)n ? t->drop : (int64_t)n;
	t->drop -= skip;
	int64_t rest = (int64_t)n - skip, fits = rest < room ? rest : room > 0 ? room : 0;
	t->left_out += (int64_t)n - fits;
	append(t, frames + skip, (size_t)fits);
}

void live_tap_sums(const struct live_tap *t, int64_t *left_out, int64_t *put_in)
{
	*left_out = t->left_out;
	*put_in = t->put_in;
}
