#include "cli/test-sound.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/place.h"
#include "cli/voice.h"
#include "sound/beeps.h"
#include "sound/library.h"
#include "sound/wav.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RATE = 48000, ZONE_HZ = 440, CHANNEL_HZ = 880, TONE_HZ = 1000 };

static char *words_of(const struct station *st, int zone)
{
	const struct zone *z = &st->zones.at[zone];
	bool vi = strcmp(st->language, "en") != 0;
	return mem_printf(vi ? "Thử loa. %s. Kênh %d." : "Loudspeaker test. %s. Channel %d.", z->title, z->channel);
}

/* The voice brings its own rate, and everything else follows it. */
static void compose(const struct station *st, int zone, const char *dir, struct beeps *b, bool *spoken)
{
	struct voice v;
	char *words = words_of(st, zone);
	*spoken = voice_say(words, st->language, dir, &v);
	b->rate = *spoken ? v.rate : RATE;
	if (*spoken)
		beeps_add(b, v.samples.at, v.samples.n);
	else
		beeps_count(b, ZONE_HZ, zone + 1);
	beeps_silence(b, 500);
	beeps_tone(b, TONE_HZ, 1500);
	beeps_silence(b, 500);
	beeps_count(b, CHANNEL_HZ, st->zones.at[zone].channel);
	voice_free(&v);
	mem_free(words);
}

static bool write_wav(const struct beeps *b, const char *path, struct err *err)
{
	struct wav *w = wav_create(path, b->rate, 1, err);
	if (w)
		wav_write(w, b->samples.at, b->samples.n);
	return w && wav_finish(&w, err);
}

/* A station of that one output and that one recording: what comes out is what the real output wants. */
static struct station *bench(const struct station *st, int zone, const char *dir)
{
	const struct output *from = &st->outputs.at[st->zones.at[zone].output];
	struct station *bench = station_new();
	struct output o = { .name = mem_dup("test"),
		.sink = mem_dup("dry-run"),
		.rate = from->rate,
		.channels = from->channels,
		.high_pass = from->high_pass };
	struct bulletin b = { .name = mem_dup("test"), .campaign = -1 };
	struct recording r = { .file = mem_dup("test.wav") };
	mem_renew(&bench->audio_dir, dir);
	vec_push(&bench->outputs, o);
	vec_push(&b.audio, r);
	vec_push(&bench->bulletins, b);
	return bench;
}

static bool prepare(
	const struct station *st, int zone, const char *store, const char *dir, struct test_sound *t, struct err *err)
{
	struct station *one = bench(st, zone, dir);
	char *program = place_program("loaxa-prepare");
	struct library_options options = { .store = store, .prepare_program = program };
	bool ok = library_fill(one, &options, err);
	const struct recording *r = &one->bulletins.at[0].audio.at[0];
	if (ok && r->state != RECORDING_READY)
		ok = err_set(err, _("the sound of the test could not be prepared — %s — may you write into %s?"),
			r->why ? r->why : "?", store);
	memcpy(t->sha256, r->sha256, sizeof t->sha256);
	t->frames = r->frames[0];
	mem_free(program);
	station_free(&one);
	return ok;
}

bool test_sound_make(const struct station *st, int zone, const char *store, struct test_sound *t, struct err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = mem_printf("%s/loaxa-test-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	char *file = NULL;
	struct beeps b = { 0 };
	*t = (struct test_sound){ .frames = 0 };
	bool made = mkdtemp(dir), ok = made;
	if (!made)
		err_set(err, _("no temporary folder can be made (%s) — make room there: df -h %s"), dir,
			tmp ? tmp : "/tmp");
	if (ok) {
		file = mem_printf("%s/test.wav", dir);
		compose(st, zone, dir, &b, &t->spoken);
		ok = write_wav(&b, file, err) && prepare(st, zone, store, dir, t, err);
		unlink(file);
		rmdir(dir);
	}
	beeps_free(&b);
	mem_free(file);
	mem_free(dir);
	return ok;
}
