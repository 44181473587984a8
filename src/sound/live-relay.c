#include "sound/live-relay.h"

#include "base/mem.h"
#include "schedule/relay-source.h"
#include "sound/frames.h"
#include "sound/live-line.h"
#include "sound/live-stream.h"
#include "sound/play.h"

#include <stdatomic.h>
#include <string.h>

#define LINGER_US (5 * US_PER_S) /* after the planned end: an item that began late needs it still */

static mono_us now(const struct live_relays *r)
{
	return r->clock->mono(r->clock->self);
}

void live_relays_init(struct live_relays *r, const struct clock *clock, int notify, const char *program)
{
	*r = (struct live_relays){ .clock = clock, .notify = notify, .program = mem_dup(program) };
}

static struct live_relay *find(const struct live_relays *r, const char *what, int rate)
{
	for (size_t i = 0; i < r->open.n; i++)
		if (r->open.at[i].rate == rate && !strcmp(r->open.at[i].what, what))
			return &r->open.at[i];
	return NULL;
}

/* ── Open and close ── */

static struct live_source *open_source(const struct live_relays *r, const char *what, int rate)
{
	bool line = relay_source_kind(what) == RELAY_LINE;
	struct live_setup setup = { .feed = line ? &live_line_ops : &live_stream_ops,
		.what = relay_source_device(what),
		.program = r->program,
		.rate = rate,
		.clock = r->clock,
		.notify = r->notify };
	return live_source_new(&setup);
}

bool live_relays_want(struct live_relays *r, const struct bulletin *b, int rate, mono_us until)
{
	struct live_relay *one = find(r, b->relay.source, rate);
	if (!one && !live_relays_can(r, b))
		return false;
	if (!one) {
		struct live_source *source = open_source(r, b->relay.source, rate);
		if (!source)
			return false;
		vec_push(&r->open,
			(struct live_relay){ .what = mem_dup(b->relay.source), .source = source, .rate = rate });
		one = &r->open.at[r->open.n - 1];
	}
	mem_renew(&one->name, b->name);
	if (until.us + LINGER_US > one->until.us)
		one->until.us = until.us + LINGER_US;
	return true;
}

static void close_source(struct live_relays *r, size_t i)
{
	struct live_relay *one = &r->open.at[i];
	live_source_end(one->source);
	vec_push(&r->ending, one->source);
	mem_free(one->name);
	mem_free(one->what);
	vec_remove(&r->open, i);
}

static void close_unwanted(struct live_relays *r)
{
	for (size_t i = r->open.n; i-- > 0;)
		if (!r->open.at[i].plays && now(r).us > r->open.at[i].until.us)
			close_source(r, i);
	for (size_t i = r->ending.n; i-- > 0;)
		if (live_source_reap(&r->ending.at[i]))
			vec_remove(&r->ending, i);
}

static void forget_watch(struct live_relays *r, size_t i)
{
	mem_free(r->watches.at[i].what);
	vec_remove(&r->watches, i);
}

void live_relays_free(struct live_relays *r)
{
	while (r->open.n)
		close_source(r, 0);
	for (size_t i = 0; i < r->ending.n; i++)
		live_source_free(&r->ending.at[i]);
	while (r->watches.n)
		forget_watch(r, 0);
	vec_free(&r->open);
	vec_free(&r->ending);
	vec_free(&r->watches);
	mem_free(r->program);
	r->program = NULL;
}

bool live_relays_can(const struct live_relays *r, const struct bulletin *b)
{
	enum relay_kind kind = relay_source_kind(b->relay.source);
	return kind == RELAY_LINE || (kind == RELAY_STREAM && r->program);
}

/* ── Plays ── */

/* Where no thread was to be had. */
static size_t read_nothing(void *self, int64_t frame, int16_t *out, size_t n)
{
	(void)self, (void)frame;
	memset(out, 0, n * sizeof *out);
	return n;
}

static const struct source_ops nothing = { .read = read_nothing };

void live_relays_play(struct live_relays *r, struct play *p, const struct bulletin *b, int rate)
{
	int64_t left_us = frames_us(rate, p->frames - p->from);
	p->rate = rate;
	p->silence_us = b->relay.silence_ms * US_PER_MS;
	p->relay_end.us = now(r).us + left_us;
	p->source.ops = &nothing;
	if (!live_relays_want(r, b, rate, p->relay_end))
		return;
	struct live_relay *one = find(r, b->relay.source, rate);
	one->plays++;
	p->relay = one->source;
	p->tap = live_source_tap(one->source);
	p->source = (struct source){ &live_tap_source, p->tap };
}

static struct live_relay *of_play(const struct live_relays *r, const struct play *p)
{
	for (size_t i = 0; i < r->open.n; i++)
		if (r->open.at[i].source == p->relay)
			return &r->open.at[i];
	return NULL;
}

void live_relays_drop(struct live_relays *r, struct play *p)
{
	if (!p->tap)
		return;
	of_play(r, p)->plays--;
	live_source_untap(p->relay, &p->tap);
}

/* ── Silence ── */

/* What arrives now is heard later: the silence at the loudspeaker is that much shorter than at the source. */
static void judge(const struct live_relay *one, struct play *p)
{
	int64_t frame = atomic_load(&p->frame), heard_us = frames_us(p->rate, frame - p->from);
	int64_t quiet_us = one->news.quiet_us - LIVE_LATENCY_MS * US_PER_MS;
	if (!p->silence_us || p->mute || p->armed || quiet_us < p->silence_us || heard_us < p->silence_us)
		return;
	int64_t silent = frame - frames_by(p->rate, quiet_us);
	p->mute = true;
	p->silent = silent > p->from ? silent : p->from;
}

void live_relays_look(struct live_relays *r, struct play *const *plays, size_t n)
{
	for (size_t i = 0; i < r->open.n; i++)
		live_source_look(r->open.at[i].source, &r->open.at[i].news);
	for (size_t i = 0; i < n; i++)
		if (plays[i]->tap)
			judge(of_play(r, plays[i]), plays[i]);
	close_unwanted(r);
}

void live_relays_watch(struct live_relays *r, const struct play *p)
{
	const struct live_relay *one = of_play(r, p);
	vec_push(&r->watches, (struct live_watch){ p->token, mem_dup(one->what), one->rate, p->relay_end });
}

uint32_t live_relays_heard(struct live_relays *r)
{
	for (size_t i = r->watches.n; i-- > 0;) {
		uint32_t token = r->watches.at[i].token;
		const struct live_relay *one = find(r, r->watches.at[i].what, r->watches.at[i].rate);
		bool heard = one && one->news.state == LIVE_ON && !one->news.quiet_us;
		if (heard || now(r).us > r->watches.at[i].until.us)
			forget_watch(r, i);
		if (heard)
			return token;
	}
	return 0;
}

bool live_relays_at(const struct live_relays *r, size_t i, struct sound_relay *out)
{
	static const enum sound_relay_state states[] = { [LIVE_OPENING] = SOUND_RELAY_OPENING,
		[LIVE_ON] = SOUND_RELAY_ON,
		[LIVE_QUIET] = SOUND_RELAY_QUIET,
		[LIVE_LOST] = SOUND_RELAY_LOST };
	if (i >= r->open.n)
		return false;
	const struct live_relay *one = &r->open.at[i];
	*out = (struct sound_relay){ one->name, states[one->news.state], one->news.quiet_us / US_PER_MS,
		one->news.why.text };
	return true;
}
