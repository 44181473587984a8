/* What the sound tells the desk: started, ended, stopped, broken, lost (rules 4, 5, 16). */
#include "airing/desk-inside.h"

void desk_started(struct desk *d, struct airing *a, wall_us at)
{
	(void)d;
	a->on_since = at;
	if (!a->was_on)
		a->started = at;
	a->was_on = true;
}

static void close_segment(struct airing *a, int64_t end, wall_us at)
{
	if (end > a->from_frame)
		vec_push(&a->segments, (struct segment){ .first = a->from_frame, .end = end, .started = a->on_since });
	else if (!a->segments.n)
		a->was_on = false; /* taken away before its first frame: as if it had never begun */
	a->ended = at;
}

void desk_ended(struct desk *d, struct airing *a, wall_us at)
{
	close_segment(a, a->frames, at);
	bool missed_some = a->bulletin->relay.source && a->was_cut;
	desk_decide(d, a, missed_some ? STATE_PARTIAL : STATE_AIRED, missed_some ? a->cut_reason : REASON_NONE);
}

void desk_said(struct desk *d, struct airing *a, int64_t frames, wall_us at)
{
	a->frames = frames;
	if (frames > a->from_frame) {
		desk_ended(d, a, at);
		return;
	}
	close_segment(a, frames, at);
	desk_decide(d, a, STATE_SKIPPED, REASON_OPERATOR);
}

/* Back to the head of its level (rule 5). */
static void wait_again(struct desk *d, struct airing *a, int64_t frame, wall_us at, enum reason why)
{
	if (d->zones[a->zone].on == a)
		d->zones[a->zone].on = NULL;
	a->phase = AIR_WAITING;
	a->was_cut = a->segments.n > 0;
	a->cut_at = at;
	a->cut_frame = frame;
	a->cut_reason = why;
}

static void end_stopped(struct desk *d, struct airing *a)
{
	if (airing_heard(a) > 0)
		desk_decide(d, a, STATE_PARTIAL, a->final_reason);
	else if (verdict_allowed(STATE_SKIPPED, a->final_reason))
		desk_decide(d, a, STATE_SKIPPED, a->final_reason);
	else
		desk_decide(d, a, STATE_MISSED, a->final_reason);
}

void desk_stopped(struct desk *d, struct airing *a, int64_t frame, wall_us at)
{
	if (frame >= a->frames) { /* told to stop while its very last frame was heard */
		desk_ended(d, a, at);
		return;
	}
	close_segment(a, frame, at);
	if (a->final_reason)
		end_stopped(d, a);
	else
		wait_again(d, a, frame, at, REASON_INTERRUPTED);
}

void desk_broken(struct desk *d, struct airing *a, int64_t frame, wall_us at, enum reason why)
{
	close_segment(a, frame, at);
	desk_decide(d, a, STATE_FAILED, why);
}

void desk_lost(struct desk *d, struct airing *a, int64_t frame, wall_us at)
{
	d->zones[a->zone].lost = true;
	close_segment(a, frame, at);
	if (a->final_reason)
		end_stopped(d, a);
	else
		wait_again(d, a, frame, at, REASON_DEVICE_LOST);
}

void desk_silent(struct desk *d, struct airing *a, int64_t frame, wall_us at)
{
	close_segment(a, frame, at);
	if (a->final_reason) {
		end_stopped(d, a);
		return;
	}
	if (!a->was_on)
		a->joined = a->joined.us ? a->joined : a->on_since;
	wait_again(d, a, frame, at, REASON_DEVICE_LOST);
	a->was_cut = true;
	a->mute = true;
}

void desk_audible(struct desk *d, struct airing *a)
{
	(void)d;
	a->mute = false;
}

void desk_output(struct desk *d, int output, bool lost)
{
	for (size_t z = 0; z < d->station->zones.n; z++)
		if (d->station->zones.at[z].output == output)
			d->zones[z].lost = lost;
}
