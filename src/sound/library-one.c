/* One file from anywhere, as if it were the only recording of a station. */
#include "base/i18n.h"
#include "base/vec.h"
#include "sound/library.h"
#include "sound/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Facts alone put nothing on the air: is the sound there, too? */
static bool kept(const struct recording *r, const struct station *st, const char *dir, struct err *err)
{
	struct store *store = store_open(dir, false);
	struct store_facts facts;
	bool all = true;
	for (size_t o = 0; o < st->outputs.n; o++) {
		const struct output *out = &st->outputs.at[o];
		all = all && store_facts(store, r->sha256, (struct store_form){ out->rate, out->high_pass }, &facts);
	}
	store_free(&store);
	return all || err_set(err,
			      _("\"%s\" was prepared but cannot be kept in %s — the folder may not be written by this "
				"user, or the disk is full — give the command as the station's user"),
			      r->file, dir);
}

/* dir: where it lies; r->file its name there. */
static bool prepare(const struct station *st, char *dir, const struct library_options *options, struct recording *r,
	struct err *err)
{
	struct station alone = { .audio_dir = dir };
	memcpy(&alone.outputs, &st->outputs, sizeof alone.outputs);
	vec_push(&alone.bulletins, (struct bulletin){ .name = r->file });
	vec_push(&alone.bulletins.at[0].audio, *r);
	bool known = library_fill(&alone, options, err);
	*r = alone.bulletins.at[0].audio.at[0];
	vec_free(&alone.bulletins.at[0].audio);
	vec_free(&alone.bulletins);
	return known;
}

bool library_one(const struct station *st, const char *path, const struct library_options *options,
	struct recording *out, struct err *err)
{
	char *real = realpath(path, NULL), *slash = real ? strrchr(real, '/') : NULL;
	*out = (struct recording){ 0 };
	if (!slash || !slash[1]) {
		free(real);
		return err_set(err, _("\"%s\" cannot be read (%s) — check its name, its owner and its rights"), path,
			strerror(real ? EISDIR : errno));
	}
	out->file = mem_dup(slash + 1);
	slash[slash == real] = '\0';
	bool good = prepare(st, real, options, out, err);
	if (good && out->state != RECORDING_READY)
		good = err_set(err, "%s", out->why ? out->why : out->file);
	good = good && kept(out, st, options->store, err);
	free(real);
	return good;
}

void library_one_free(struct recording *r)
{
	mem_free(r->file);
	mem_free(r->why);
	*r = (struct recording){ 0 };
}
