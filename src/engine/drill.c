/* Drills (diễn tập): an emergency as people would hear it, between the words that say it is none.  Words, text and words
 * are one item, made here of the station's recordings, so that nothing can come between them and the text never airs
 * without the words before it; what is cut of it is gone.  It has the level of an emergency and a rank below all of
 * them: any real one cuts it.  Class test: it is journalled and never counted. */
#include "engine/drill.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <string.h>

struct drill {
	char *emergency;
	struct bulletin bulletin; /* its recordings' strings are the station's */
};

/* ── May it? ── */

static bool may_drill(const struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	for (size_t i = 0; i < e->alarms.n; i++)
		if (!e->alarms.at[i].alarm.ended)
			return err_set(err, _("a real emergency is active — no drill now — end it first: loaxa cancel %s"),
				e->alarms.at[i].alarm.station->rules.at[e->alarms.at[i].alarm.rule].name);
	if (e->drills.n)
		return err_set(err, _("a drill is on already — wait for its end, or: loaxa cancel %s"),
			e->drills.at[0]->emergency);
	if (!zones)
		return err_set(err, _("emergency \"%s\" does not air in those zones — choose others, or leave --zones out"),
			c->name);
	for (int z = 0; z < (int)e->station->zones.n; z++)
		if (zones >> z & 1 && !c->now && guard_at(e->station, GUARD_REFUSE, z, e->now))
			return err_set(err, _("these are quiet hours, people sleep — drill by day, or say --now"));
	return true;
}

static bool may_be_words(const struct engine *e, struct err *err)
{
	if (e->station->drill >= 0)
		return true;
	return err_set(err,
		_("this station has no words for a drill — people must hear before and after it that it is none — record "
		  "\"Đây là bản tin diễn tập\" as a bulletin and name it in station.conf: drill = \"NAME\""));
}

static bool may_be_text(const struct engine *e, const struct rule *r, struct err *err)
{
	for (size_t i = 0; i < r->play.n; i++) {
		const struct bulletin *b = &e->station->bulletins.at[r->play.at[i].bulletin];
		if (b->relay.source)
			return err_set(err,
				_("\"%s\" of emergency \"%s\" is a relay — only recordings can stand between the words "
				  "of a drill"),
				b->name, r->name);
	}
	return true;
}

/* In every zone, and before anything sounds. */
static bool may_sound(const struct engine *e, const struct bulletin *b, zone_set zones, struct err *err)
{
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		enum reason why = e->s.sound.playable(e->s.sound.self, b, z);
		if (why)
			return err_set(err,
				_("a recording of the drill cannot be played (%s) — nothing was aired — see: loaxa check"),
				verdict_reason_name(why));
	}
	return true;
}

/* ── Begin and end ── */

static void add_recordings(struct bulletin *to, const struct bulletin *from)
{
	for (size_t i = 0; i < from->audio.n; i++)
		vec_push(&to->audio, from->audio.at[i]);
}

static struct drill *new_drill(const struct engine *e, const struct rule *r)
{
	const struct station *st = e->station;
	const struct bulletin *words = &st->bulletins.at[st->drill];
	const struct bulletin *first = &st->bulletins.at[r->play.at[0].bulletin];
	struct drill *d = mem_new(struct drill);
	d->emergency = mem_dup(r->name);
	d->bulletin = (struct bulletin){ .name = mem_dup(first->name),
		.title = mem_printf(_("DRILL: %s"), first->title),
		.campaign = -1,
		.class = CLASS_TEST,
		.level = LEVEL_NORMAL,
		.order = 100,
		.after = AFTER_DROP,
		.after_said = true };
	add_recordings(&d->bulletin, words);
	for (size_t i = 0; i < r->play.n; i++)
		add_recordings(&d->bulletin, &st->bulletins.at[r->play.at[i].bulletin]);
	add_recordings(&d->bulletin, words);
	return d;
}

static void free_one(struct drill **pd)
{
	struct drill *d = *pd;
	mem_free(d->emergency);
	mem_free(d->bulletin.name);
	mem_free(d->bulletin.title);
	vec_free(&d->bulletin.audio);
	mem_free(d);
	*pd = NULL;
}

static void begin(struct engine *e, const struct command *c, const struct rule *r, struct drill *d, zone_set zones)
{
	int number = engine_number(e, "drill", 1, 0);
	vec_push(&e->drills, d);
	engine_record_numbered(e, "drill", c, zones, number);
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		struct airing *a = airing_new_drill(e->station, &d->bulletin, z, r->volume, e->now, number);
		a->by = mem_dup(c->by);
		a->uid = c->uid;
		desk_add(e->desk, a);
	}
}

bool drill_command(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	int rule = station_rule(e->station, c->name);
	if (rule < 0 || e->station->rules.at[rule].kind != RULE_EMERGENCY)
		return err_set(
			err, _("there is no emergency \"%s\" — emergencies are prepared in the schedule files"), c->name);
	const struct rule *r = &e->station->rules.at[rule];
	zones &= r->zones;
	if (!may_be_words(e, err) || !may_be_text(e, r, err) || !may_drill(e, c, zones, err))
		return false;
	struct drill *d = new_drill(e, r);
	if (!may_sound(e, &d->bulletin, zones, err)) {
		free_one(&d);
		return false;
	}
	begin(e, c, r, d, zones);
	return true;
}

static const struct drill *drill_of(const struct engine *e, const struct airing *a)
{
	for (size_t i = 0; i < e->drills.n; i++)
		if (a->bulletin == &e->drills.at[i]->bulletin)
			return e->drills.at[i];
	return NULL;
}

bool drill_is_on(const struct engine *e, const char *emergency)
{
	for (size_t i = 0; i < e->drills.n; i++)
		if (!emergency || !strcmp(e->drills.at[i]->emergency, emergency))
			return true;
	return false;
}

void drill_end(struct engine *e, const char *emergency, zone_set zones)
{
	for (size_t i = 0; i < desk_count(e->desk);) {
		struct airing *a = desk_at(e->desk, i);
		const struct drill *d = drill_of(e, a);
		if (d && zones >> a->zone & 1 && (!emergency || !strcmp(d->emergency, emergency)))
			desk_take_off(e->desk, a);
		if (i < desk_count(e->desk) && desk_at(e->desk, i) == a)
			i++;
	}
}

void drill_forget(struct engine *e)
{
	for (size_t i = 0; i < e->drills.n;) {
		if (engine_at_desk(e, &e->drills.at[i]->bulletin)) {
			i++;
			continue;
		}
		free_one(&e->drills.at[i]);
		vec_remove(&e->drills, i);
	}
}

void drill_free(struct engine *e)
{
	for (size_t i = 0; i < e->drills.n; i++)
		free_one(&e->drills.at[i]);
	vec_free(&e->drills);
}
