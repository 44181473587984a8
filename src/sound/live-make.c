/* Birth and death of live playout, and what it leaves behind: recordings of what was spoken. */
#include "sound/live-inside.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <sys/eventfd.h>
#include <unistd.h>

struct live_sound *live_sound_new(const struct station *station, const struct live_options *o, struct err *err)
{
	struct live_sound *s = mem_new(struct live_sound);
	s->clock = o->clock;
	s->override = mem_dup(o->sink_override);
	s->sink = o->sink;
	s->store = store_open(o->store, false);
	s->vault = vault_new();
	s->notify = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	s->feeder = feeder_new();
	live_speeches_init(&s->speeches, o->speech, s->notify);
	live_relays_init(&s->relays, o->clock, s->notify, o->relay_program);
	vault_fill(s->vault, station, s->store);
	if (s->notify < 0 || !s->feeder) {
		err_set(err, _("the sound cannot start — the system gives no thread — end other programs"));
		live_sound_free(&s);
	} else if (!live_sound_layout_make(s, station, err)) {
		live_sound_free(&s);
	}
	return s;
}

void live_sound_free(struct live_sound **sp)
{
	struct live_sound *s = *sp;
	if (!s)
		return;
	live_sound_layout_free(s); /* the audio threads end first: they look at everything else */
	for (size_t i = 0; i < s->plays.n; i++)
		live_sound_free_play(s, s->plays.at[i]);
	live_sound_drop_cues(s);
	live_sound_let_all_go(s);
	live_speeches_free(&s->speeches);
	live_relays_free(&s->relays);
	feeder_free(&s->feeder);
	vault_free(&s->vault);
	store_free(&s->store);
	if (s->notify >= 0)
		close(s->notify);
	vec_free(&s->plays);
	vec_free(&s->cues);
	vec_free(&s->events);
	vec_free(&s->early);
	vec_free(&s->leaving);
	mem_free(s->override);
	mem_free(s);
	*sp = NULL;
}

bool live_sound_records(const struct live_sound *s)
{
	return live_speech_records(&s->speeches);
}

bool live_sound_recorded(struct live_sound *s, struct sound_recording *out)
{
	return live_speech_reap(&s->speeches, out);
}
