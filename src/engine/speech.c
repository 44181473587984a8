/* People who speak: what they say is an item like any other, but no schedule knows it (rule `speak` of an airing's id).
 * Its bulletin lives here, from the command until the last of its airings has its verdict. */
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "schedule/tz.h"

#include <string.h>

/* One stands before one microphone: more at once is a mistake, or somebody who fills the memory. */
#define SPEECHES_MAX 8
#define SPEECH_MS_MAX (INT64_C(3600) * 1000)

struct speech {
	struct bulletin bulletin;
	char *keep; /* name of its recording, or NULL */
};

/* ── May they? ── */

static const struct output *output_of(const struct engine *e, size_t zone)
{
	return &e->station->outputs.at[e->station->zones.at[zone].output];
}

/* Who speaks cannot wait: words said before the air is free would be lost, and nobody would know. */
static bool zone_free(const struct engine *e, size_t zone, enum level level, struct err *err)
{
	const struct airing *on = desk_on_air(e->desk, (int)zone);
	const char *name = e->station->zones.at[zone].name;
	if (!on || (level == LEVEL_EMERGENCY && on->level < LEVEL_EMERGENCY))
		return true;
	return err_set(err,
		_("zone %s is on air with \"%s\", and nobody can be made to wait before a microphone — wait for its "
		  "end, leave the zone out, or: loaxa skip %s"),
		name, on->bulletin->title, name);
}

static bool may_speak(
	const struct engine *e, const struct command *c, zone_set zones, enum level level, struct err *err)
{
	if (c->limit_ms < 1000 || c->limit_ms > SPEECH_MS_MAX)
		return err_set(
			err, _("the longest a person speaks at once is from 1 second to 1 hour — say --limit 10m"));
	if (e->speeches.n == SPEECHES_MAX)
		return err_set(err, _("%d people speak already — wait until one has ended"), SPEECHES_MAX);
	for (size_t z = 0; z < e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		if (!zone_free(e, z, level, err))
			return false;
		if (c->rate && output_of(e, z)->rate != c->rate)
			return err_set(err,
				_("zone %s plays %d Hz and the sound has %d Hz — zones of different rates are spoken "
				  "to one after the other"),
				e->station->zones.at[z].name, output_of(e, z)->rate, c->rate);
	}
	return true;
}

/* ── Begin and end ── */

static void free_speech(struct speech **sp)
{
	struct speech *s = *sp;
	mem_free(s->bulletin.name);
	mem_free(s->bulletin.title);
	mem_free(s->bulletin.relay.source);
	mem_free(s->keep);
	mem_free(s);
	*sp = NULL;
}

static struct speech *new_speech(const struct engine *e, const struct command *c, int number)
{
	struct speech *s = mem_new(struct speech);
	s->bulletin = (struct bulletin){ .name = mem_dup("speak"),
		.title = mem_dup(_("Live announcement")),
		.campaign = -1,
		.class = CLASS_ANNOUNCEMENT,
		.level = LEVEL_NORMAL,
		.order = 100,
		.relay = { .source = mem_dup("speak"), .ms = c->limit_ms } };
	if (e->station->keep_speech) {
		char instant[RFC3339_BYTES];
		tz_compact(e->station->tz, e->now, instant);
		s->keep = mem_printf("%s-%d.wav", instant, number);
	}
	return s;
}

bool engine_speak(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	enum level level = c->level < LEVEL_COUNT ? c->level : LEVEL_NORMAL;
	if (!may_speak(e, c, zones, level, err))
		return false;
	int number = engine_number(e, "speak", 1, 0);
	struct speech *s = new_speech(e, c, number);
	struct sound_speech wanted = { &s->bulletin, c->pcm, c->rate, s->keep };
	if (e->s.sound.listen && !e->s.sound.listen(e->s.sound.self, &wanted, err)) {
		free_speech(&s);
		return false;
	}
	vec_push(&e->speeches, s);
	engine_record_numbered(e, "speak", c, zones, number);
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		struct airing *a = airing_new_spoken(e->station, &s->bulletin, z, level, e->now, number);
		a->by = mem_dup(c->by);
		a->uid = c->uid;
		desk_add(e->desk, a);
	}
	return true;
}

static bool at_desk(const struct engine *e, const struct speech *s)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->bulletin == &s->bulletin)
			return true;
	return false;
}

void engine_forget_speeches(struct engine *e)
{
	for (size_t i = 0; i < e->speeches.n;) {
		struct speech *s = e->speeches.at[i];
		if (at_desk(e, s)) {
			i++;
			continue;
		}
		e->s.sound.forget(e->s.sound.self, &s->bulletin);
		free_speech(&s);
		vec_remove(&e->speeches, i);
	}
}

void engine_recording(struct engine *e, const struct sound_recording *r)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "name", r->name);
	json_int(&t, "frames", r->frames);
	json_int(&t, "lost", r->lost);
	json_str(&t, "sha256", r->sha256[0] ? r->sha256 : NULL);
	json_str(&t, "text", r->fault.text[0] ? r->fault.text : NULL);
	json_close(&t, '}');
	record_event(e, "recording", text_str(&t));
	text_free(&t);
	engine_fault(e, "recording", r->fault.text[0] ? r->fault.text : NULL);
}

void engine_hang_up(struct engine *e)
{
	for (size_t i = 0; i < e->speeches.n; i++)
		e->s.sound.forget(e->s.sound.self, &e->speeches.at[i]->bulletin);
}

void engine_free_speeches(struct engine *e)
{
	for (size_t i = 0; i < e->speeches.n; i++)
		free_speech(&e->speeches.at[i]);
	vec_free(&e->speeches);
}
