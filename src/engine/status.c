/* What people and programs see of the running station: engine_status(). */
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "engine/play.h"
#include "engine/remark.h"
#include "engine/skipping.h"
#include "schedule/tz.h"

#define WAITING_SHOWN 8
#define NEXT_SHOWN 3

/* In the station's time; without a station, in UTC. */
static void add_instant(struct text *t, const char *key, const struct engine *e, wall_us at)
{
	char stamp[RFC3339_BYTES];
	struct tz *utc = e->station ? NULL : tz_fixed(0);
	tz_rfc3339(e->station ? e->station->tz : utc, at, stamp);
	json_str(t, key, stamp);
	tz_free(&utc);
}

static void add_faults(struct text *t, const struct engine *e)
{
	struct engine_fault_seen f;
	json_open(t, "faults", '[');
	for (size_t i = 0; engine_fault_at(e, i, &f); i++) {
		json_open(t, NULL, '{');
		json_str(t, "code", f.code);
		add_instant(t, "since", e, f.since);
		json_str(t, "text", f.text);
		json_close(t, '}');
	}
	json_close(t, ']');
}

static void add_since(struct text *t, const char *key, const struct engine *e, wall_us at)
{
	if (at.us)
		add_instant(t, key, e, at);
	else
		json_str(t, key, NULL);
}

static int64_t ms_of(const struct airing *a, int64_t frames)
{
	return frames / a->rate * 1000 + frames % a->rate * 1000 / a->rate;
}

static void add_what(struct text *t, const struct airing *a)
{
	json_str(t, "id", a->id);
	json_str(t, "bulletin", a->bulletin->name);
	json_str(t, "title", a->bulletin->title);
	json_str(t, "class", class_name(a->bulletin->class));
	json_str(t, "priority", level_name(a->level));
}

static void add_on_air(struct text *t, const struct engine *e, int zone)
{
	const struct airing *a = desk_on_air(e->desk, zone);
	if (!a) {
		json_str(t, "on_air", NULL);
		return;
	}
	json_open(t, "on_air", '{');
	add_what(t, a);
	add_instant(t, "started", e, a->on_since);
	json_int(t, "position_ms", ms_of(a, e->s.sound.position(e->s.sound.self, zone, a->token)));
	json_int(t, "duration_ms", ms_of(a, a->frames));
	json_int(t, "volume", (engine_permille(e, a) + 5) / 10);
	json_close(t, '}');
}

static const char *why_waiting(const struct engine *e, const struct airing *a)
{
	if (desk_is_lost(e->desk, a->zone))
		return "device-lost";
	return a->was_cut ? verdict_reason_name(a->cut_reason) : "busy";
}

static void add_waiting(struct text *t, const struct engine *e, int zone)
{
	json_open(t, "waiting", '[');
	for (size_t i = 0, n = 0; i < desk_count(e->desk) && n < WAITING_SHOWN; i++) {
		const struct airing *a = desk_at(e->desk, i);
		if (a->zone != zone || a->phase != AIR_WAITING)
			continue;
		n++;
		json_open(t, NULL, '{');
		add_what(t, a);
		add_instant(t, "planned", e, a->planned);
		json_str(t, "why", why_waiting(e, a));
		json_int(t, "position_ms", a->was_cut ? ms_of(a, a->cut_frame) : 0);
		json_int(t, "duration_ms", ms_of(a, a->frames));
		json_close(t, '}');
	}
	json_close(t, ']');
}

/* What a zone will be asked to air. */
struct coming {
	wall_us at;
	const struct bulletin *bulletin;
	const struct rule *rule; /* NULL: ordered by hand */
	bool skipped;
};

static void add_next_one(struct text *t, const struct engine *e, const struct coming *c)
{
	char *from = c->rule ? mem_printf("%s:%s", rule_kind_name(c->rule->kind), c->rule->name) : mem_dup("play");
	json_open(t, NULL, '{');
	add_instant(t, "planned", e, c->at);
	json_str(t, "bulletin", c->bulletin->name);
	json_str(t, "title", c->bulletin->title);
	json_str(t, "from", from);
	json_bool(t, "skipped", c->skipped);
	json_close(t, '}');
	mem_free(from);
}

/* Keeps the earliest, in their order; of one instant the schedule's first. */
static void keep_earliest(struct coming list[NEXT_SHOWN + 1], size_t *n, struct coming one)
{
	size_t i = *n;
	for (; i && one.at.us < list[i - 1].at.us; i--)
		list[i] = list[i - 1];
	list[i] = one;
	*n += *n < NEXT_SHOWN;
}

static void add_next(struct text *t, const struct engine *e, int zone)
{
	struct coming list[NEXT_SHOWN + 1];
	size_t n = 0;
	for (size_t i = 0; i < e->ahead.items.n && n < NEXT_SHOWN; i++) {
		const struct planned *p = &e->ahead.items.at[i];
		if (p->zone == zone && p->at.us > e->now.us)
			list[n++] = (struct coming){ p->at, &e->station->bulletins.at[p->bulletin],
				&e->station->rules.at[p->rule], skipping_hits(e, p) };
	}
	for (size_t i = 0; i < e->orders.n; i++)
		for (int k = 0; k < e->orders.at[i].times; k++) {
			struct coming one = { play_instant(&e->orders.at[i], k),
				play_in_zone(e, &e->orders.at[i], zone), NULL, false };
			if (one.bulletin && one.at.us > e->now.us)
				keep_earliest(list, &n, one);
		}
	json_open(t, "next", '[');
	for (size_t i = 0; i < n; i++)
		add_next_one(t, e, &list[i]);
	json_close(t, ']');
}

static void add_zone(struct text *t, const struct engine *e, int zone)
{
	const struct zone *z = &e->station->zones.at[zone];
	const struct zone_note *n = &e->notes[zone];
	json_open(t, NULL, '{');
	json_str(t, "zone", z->name);
	json_str(t, "title", z->title);
	json_str(t, "off", desk_is_off(e->desk, zone) ? (n->off_reason ? n->off_reason : "") : NULL);
	add_since(t, "off_since", e, n->off_since);
	json_str(t, "off_by", n->off_by);
	json_bool(t, "held", desk_is_held(e->desk, zone));
	add_since(t, "held_since", e, n->held_since);
	json_str(t, "held_by", n->held_by);
	json_int(t, "volume", n->volume ? n->volume : z->volume);
	json_int(t, "volume_scheduled", z->volume);
	json_int(t, "rate", e->station->outputs.at[z->output].rate);
	json_bool(t, "lost", desk_is_lost(e->desk, zone));
	add_on_air(t, e, zone);
	add_waiting(t, e, zone);
	add_next(t, e, zone);
	json_close(t, '}');
}

static void add_emergencies(struct text *t, const struct engine *e)
{
	json_open(t, "emergencies", '[');
	for (size_t i = 0; i < e->alarms.n; i++) {
		const struct alarm *a = &e->alarms.at[i].alarm;
		json_open(t, NULL, '{');
		json_str(t, "rule", a->station->rules.at[a->rule].name);
		add_instant(t, "since", e, a->commanded);
		json_str(t, "by", e->alarms.at[i].by);
		json_str(t, "ordered_by", e->alarms.at[i].ordered_by);
		add_instant(t, "until", e, a->over);
		json_bool(t, "ending", a->ended);
		const struct stand_in *with = e->alarms.at[i].with;
		json_str(t, "with", with ? with->bulletin.audio.at[0].file : NULL);
		if (a->ended || a->next.us == US_NEVER)
			json_str(t, "next", NULL);
		else
			add_instant(t, "next", e, a->next);
		json_close(t, '}');
	}
	json_close(t, ']');
}

void engine_status(struct engine *e, struct text *t)
{
	static const char *const clocks[] = { "free", "synced", "distrusted" };
	engine_look_at_clock(e);
	json_open(t, NULL, '{');
	json_str(t, "station", e->station ? e->station->code : NULL);
	json_str(t, "station_name", e->station ? e->station->name : NULL);
	json_str(t, "clock", clocks[e->clock]);
	json_bool(t, "schedule", e->station != NULL);
	json_str(t, "microphone", e->station ? e->station->microphone : NULL);
	add_faults(t, e);
	if (e->desk) {
		engine_settle(e);
		e->s.sound.commit(e->s.sound.self);
		add_instant(t, "now", e, e->now);
		add_emergencies(t, e);
		remark_status(e, t);
		play_status(e, t);
		skipping_status(e, t);
		relay_status(e, t);
		json_open(t, "zones", '[');
		for (int z = 0; z < (int)e->station->zones.n; z++)
			add_zone(t, e, z);
		json_close(t, ']');
	}
	json_close(t, '}');
}
