#include "engine/reload.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "engine/play.h"

#include <stdlib.h>
#include <string.h>

/* The journal keeps what the reload changes in this much time to come, and names this many airings of it. */
#define DIFFERENCE_SPAN (INT64_C(7) * 86400 * US_PER_S)
#define DIFFERENCE_NAMED 40
/* No firing has items later than this after its start. */
#define FIRING_SPAN (INT64_C(3) * 86400 * US_PER_S)

struct names {
	VEC(char *) list;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static struct names ids_between(const struct station *st, wall_us from, wall_us to)
{
	struct names names = { 0 };
	struct plan plan = { 0 };
	if (st)
		plan_between(st, from, to, &plan);
	for (size_t i = 0; i < plan.items.n; i++) {
		struct text id = { 0 };
		plan_id(st, &plan.items.at[i], &id);
		vec_push(&names.list, text_take(&id));
	}
	plan_free(&plan);
	if (names.list.n)
		qsort(names.list.at, names.list.n, sizeof *names.list.at, by_name);
	return names;
}

static void names_free(struct names *n)
{
	for (size_t i = 0; i < n->list.n; i++)
		mem_free(n->list.at[i]);
	vec_free(&n->list);
}

/* "key": how many of a are not in b, and the first of them by name. */
static void add_missing(struct text *t, const char *key, const struct names *a, const struct names *b)
{
	size_t count = 0;
	char *list_key = mem_printf("%s_ids", key);
	json_open(t, list_key, '[');
	for (size_t i = 0; i < a->list.n; i++) {
		bool in_b = b->list.n && bsearch(&a->list.at[i], b->list.at, b->list.n, sizeof *b->list.at, by_name);
		if (!in_b && count++ < DIFFERENCE_NAMED)
			json_str(t, NULL, a->list.at[i]);
	}
	json_close(t, ']');
	json_int(t, key, (int64_t)count);
	mem_free(list_key);
}

void engine_forget_accounted(struct engine *e)
{
	for (size_t i = 0; i < e->accounted.n; i++)
		mem_free(e->accounted.at[i]);
	e->accounted.n = 0;
}

static bool had_its_turn(const struct engine *e, const struct names *old, const char *id)
{
	for (size_t i = 0; i < e->accounted.n; i++)
		if (!strcmp(e->accounted.at[i], id))
			return true;
	return old->list.n && bsearch(&id, old->list.at, old->list.n, sizeof *old->list.at, by_name);
}

/* An item keeps its id when the schedule moves it within its firing.  Of firings that have begun, those that had their
 * instant before and would come once more: one airing, one verdict (rule 15). */
static void find_accounted(struct engine *e, const struct station *old, const struct station *next)
{
	struct plan coming = { 0 };
	wall_us first = e->entered;
	plan_between(next, (wall_us){ e->entered.us + 1 }, (wall_us){ e->entered.us + FIRING_SPAN }, &coming);
	for (size_t i = 0; i < coming.items.n; i++)
		if (coming.items.at[i].firing.us < first.us)
			first = coming.items.at[i].firing;
	struct names past = ids_between(old, first, (wall_us){ e->entered.us + 1 }), again = { 0 };
	for (size_t i = 0; i < coming.items.n; i++) {
		struct text id = { 0 };
		if (coming.items.at[i].firing.us > e->entered.us)
			continue;
		plan_id(next, &coming.items.at[i], &id);
		if (had_its_turn(e, &past, text_str(&id)))
			vec_push(&again.list, text_take(&id));
		text_free(&id);
	}
	engine_forget_accounted(e);
	for (size_t i = 0; i < again.list.n; i++)
		vec_push(&e->accounted, again.list.at[i]);
	vec_free(&again.list);
	names_free(&past);
	plan_free(&coming);
}

static void record_reload(
	struct engine *e, const struct command *c, const struct station *old, const struct station *next)
{
	bool back = c->verb == VERB_ROLLBACK;
	wall_us from = { e->now.us + 1 }, to = { e->now.us + DIFFERENCE_SPAN };
	struct names before = ids_between(old, from, to), after = ids_between(next, from, to);
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "dir", next->dir);
	json_open(&t, "zones", '[');
	for (size_t z = 0; z < next->zones.n; z++)
		json_str(&t, NULL, next->zones.at[z].name);
	json_close(&t, ']');
	add_missing(&t, "removed", &before, &after);
	add_missing(&t, "added", &after, &before);
	record_accounted(&t, e);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, back ? "rollback" : "reload", text_str(&t));
	text_free(&t);
	names_free(&before);
	names_free(&after);
}

/* Is the airing planned by the next schedule too? */
static bool stays(void *self, const struct airing *a)
{
	const struct station *next = self;
	struct names now = ids_between(next, a->planned, (wall_us){ a->planned.us + 1 });
	bool found = now.list.n && bsearch(&a->id, now.list.at, now.list.n, sizeof *now.list.at, by_name);
	names_free(&now);
	return found;
}

static void move_notes(struct engine *e, const struct station *old, const struct station *next)
{
	struct zone_note moved[ZONES_MAX] = { 0 };
	bool lost[OUTPUTS_MAX] = { 0 };
	for (size_t z = 0; z < old->zones.n; z++) {
		int to = station_zone(next, old->zones.at[z].name);
		if (to >= 0) {
			moved[to] = e->notes[z];
			continue;
		}
		mem_free(e->notes[z].off_reason);
		mem_free(e->notes[z].off_by);
		mem_free(e->notes[z].held_by);
	}
	for (size_t o = 0; o < old->outputs.n; o++)
		for (size_t n = 0; n < next->outputs.n; n++)
			if (!strcmp(old->outputs.at[o].name, next->outputs.at[n].name))
				lost[n] = e->output_lost[o];
	memcpy(e->notes, moved, sizeof moved);
	memcpy(e->output_lost, lost, sizeof lost);
	for (size_t o = 0; o < next->outputs.n; o++)
		desk_output(e->desk, (int)o, lost[o]);
}

/* ── Zones that the schedule switches ── */

/* Of the next schedule's zones; the desk has the present one still. */
static zone_set off_before(const struct engine *e, const struct station *next)
{
	zone_set off = 0;
	for (size_t z = 0; e->station && z < next->zones.n; z++) {
		int was = station_zone(e->station, next->zones.at[z].name);
		if (was >= 0 && desk_is_off(e->desk, was))
			off |= (zone_set)1 << z;
	}
	return off;
}

static void record_switch(struct engine *e, const char *kind, zone_set zones)
{
	struct text t = { 0 };
	if (!zones)
		return;
	json_open(&t, NULL, '{');
	json_open(&t, "zones", '[');
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			json_str(&t, NULL, e->station->zones.at[z].name);
	json_close(&t, ']');
	json_bool(&t, "schedule", true); /* nobody's order */
	json_close(&t, '}');
	record_event(e, kind, text_str(&t));
	text_free(&t);
}

/* A zone that the new schedule has off, or on again, is so from now on: an interval that a report shows needs both ends. */
static void note_switched(struct engine *e, zone_set off_then)
{
	zone_set off = 0;
	for (size_t z = 0; z < e->station->zones.n; z++) {
		struct zone_note *n = &e->notes[z];
		zone_set one = (zone_set)1 << z;
		bool is = desk_is_off(e->desk, (int)z);
		off |= is ? one : 0;
		if (is == !!(off_then & one))
			continue;
		n->off_since = (wall_us){ is ? e->now.us : 0 };
		mem_renew(&n->off_reason, NULL);
		mem_renew(&n->off_by, NULL);
	}
	record_switch(e, "off", off & ~off_then);
	record_switch(e, "on", off_then & ~off);
}

/* What was shown and agreed to is what is taken, however long the answer took. */
static bool is_agreed(const struct command *c, const struct station *next, struct err *err)
{
	if (!c->digest || !strcmp(c->digest, next->digest))
		return true;
	return err_set(err,
		_("the files in %s changed after the difference was shown — nothing was applied — look again: "
		  "loaxa %s"),
		next->dir, verb_name(c->verb));
}

/* Owns next. */
static bool take(struct engine *e, const struct command *c, struct station *next, struct err *err)
{
	struct station *old = e->station;
	if (!next)
		return false;
	if (!is_agreed(c, next, err)) {
		station_free(&next);
		return false;
	}
	if (old && engine_trusted(e)) { /* what lies behind us is the old one's */
		feed_plan_until(e, (wall_us){ e->now.us - 1 });
		if (e->now.us - 1 > e->entered.us)
			e->entered.us = e->now.us - 1;
	}
	zone_set off = off_before(e, next);
	if (!old) {
		e->station = next;
		engine_adopt_desk(e);
	} else if (!desk_adopt(e->desk, next, stays, next, e->now)) {
		station_free(&next);
		return err_set(err, _("the new schedule drops a zone in which something is on air or waits — wait for "
				      "its end, or: loaxa stop ZONE; then reload again"));
	}
	if (old)
		find_accounted(e, old, next);
	record_reload(e, c, old, next);
	approved_record(e, c, old, next);
	if (old) {
		move_notes(e, old, next);
		vec_push(&e->retired, old);
	}
	if (old)
		arm_adopt(e, next);
	e->station = next;
	record_schedule(e);
	note_switched(e, off);
	bound_forget(e);
	play_adopt(e, c);
	e->s.sound.adopt(e->s.sound.self, next);
	e->fed = e->entered;
	e->today = old ? e->today : DAY_NONE;
	feed_replan(e);
	return e->s.schedule.accept(e->s.schedule.self, err);
}

bool reload_schedule(struct engine *e, const struct command *c, struct err *err)
{
	return take(e, c, e->s.schedule.load(e->s.schedule.self, c->dir, err), err);
}

bool reload_rollback(struct engine *e, const struct command *c, struct err *err)
{
	return take(e, c, e->s.schedule.back(e->s.schedule.self, c->copy, err), err);
}
