#include "sound/amp-state.h"

#define FIRST_PAUSE_US US_PER_S
#define LONGEST_PAUSE_US (60 * US_PER_S)

/* Is it wanted now, or will it be as far as is known? */
static bool open_interval(const struct amp_state *s, mono_us now)
{
	return s->playing || now.us < s->until.us;
}

static bool wanted(const struct amp_state *s, mono_us now)
{
	return !s->ending && (s->playing || (now.us >= s->from.us && now.us < s->until.us));
}

/* Announcements come seconds before the amplifier is wanted: one that lies ahead while it is still on from the airing
 * before is not worth switching off for. */
static void want(struct amp_state *s, mono_us now, int64_t from, int64_t until)
{
	bool open = open_interval(s, now);
	if (!open || from < s->from.us)
		s->from.us = from;
	if (!open || until > s->until.us)
		s->until.us = until;
}

void amp_state_announce(struct amp_state *s, mono_us now, mono_us at)
{
	int64_t from = at.us - s->warm_up_us - AMP_EARLY_US;
	want(s, now, from > now.us ? from : now.us, at.us + AMP_HANG_US);
}

void amp_state_start(struct amp_state *s, mono_us now)
{
	want(s, now, now.us, now.us + AMP_HANG_US);
	s->playing++;
	s->failed = AMP_REST; /* a loudspeaker is waited for: no pause */
}

void amp_state_stop(struct amp_state *s, mono_us heard)
{
	s->playing -= s->playing > 0;
	if (heard.us + AMP_HANG_US > s->until.us)
		s->until.us = heard.us + AMP_HANG_US;
}

void amp_state_end(struct amp_state *s)
{
	s->ending = true;
	s->failed = AMP_REST;
}

static mono_us change_of_mind(const struct amp_state *s, mono_us now, bool on)
{
	if (s->ending || s->playing)
		return (mono_us){ US_NEVER };
	return on ? s->until : s->from.us > now.us ? s->from : (mono_us){ US_NEVER };
}

enum amp_act amp_state_next(const struct amp_state *s, mono_us now, mono_us *wake)
{
	bool on = wanted(s, now);
	enum amp_act act = on ? AMP_SWITCH_ON : AMP_SWITCH_OFF;
	*wake = change_of_mind(s, now, on);
	if (s->line == (on ? AMP_IS_ON : AMP_IS_OFF))
		return AMP_REST;
	if (act != s->failed || now.us >= s->retry.us)
		return act;
	if (s->retry.us < wake->us)
		*wake = s->retry;
	return AMP_REST;
}

void amp_state_switched(struct amp_state *s, enum amp_act act, bool done, mono_us now)
{
	bool again = s->failed == act && s->pause_us;
	s->line = !done ? AMP_UNKNOWN : act == AMP_SWITCH_ON ? AMP_IS_ON : AMP_IS_OFF;
	s->failed = done ? AMP_REST : act;
	s->pause_us = !again ? FIRST_PAUSE_US : s->pause_us < LONGEST_PAUSE_US / 2 ? 2 * s->pause_us : LONGEST_PAUSE_US;
	s->retry.us = now.us + s->pause_us;
}

mono_us amp_state_warm(const struct amp_state *s, mono_us now)
{
	bool open = open_interval(s, now) && s->from.us < now.us;
	return (mono_us){ (open ? s->from.us : now.us) + s->warm_up_us };
}
