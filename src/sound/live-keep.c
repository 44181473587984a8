/* What an emergency was given by hand: kept in the vault for every output, for as long as the engine wants it. */
#include "base/i18n.h"
#include "base/mem.h"
#include "sound/live-inside.h"

struct live_kept {
	const struct bulletin *bulletin;
	struct vault_item *items[OUTPUTS_MAX];
	size_t n;
};

static void let_go(struct live_sound *s, struct live_kept **pk)
{
	for (size_t i = 0; i < (*pk)->n; i++)
		vault_release(s->vault, &(*pk)->items[i]);
	mem_free(*pk);
	*pk = NULL;
}

static bool wanted(const struct bulletin *b, size_t output)
{
	return b->audio.n && b->audio.at[0].frames[output] > 0;
}

/* An output for which it was not prepared is not its business. */
bool live_sound_keep(void *self, const struct bulletin *b, struct err *err)
{
	struct live_sound *s = self;
	struct live_kept *k = mem_new(struct live_kept);
	bool all = true;
	k->bulletin = b;
	for (size_t o = 0; all && o < s->layout.outputs.n; o++) {
		const struct live_output *out = &s->layout.outputs.at[o];
		if (!wanted(b, o))
			continue;
		struct store_form form = { out->rate, out->high_pass };
		all = (k->items[k->n] = vault_take(s->vault, b, form, s->store)) != NULL;
		k->n += all;
	}
	if (all) {
		vec_push(&s->kept, k);
		return true;
	}
	let_go(s, &k);
	return err_set(err, _("its prepared sound is not in the store, or not whole"));
}

void live_sound_let_go(struct live_sound *s, const struct bulletin *b)
{
	for (size_t i = 0; i < s->kept.n; i++) {
		if (s->kept.at[i]->bulletin != b)
			continue;
		let_go(s, &s->kept.at[i]);
		vec_remove(&s->kept, i);
		return;
	}
}

void live_sound_let_all_go(struct live_sound *s)
{
	while (s->kept.n)
		live_sound_let_go(s, s->kept.at[0]->bulletin);
	vec_free(&s->kept);
}

bool live_sound_recording(struct live_sound *s, const char *sha256, struct recording *out)
{
	*out = (struct recording){ .state = RECORDING_READY };
	memcpy(out->sha256, sha256, strnlen(sha256, sizeof out->sha256 - 1));
	bool any = false;
	for (size_t o = 0; o < s->layout.outputs.n; o++) {
		const struct live_output *to = &s->layout.outputs.at[o];
		struct store_facts facts;
		if (!store_facts(s->store, sha256, (struct store_form){ to->rate, to->high_pass }, &facts))
			continue;
		out->frames[o] = facts.frames;
		any = true;
	}
	return any;
}
