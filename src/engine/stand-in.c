#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"

#include <string.h>

/* It is read into locked memory while the loop waits, so it must not be long; nor must what is repeated all day. */
#define LONGEST_MS (INT64_C(5) * 60 * 1000)

static struct recording *recording_of(struct stand_in *s)
{
	return &s->bulletin.audio.at[0];
}

/* As the bulletin it stands in for, but that nobody has approved, dated, or written down what is said in it. */
static struct stand_in *new_stand_in(struct engine *e, int rule, const char *file, const char *sha256)
{
	const struct station *st = e->station;
	const struct rule *r = &st->rules.at[rule];
	const struct bulletin *own = &st->bulletins.at[r->play.at[0].bulletin];
	struct stand_in *s = mem_new(struct stand_in);
	s->bulletin = (struct bulletin){ .name = mem_dup(own->name),
		.title = mem_printf("%s (%s)", own->title, file),
		.campaign = -1,
		.class = own->class,
		.level = own->level,
		.order = own->order,
		.after = own->after,
		.after_said = own->after_said,
		.resume_within_ms = own->resume_within_ms };
	struct recording rec = { .file = mem_dup(file), .state = RECORDING_READY };
	memcpy(rec.sha256, sha256, strnlen(sha256, sizeof rec.sha256 - 1));
	vec_push(&s->bulletin.audio, rec);
	vec_push(&e->stand_ins, s);
	return s;
}

static void free_stand_in(struct stand_in **ps)
{
	struct stand_in *s = *ps;
	mem_free(recording_of(s)->file);
	vec_free(&s->bulletin.audio);
	mem_free(s->bulletin.name);
	mem_free(s->bulletin.title);
	mem_free(s);
	*ps = NULL;
}

/* From the lengths to the frames of the station's outputs. */
static void fit(struct stand_in *s, const struct station *st)
{
	struct recording *r = recording_of(s);
	for (size_t o = 0; o < st->outputs.n; o++)
		for (size_t i = 0; i < s->n_lengths; i++) {
			const struct output *out = &st->outputs.at[o];
			if (out->rate != s->lengths[i].rate || out->high_pass != s->lengths[i].high_pass)
				continue;
			int64_t frames = s->lengths[i].frames, ms = (frames * 1000 + out->rate - 1) / out->rate;
			r->frames[o] = frames;
			r->ms = ms > r->ms ? ms : r->ms;
		}
}

/* In every zone it may be asked for. */
static bool fits(struct stand_in *s, const struct station *st, int rule, struct err *err)
{
	for (int z = 0; z < (int)st->zones.n; z++)
		if (st->rules.at[rule].zones >> z & 1 && bulletin_frames(&s->bulletin, st, z) <= 0)
			return err_set(err,
				_("\"%s\" is not prepared for zone %s — the sound of its output was changed — give the "
				  "command again: loaxa emergency %s --with FILE"),
				recording_of(s)->file, st->zones.at[z].name, st->rules.at[rule].name);
	if (recording_of(s)->ms > LONGEST_MS)
		return err_set(err,
			_("\"%s\" lasts %d:%02d minutes — an emergency's new text lasts 5 minutes at most, people must "
			  "hear it whole — record a shorter one"),
			recording_of(s)->file, (int)(recording_of(s)->ms / 60000),
			(int)(recording_of(s)->ms / 1000 % 60));
	return true;
}

static struct stand_in *ready(struct engine *e, struct stand_in *s, int rule, struct err *err)
{
	fit(s, e->station);
	const struct sound_port *sound = &e->s.sound;
	s->kept = fits(s, e->station, rule, err) && (!sound->keep || sound->keep(sound->self, &s->bulletin, err));
	return s->kept ? s : NULL; /* the next turn forgets it */
}

struct stand_in *stand_in_take(struct engine *e, int rule, const struct command *c, struct err *err)
{
	if (!c->recording) {
		err_set(err, _("\"%s\" is not prepared — give the command as: loaxa emergency %s --with FILE"), c->file,
			c->name);
		return NULL;
	}
	struct stand_in *s = new_stand_in(e, rule, c->file, c->recording->sha256);
	for (size_t o = 0; o < e->station->outputs.n; o++) {
		const struct output *out = &e->station->outputs.at[o];
		s->lengths[o].rate = out->rate;
		s->lengths[o].high_pass = out->high_pass;
		s->lengths[o].frames = c->recording->frames[o];
	}
	s->n_lengths = e->station->outputs.n;
	return ready(e, s, rule, err);
}

struct stand_in *stand_in_again(struct engine *e, const struct stand_in *old, int rule, struct err *err)
{
	const struct recording *r = &old->bulletin.audio.at[0];
	struct stand_in *s = new_stand_in(e, rule, r->file, r->sha256);
	memcpy(s->lengths, old->lengths, sizeof s->lengths);
	s->n_lengths = old->n_lengths;
	return ready(e, s, rule, err);
}

/* ── In rows ── */

void stand_in_write(struct text *t, const char *key, const struct stand_in *s)
{
	json_open(t, key, '{');
	json_str(t, "file", s->bulletin.audio.at[0].file);
	json_str(t, "sha256", s->bulletin.audio.at[0].sha256);
	json_open(t, "lengths", '[');
	for (size_t i = 0; i < s->n_lengths; i++) {
		json_open(t, NULL, '[');
		json_int(t, NULL, s->lengths[i].rate);
		json_int(t, NULL, s->lengths[i].high_pass);
		json_int(t, NULL, s->lengths[i].frames);
		json_close(t, ']');
	}
	json_close(t, ']');
	json_close(t, '}');
}

struct stand_in *stand_in_read(struct engine *e, int rule, const struct json *j)
{
	const char *file = json_get_str(j, "file"), *sha256 = json_get_str(j, "sha256");
	const struct json *lengths = json_get(j, "lengths");
	if (!file || !sha256)
		return NULL;
	struct stand_in *s = new_stand_in(e, rule, file, sha256);
	for (size_t i = 0; i < json_count(lengths) && i < OUTPUTS_MAX; i++) {
		const struct json *one = json_at(lengths, i);
		s->lengths[i].rate = (int)json_as_int(json_at(one, 0), 0);
		s->lengths[i].high_pass = (int)json_as_int(json_at(one, 1), 0);
		s->lengths[i].frames = json_as_int(json_at(one, 2), 0);
		s->n_lengths++;
	}
	fit(s, e->station);
	return s;
}

/* ── Start, end ── */

/* While the emergency lasts. */
static void say_gone(struct engine *e, const struct alarm_run *run, const char *why)
{
	const char *rule = run->alarm.station->rules.at[run->alarm.rule].name;
	char *source = mem_printf("emergency:%s", rule);
	char *text = mem_printf(
		_("Emergency \"%s\" airs its own text again: \"%s\" is not there any more (%s) — give it "
		  "anew: loaxa emergency %s --with FILE"),
		rule, run->with->bulletin.audio.at[0].file, why, rule);
	engine_fault(e, source, text);
	mem_free(source);
	mem_free(text);
}

void stand_in_recover(struct engine *e)
{
	for (size_t i = 0; i < e->alarms.n; i++) {
		struct alarm_run *run = &e->alarms.at[i];
		struct err err = { "" };
		if (!run->with || ready(e, run->with, run->alarm.rule, &err))
			continue;
		say_gone(e, run, err.text);
		run->with = NULL;
	}
}

static bool named(const struct engine *e, const struct stand_in *s)
{
	for (size_t i = 0; i < e->alarms.n; i++)
		if (e->alarms.at[i].with == s)
			return true;
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->bulletin == &s->bulletin)
			return true;
	return false;
}

void stand_in_forget(struct engine *e)
{
	for (size_t i = 0; i < e->stand_ins.n;) {
		struct stand_in *s = e->stand_ins.at[i];
		if (named(e, s)) {
			i++;
			continue;
		}
		if (s->kept)
			e->s.sound.forget(e->s.sound.self, &s->bulletin);
		free_stand_in(&s);
		vec_remove(&e->stand_ins, i);
	}
}

void stand_in_free_all(struct engine *e)
{
	for (size_t i = 0; i < e->stand_ins.n; i++)
		free_stand_in(&e->stand_ins.at[i]);
	vec_free(&e->stand_ins);
}
