#include "sound/live-speech.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/chime.h"
#include "sound/frames.h"

#include <stdio.h>

struct live_speech {
	const struct bulletin *bulletin; /* NULL: forgotten */
	struct listener *listener;
};

void live_speeches_init(struct live_speeches *s, const char *dir, int notify)
{
	*s = (struct live_speeches){ .dir = mem_dup(dir), .notify = notify };
}

void live_speeches_free(struct live_speeches *s)
{
	for (size_t i = 0; i < s->all.n; i++) {
		listener_free(&s->all.at[i]->listener);
		mem_free(s->all.at[i]);
	}
	vec_free(&s->all);
	mem_free(s->dir);
	s->dir = NULL;
}

static int16_t *opening(int rate, int64_t *frames)
{
	struct chime *chime = chime_new(rate);
	*frames = chime_frames(chime, LISTENER_OPENING_MS * US_PER_MS);
	int16_t *out = mem_new_n(int16_t, (size_t)*frames);
	*frames = (int64_t)spans_source.read(chime_spans(chime), 0, out, (size_t)*frames);
	chime_free(&chime);
	return out;
}

static struct recorder *recorder(const struct live_speeches *s, const struct sound_speech *speech)
{
	if (!speech->keep || !s->dir)
		return NULL;
	return recorder_new(&(struct recorder_setup){ .dir = s->dir,
		.name = speech->keep,
		.rate = speech->rate,
		.most_ms = speech->bulletin->relay.ms,
		.notify = s->notify });
}

bool live_speech_listen(struct live_speeches *s, const struct sound_speech *speech, struct err *err)
{
	struct listener_setup setup = { .pcm = speech->pcm,
		.rate = speech->rate,
		.limit_ms = speech->bulletin->relay.ms,
		.record = recorder(s, speech),
		.notify = s->notify };
	setup.opening = opening(speech->rate, &setup.opening_frames);
	struct listener *l = listener_new(&setup, err);
	if (!l)
		return false;
	struct live_speech *new = mem_new(struct live_speech);
	*new = (struct live_speech){ speech->bulletin, l };
	vec_push(&s->all, new);
	return true;
}

void live_speech_forget(struct live_speeches *s, const struct bulletin *b)
{
	for (size_t i = 0; i < s->all.n; i++) {
		if (s->all.at[i]->bulletin != b)
			continue;
		s->all.at[i]->bulletin = NULL;
		listener_hang_up(s->all.at[i]->listener);
	}
}

struct listener *live_speech_of(const struct live_speeches *s, const void *bulletin)
{
	for (size_t i = 0; i < s->all.n; i++)
		if (bulletin && s->all.at[i]->bulletin == bulletin)
			return s->all.at[i]->listener;
	return NULL;
}

void live_speech_begin(struct live_speeches *s)
{
	for (size_t i = 0; i < s->all.n; i++)
		listener_begin(s->all.at[i]->listener);
}

static bool describe(const struct listener *l, struct sound_recording *out)
{
	const struct recorder *r = listener_recorder(l);
	if (!r)
		return false;
	*out = (struct sound_recording){ .frames = recorder_frames(r), .lost = recorder_lost(r) };
	snprintf(out->name, sizeof out->name, "%s", recorder_name(r));
	snprintf(out->sha256, sizeof out->sha256, "%s", recorder_sha256(r));
	err_set(&out->fault, "%s", recorder_fault(r));
	return true;
}

bool live_speech_records(const struct live_speeches *s)
{
	for (size_t i = 0; i < s->all.n; i++)
		if (listener_recorder(s->all.at[i]->listener))
			return true;
	return false;
}

bool live_speech_reap(struct live_speeches *s, struct sound_recording *out)
{
	for (size_t i = 0; i < s->all.n;) {
		struct live_speech *one = s->all.at[i];
		if (one->bulletin || !listener_done(one->listener)) {
			i++;
			continue;
		}
		bool kept = describe(one->listener, out);
		listener_free(&one->listener);
		mem_free(one);
		vec_remove(&s->all, i);
		if (kept)
			return true;
	}
	return false;
}
