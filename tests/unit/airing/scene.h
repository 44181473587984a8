/* A day at one desk, written in two lines: what the station plans and what happens; out comes what was decided.
 *
 *	rules   "sang 05:30-06:30 a,b,vov@06:00 hard-end; nhac @11:15 p late=5m; bao! bao rank=1"   (day.h)
 *	events  "05:31 emergency bao; 05:35 stop cum-1"
 *	result  "a partial interrupted 05:30[0-60] 05:32[60-180]; b skipped operator @05:35"
 *
 * Frames are shown as seconds.  A verdict without segments shows when it was given,
 * one with segments when each began; "/2" is the second zone.  The sound answers at once, or, with the event "slow",
 * its stops come 30 ms later, as from a real card. */
#ifndef LOAXA_TESTS_AIRING_SCENE_H
#define LOAXA_TESTS_AIRING_SCENE_H

#include "airing/desk.h"
#include "day.h"

#define SLOW_STOP 30000

struct pending { /* a stop that the card has not told of yet */
	struct airing *airing;
	int64_t frame;
	wall_us at, told;
};

struct scene {
	int line;
	struct station *st;
	struct desk *desk;
	wall_us now, until;
	bool slow, lost, first_shown;
	enum reason unplayable; /* … of the bulletin named: */
	char gone[NAME_BYTES];
	VEC(struct pending) pending;
	VEC(char *) finished; /* ids that have their verdict */
	struct text result;
	int manual, repeat;
};

/* ── What is shown ── */

static inline void scene_show(struct scene *sc, const struct airing *a)
{
	text_addf(&sc->result, "%s%s", sc->first_shown ? "; " : "", a->bulletin->name);
	sc->first_shown = true;
	if (a->zone)
		text_addf(&sc->result, "/%d", a->zone + 1);
	text_addf(&sc->result, " %s", verdict_state_name(a->state));
	if (a->reason)
		text_addf(&sc->result, " %s", verdict_reason_name(a->reason));
	if (!a->segments.n) {
		text_add(&sc->result, " @");
		day_time(&sc->result, sc->st, sc->now);
	}
	for (size_t i = 0; i < a->segments.n; i++) {
		text_add(&sc->result, " ");
		day_time(&sc->result, sc->st, a->segments.at[i].started);
		text_add(&sc->result, "[");
		day_seconds(&sc->result, a->segments.at[i].first);
		text_add(&sc->result, "-");
		day_seconds(&sc->result, a->segments.at[i].end);
		text_add(&sc->result, "]");
	}
}

/* What holds of every verdict, whatever the row. */
static inline void scene_verdict(struct scene *sc, const struct airing *a)
{
	for (size_t i = 0; i < sc->finished.n; i++)
		ck_assert_msg(strcmp(sc->finished.at[i], a->id), "line %d: %s twice", sc->line, a->id);
	vec_push(&sc->finished, mem_dup(a->id));
	ck_assert_msg(verdict_allowed(a->state, a->reason), "line %d: %s %d %d", sc->line, a->id, a->state, a->reason);
	bool heard = airing_heard(a) > 0;
	if (a->state == STATE_PARTIAL || a->state == STATE_MISSED || a->state == STATE_SKIPPED)
		ck_assert_msg(heard == (a->state == STATE_PARTIAL), "line %d: %s", sc->line, a->id);
	if (a->state == STATE_AIRED)
		ck_assert_msg(airing_heard(a) == a->frames, "line %d: %s", sc->line, a->id);
	ck_assert_msg(a->was_on == heard, "line %d: %s was_on", sc->line, a->id);
	scene_show(sc, a);
}

/* Each part between semicolons, without the blanks around it. */
static inline void scene_each(struct scene *sc, const char *list, void (*fn)(struct scene *, char *))
{
	char *copy = mem_dup(list), *save = NULL;
	for (char *part = strtok_r(copy, ";", &save); part; part = strtok_r(NULL, ";", &save)) {
		part += strspn(part, " ");
		if (*part)
			fn(sc, part);
	}
	mem_free(copy);
}

/* ── The sound ── */

static inline int64_t scene_position(const struct scene *sc, const struct airing *a)
{
	return a->from_frame + (sc->now.us - a->on_since.us);
}

static inline void scene_silence(struct scene *sc, struct airing *a)
{
	int64_t frame = scene_position(sc, a);
	if (sc->slow)
		vec_push(&sc->pending, (struct pending){ a, frame, sc->now, { sc->now.us + SLOW_STOP } });
	else
		desk_stopped(sc->desk, a, frame, sc->now);
}

static inline void scene_acts(struct scene *sc)
{
	struct act act;
	bool again = true;
	while (again) {
		again = false;
		desk_turn(sc->desk, sc->now);
		for (; desk_next_act(sc->desk, &act); again = true) {
			if (act.kind == ACT_START) {
				ck_assert_msg(act.airing->level == LEVEL_EMERGENCY || act.airing->planned.us <= sc->now.us,
						"line %d: too early", sc->line);
				if (act.instead)
					scene_silence(sc, act.instead);
				desk_started(sc->desk, act.airing, sc->now);
			} else if (act.kind == ACT_STOP) {
				scene_silence(sc, act.airing);
			} else if (act.kind == ACT_VERDICT) {
				scene_verdict(sc, act.airing);
			}
		}
	}
}

static inline wall_us scene_end(const struct airing *a)
{
	return (wall_us){ a->on_since.us + (a->frames - a->from_frame) };
}

static inline void scene_hear(struct scene *sc)
{
	for (int z = 0; z < (int)sc->st->zones.n; z++) {
		struct airing *a = desk_on_air(sc->desk, z);
		if (a && scene_end(a).us <= sc->now.us)
			desk_ended(sc->desk, a, sc->now);
	}
	while (sc->pending.n && sc->pending.at[0].told.us <= sc->now.us) {
		struct pending p = sc->pending.at[0];
		vec_remove(&sc->pending, 0);
		desk_stopped(sc->desk, p.airing, p.frame, p.at);
	}
}

static inline wall_us scene_next(const struct scene *sc)
{
	wall_us next = desk_next(sc->desk);
	for (int z = 0; z < (int)sc->st->zones.n; z++) {
		const struct airing *a = desk_on_air(sc->desk, z);
		if (a && scene_end(a).us < next.us)
			next = scene_end(a);
	}
	if (sc->pending.n && sc->pending.at[0].told.us < next.us)
		next = sc->pending.at[0].told;
	return next;
}

/* To that instant, which itself is left to the caller. */
static inline void scene_run(struct scene *sc, wall_us to)
{
	for (wall_us next; (next = scene_next(sc)).us < to.us;) {
		ck_assert_msg(next.us > sc->now.us, "line %d: time stands still at %lld", sc->line,
				(long long)(next.us % (86400 * US_PER_S)));
		sc->now = next;
		scene_hear(sc);
		scene_acts(sc);
	}
	sc->now = to;
	scene_hear(sc);
}

/* ── Events ── */

static inline zone_set scene_zones(const struct scene *sc, const char *name)
{
	if (!name || !strcmp(name, "all"))
		return station_all_zones(sc->st);
	return (zone_set)1 << station_zone(sc->st, name);
}

static inline void scene_lose(struct scene *sc)
{
	for (int z = 0; z < (int)sc->st->zones.n; z++) {
		struct airing *a = desk_on_air(sc->desk, z);
		if (a)
			desk_lost(sc->desk, a, scene_position(sc, a), sc->now);
	}
	desk_output(sc->desk, 0, true);
}

static inline void scene_emergency(struct scene *sc, const char *name)
{
	int rule = station_rule(sc->st, name);
	const struct rule *r = &sc->st->rules.at[rule];
	wall_us over = { sc->now.us + r->until_ms * US_PER_MS };
	int repeat = sc->repeat++; /* several commands of one second differ by it */
	for (size_t i = 0; i < r->play.n; i++)
		for (int z = 0; z < (int)sc->st->zones.n; z++)
			if (r->zones >> z & 1)
				desk_add(sc->desk, airing_new_emergency(sc->st, rule, z, sc->now, repeat, (int)i + 1,
						sc->now, over));
}

static inline void scene_play(struct scene *sc, const char *name, const char *level)
{
	int b = station_bulletin(sc->st, name);
	enum level l = sc->st->bulletins.at[b].level;
	for (int i = 0; level && i < LEVEL_COUNT; i++)
		if (!strcmp(level_name(i), level))
			l = i;
	sc->manual++;
	for (int z = 0; z < (int)sc->st->zones.n; z++)
		desk_add(sc->desk, airing_new_manual(sc->st, b, z, l, sc->now, sc->manual));
}

static inline bool scene_zone_verb(struct scene *sc, const char *verb, zone_set z)
{
	if (!strcmp(verb, "stop"))
		desk_stop(sc->desk, z);
	else if (!strcmp(verb, "skip"))
		desk_skip(sc->desk, z);
	else if (!strcmp(verb, "hold"))
		desk_hold(sc->desk, z);
	else if (!strcmp(verb, "release"))
		desk_release(sc->desk, z);
	else if (!strcmp(verb, "off"))
		desk_off(sc->desk, z);
	else if (!strcmp(verb, "on"))
		desk_on(sc->desk, z);
	else
		return false;
	return true;
}

static inline void scene_break(struct scene *sc, enum reason why)
{
	struct airing *a = desk_on_air(sc->desk, 0);
	desk_broken(sc->desk, a, scene_position(sc, a), sc->now, why);
}

/* Whatever relay is on air has had no sound for so many seconds. */
static inline void scene_mute(struct scene *sc, int64_t seconds)
{
	struct airing *a = desk_on_air(sc->desk, 0);
	int64_t frame = scene_position(sc, a) - seconds * DAY_RATE;
	desk_silent(sc->desk, a, frame > a->from_frame ? frame : a->from_frame, sc->now);
}

static inline void scene_sound(struct scene *sc)
{
	for (size_t i = 0; i < desk_count(sc->desk); i++)
		desk_audible(sc->desk, desk_at(sc->desk, i));
}

static inline void scene_do(struct scene *sc, const char *verb, const char *what, const char *more)
{
	if (!strcmp(verb, "play"))
		scene_play(sc, what, more);
	else if (!strcmp(verb, "emergency"))
		scene_emergency(sc, what);
	else if (!strcmp(verb, "cancel"))
		desk_cancel(sc->desk, what);
	else if (!strcmp(verb, "lose"))
		scene_lose(sc);
	else if (!strcmp(verb, "restore"))
		desk_output(sc->desk, 0, false);
	else if (!strcmp(verb, "gone") || !strcmp(verb, "corrupt") || !strcmp(verb, "changed")) {
		snprintf(sc->gone, sizeof sc->gone, "%s", what);
		sc->unplayable = *verb == 'g' ? REASON_FILE_MISSING : verb[1] == 'o' ? REASON_FILE_CORRUPT
										     : REASON_FILE_CHANGED;
	} else if (!strcmp(verb, "break"))
		scene_break(sc, REASON_FILE_CORRUPT);
	else if (!strcmp(verb, "mute"))
		scene_mute(sc, atoi(what));
	else if (!strcmp(verb, "sound"))
		scene_sound(sc);
	else if (!strcmp(verb, "slow"))
		sc->slow = true;
	else if (!scene_zone_verb(sc, verb, scene_zones(sc, what)))
		ck_abort_msg("line %d: no verb %s", sc->line, verb);
}

/* "05:31 emergency bao": what a person says at an instant comes before what is due then. */
static inline void scene_event(struct scene *sc, char *text)
{
	char stamp[64], *save = NULL;
	snprintf(stamp, sizeof stamp, DAY_DATE "T%s", strtok_r(text, " ", &save));
	scene_run(sc, build_instant(sc->st, stamp));
	const char *verb = strtok_r(NULL, " ", &save), *what = strtok_r(NULL, " ", &save);
	scene_do(sc, verb, what, strtok_r(NULL, " ", &save));
	scene_acts(sc);
}

static inline enum reason scene_playable(void *self, const struct airing *a)
{
	struct scene *sc = self;
	return strcmp(a->bulletin->name, sc->gone) ? REASON_NONE : sc->unplayable;
}

/* ── A whole row ── */

static inline void scene_open(struct scene *sc, int line, int zones, const char *rules)
{
	*sc = (struct scene){ .line = line, .st = day_station(zones) };
	day_rules(sc->st, rules);
	sc->desk = desk_new(sc->st, &(struct desk_env){ sc, scene_playable });
	struct plan plan = { 0 };
	sc->now = build_instant(sc->st, DAY_DATE);
	plan_day(sc->st, build_day(DAY_DATE), &plan);
	for (size_t i = 0; i < plan.items.n; i++)
		desk_add(sc->desk, airing_new_planned(sc->st, &plan.items.at[i]));
	plan_free(&plan);
}

static inline void scene_close(struct scene *sc)
{
	scene_run(sc, (wall_us){ US_NEVER });
	ck_assert_msg(desk_count(sc->desk) == 0, "line %d: %s has no verdict", sc->line, desk_at(sc->desk, 0)->id);
	for (size_t i = 0; i < sc->finished.n; i++)
		mem_free(sc->finished.at[i]);
	vec_free(&sc->finished);
	vec_free(&sc->pending);
	text_free(&sc->result);
	desk_free(&sc->desk);
	station_free(&sc->st);
}

struct scene_row {
	int line;
	const char *rules, *events, *want;
};

/* prepare: changes the station before the day begins, or NULL. */
static inline void scene_check_with(const struct scene_row *rows, size_t n, int zones, void (*prepare)(struct station *))
{
	struct text wrong = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct scene sc;
		scene_open(&sc, rows[i].line, zones, rows[i].rules);
		if (prepare)
			prepare(sc.st);
		scene_each(&sc, rows[i].events, scene_event);
		scene_run(&sc, (wall_us){ US_NEVER });
		if (strcmp(text_str(&sc.result), rows[i].want))
			text_addf(&wrong, "\nrow of line %d:\n got %s\nwant %s", rows[i].line, text_str(&sc.result),
					rows[i].want);
		scene_close(&sc);
	}
	ck_assert_msg(!wrong.n, "%.4000s", text_str(&wrong));
	text_free(&wrong);
}

#define SCENE_CHECK(rows) scene_check_with(rows, sizeof(rows) / sizeof *(rows), 1, NULL)

#endif
