/* Plays by hand: now, or at instants of the days to come (an order).  What is ordered is no part of the schedule, but as
 * sure: it is in the journal before it is acknowledged, comes back after a restart, and takes rule 12 for what passed
 * unseen.  An order's number is in the ids of its airings; people take it back by it ("play-7"). */
#include "engine/play.h"

#include "base/mem.h"

#include <string.h>

wall_us play_instant(const struct play_order *o, int k)
{
	return (wall_us){ o->first.us + k * o->every_us };
}

static wall_us last_instant(const struct play_order *o)
{
	return play_instant(o, o->times - 1);
}

static void free_order(struct play_order *o)
{
	mem_free(o->bulletin);
	mem_free(o->by);
	mem_free(o->makes_up);
	for (size_t i = 0; i < o->zones.n; i++)
		mem_free(o->zones.at[i]);
	vec_free(&o->zones);
}

void play_remove(struct engine *e, size_t i)
{
	free_order(&e->orders.at[i]);
	vec_remove(&e->orders, i);
}

void play_free(struct engine *e)
{
	while (e->orders.n)
		play_remove(e, 0);
	vec_free(&e->orders);
}

/* ── Its airings ── */

const struct bulletin *play_in_zone(const struct engine *e, const struct play_order *o, int zone)
{
	int b = station_bulletin(e->station, o->bulletin);
	for (size_t i = 0; b >= 0 && i < o->zones.n; i++)
		if (!strcmp(o->zones.at[i], e->station->zones.at[zone].name))
			return &e->station->bulletins.at[b];
	return NULL;
}

/* Zone by zone: a reload may have given them other places. */
static struct airing *make(struct engine *e, const struct play_order *o, const char *zone, wall_us at)
{
	int b = station_bulletin(e->station, o->bulletin), z = station_zone(e->station, zone);
	if (b < 0 || z < 0)
		return NULL;
	enum level level = o->level < LEVEL_COUNT ? o->level : e->station->bulletins.at[b].level;
	struct airing *a = airing_new_manual(e->station, b, z, level, at, o->number);
	a->by = mem_dup(o->by);
	a->uid = o->uid;
	a->made_up = o->makes_up != NULL;
	a->timed = true;
	return a;
}

/* The one at the desk, or *made, which is the caller's to give to the desk or to free. */
static struct airing *known(const struct engine *e, struct airing *made)
{
	return made ? desk_find(e->desk, made->id) : NULL;
}

static void announce(struct engine *e, const struct play_order *o, wall_us at)
{
	for (size_t i = 0; i < o->zones.n; i++) {
		struct airing *a = make(e, o, o->zones.at[i], at);
		if (!a || known(e, a)) { /* read back after a restart */
			airing_free(&a);
			continue;
		}
		desk_add(e->desk, a);
		record_intent(e, a);
		struct sound_item item = { .zone = a->zone, .bulletin = a->bulletin, .frames = a->frames, .at = at };
		e->s.sound.cue(e->s.sound.self, &item);
	}
}

void play_feed(struct engine *e, wall_us until)
{
	for (size_t i = 0; i < e->orders.n; i++) {
		struct play_order *o = &e->orders.at[i];
		for (; o->given < o->times; o->given++) {
			wall_us at = play_instant(o, o->given);
			if (at.us > until.us || at.us >= e->book_end.us)
				break;
			announce(e, o, at);
		}
	}
}

wall_us play_next(const struct engine *e)
{
	wall_us next = { US_NEVER };
	for (size_t i = 0; i < e->orders.n; i++) {
		const struct play_order *o = &e->orders.at[i];
		wall_us at = play_instant(o, o->given);
		if (o->given < o->times && at.us < next.us && at.us < e->book_end.us)
			next = at;
	}
	return next;
}

static void miss(struct engine *e, const struct play_order *o, int k, enum reason why)
{
	for (size_t i = 0; i < o->zones.n; i++) {
		struct airing *a = make(e, o, o->zones.at[i], play_instant(o, k)), *there = known(e, a);
		if (there || k < o->given) { /* given, and no longer there: it has its verdict */
			airing_free(&a);
			a = there;
		} else if (a) {
			desk_add(e->desk, a);
		}
		if (a)
			desk_decide(e->desk, a, STATE_MISSED, why);
	}
}

void play_absence(struct engine *e, wall_us from, wall_us to, enum reason why)
{
	for (size_t i = 0; i < e->orders.n; i++) {
		struct play_order *o = &e->orders.at[i];
		for (int k = 0; k < o->times; k++) {
			wall_us at = play_instant(o, k);
			if (at.us <= from.us || at.us > to.us || at.us >= e->book_end.us)
				continue;
			miss(e, o, k, why);
			if (k >= o->given)
				o->given = k + 1;
		}
	}
}

void play_recovered(struct engine *e)
{
	for (size_t i = 0; i < e->orders.n; i++) {
		struct play_order *o = &e->orders.at[i];
		for (o->given = 0; o->given < o->times && play_instant(o, o->given).us <= e->entered.us;)
			o->given++;
	}
}

bool play_was_timed(const struct engine *e, int number, wall_us at)
{
	for (size_t i = 0; i < e->orders.n; i++)
		for (int k = 0; k < e->orders.at[i].times; k++)
			if (e->orders.at[i].number == number && play_instant(&e->orders.at[i], k).us == at.us)
				return true;
	return false;
}

static bool at_desk(const struct engine *e, const struct play_order *o)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->timed && desk_at(e->desk, i)->place == o->number)
			return true;
	return false;
}

/* Over when its last airing has its verdict: until then it can be taken back. */
void play_forget(struct engine *e)
{
	for (size_t i = 0; i < e->orders.n;) {
		const struct play_order *o = &e->orders.at[i];
		if (o->given == o->times && last_instant(o).us <= e->entered.us && !at_desk(e, o))
			play_remove(e, i);
		else
			i++;
	}
}

/* ── Rows ── */

static void write_order(struct text *t, const struct play_order *o)
{
	json_str(t, "name", o->bulletin);
	json_int(t, "number", o->number);
	json_open(t, "zones", '[');
	for (size_t i = 0; i < o->zones.n; i++)
		json_str(t, NULL, o->zones.at[i]);
	json_close(t, ']');
	if (o->level < LEVEL_COUNT)
		json_str(t, "level", level_name(o->level));
	json_int(t, "at_us", o->first.us);
	json_int(t, "every_us", o->every_us);
	json_int(t, "times", o->times);
	if (o->makes_up)
		json_str(t, "for", o->makes_up);
	json_str(t, "by", o->by);
	if (o->uid >= 0)
		json_int(t, "uid", o->uid);
}

void play_write(struct text *t, const struct engine *e)
{
	json_open(t, "orders", '[');
	for (size_t i = 0; i < e->orders.n; i++) {
		json_open(t, NULL, '{');
		write_order(t, &e->orders.at[i]);
		json_close(t, '}');
	}
	json_close(t, ']');
}

void play_read(struct engine *e, const struct json *j)
{
	const char *name = json_get_str(j, "name"), *level = json_get_str(j, "level");
	const struct json *zones = json_get(j, "zones");
	struct play_order o = { .number = (int)json_get_int(j, "number", 0),
		.level = LEVEL_COUNT,
		.first = { json_get_int(j, "at_us", 0) },
		.every_us = json_get_int(j, "every_us", 0),
		.times = (int)json_get_int(j, "times", 0),
		.uid = json_get_int(j, "uid", -1) };
	if (!name || o.times < 1 || o.times > PLAY_TIMES_MAX)
		return;
	for (enum level l = 0; level && l < LEVEL_COUNT; l++)
		if (!strcmp(level_name(l), level))
			o.level = l;
	o.bulletin = mem_dup(name);
	o.by = mem_dup(json_get_str(j, "by"));
	o.makes_up = mem_dup(json_get_str(j, "for"));
	for (size_t i = 0; i < json_count(zones); i++)
		if (json_as_str(json_at(zones, i)))
			vec_push(&o.zones, mem_dup(json_as_str(json_at(zones, i))));
	vec_push(&e->orders, o);
	engine_number_seen(e, "play", last_instant(&o), o.number);
}

void play_add(struct engine *e, const struct play_order *o)
{
	struct text t = { 0 };
	vec_push(&e->orders, *o);
	engine_number_seen(e, "play", last_instant(o), o->number); /* nobody else's in those seconds */
	json_open(&t, NULL, '{');
	write_order(&t, o);
	json_close(&t, '}');
	record_event(e, "play-at", text_str(&t));
	text_free(&t);
}

void play_record_end(struct engine *e, const struct play_order *o, const struct command *c, const char *reason)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "name", o->bulletin);
	json_int(&t, "number", o->number);
	if (reason)
		json_str(&t, "reason", reason);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, "play-cancelled", text_str(&t));
	text_free(&t);
}

void play_read_end(struct engine *e, const struct json *j)
{
	int64_t number = json_get_int(j, "number", -1);
	for (size_t i = 0; i < e->orders.n; i++)
		if (e->orders.at[i].number == number) {
			play_remove(e, i);
			return;
		}
}

static bool any_zone(const struct engine *e, const struct play_order *o)
{
	for (size_t i = 0; i < o->zones.n; i++)
		if (station_zone(e->station, o->zones.at[i]) >= 0)
			return true;
	return false;
}

/* A new schedule without its bulletin, or without all of its zones, ends it. */
void play_adopt(struct engine *e, const struct command *c)
{
	for (size_t i = 0; i < e->orders.n;) {
		const struct play_order *o = &e->orders.at[i];
		if (station_bulletin(e->station, o->bulletin) >= 0 && any_zone(e, o)) {
			i++;
			continue;
		}
		play_record_end(e, o, c, "replaced");
		play_remove(e, i);
	}
}
