/* What amplifiers are told of starts, and what starts have to wait for: an amplifier that is not warm yet.
 *
 * A planned item was announced in time.  Any other waits until words can be heard; an emergency begins at once, with
 * the chime in front of it.  An output without key but with a warm-up warms up while it is open. */
#include "sound/live-inside.h"

#include "base/i18n.h"
#include "base/mem.h"

/* For a sink to be opened: chimes of several outputs begin together. */
#define OPENING_US (150 * US_PER_MS)

static mono_us now(const struct live_sound *s)
{
	return s->clock->mono(s->clock->self);
}

/* What is told in one turn is told at one instant. */
static mono_us told_at(struct live_sound *s)
{
	if (!s->told_at.us)
		s->told_at = now(s);
	return s->told_at;
}

static mono_us later(mono_us a, mono_us b)
{
	return a.us > b.us ? a : b;
}

/* ── Outputs come and go ── */

static void fit(struct live_sound *s, int output)
{
	struct live_output *o = &s->layout.outputs.at[output];
	if (o->warm_up_us && !o->chime)
		o->chime = chime_new(o->rate);
	if (!o->key)
		return;
	if (o->amp) {
		amp_change(o->amp, o->key, o->warm_up_us / US_PER_MS);
		return;
	}
	struct amp_setup setup = { o->name, o->key, o->warm_up_us / US_PER_MS, s->clock, s->notify };
	o->amp = amp_new(&setup);
	for (size_t i = 0; i < s->plays.n; i++)
		if (s->plays.at[i]->output == output && !s->plays.at[i]->armed)
			live_amp_started(s, s->plays.at[i]);
}

void live_amp_make(struct live_sound *s)
{
	for (size_t i = 0; i < s->layout.outputs.n; i++)
		fit(s, (int)i);
}

void live_amp_reap(struct live_sound *s)
{
	for (size_t i = 0; i < s->leaving.n; i++)
		amp_free(&s->leaving.at[i]);
	s->leaving.n = 0;
}

/* A switch may take seconds: it is only told here.  at: what the output is now, or -1. */
static void leave(struct live_sound *s, struct amp **amp, int at)
{
	amp_end(*amp);
	vec_push(&s->leaving, *amp);
	*amp = NULL;
	for (size_t i = 0; i < s->plays.n; i++)
		if (s->plays.at[i]->output == at)
			s->plays.at[i]->amplified = false;
}

void live_amp_adopt(struct live_sound *s, struct live_layout *next)
{
	live_amp_reap(s); /* those of the schedule before the present one have long been switched off */
	for (size_t i = 0; i < s->layout.outputs.n; i++) {
		struct live_output *old = &s->layout.outputs.at[i];
		int at = live_output_named(next, old->name);
		struct live_output *new = at >= 0 ? &next->outputs.at[at] : NULL;
		if (new &&new->rate == old->rate) {
			new->chime = old->chime;
			old->chime = NULL;
		}
		if (new &&new->key) {
			new->amp = old->amp;
			old->amp = NULL;
		} else if (old->amp) {
			leave(s, &old->amp, at);
		}
	}
}

/* All are told before any is waited for. */
void live_amp_free(struct live_layout *l)
{
	for (size_t i = 0; i < l->outputs.n; i++)
		if (l->outputs.at[i].amp)
			amp_end(l->outputs.at[i].amp);
	for (size_t i = 0; i < l->outputs.n; i++) {
		struct live_output *o = &l->outputs.at[i];
		amp_free(&o->amp);
		chime_free(&o->chime);
		mem_free(o->key);
	}
}

/* ── Starts ── */

void live_amp_announce(struct live_sound *s, int output, mono_us at)
{
	if (s->layout.outputs.at[output].amp)
		amp_announce(s->layout.outputs.at[output].amp, at);
}

void live_amp_started(struct live_sound *s, struct play *p)
{
	struct amp *amp = s->layout.outputs.at[p->output].amp;
	if (!amp || p->amplified)
		return;
	p->amplified = true;
	amp_start(amp, told_at(s));
}

void live_amp_over(struct live_sound *s, struct play *p)
{
	if (p->amplified && p->output >= 0 && s->layout.outputs.at[p->output].amp)
		amp_stop(s->layout.outputs.at[p->output].amp, now(s));
	p->amplified = false;
}

static mono_us warm(struct live_sound *s, const struct live_output *o)
{
	mono_us at = told_at(s), since = o->device ? device_open_since(o->device) : (mono_us){ 0 };
	if (o->key)
		return o->amp ? amp_warm(o->amp, at) : at;
	return (mono_us){ (since.us ? since.us : at.us) + o->warm_up_us };
}

mono_us live_amp_begin(struct live_sound *s, struct play *p, mono_us at, bool emergency)
{
	struct live_output *o = &s->layout.outputs.at[p->output];
	at = later(at, told_at(s));
	if (p->armed)
		live_amp_announce(s, p->output, at);
	else
		live_amp_started(s, p);
	mono_us from = o->warm_up_us ? warm(s, o) : at;
	if (from.us <= at.us)
		return at;
	if (!emergency)
		return from;
	p->chime = chime_spans(o->chime);
	p->chime_frames = chime_frames(o->chime, from.us - at.us);
	return later(at, (mono_us){ told_at(s).us + OPENING_US });
}

void live_sound_amp_fault(struct live_sound *s, int output, struct err *err)
{
	*err = (struct err){ "" };
	const struct live_output *o = &s->layout.outputs.at[output];
	if (o->amp)
		amp_fault(o->amp, err);
	else if (o->key)
		err_set(err,
			_("THE AMPLIFIER of output \"%s\" is not switched: the system gives no thread — switch it by "
			  "hand, end other programs, start again"),
			o->name);
}
