#include "sound/render.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/bus.h"
#include "sound/encoder.h"
#include "sound/frames.h"
#include "sound/pcm.h"
#include "sound/store.h"
#include "sound/volume.h"
#include "sound/wav.h"

#include <string.h>

/* What an item, or its fade, is read from. */
struct tape {
	struct pcm *pcm;
	struct render *owner;
	struct tape *older;
};

struct voice {
	struct lane lane;      /* the owners of its pieces are tapes */
	char name[NAME_BYTES]; /* of the zone */
	int channel;           /* from 0; -1 = not in this file */
	int output;            /* which of a recording's lengths counts */
	struct tape *tapes;
};

struct render {
	char output_name[NAME_BYTES], zone_name[NAME_BYTES]; /* zone_name "" = the whole output */
	int rate, channels, high_pass;
	mono_us epoch;
	int64_t at, from, until; /* device frames */
	struct store *store;
	struct voice *voices; /* as the station's zones */
	size_t n;
	struct bus bus;
	struct bus_lane *bus_lanes;
	struct wav *wav; /* one of the two */
	struct encoder *encoder;
	char *unread; /* first prepared file that could not be read */
	int16_t *out;
};

static int64_t device_frame(const struct render *r, mono_us at)
{
	return frames_by(r->rate, at.us - r->epoch.us);
}

/* Time goes on over sound that cannot be read: silence stands for it, and the finish says so. */
static size_t read_tape(void *self, int64_t frame, int16_t *out, size_t n)
{
	struct tape *t = self;
	size_t got = pcm_read(t->pcm, frame, out, n);
	memset(out + got, 0, (n - got) * sizeof *out);
	if (got < n && !t->owner->unread && pcm_broken(t->pcm))
		t->owner->unread = mem_dup(pcm_broken(t->pcm));
	return n;
}

static const struct source_ops tape_source = { .read = read_tape };

/* Those that no piece is read from any more. */
static void free_tapes(struct voice *v)
{
	for (struct tape **at = &v->tapes; *at;) {
		struct tape *t = *at;
		if (lane_has(&v->lane, t)) {
			at = &t->older;
			continue;
		}
		*at = t->older;
		pcm_free(&t->pcm);
		mem_free(t);
	}
}

static void write_frames(struct render *r, size_t n)
{
	if (r->wav)
		wav_write(r->wav, r->out, n);
	else
		encoder_write(r->encoder, r->out, n);
}

static void write_silence(struct render *r, int64_t frames)
{
	if (r->wav) {
		wav_silence(r->wav, frames);
		return;
	}
	memset(r->out, 0, BUS_FRAMES * (size_t)r->channels * sizeof *r->out);
	for (size_t n; frames > 0; frames -= (int64_t)n) {
		n = frames < BUS_FRAMES ? (size_t)frames : BUS_FRAMES;
		write_frames(r, n);
	}
}

/* How many of the next n frames of a piece, or before it, are silence without a look at any. */
static int64_t quiet_of_piece(const struct lane *l, const struct piece *p, int64_t at, int64_t n)
{
	const struct tape *t = p->owner;
	if (lane_piece_over(l, p) <= at)
		return n;
	if (p->at + p->frames <= at)
		return 0; /* it fades */
	int64_t silence = pcm_silence(t->pcm, p->from + at - p->at), left = p->at + p->frames - at;
	silence = silence < left ? silence : left;
	return silence < n ? silence : n;
}

/* Likewise of everything: half a day of it between two sessions, or the half hour of a relay. */
static int64_t quiet_frames(const struct render *r, int64_t n)
{
	if (bus_idle(&r->bus, r->at))
		return n;
	for (size_t i = 0; i < r->n; i++) {
		const struct lane *l = &r->voices[i].lane;
		for (size_t k = 0; k < l->n && r->voices[i].channel >= 0; k++)
			n = quiet_of_piece(l, &l->pieces[k], r->at, n);
	}
	return n;
}

/* Everything up to that instant, as nothing changes before it. */
static void catch_up(struct render *r, mono_us now)
{
	int64_t to = device_frame(r, now);
	if (to > r->until)
		to = r->until;
	int64_t skip = (to < r->from ? to : r->from) - r->at;
	if (skip > 0) {
		bus_skip(&r->bus);
		r->at += skip;
	}
	while (r->at < to) {
		int64_t quiet = quiet_frames(r, to - r->at);
		int64_t n = quiet ? quiet : to - r->at < BUS_FRAMES ? to - r->at : BUS_FRAMES;
		if (quiet) {
			bus_skip(&r->bus);
			write_silence(r, n);
		} else {
			bus_mix(&r->bus, r->at, r->out, (size_t)n);
			write_frames(r, (size_t)n);
		}
		r->at += n;
	}
	for (size_t i = 0; i < r->n; i++) {
		lane_forget(&r->voices[i].lane, r->at);
		free_tapes(&r->voices[i]);
	}
}

static int channel_of(const struct render *r, const struct station *st, const struct zone *z)
{
	if (r->zone_name[0])
		return strcmp(z->name, r->zone_name) ? -1 : 0;
	if (strcmp(st->outputs.at[z->output].name, r->output_name))
		return -1;
	return z->channel >= 1 && z->channel <= r->channels ? z->channel - 1 : -1;
}

static void copy_name(char to[NAME_BYTES], const char *from)
{
	size_t n = strnlen(from, NAME_BYTES - 1);
	memcpy(to, from, n);
	to[n] = '\0';
}

static void join_bus(struct render *r)
{
	size_t n = 0;
	r->bus_lanes = mem_resize(r->bus_lanes, r->n, sizeof *r->bus_lanes);
	for (size_t i = 0; i < r->n; i++)
		if (r->voices[i].channel >= 0)
			r->bus_lanes[n++] = (struct bus_lane){ .lane = &r->voices[i].lane,
				.channel = r->voices[i].channel };
	bus_init(&r->bus, r->rate, r->channels, r->bus_lanes, n);
}

/* A lane that goes on under the same name keeps its item. */
static void inherit(struct voice *v, struct voice *old, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(old[i].name, v->name))
			continue;
		v->lane = old[i].lane;
		v->tapes = old[i].tapes;
		old[i].tapes = NULL;
	}
}

static void free_voices(struct voice *voices, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		lane_kill(&voices[i].lane);
		free_tapes(&voices[i]);
	}
	mem_free(voices);
}

static void make_voices(struct render *r, const struct station *st)
{
	struct voice *old = r->voices;
	size_t old_n = r->n;
	r->n = st ? st->zones.n : 0;
	r->voices = mem_zero(r->n * sizeof *r->voices);
	for (size_t i = 0; i < r->n; i++) {
		struct voice *v = &r->voices[i];
		copy_name(v->name, st->zones.at[i].name);
		v->channel = channel_of(r, st, &st->zones.at[i]);
		v->output = st->zones.at[i].output;
		lane_init(&v->lane, r->rate);
		inherit(v, old, old_n);
	}
	free_voices(old, old_n);
	join_bus(r);
}

static bool is_flac(const char *path)
{
	size_t n = strlen(path);
	return n >= 5 && !strcasecmp(path + n - 5, ".flac");
}

static bool open_file(struct render *r, const struct render_options *o, struct err *err)
{
	if (is_flac(o->path))
		r->encoder = encoder_start(o->program, o->path, r->rate, r->channels, err);
	else
		r->wav = wav_create(o->path, r->rate, r->channels, err);
	return r->wav || r->encoder;
}

static void free_render(struct render **rp)
{
	struct render *r = *rp;
	free_voices(r->voices, r->n);
	mem_free(r->bus_lanes);
	mem_free(r->unread);
	mem_free(r->out);
	store_free(&r->store);
	mem_free(r);
	*rp = NULL;
}

struct render *render_new(
	const struct render_options *o, const struct station *st, mono_us epoch, mono_us now, struct err *err)
{
	struct render *r = mem_new(struct render);
	const struct output *out = &st->outputs.at[o->zone >= 0 ? st->zones.at[o->zone].output : o->output];
	copy_name(r->output_name, out->name);
	if (o->zone >= 0)
		copy_name(r->zone_name, st->zones.at[o->zone].name);
	r->rate = out->rate;
	r->high_pass = out->high_pass;
	r->channels = o->zone >= 0 ? 1 : out->channels;
	r->epoch = epoch;
	r->at = device_frame(r, now);
	r->from = device_frame(r, o->from);
	r->until = device_frame(r, o->until);
	r->store = store_open(o->store, false);
	r->out = mem_new_n(int16_t, BUS_FRAMES * (size_t)r->channels);
	make_voices(r, st);
	if (!open_file(r, o, err))
		free_render(&r);
	else if (r->from < r->at && r->from < r->until)
		write_silence(r, (r->at < r->until ? r->at : r->until) - r->from);
	return r;
}

void render_start(struct render *r, const struct sound_item *item, mono_us now)
{
	struct voice *v = &r->voices[item->zone];
	if (v->channel < 0)
		return;
	catch_up(r, now);
	if (lane_full(&v->lane)) { /* sixteen items within one fade */
		lane_kill(&v->lane);
		free_tapes(v);
	}
	struct tape *t = mem_new(struct tape);
	struct store_form form = { r->rate, r->high_pass };
	*t = (struct tape){ pcm_of_bulletin(item->bulletin, r->store, v->output, &form), r, v->tapes };
	v->tapes = t;
	lane_play(&v->lane, (struct source){ &tape_source, t }, t, r->at, item->from_frame, item->frames,
		volume_gain(item->volume_permille));
}

void render_cut(struct render *r, int zone, mono_us now)
{
	catch_up(r, now);
	lane_cut(&r->voices[zone].lane, r->at);
}

void render_kill(struct render *r, int zone, mono_us now)
{
	catch_up(r, now);
	lane_kill(&r->voices[zone].lane);
}

void render_volume(struct render *r, int zone, int permille, mono_us now)
{
	catch_up(r, now);
	const struct voice *v = &r->voices[zone];
	lane_set_gain(&r->voices[zone].lane, v->tapes, r->at, volume_gain(permille));
}

void render_adopt(struct render *r, const struct station *st, mono_us now)
{
	catch_up(r, now);
	make_voices(r, st);
}

bool render_finish(struct render **rp, mono_us now, struct err *err)
{
	struct render *r = *rp;
	if (!r)
		return true;
	catch_up(r, now);
	bool good = wav_finish(&r->wav, err);
	good = encoder_finish(&r->encoder, err) && good;
	if (good && r->unread)
		good = err_set(err, _("part of what is rendered is silent — \"%s\" cannot be read — run: loaxa check"),
			r->unread);
	free_render(rp);
	return good;
}
