/* Foresight (see desk.h): a copy of the desk, whose items end when they are expected to, taken from instant to instant.
 * The desk holds what lies seconds ahead, so the copy is small; what it shares with the original it only reads. */
#include "airing/desk-inside.h"
#include "base/mem.h"

/* Instants looked at: more than a village has in so short a time, and an end in any case. */
#define STEPS 64

struct vision {
	struct desk desk;
	struct airing *copies;
	struct airing **sources; /* of each copy */
	size_t n;
	size_t acts_seen;
	wall_us ends[ZONES_MAX];
	bool blocked[ZONES_MAX]; /* what follows there is not foreseen: something is cut short */
	struct foreseen *out;
};

static void copy_airing(struct vision *v, struct airing *source)
{
	size_t i = v->n++;
	struct airing *a = &v->copies[i];
	*a = *source;
	memset(&a->segments, 0, sizeof a->segments);
	for (size_t s = 0; s < source->segments.n; s++)
		vec_push(&a->segments, source->segments.at[s]);
	v->sources[i] = source;
	vec_push(&v->desk.all, a);
	if (source->phase == AIR_STOPPING) /* where it ends is still to be told */
		v->blocked[a->zone] = true;
	for (size_t z = 0; z < ZONES_MAX; z++)
		if (v->desk.zones[z].on == source)
			v->desk.zones[z].on = a;
}

static void copy_desk(struct vision *v, const struct desk *d, const struct outlook *o)
{
	size_t n = d->all.n + o->n_further;
	v->desk = *d;
	memset(&v->desk.all, 0, sizeof v->desk.all);
	memset(&v->desk.acts, 0, sizeof v->desk.acts);
	v->copies = mem_new_n(struct airing, n);
	v->sources = mem_new_n(struct airing *, n);
	for (size_t i = 0; i < d->all.n; i++)
		copy_airing(v, d->all.at[i]);
	for (size_t i = 0; i < o->n_further; i++)
		copy_airing(v, o->further[i]);
	for (size_t z = 0; z < d->station->zones.n; z++)
		v->ends[z] = o->ends[z];
}

static void free_vision(struct vision *v)
{
	for (size_t i = 0; i < v->n; i++)
		vec_free(&v->copies[i].segments);
	vec_free(&v->desk.all);
	vec_free(&v->desk.acts);
	mem_free(v->copies);
	mem_free(v->sources);
}

static int64_t length_us(const struct airing *a, int64_t frames)
{
	return frames / a->rate * US_PER_S + frames % a->rate * US_PER_S / a->rate;
}

/* The frame it has reached, counted back from its end. */
static int64_t reached(const struct vision *v, const struct airing *a, wall_us at)
{
	int64_t left = (v->ends[a->zone].us - at.us) * a->rate / US_PER_S;
	int64_t frame = a->frames - (left > 0 ? left : 0);
	return frame < a->from_frame ? a->from_frame : frame >= a->frames ? a->frames - 1 : frame;
}

static void cut_short(struct vision *v, struct airing *a, wall_us at)
{
	v->blocked[a->zone] = true;
	desk_stopped(&v->desk, a, reached(v, a, at), at);
}

static void see_start(struct vision *v, const struct act *act, wall_us at)
{
	struct airing *a = act->airing;
	if (act->instead)
		cut_short(v, act->instead, at);
	struct foreseen *f = &v->out[a->zone];
	if (!f->airing && !v->blocked[a->zone])
		*f = (struct foreseen){ .airing = v->sources[a - v->copies], .from_frame = a->from_frame, .at = at };
	desk_started(&v->desk, a, at);
	v->ends[a->zone].us = at.us + length_us(a, a->frames - a->from_frame);
}

/* Until nothing changes any more at this instant; verdicts and rows are nobody's here. */
static void settle(struct vision *v, wall_us at)
{
	for (int again = 0; again < STEPS; again++) {
		desk_pass_time(&v->desk, at);
		if (v->acts_seen == v->desk.acts.n)
			return;
		while (v->acts_seen < v->desk.acts.n) {
			struct act act = v->desk.acts.at[v->acts_seen++];
			if (act.kind == ACT_START)
				see_start(v, &act, at);
			else if (act.kind == ACT_STOP)
				cut_short(v, act.airing, at);
		}
	}
}

static wall_us next_instant(const struct vision *v, wall_us now)
{
	wall_us next = desk_next(&v->desk);
	for (size_t z = 0; z < v->desk.station->zones.n; z++)
		if (v->desk.zones[z].on && v->ends[z].us < next.us)
			next = v->ends[z];
	return next.us > now.us ? next : now;
}

static void end_items(struct vision *v, wall_us at)
{
	for (size_t z = 0; z < v->desk.station->zones.n; z++) {
		struct airing *on = v->desk.zones[z].on;
		if (on && v->ends[z].us <= at.us)
			desk_ended(&v->desk, on, at);
	}
}

void desk_foresee(const struct desk *d, const struct outlook *o, struct foreseen *out)
{
	struct vision v = { .out = out };
	memset(out, 0, d->station->zones.n * sizeof *out);
	copy_desk(&v, d, o);
	wall_us at = next_instant(&v, o->now);
	for (int step = 0; step < STEPS && at.us <= o->until.us; step++) {
		end_items(&v, at);
		settle(&v, at);
		at = next_instant(&v, at);
	}
	free_vision(&v);
}
