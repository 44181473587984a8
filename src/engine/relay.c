/* Relays: what is told of their sources, and what airs in place of one that is silent.
 *
 * A relay without sound for its silence_ms has left the air (the sound saw to that); at the desk it waits for its source
 * until its planned end.  Its account holds the frames up to where the silence began, and `device-lost`.  What is named
 * as `instead` airs once, by hand as it were: kind manual, by "relay NAME", under the rules of any other item. */
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

#define SOURCE "relay:"

/* ── What its source does ── */

static bool look(const struct engine *e, size_t i, struct sound_relay *r)
{
	return e->s.sound.relay && e->s.sound.relay(e->s.sound.self, i, r);
}

static struct relay_note *note_of(struct engine *e, const char *name)
{
	for (size_t i = 0; i < e->relays.n; i++)
		if (!strcmp(e->relays.at[i].name, name))
			return &e->relays.at[i];
	return NULL;
}

static void record_source(struct engine *e, const struct sound_relay *r, bool there)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "name", r->name);
	json_str(&t, "what", there ? "connected" : "lost");
	if (!there)
		json_str(&t, "text", r->why);
	json_close(&t, '}');
	record_event(e, "relay", text_str(&t));
	text_free(&t);
}

/* Connected, lost, connected again: pauses of the programme are no news. */
static void watch_one(struct engine *e, const struct sound_relay *r)
{
	struct relay_note *note = note_of(e, r->name);
	bool first = !note, lost = r->state == SOUND_RELAY_LOST;
	bool there = r->state == SOUND_RELAY_ON || r->state == SOUND_RELAY_QUIET;
	if (first) {
		vec_push(&e->relays, (struct relay_note){ .name = mem_dup(r->name) });
		note = &e->relays.at[e->relays.n - 1];
	}
	note->seen = true;
	bool news = there ? !note->there : lost && (note->there || !note->told);
	note->told |= there || lost;
	note->there = there;
	if (news)
		record_source(e, r, there);
}

void relay_watch(struct engine *e)
{
	struct sound_relay r;
	for (size_t i = 0; i < e->relays.n; i++)
		e->relays.at[i].seen = false;
	for (size_t i = 0; look(e, i, &r); i++)
		watch_one(e, &r);
	for (size_t i = e->relays.n; i-- > 0;) {
		if (e->relays.at[i].seen)
			continue;
		mem_free(e->relays.at[i].name);
		vec_remove(&e->relays, i);
	}
}

void relay_status(struct engine *e, struct text *t)
{
	static const char *const states[] = { "connecting", "on", "quiet", "lost" };
	struct sound_relay r;
	json_open(t, "relays", '[');
	for (size_t i = 0; look(e, i, &r); i++) {
		json_open(t, NULL, '{');
		json_str(t, "bulletin", r.name);
		json_str(t, "state", states[r.state]);
		json_int(t, "quiet_ms", r.quiet_ms);
		json_str(t, "why", *r.why ? r.why : NULL);
		json_close(t, '}');
	}
	json_close(t, ']');
}

void relay_free(struct engine *e)
{
	for (size_t i = 0; i < e->relays.n; i++)
		mem_free(e->relays.at[i].name);
	vec_free(&e->relays);
}

/* ── Silence ── */

static void raise_fault(struct engine *e, const struct airing *a, int64_t silent_since_us)
{
	char since[VALUE_BYTES];
	struct sound_relay r;
	const char *why = "";
	value_print_time(tz_local(e->station->tz, (wall_us){ silent_since_us }).ms / 1000 * 1000, since);
	for (size_t i = 0; !*why && look(e, i, &r); i++)
		if (!strcmp(r.name, a->bulletin->name))
			why = r.why;
	char *source = mem_printf(SOURCE "%s", a->bulletin->name);
	char *text = *why ? mem_printf(_("RELAY SILENT since %s: \"%s\" — %s"), since, a->bulletin->title, why)
			  : mem_printf(
				    _("RELAY SILENT since %s: \"%s\" sends no sound — look after receiver, cable and "
				      "address; it goes on by itself as soon as there is sound"),
				    since, a->bulletin->title);
	engine_fault(e, source, text);
	mem_free(text);
	mem_free(source);
}

/* Zones fall silent together and get the same number, so that one broadcast is counted. */
static int number_of(struct engine *e, const struct command *c, const struct bulletin *b, int zone)
{
	for (size_t i = 0; i < desk_count(e->desk); i++) {
		const struct airing *a = desk_at(e->desk, i);
		if (a->kind == AIRING_MANUAL && a->bulletin == b && a->planned.us == e->now.us && a->by &&
			!strcmp(a->by, c->by) && a->zone != zone)
			return a->place;
	}
	return engine_number(e, "play", 1, 0);
}

static void air_instead(struct engine *e, const struct airing *silent)
{
	const struct relay *r = &silent->bulletin->relay;
	int b = r->instead < 0 ? -1 : station_bulletin(e->station, silent->station->bulletins.at[r->instead].name);
	if (b < 0)
		return;
	const struct bulletin *bulletin = &e->station->bulletins.at[b];
	char *by = mem_printf("relay %s", silent->bulletin->name);
	struct command c = { .verb = VERB_PLAY, .name = bulletin->name, .by = by, .uid = -1 };
	int number = number_of(e, &c, bulletin, silent->zone);
	engine_record_numbered(e, "play", &c, (zone_set)1 << silent->zone, number);
	enum level level = silent->level > bulletin->level ? silent->level : bulletin->level;
	if (level > LEVEL_PRIORITY)
		level = LEVEL_PRIORITY;
	struct airing *a = airing_new_manual(e->station, b, silent->zone, level, e->now, number);
	a->by = by;
	desk_add(e->desk, a);
}

void relay_silent(struct engine *e, const struct airing *a, const struct sound_event *s)
{
	raise_fault(e, a, s->at.us - a->bulletin->relay.silence_ms * US_PER_MS);
	if (!e->stopping && a->phase == AIR_WAITING)
		air_instead(e, a);
}

static bool waited_for(const struct engine *e, const char *name)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->mute && !strcmp(desk_at(e->desk, i)->bulletin->name, name))
			return true;
	return false;
}

void relay_forget(struct engine *e)
{
	for (size_t i = e->faults.n; i-- > 0;) {
		const char *source = e->faults.at[i].source;
		if (strncmp(source, SOURCE, strlen(SOURCE)) || waited_for(e, source + strlen(SOURCE)))
			continue;
		char *copy = mem_dup(source);
		engine_fault(e, copy, NULL);
		mem_free(copy);
	}
}
