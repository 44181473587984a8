/* The world of memory, its parts: what the engine is given for clock, sound and journal.  Everything it does passes
 * through here and is watched: see world_start and world_append. */
#ifndef LOAXA_TESTS_ENGINE_WORLD_PORTS_H
#define LOAXA_TESTS_ENGINE_WORLD_PORTS_H

#include "../airing/day.h"
#include "base/json.h"
#include "engine/engine.h"
#include "engine/script.h"
#include "sound/virtual.h"

struct world_row {
	struct journal_row row; /* owns its strings */
	wall_us appended;       /* true time */
};

struct world_event {
	struct script_line line;
	enum { WORLD_SCRIPT, WORLD_RESTART, WORLD_SYNC } kind;
	int64_t us;
};

struct world_late {
	struct sound_event event;
	wall_us told;
};

struct world {
	int line; /* of the test's table */
	/* time */
	wall_us now, to, power_on;
	int64_t offset_us, first_us;
	bool synced, closed;
	wall_us book_end;
	struct clock clock;
	/* parts */
	struct virtual_sound *sound;
	struct sound_port real; /* the virtual one, behind the watching one */
	struct engine *engine;
	struct station *station; /* while the engine is off */
	int boots;
	char boot[24];
	/* what happens */
	struct script script; /* owns the words */
	struct findings findings;
	VEC(struct world_event) events;
	size_t next;
	struct station *(*load)(struct world *, const char *dir);
	void *self; /* of load's test */
	/* the journal */
	VEC(struct world_row) rows;
	wall_us alive;
	size_t reading;
	int64_t lossy_us; /* rows so young may not be durable yet when the power fails */
	struct text refused; /* what commands were answered, one a line */
	/* what is watched */
	uint32_t on_air[ZONES_MAX];
	char zones[ZONES_MAX][NAME_BYTES];
	uint32_t playing[ZONES_MAX]; /* as the engine was told: started and not yet over */
	wall_us idle_since[ZONES_MAX];
	struct sound_item armed[ZONES_MAX];
	uint32_t newest_token;
	int starts, confirmed;
	bool marks; /* it keeps what the engine notes of the moment */
	struct text mark, mark_before;
	struct text tape; /* "05:29:58.500 arm a 05:30; 05:30 go a": armed, dropped; started unforeseen, or as armed */
	bool told;        /* and not yet committed */
	bool blind;       /* the sound does not want to know anything ahead */
	int64_t tired_us; /* rows become durable that much later */
	int64_t frozen;   /* from that row on nothing becomes durable; 0 = everything does */
	const struct bulletin *speeches[ZONES_MAX]; /* listened to and not yet forgotten */
	VEC(const struct bulletin *) kept;          /* and not yet forgotten */
	bool no_room;                               /* nothing can be kept */
	bool loud; /* rows on standard error as they come */
	/* a real card tells a while later what happened */
	int64_t slow_us;
	VEC(struct world_late) late;
};

#define WORLD_ASSERT(w, what, ...)                                                                           \
	do {                                                                                                 \
		if (!(what))                                                                                 \
			world_fail(w, __LINE__, #what, mem_printf(__VA_ARGS__));                              \
	} while (0)

static inline void world_fail(const struct world *w, int line, const char *what, char *detail)
{
	char stamp[RFC3339_BYTES] = "?";
	const struct station *st = w->engine ? engine_station(w->engine) : w->station;
	if (st)
		tz_rfc3339(st->tz, w->now, stamp);
	ck_abort_msg("row of line %d, at %s: world.h:%d: %s: %s", w->line, stamp, line, what, detail);
}

/* ── Clock ── */

static inline wall_us world_wall(void *self)
{
	const struct world *w = self;
	return (wall_us){ w->now.us + w->offset_us };
}

static inline mono_us world_mono(void *self)
{
	const struct world *w = self;
	return (mono_us){ w->now.us - w->first_us };
}

static inline bool world_synced(void *self)
{
	return ((struct world *)self)->synced;
}

/* ── Sound, watched: never two items in a zone, nothing but emergencies begins in quiet hours ── */

static inline enum reason world_playable(void *self, const struct bulletin *b, int zone)
{
	struct world *w = self;
	return w->real.playable(w->real.self, b, zone);
}

static inline void world_cue(void *self, const struct sound_item *item)
{
	struct world *w = self;
	w->real.cue(w->real.self, item);
}

static inline void world_tape(struct world *w, const char *what, const struct sound_item *item, bool with_instant)
{
	const struct station *st = engine_station(w->engine);
	text_add(&w->tape, w->tape.n ? "; " : "");
	day_time(&w->tape, st, world_wall(w));
	text_addf(&w->tape, " %s %s", what, item->bulletin->name);
	if (item->zone)
		text_addf(&w->tape, "/%d", item->zone + 1);
	if (with_instant) {
		text_add(&w->tape, " ");
		day_time(&w->tape, st, item->at);
	}
}

/* The virtual sound does not listen: what is armed is only watched here. */
static inline void world_arm(void *self, const struct sound_item *item)
{
	struct world *w = self;
	WORLD_ASSERT(w, item->token > w->newest_token, "token %u armed after %u", item->token, w->newest_token);
	WORLD_ASSERT(w, item->at.us - world_wall(w).us <= 1600000, "%lld us ahead",
			(long long)(item->at.us - world_wall(w).us));
	WORLD_ASSERT(w, item->volume_permille >= 1 && item->from_frame < item->frames, "%s", item->bulletin->name);
	w->newest_token = item->token;
	w->armed[item->zone] = *item;
	world_tape(w, "arm", item, true);
	w->told = true;
}

static inline void world_disarm(void *self, int zone)
{
	struct world *w = self;
	WORLD_ASSERT(w, w->armed[zone].token, "nothing is armed in zone %d", zone);
	world_tape(w, "drop", &w->armed[zone], false);
	w->armed[zone].token = 0;
	w->told = true;
}

/* A start that was foreseen is the very item that was armed; any other finds its zone disarmed. */
static inline void world_confirm(struct world *w, const struct sound_item *item)
{
	struct sound_item *armed = &w->armed[item->zone];
	WORLD_ASSERT(w, !armed->token || armed->token == item->token, "%s starts, %s is armed", item->bulletin->name,
			armed->bulletin->name);
	WORLD_ASSERT(w, armed->token || item->token > w->newest_token, "token %u again", item->token);
	if (armed->token)
		WORLD_ASSERT(w, armed->bulletin == item->bulletin && armed->from_frame == item->from_frame &&
						armed->volume_permille == item->volume_permille && armed->at.us < world_wall(w).us + US_PER_MS,
				"%s", item->bulletin->name);
	world_tape(w, armed->token ? "go" : "start", item, false);
	w->confirmed += armed->token != 0;
	armed->token = 0;
	if (item->token > w->newest_token)
		w->newest_token = item->token;
	w->playing[item->zone] = item->token;
}

/* A real card would let be heard now what is armed there: it must have been confirmed, or be gone.  But for the
 * boundary's millisecond, of which an expected end may lie on the other side. */
static inline void world_check_armed(struct world *w)
{
	WORLD_ASSERT(w, !w->told, "%s", "not committed");
	for (int z = 0; z < ZONES_MAX; z++)
		WORLD_ASSERT(w, !w->armed[z].token || w->playing[z] || w->armed[z].at.us > world_wall(w).us ||
						w->idle_since[z].us + US_PER_MS > world_wall(w).us,
				"%s is armed and not started", w->armed[z].bulletin->name);
}

static inline void world_commit(void *self)
{
	struct world *w = self;
	w->told = false;
	w->real.commit(w->real.self);
}

static inline void world_start(void *self, const struct sound_item *item)
{
	struct world *w = self;
	const struct station *st = engine_station(w->engine);
	bool quiet = guard_at(st, GUARD_REFUSE, item->zone, world_wall(w));
	WORLD_ASSERT(w, item->emergency || !quiet, "%s in quiet hours", item->bulletin->name);
	WORLD_ASSERT(w, item->from_frame >= 0 && item->from_frame < item->frames, "%s from %lld of %lld",
			item->bulletin->name, (long long)item->from_frame, (long long)item->frames);
	WORLD_ASSERT(w, item->volume_permille >= 1 && item->volume_permille <= 1000, "%d", item->volume_permille);
	world_confirm(w, item);
	w->starts++;
	w->told = true;
	w->real.start(w->real.self, item);
}

static inline bool world_listen(void *self, const struct sound_speech *s, struct err *err)
{
	struct world *w = self;
	size_t i = 0;
	while (w->speeches[i])
		i++;
	w->speeches[i] = s->bulletin;
	(void)err;
	return true;
}

static inline bool world_keep(void *self, const struct bulletin *b, struct err *err)
{
	struct world *w = self;
	if (w->no_room)
		return err_set(err, "no room for %s", b->audio.at[0].file);
	vec_push(&w->kept, b);
	return true;
}

static inline bool world_let_go(struct world *w, const struct bulletin *b)
{
	for (size_t i = 0; i < w->kept.n; i++)
		if (w->kept.at[i] == b) {
			vec_remove(&w->kept, i);
			return true;
		}
	return false;
}

static inline void world_forget(void *self, const struct bulletin *b)
{
	struct world *w = self;
	size_t i = 0;
	if (world_let_go(w, b)) {
		w->real.forget(w->real.self, b);
		return;
	}
	while (w->speeches[i] && w->speeches[i] != b)
		i++;
	WORLD_ASSERT(w, w->speeches[i], "%s was never listened to nor kept", b->name);
	memmove(w->speeches + i, w->speeches + i + 1, (ZONES_MAX - i - 1) * sizeof *w->speeches);
	w->real.forget(w->real.self, b);
}

static inline void world_stop(void *self, int zone, uint32_t token)
{
	struct world *w = self;
	WORLD_ASSERT(w, w->slow_us || w->on_air[zone] == token, "stop of %u in zone %d", token, zone);
	w->told = true;
	w->real.stop(w->real.self, zone, token);
}

static inline void world_volume(void *self, int zone, int permille)
{
	struct world *w = self;
	WORLD_ASSERT(w, permille >= 1 && permille <= 1000, "%d", permille);
	w->real.set_volume(w->real.self, zone, permille);
}

static inline int64_t world_position(void *self, int zone, uint32_t token)
{
	struct world *w = self;
	return w->real.position(w->real.self, zone, token);
}

static inline void world_name_zones(struct world *w, const struct station *st)
{
	memset(w->zones, 0, sizeof w->zones);
	for (size_t z = 0; z < st->zones.n; z++)
		snprintf(w->zones[z], NAME_BYTES, "%s", st->zones.at[z].name);
}

static inline void world_adopt(void *self, const struct station *st)
{
	struct world *w = self;
	uint32_t was[ZONES_MAX], playing[ZONES_MAX];
	char names[ZONES_MAX][NAME_BYTES];
	memcpy(was, w->on_air, sizeof was);
	memcpy(names, w->zones, sizeof names);
	memset(w->on_air, 0, sizeof w->on_air);
	for (int z = 0; z < ZONES_MAX; z++)
		WORLD_ASSERT(w, !w->armed[z].token || (z < (int)st->zones.n && !strcmp(names[z], st->zones.at[z].name)),
				"%s is armed for another zone", w->armed[z].bulletin->name);
	memcpy(playing, w->playing, sizeof playing);
	memset(w->playing, 0, sizeof w->playing);
	world_name_zones(w, st);
	for (int z = 0; z < ZONES_MAX && names[z][0]; z++) {
		int to = station_zone(st, names[z]);
		WORLD_ASSERT(w, to >= 0 || !was[z], "the zone on air vanished");
		if (to >= 0) {
			w->on_air[to] = was[z];
			w->playing[to] = playing[z];
		}
	}
	for (size_t i = 0; i < w->late.n; i++) { /* as the sound does with those it has not told yet */
		struct sound_event *e = &w->late.at[i].event;
		if (e->zone >= 0)
			e->zone = station_zone(st, names[e->zone]);
	}
	w->real.adopt(w->real.self, st);
}

static inline bool world_late_event(struct world *w, struct sound_event *out)
{
	for (struct sound_event e; w->real.next_event(w->real.self, &e);)
		vec_push(&w->late, (struct world_late){ e, { w->now.us + w->slow_us } });
	if (!w->late.n || w->late.at[0].told.us > w->now.us)
		return false;
	*out = w->late.at[0].event;
	vec_remove(&w->late, 0);
	return true;
}

static inline bool world_event(void *self, struct sound_event *e)
{
	struct world *w = self;
	if (!world_late_event(w, e))
		return false;
	if (!e->token || e->zone < 0) /* of an output, or of a relay wherever it plays */
		return true;
	if (e->kind == SOUND_STARTED) {
		WORLD_ASSERT(w, !w->on_air[e->zone], "zone %d has two items", e->zone);
		w->on_air[e->zone] = e->token;
		return true;
	}
	if (w->on_air[e->zone] == e->token)
		w->on_air[e->zone] = 0;
	if (w->playing[e->zone] == e->token) {
		w->playing[e->zone] = 0;
		w->idle_since[e->zone] = world_wall(w);
	}
	return true;
}

/* ── Journal ── */

static inline void world_free_row(struct journal_row *r)
{
	mem_free((char *)(uintptr_t)r->kind);
	mem_free((char *)(uintptr_t)r->airing);
	mem_free((char *)(uintptr_t)r->body);
}

static inline void world_say(const struct world *w, const struct journal_row *r)
{
	const struct station *st = w->engine ? engine_station(w->engine) : w->station;
	char stamp[RFC3339_BYTES] = "?";
	bool long_one = !strcmp(r->kind, "start") || !strcmp(r->kind, "day") || !strcmp(r->kind, "intent");
	if (st)
		tz_rfc3339(st->tz, r->wall, stamp);
	fprintf(stderr, "%s %s %s %.600s\n", stamp, r->kind, r->airing ? r->airing : "", long_one ? "" : r->body);
}

static inline uint64_t world_append(void *self, const struct journal_row *r)
{
	struct world *w = self;
	struct world_row copy = { .row = *r, .appended = w->now };
	copy.row.kind = mem_dup(r->kind);
	copy.row.airing = mem_dup(r->airing);
	copy.row.body = mem_dup(r->body);
	WORLD_ASSERT(w, r->wall.us == world_wall(w).us, "a row of another instant: %s", r->kind);
	vec_push(&w->rows, copy);
	if (w->loud)
		world_say(w, r);
	return w->rows.n;
}

/* The end came before the journal had written its last rows: none of them, some, or all. */
static inline void world_lose_rows(struct world *w)
{
	size_t young = 0;
	while (young < w->rows.n && w->rows.at[w->rows.n - 1 - young].appended.us > w->now.us - w->lossy_us)
		young++;
	for (size_t lost = young ? w->rows.n * 2654435761u % (young + 1) : 0; lost; lost--)
		world_free_row(&w->rows.at[--w->rows.n].row);
}

/* A row's ticket is its number from 1. */
static inline uint64_t world_durable(void *self)
{
	const struct world *w = self;
	size_t n = w->rows.n;
	if (w->frozen && n >= (size_t)w->frozen)
		n = (size_t)w->frozen - 1;
	while (n && w->rows.at[n - 1].appended.us + w->tired_us > w->now.us)
		n--;
	return n;
}

/* As the live journal does: the loop wakes when more has become durable. */
static inline void world_durable_next(const struct world *w, wall_us *next)
{
	uint64_t n = world_durable((void *)(uintptr_t)w);
	if (w->tired_us && n < w->rows.n && !w->frozen && w->rows.at[n].appended.us + w->tired_us < next->us)
		next->us = w->rows.at[n].appended.us + w->tired_us;
}

static inline void world_nothing(void *self)
{
	(void)self;
}

static inline void world_alive(void *self, wall_us at)
{
	((struct world *)self)->alive = at;
}

static inline void world_mark(void *self, const char *text, size_t bytes)
{
	struct world *w = self;
	text_clear(&w->mark);
	text_add_n(&w->mark, text, bytes);
}

static inline const char *world_last_mark(void *self)
{
	struct world *w = self;
	return w->marks ? text_str(&w->mark_before) : NULL;
}

static inline bool world_read(void *self, struct journal_row *out)
{
	struct world *w = self;
	if (w->reading == w->rows.n)
		return false;
	*out = w->rows.at[w->reading++].row;
	return true;
}

static inline wall_us world_last_alive(void *self)
{
	return ((struct world *)self)->alive;
}

/* From the last checkpoint on. */
static inline struct journal_reader world_reader(struct world *w)
{
	w->reading = 0;
	for (size_t i = 0; i < w->rows.n; i++)
		if (!strcmp(w->rows.at[i].row.kind, "start") || !strcmp(w->rows.at[i].row.kind, "day"))
			w->reading = i;
	text_clear(&w->mark_before);
	text_add(&w->mark_before, text_str(&w->mark));
	return (struct journal_reader){ w, world_read, world_last_alive, world_last_mark };
}

#endif
